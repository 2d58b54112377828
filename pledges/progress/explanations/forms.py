"""The form of a unit's answer."""

from wtforms.validators import InputRequired

from pledges.core.forms.fields import TextField
from pledges.core.forms.steps import StepForm

LONGEST_ANSWER = 5000


class ExplainForm(StepForm):
    """Giải trình: what is typed is kept until it is sent."""

    answer = TextField(
        "Nội dung giải trình", [InputRequired("Chưa ghi nội dung giải trình.")], longest=LONGEST_ANSWER
    )

    keeps = True
    page_name = "Giải trình"
