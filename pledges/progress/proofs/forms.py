"""The form of what evidence a task must show."""

from typing import Any

from sqlalchemy import select
from wtforms import FieldList, FormField
from wtforms.fields.choices import SelectChoice

from pledges.core.database import db
from pledges.core.forms.base import Row
from pledges.core.forms.fields import OPTIONAL, ChoiceField, CountField, LineField, RecordsField
from pledges.core.forms.several import SeenField
from pledges.core.forms.steps import StepForm
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.operations import ProofEntry
from pledges.progress.proofs.rules import LONGEST, MOST, ProofKind

MOST_ROWS = 6
"""Rules that one task may have."""
FIRST_ROWS = 3
"""Rows that the page shows at least."""


KINDS = [SelectChoice(kind.value, f"{kind.label[0].upper()}{kind.label[1:]}") for kind in ProofKind]


class ProofRow(Row):
    """Một yêu cầu: so many files of a kind, and of what; without a number the row isn't there."""

    number = CountField("Số tệp", [OPTIONAL])
    kind = ChoiceField("Loại", ProofKind, default=ProofKind.PHOTO)
    label = LineField("Nội dung", [OPTIONAL], longest=LONGEST)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into the row."""
        return not (
            self.label.data or any(text.strip() for text in self.number.raw_data or ()) or self.number.data
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row makes sense; a blank one does."""
        if self.blank:
            return True
        super().validate(extra_validators)
        if not self.number.errors and not 1 <= (self.number.data or 0) <= MOST:
            self.number.errors = [f"Nhập số tệp từ 1 đến {MOST}."]
        return not self.errors


class ProofRulesForm(StepForm):
    """Đặt yêu cầu minh chứng of a task, and of others of the campaign with it (`others`)."""

    rules = FieldList(FormField(ProofRow), "Yêu cầu", max_entries=MOST_ROWS)
    others = RecordsField("Áp dụng cả cho các phần việc khác", [OPTIONAL])
    seen = SeenField()

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """The rules of the task as they are, and blank rows under them."""
        known = select(ProofRule).where(ProofRule.task_id == record.id).order_by(ProofRule.position)
        rows: list[dict[str, Any]] = [
            {"kind": rule.kind, "number": rule.number, "label": rule.label}
            for rule in db.session.scalars(known)
        ]
        blank = max(FIRST_ROWS - len(rows), min(1, MOST_ROWS - len(rows)))
        return {"rules": [*rows, *({} for _row in range(blank))]}

    def prepare(self, **context: Any) -> None:
        """Offer the `others`."""
        for row in self.rules.entries:
            row.form.kind.choices = KINDS
        others = context["others"]
        self.others.offer(others, lambda task: f"{task.number}. {task.title} ({task.lead_unit.short_name})")
        if self.seen.data is None:
            self.seen.data = {task.id: task.version for task in others}

    def entries(self) -> list[ProofEntry]:
        """What the rows say."""
        return [
            ProofEntry(row.form.kind.data, int(row.form.number.data), row.form.label.data or "")
            for row in self.rules.entries
            if not row.form.blank
        ]
