"""Forms of amendments: what a unit proposes, and what leaders decide on it."""

import hashlib
from typing import Any

from flask import url_for
from wtforms import FieldList, FormField, HiddenField
from wtforms.validators import InputRequired

from pledges.audit.rules import canonical
from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, LineField, TextField
from pledges.core.forms.steps import StepForm
from pledges.tasks import behalf
from pledges.tasks.amending.operations import Grounds
from pledges.tasks.amending.texts import facts_of_entry
from pledges.tasks.forms import TaskEditForm
from pledges.tasks.indicator_rows import IndicatorRow
from pledges.tasks.indicator_rules import MOST_INDICATORS
from pledges.tasks.models import Task

LONGEST_REASON = 2000
LONGEST_BASIS = 200


class AmendedRow(IndicatorRow):
    """Một chỉ tiêu, with the place of the one that it goes on from: its figures stay with it."""

    goes_on = HiddenField("Chỉ tiêu số")

    @property
    def place(self) -> int | None:
        """The position of the indicator that it goes on from; None for a new one."""
        text = str(self.goes_on.data or "")
        return int(text) if text.isascii() and text.isdigit() else None


class _Asking(Form):
    """Why it is asked for, and by which paper; who declared it where an official asks for a unit (nhập thay)."""

    reason = TextField(
        "Vì sao", [InputRequired("Nhập lý do: lãnh đạo cần biết vì sao phải đổi.")], longest=LONGEST_REASON
    )
    basis = LineField("Theo văn bản nào", [OPTIONAL], longest=LONGEST_BASIS)

    def grounds(self) -> Grounds:
        """The answers, as the operations take them."""
        said = {name: self[name].data or "" for name in ("on_behalf_of", "from_paper") if name in self}
        return Grounds(reason=self.reason.data or "", basis=self.basis.data or "", **said)


class AmendForm(TaskEditForm, _Asking):
    """Đề nghị điều chỉnh: the task as it is to be; the lead unit stays."""

    indicators = FieldList(FormField(AmendedRow), "Chỉ tiêu", min_entries=1, max_entries=MOST_INDICATORS)

    page_name = "Đề nghị điều chỉnh"
    title_field = "title"
    for_review = True

    def address(self) -> str:
        """Where an amendment of this task is proposed."""
        return url_for("tasks.propose_amendment", task_id=self.record.id)

    @classmethod
    def values_of(cls, record: Task) -> dict[str, Any]:
        """The task as it is; reason and papers are new."""
        said = TaskEditForm.values_of(record)
        for row, indicator in zip(said["indicators"], record.indicators, strict=True):
            row["goes_on"] = indicator.position
        return {name: value for name, value in said.items() if name not in {"on_behalf_of", "from_paper"}}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be proposed; no row goes on from one that is not there, nor two from the same."""
        super().validate(extra_validators)
        known = {indicator.position for indicator in self.record.indicators}
        places = [place for place in self.rows() if place is not None]
        if not set(places) <= known or len(set(places)) < len(places):
            self.refuse("Các dòng chỉ tiêu không khớp với phần việc; đồng chí mở lại trang này.")
        return not self.errors

    def rows(self) -> list[int | None]:
        """For each indicator of the entry the position of the one that it goes on from."""
        return [row.form.place for row in self.indicators.entries if not row.form.blank]

    def seen(self) -> str:
        """A mark of what the form proposes: what is sent is what was reviewed."""
        said = {"facts": facts_of_entry(self.entry(), self.rows()), "grounds": vars(self.grounds())}
        return hashlib.sha256(canonical(said).encode()).hexdigest()[:32]


class DropForm(StepForm, _Asking):
    """Đề nghị bỏ phần việc."""

    on_behalf_of = LineField("Người của đơn vị đã khai", [OPTIONAL], longest=behalf.LONGEST)
    from_paper = LineField("Theo giấy tờ nào", [OPTIONAL], longest=behalf.LONGEST)

    keeps = True
    page_name = "Đề nghị bỏ phần việc"

    def prepare(self, **context: Any) -> None:
        """`for_another`: whether it is nhập thay; its questions are asked only then."""
        self.page_title = context["title"]
        if not context["for_another"]:
            del self.on_behalf_of, self.from_paper

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything that must be answered is."""
        super().validate(extra_validators)
        if "on_behalf_of" in self:
            answers = {name: self[name].data or "" for name in ("on_behalf_of", "from_paper")}
            for name, words in behalf.behalf_problems(**answers).items():
                self[name].errors = [words]
        return not self.errors


class WithdrawAmendmentForm(StepForm):
    """Rút đề nghị."""


class ApproveAmendmentForm(StepForm):
    """Duyệt điều chỉnh."""

    note = TextField("Ghi chú cho đơn vị", [OPTIONAL], longest=1000)


class ReturnAmendmentForm(StepForm):
    """Không đồng ý điều chỉnh, with the reason."""

    reason = TextField("Lý do", [InputRequired("Nhập lý do không đồng ý.")], longest=LONGEST_REASON)
