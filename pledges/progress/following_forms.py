"""Forms of a campaign that begins from an earlier one: its facts, and which tasks are copied under which unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from wtforms import SelectMultipleField

from pledges.campaigns.forms import PlacedForm
from pledges.core.forms.base import Form, Row
from pledges.core.forms.fields import OPTIONAL, DayField, RecordField
from pledges.core.forms.steps import StepForm
from pledges.tasks.following import Chosen, Copy
from pledges.units.models import Unit

F = TypeVar("F", bound=type["CopyingForm"])


OF_A_TABLE: Mapping[str, Any] = {"coerce": int, "choices": (), "validate_choice": False}
"""Boxes to tick in the rows of a table: what is sent but not offered counts for nothing."""


class DaysRow(Row):
    """The days and the area of the new campaign: what its copies are worked out from, before anything is checked."""

    starts_on = DayField("Ngày bắt đầu", [OPTIONAL])
    ends_on = DayField("Ngày kết thúc", [OPTIONAL])
    area = RecordField("Phạm vi", [OPTIONAL])


class CopyingForm(Form):
    """The tasks to copy: ticked or not, under which lead unit, with which reached levels as new baselines."""

    tasks = SelectMultipleField("Phần việc chép theo", **OF_A_TABLE)
    rebased = SelectMultipleField("Lấy mức đã đạt làm hiện trạng", **OF_A_TABLE)

    copies: Sequence[Copy]
    first: dict[str, Any]
    """What the form says before anybody touches it; set by `asking_for`."""

    def prepare(self, **context: Any) -> None:
        """`copies`: the tasks that can be copied."""
        super().prepare(**context)
        self.copies = context["copies"]
        for copy in self.copies:
            self[lead_name(copy)].offer(copy.units, lambda unit: unit.name)

    def ticked(self, copy: Copy) -> bool:
        """Whether the task is to be copied."""
        return copy.obstruction is None and copy.task.id in (self.tasks.data or ())

    def lead_of(self, copy: Copy) -> Unit | None:
        """The unit that is to lead the copy: the one chosen, else the one that led it, if it lasts."""
        chosen: Unit | None = self[lead_name(copy)].record
        return chosen or copy.lead

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every task that is to be copied has a unit to lead it."""
        super().validate(extra_validators)
        for copy in self.copies:
            lead = self[lead_name(copy)]
            if self.ticked(copy) and self.lead_of(copy) is None:
                lost = copy.task.lead_unit.name
                lead.errors = [f"{lost} không còn: chọn đơn vị khác, hoặc bỏ chọn phần việc này."]
        return not self.errors

    def chosen(self) -> Iterator[Chosen]:
        """The copies to be made."""
        rebased = frozenset(self.rebased.data or ())
        for copy in self.copies:
            lead = self.lead_of(copy)
            if self.ticked(copy) and lead is not None:
                yield Chosen(copy, lead, rebased & set(copy.reached))


class FollowForm(CopyingForm, PlacedForm):
    """Bắt đầu từ phong trào trước: a new campaign, and the tasks that it takes over."""


class FollowTasksForm(CopyingForm, StepForm):
    """Chép thêm phần việc: further tasks into a campaign that follows another."""

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:  # noqa: ARG003 - the campaign itself is not asked about
        """All that can still be copied."""
        return dict(cls.first)


def lead_name(copy: Copy) -> str:
    """The name of the field that asks which unit leads the copy."""
    return f"lead_{copy.task.id}"


def asking_for(kind: F, copies: Sequence[Copy]) -> F:
    """The form with a question for the lead unit of each copy."""
    leads = {
        lead_name(copy): RecordField("Đơn vị chủ trì", [OPTIONAL], empty="Chọn đơn vị", validate_choice=False)
        for copy in copies
    }
    return type(kind.__name__, (kind,), leads | {"first": _untouched(copies)})  # type: ignore[return-value]


def _untouched(copies: Sequence[Copy]) -> dict[str, Any]:
    """All that was not copied before, under the units that led them."""
    leads = {lead_name(copy): copy.lead.id if copy.lead else None for copy in copies}
    return leads | {"tasks": [copy.task.id for copy in copies if copy.follower is None], "rebased": []}
