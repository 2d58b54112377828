"""Forms of common tasks."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import InputRequired

from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, LineField, RecordsField
from pledges.tasks.common.rules import MOVED
from pledges.tasks.models import Task

LONGEST_NAME = 200


def _words(task: Task) -> str:
    number = f"{task.number}. " if task.number else ""
    return f"{number}{task.title} ({task.lead_unit.short_name})"


class NameForm(Form):
    """Đặt phần việc chung: its name, and the tasks that it begins with."""

    title = LineField("Tên phần việc chung", [InputRequired("Nhập tên.")], longest=LONGEST_NAME)
    tasks = RecordsField("Phần việc của các đơn vị", [OPTIONAL])

    def prepare(self, **context: Any) -> None:
        """Offer the tasks that belong to none."""
        self.tasks.offer(context["free"], _words)


class RenameForm(Form):
    """Đổi tên."""

    title = LineField("Tên phần việc chung", [InputRequired("Nhập tên.")], longest=LONGEST_NAME)


class MembersForm(Form):
    """Gắn, tách phần việc: only what is to change is ticked, so that nobody undoes what another has just done."""

    leaving = RecordsField("Tách ra", [OPTIONAL])
    joining = RecordsField("Gắn thêm", [OPTIONAL])

    def prepare(self, **context: Any) -> None:
        """Offer the members and the tasks that belong to none."""
        members: Sequence[Task] = context["members"]
        self.leaving.offer(members, _words)
        self.joining.offer(context["free"], _words)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that was ticked is still to be had."""
        gone = False
        for field in (self.leaving, self.joining):
            there = [number for number in field.data or () if number in field.offered]
            gone, field.data = gone or len(there) < len(field.data or ()), there
        good: bool = super().validate(extra_validators)
        if gone:
            self.refuse(MOVED)
        return good and not gone


class RemoveForm(Form):
    """Bỏ phần việc chung."""
