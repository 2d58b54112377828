"""Forms of leaders' verdicts and decisions."""

from pledges.core.forms.fields import OPTIONAL, REQUIRED, ChoiceRadioField, TextField
from pledges.core.forms.steps import StepForm
from pledges.progress.models import Decision

LONGEST_REASON = 2000


class AcceptForm(StepForm):
    """Duyệt báo cáo."""

    note = TextField("Ghi chú cho đơn vị", [OPTIONAL], longest=LONGEST_REASON)


class ReturnForm(StepForm):
    """Trả lại báo cáo, with the reason."""

    reason = TextField("Lý do trả lại", [REQUIRED], longest=LONGEST_REASON)


class DecisionForm(StepForm):
    """Quyết định về vướng mắc, with the reason."""

    decision = ChoiceRadioField("Quyết định", Decision, [REQUIRED])
    reason = TextField("Nội dung, lý do", [REQUIRED], longest=LONGEST_REASON)
