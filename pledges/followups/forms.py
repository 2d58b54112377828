"""Forms of follow-ups: what is to be done, by whom, until when; and how it ended."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import InputRequired, ValidationError

from pledges.campaigns.models import Campaign
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import (
    OPTIONAL,
    ChoiceRadioField,
    CountField,
    DayField,
    LineField,
    RecordField,
    TextField,
)
from pledges.core.forms.steps import StepForm
from pledges.followups.choices import Person
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.operations import FollowUpEntry
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.tasks.models import Task


class Asked:
    """What is asked of a follow-up; `prepare` takes the campaign's people, units, and tasks by their numbers."""

    text = TextField("Việc phải làm", [InputRequired("Chưa ghi việc phải làm.")], longest=2000)
    owner = RecordField("Người chịu trách nhiệm", [OPTIONAL], empty="Chưa chọn")
    owner_name = LineField("Hoặc tên người không có tài khoản", [OPTIONAL], longest=150)
    unit = RecordField("Đơn vị", [OPTIONAL], empty="Chưa chọn")
    task_number = CountField("Về phần việc số", [OPTIONAL])
    due_on = DayField("Xong trước ngày", [OPTIONAL])

    tasks: Mapping[int, Task]

    def prepare(self, **context: Any) -> None:
        """Offer who may answer for it, and the units it may lie with."""
        self.owner.offer(context["people"], lambda one: one.words, lambda one: one.unit)
        self.unit.offer(context["units"], lambda unit: unit.name)
        self.tasks = context["tasks"]

    def validate_task_number(self, field: CountField) -> None:
        """A number that stands in the list."""
        if field.data is not None and int(field.data) not in self.tasks:
            raise ValidationError("Danh mục không có phần việc số này.")

    def validate_owner_name(self, field: LineField) -> None:
        """One of the two."""
        if field.data and self.owner.data:
            raise ValidationError("Chọn người trong danh sách hoặc ghi tên, không ghi cả hai.")

    def entry(
        self, campaign: Campaign, source: FollowUpSource, *, meeting: Meeting | None = None
    ) -> FollowUpEntry:
        """What was entered, as the operations take it."""
        chosen: Person | None = self.owner.record
        number = self.task_number.data
        return FollowUpEntry(
            campaign=campaign,
            source=source,
            meeting=meeting,
            text=self.text.data or "",
            due_on=self.due_on.data,
            unit=self.unit.record,
            task=self.tasks[int(number)] if number is not None else None,
            owner=chosen.account if chosen is not None else None,
            owner_name=self.owner_name.data or "",
        )


class FollowUpForm(Asked, Form):
    """Ghi việc cần theo dõi."""

    keeps = True
    page_name = "Việc cần theo dõi"
    page_title = "Việc cần theo dõi"


class FollowUpEditForm(Asked, EditForm):
    """Sửa việc cần theo dõi; its source stays."""

    keeps = True
    page_name = "Sửa việc cần theo dõi"
    page_title = "Việc cần theo dõi"

    @classmethod
    def values_of(cls, record: FollowUp) -> dict[str, Any]:
        """What the follow-up says."""
        return {
            "text": record.text,
            "due_on": record.due_on,
            "unit": record.unit_id,
            "task_number": record.task.number if record.task is not None else None,
            "owner": record.owner_id,
            "owner_name": record.owner_name if record.owner_id is None else "",
        }


class EndForm(StepForm):
    """Kết thúc việc cần theo dõi: done or dropped, and what came of it."""

    how = ChoiceRadioField("Kết thúc", FollowUpEnd, [InputRequired("Chưa chọn đã xong hay không làm nữa.")])
    outcome = TextField("Kết quả, hoặc lý do không làm nữa", [OPTIONAL], longest=2000)

    def prepare(self, *, done: bool = False, **_context: Any) -> None:
        """Choose that it was done, where it is known."""
        if done and self.how.data is None:
            self.how.data = FollowUpEnd.DONE

    def validate_outcome(self, field: TextField) -> None:
        """Nothing is dropped without a reason."""
        if self.how.data is FollowUpEnd.DROPPED and not field.data:
            raise ValidationError("Ghi lý do không làm nữa.")
