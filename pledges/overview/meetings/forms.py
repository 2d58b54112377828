"""Forms of a meeting: called, changed, closed; a decision is a follow-up."""

from typing import Any

from wtforms.validators import InputRequired

from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import OPTIONAL, DayField, LineField
from pledges.core.forms.steps import StepForm
from pledges.followups.forms import Asked
from pledges.followups.meetings import MeetingEntry


class _Known:
    """What is asked of a meeting."""

    title = LineField("Tên cuộc họp", [InputRequired("Chưa nhập tên cuộc họp.")], longest=200)
    held_on = DayField("Ngày họp", [InputRequired("Chưa nhập ngày họp.")])
    place = LineField("Địa điểm", [OPTIONAL], longest=200)
    chair = LineField("Chủ trì: họ và tên", [OPTIONAL], longest=100)
    chair_post = LineField("Chủ trì: chức vụ", [OPTIONAL], longest=200)
    secretary = LineField("Thư ký: họ và tên", [OPTIONAL], longest=100)
    secretary_post = LineField("Thư ký: chức vụ", [OPTIONAL], longest=200)

    def entry(self) -> MeetingEntry:
        """What was entered, as the operations take it."""
        held_on = self.held_on.data
        assert held_on is not None  # noqa: S101 - the field is required
        lines: dict[str, Any] = {
            name: getattr(self, name).data or ""
            for name in ("title", "place", "chair", "chair_post", "secretary", "secretary_post")
        }
        return MeetingEntry(held_on=held_on, **lines)


class OpenForm(_Known, Form):
    """Lập cuộc họp."""


class MeetingForm(_Known, EditForm):
    """Thông tin cuộc họp."""


class CloseForm(StepForm):
    """Kết thúc cuộc họp."""


class DecisionForm(Asked, Form):
    """Ghi kết luận: it becomes a follow-up of the meeting."""

    keeps = True
    page_name = "Kết luận cuộc họp"
    page_title = "Kết luận cuộc họp"
