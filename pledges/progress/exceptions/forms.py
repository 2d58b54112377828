"""Forms of exceptions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.validators import InputRequired

from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, ChoiceRadioField, DayField, RecordField, TextField
from pledges.core.forms.steps import StepForm
from pledges.progress.exceptions.operations import ExceptionEntry
from pledges.progress.exceptions.rules import ExceptionKind, wrong_until
from pledges.progress.models import Period
from pledges.tasks.models import Task


class GrantForm(Form):
    """Cho ngoại lệ: for which unit, of which kind, until when and why."""

    kind = ChoiceRadioField("Cho phép", ExceptionKind, [InputRequired("Chọn cho phép điều gì.")])
    unit = RecordField("Đơn vị", [InputRequired("Chọn đơn vị.")], empty="Chọn đơn vị")
    task = RecordField("Phần việc", [OPTIONAL], empty="Mọi phần việc của đơn vị")
    until = DayField("Được báo cáo đến hết ngày", [OPTIONAL])
    reason = TextField("Lý do", [InputRequired("Nhập lý do.")], longest=1000)

    _period: Period
    _today: date

    def prepare(self, **context: Any) -> None:
        """`tasks`: those of the campaign; `period`; `today`."""
        tasks: Sequence[Task] = context["tasks"]
        units = {task.lead_unit.id: task.lead_unit for task in tasks}
        in_order = sorted(units.values(), key=lambda unit: (unit.position, unit.id))
        self.unit.offer(in_order, lambda unit: unit.name)
        self.task.offer(tasks, lambda task: task.title, lambda task: task.lead_unit.name)
        self._period, self._today = context["period"], context["today"]
        if self._period.locks_after is None:
            self.kind.choices = [one for one in self.kind.choices if one.value == ExceptionKind.EXCUSED]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the day fits the kind and the task is the unit's."""
        super().validate(extra_validators)
        if self.kind.data is not ExceptionKind.UNLOCKED:
            self.until.errors = []
        elif not self.until.errors and (words := wrong_until(self.until.data, self._period, self._today)):
            self.until.errors = [words]
        task, unit = self.task.record, self.unit.record
        if task is not None and unit is not None and task.lead_unit_id != unit.id:
            self.task.errors = [f"Phần việc này do {task.lead_unit.name} chủ trì."]
        return not self.errors

    def entry(self) -> ExceptionEntry:
        """What was entered."""
        return ExceptionEntry(
            unit=self.unit.record,
            kind=ExceptionKind(self.kind.data),
            reason=self.reason.data or "",
            task=self.task.record,
            until=self.until.data,
        )


class RevokeForm(StepForm):
    """Thu hồi ngoại lệ: one button."""
