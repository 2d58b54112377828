"""Forms of what leaders decide on a task: approve, return with remarks, cancel."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import InputRequired

from pledges.core.forms.fields import OPTIONAL, LineField, TextField
from pledges.core.forms.steps import StepForm
from pledges.tasks.models import Task
from pledges.tasks.operations import NO_REASON
from pledges.tasks.parts import Part, parts
from pledges.tasks.remarks import Remark

LONGEST_REASON = 2000


class ApproveForm(StepForm):
    """Duyệt."""

    note = TextField("Ghi chú cho đơn vị", [OPTIONAL], longest=1000)


class CancelForm(StepForm):
    """Hủy."""

    reason = TextField("Lý do hủy", [InputRequired("Nhập lý do hủy.")], longest=LONGEST_REASON)


class RemarksForm(StepForm):
    """Trả lại: a reason for the whole, remarks on its parts, or both; of a task, and of a report (`reviews.forms`)."""

    reason = TextField("Lý do chung", [OPTIONAL], longest=LONGEST_REASON)

    nothing_said = NO_REASON

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether something is said that the unit can act on."""
        good: bool = super().validate(extra_validators)
        if good and not (self.reason.data or self.remarks()):
            self.reason.errors = [self.nothing_said]
            return False
        return good

    def remarks(self) -> Sequence[object]:
        """The remarks that were written; a form without fields for them has none."""
        return ()


class ReturnForm(RemarksForm):
    """Trả lại phần việc; made for one task by `return_form`."""

    parts: tuple[Part, ...] = ()

    def remark_on(self, part: Part) -> LineField:
        """The field for a remark on the part."""
        field: LineField = self[field_name(part)]
        return field

    def remarks(self) -> list[Remark]:
        """The remarks that were written, in the order of the form."""
        said = ((part.place, self.remark_on(part).data) for part in self.parts)
        return [Remark(place[0], words, place[1]) for place, words in said if words]


def field_name(part: Part) -> str:
    """The name of the field for a remark on the part."""
    return f"remark_{part.name}"


def return_form(task: Task) -> type[ReturnForm]:
    """The form of one task: a field for a remark on each part, on each indicator for itself."""
    shown = tuple(parts(task))
    fields: dict[str, Any] = {
        field_name(part): LineField(f"Ý kiến: {part.label}", [OPTIONAL]) for part in shown
    }
    return type("ReturnForm", (ReturnForm,), fields | {"parts": shown})
