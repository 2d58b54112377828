"""Phân công nhiều phần việc: two choices for each task, and one for all that are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from pledges.accounts.models import Appointment
from pledges.core.forms.base import Form
from pledges.core.forms.base import Row as FormRow
from pledges.core.forms.fields import DayField
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.assigning.showing import LEFT, Held, TaskDuties
from pledges.tasks.models import Task

NOBODY, KEEP = "", "giu"
"""The answers besides a post: that nobody has the duty, and that who left the post stays named."""


class RowFields(FormRow):
    """One task: who is responsible, who supervises; `seen` is what stood there when the page was shown."""

    task_id = HiddenField()
    seen = HiddenField()
    responsible = SelectField(Duty.RESPONSIBLE.label, choices=[])
    supervising = SelectField(Duty.SUPERVISING.label, choices=[])


@dataclass(frozen=True)
class Wish:
    """What is asked for in one task: the post of who is to have the duty from now on, None for nobody."""

    duties: TaskDuties
    duty: Duty
    appointment: Appointment | None

    @property
    def standing(self) -> Assignment | None:
        """What stands until then."""
        return standing_of(self.duties.held[self.duty])


class AssignForm(Form):
    """Phân công: from a day on."""

    from_on = DayField("Tính từ ngày", [InputRequired("Chưa nhập ngày bắt đầu phân công.")])
    everybody = SelectField("Lãnh đạo theo dõi của tất cả phần việc đang hiện", choices=[], default=NOBODY)
    rows = FieldList(FormField(RowFields))

    duties: Sequence[TaskDuties]
    supervises: bool

    def prepare(self, **context: Any) -> None:
        """Offer for each task the posts that fit; who may not name supervisors leaves them as they are."""
        self.duties, self.supervises = context["duties"], context["supervises"]
        by_task = {str(one.task.id): one for one in self.duties}
        leaders: dict[int, Appointment] = {}
        for entry in self.rows:
            duties = by_task.get(str(entry.form.task_id.data))
            for duty in Duty:
                entry.form[duty.value].choices = _choices(duties.held[duty]) if duties is not None else []
            # Who may not choose sends no answer, and none is asked for.
            entry.form.supervising.validate_choice = self.supervises
            if duties is not None:
                leaders |= {one.id: one for one in duties.held[Duty.SUPERVISING].candidates}
        first = [SelectChoice(NOBODY, "Giữ như từng dòng")]
        self.everybody.choices = first + [SelectChoice(str(one.id), _named(one)) for one in leaders.values()]

    def lines(self) -> Iterator[tuple[TaskDuties, Any]]:
        """Each task with its fields, in the order of the page; what the sender may not know of is left out."""
        by_task = {str(one.task.id): one for one in self.duties}
        for entry in self.rows:
            duties = by_task.get(str(entry.form.task_id.data))
            if duties is not None:
                yield duties, entry.form

    def wishes(self) -> tuple[list[Wish], list[Task]]:
        """What is to change, and the tasks whose assignments somebody else changed meanwhile: these stay."""
        found, stale = [], []
        for duties, fields in self.lines():
            changed = list(self._changed(duties, fields))
            if changed and fields.seen.data != seen_of(duties):
                stale.append(duties.task)
            else:
                found += changed
        return found, stale

    def _changed(self, duties: TaskDuties, fields: Any) -> Iterator[Wish]:
        for duty in Duty:
            if duty is Duty.SUPERVISING and not self.supervises:
                continue
            said = fields[duty.value].data or NOBODY
            if duty is Duty.SUPERVISING and self.everybody.data:
                said = self.everybody.data
            held = duties.held[duty]
            if said not in {chosen_of(held), KEEP}:
                post = next((one for one in held.candidates if str(one.id) == said), None)
                yield Wish(duties, duty, post)


def standing_of(held: Held) -> Assignment | None:
    """The assignment without an end, also one that is still to begin: what another one takes the place of."""
    return next((one for one in held.history if one.until_on is None), None)


def seen_of(duties: TaskDuties) -> str:
    """What stands in the task, with versions: "12.1 15.2"; so that another's change is never overwritten unseen."""
    standing = [standing_of(held) for held in duties.held.values()]
    return " ".join(f"{one.id}.{one.version}" for one in standing if one is not None)


def chosen_of(held: Held) -> str:
    """The answer that says what stands."""
    if held.assignment is None:
        return NOBODY
    return KEEP if held.present is None else str(held.present.id)


def values_of(duties: Sequence[TaskDuties], from_on: Any) -> dict[str, Any]:
    """What a fresh form says."""
    return {"from_on": from_on, "rows": [_values(one) for one in duties]}


def _values(duties: TaskDuties) -> Mapping[str, str]:
    chosen = {duty.value: chosen_of(held) for duty, held in duties.held.items()}
    return {"task_id": str(duties.task.id), "seen": seen_of(duties)} | chosen


def _choices(held: Held) -> list[SelectChoice]:
    first = [SelectChoice(NOBODY, "Chưa phân công")]
    if held.left and held.assignment is not None:
        first.append(SelectChoice(KEEP, f"{held.assignment.name} ({LEFT})"))
    return first + [SelectChoice(str(one.id), _named(one)) for one in held.candidates]


def _named(one: Appointment) -> str:
    return one.post if one.account.name in one.post else f"{one.account.name}, {one.post}"
