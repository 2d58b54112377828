"""Forms of leaders' verdicts and decisions."""

from wtforms.validators import InputRequired

from pledges.core.forms.fields import OPTIONAL, ChoiceRadioField, TextField
from pledges.core.forms.steps import StepForm
from pledges.progress.obstacles.rules import Decision

LONGEST_REASON = 2000


class AcceptForm(StepForm):
    """Duyệt báo cáo."""

    note = TextField("Ghi chú cho đơn vị", [OPTIONAL], longest=LONGEST_REASON)


class ReturnForm(StepForm):
    """Trả lại báo cáo, with the reason."""

    reason = TextField("Lý do trả lại", [InputRequired("Chưa ghi lý do trả lại.")], longest=LONGEST_REASON)


class DecisionForm(StepForm):
    """Quyết định về vướng mắc, with the reason."""

    decision = ChoiceRadioField("Quyết định", Decision, [InputRequired("Chưa chọn quyết định.")])
    reason = TextField(
        "Nội dung, lý do", [InputRequired("Chưa ghi nội dung, lý do.")], longest=LONGEST_REASON
    )
