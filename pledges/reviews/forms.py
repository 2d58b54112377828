"""Forms of leaders' verdicts, decisions and questions."""

from datetime import date
from typing import Any

from wtforms.validators import InputRequired

from pledges.accounts.models import Appointment
from pledges.core.forms.base import Form
from pledges.core.forms.fields import (
    OPTIONAL,
    ChoiceRadioField,
    DayField,
    LineField,
    RecordField,
    TextField,
)
from pledges.core.forms.steps import StepForm
from pledges.progress.explanations.operations import Question
from pledges.progress.explanations.rules import ExplanationRefused, check_answer_by
from pledges.progress.models import Report
from pledges.progress.obstacles.rules import Decision
from pledges.progress.remarks import LineRemark
from pledges.reviews.consequences import Consequence, Extension, Undertaking, extension_problem
from pledges.reviews.operations import NO_REASON
from pledges.tasks.decision_forms import LONGEST_REASON, RemarksForm
from pledges.tasks.models import Indicator, Task


class AcceptForm(StepForm):
    """Duyệt báo cáo."""

    note = TextField("Ghi chú cho đơn vị", [OPTIONAL], longest=LONGEST_REASON)


class ReturnForm(RemarksForm):
    """Trả lại báo cáo; made for one report by `return_form`, with a field for a remark on each line."""

    nothing_said = NO_REASON

    indicators: tuple[Indicator, ...] = ()

    def remark_on(self, indicator_id: int) -> LineField:
        """The field for a remark on one line."""
        field: LineField = self[f"remark_{indicator_id}"]
        return field

    def remarks(self) -> list[LineRemark]:
        """The remarks that were written, in the order of the task."""
        said = ((one.id, self.remark_on(one.id).data) for one in self.indicators)
        return [LineRemark(number, words) for number, words in said if words]


def return_form(report: Report) -> type[ReturnForm]:
    """The form of one report: a field for a remark on each of its lines."""
    shown = tuple(report.task.indicators)
    fields: dict[str, Any] = {
        f"remark_{one.id}": LineField(f"Ý kiến: {one.label}", [OPTIONAL]) for one in shown
    }
    return type("ReturnForm", (ReturnForm,), fields | {"indicators": shown})


class DecisionForm(StepForm):
    """Quyết định về vướng mắc, with the reason; more time asks for the day, a promise for who and until when."""

    decision = ChoiceRadioField("Quyết định", Decision, [InputRequired("Chưa chọn quyết định.")])
    reason = TextField(
        "Nội dung, lý do", [InputRequired("Chưa ghi nội dung, lý do.")], longest=LONGEST_REASON
    )
    due_on = DayField("Hạn mới", [OPTIONAL])
    owner = RecordField("Người thực hiện", [OPTIONAL], empty="Chưa chọn ai")
    unit = RecordField("Đơn vị thực hiện", [OPTIONAL], empty="Chưa chọn đơn vị")
    done_by = DayField("Xong trước ngày", [OPTIONAL])

    task: Task
    today: date
    not_now: str

    def prepare(self, **context: Any) -> None:
        """Offer who can be asked, take what the new day is judged by, and why none can be granted now ("": it can)."""
        self.task, self.today, self.not_now = context["task"], context["today"], context["not_now"]
        self.owner.offer(context["people"], _named, lambda one: one.unit.name)
        self.unit.offer(context["units"], lambda one: one.name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be decided: more time needs a day that the task can have, a promise one that comes."""
        good: bool = super().validate(extra_validators)
        if self.decision.data is Decision.EXTEND:
            good = self._extends() and good
        if self.decision.data is Decision.REASSIGN:
            good = self._reassigns() and good
        if self._undertakes and self.done_by.data is not None and self.done_by.data < self.today:
            self.done_by.errors = ["Ngày phải xong không thể ở trước hôm nay."]
            good = False
        if self._undertakes and self.done_by.data is not None and not self._somebody:
            self.owner.errors = ["Đã ghi ngày phải xong: đồng chí chọn người hoặc đơn vị thực hiện."]
            good = False
        return good

    def _extends(self) -> bool:
        if self.not_now:
            self.decision.errors = [f"Chưa gia hạn được: {self.not_now}"]
            return False
        if self.due_on.errors:
            return False
        if self.due_on.data is None:
            self.due_on.errors = ["Gia hạn thì nhập hạn mới."]
        elif words := extension_problem(self.task, self.due_on.data):
            self.due_on.errors = [words]
        return not self.due_on.errors

    def _reassigns(self) -> bool:
        if self.unit.record is None and not self.unit.errors:
            self.unit.errors = ["Giao đơn vị khác thì chọn đơn vị nhận việc."]
        elif self.unit.record is self.task.lead_unit:
            self.unit.errors = [f"{self.task.lead_unit.name} đang chủ trì phần việc này; chọn đơn vị khác."]
        if self.done_by.data is None and not self.done_by.errors:
            self.done_by.errors = ["Giao đơn vị khác thì nhập ngày phải xong."]
        return not (self.unit.errors or self.done_by.errors)

    @property
    def _undertakes(self) -> bool:
        return self.decision.data in {Decision.HELP, Decision.REASSIGN}

    @property
    def _somebody(self) -> bool:
        return self.owner.data is not None or self.unit.data is not None

    def then(self) -> Consequence | None:
        """What follows from the decision; None where nobody and no day is named."""
        if self.decision.data is Decision.EXTEND and self.due_on.data is not None:
            return Extension(self.due_on.data)
        if not (self._undertakes and self._somebody):
            return None
        chosen: Appointment | None = self.owner.record
        return Undertaking(
            text=f"{self.decision.data.label}: {self.reason.data}",
            due_on=self.done_by.data,
            owner=chosen.account if chosen is not None else None,
            unit=self.unit.record or (chosen.unit if chosen is not None else None),
        )


def _named(one: Appointment) -> str:
    return one.post if one.account.name in one.post else f"{one.account.name}, {one.post}"


class AskForm(Form):
    """Yêu cầu giải trình về một chỉ tiêu."""

    question = TextField(
        "Nội dung yêu cầu", [InputRequired("Chưa ghi cần giải trình điều gì.")], longest=LONGEST_REASON
    )
    answer_by = DayField("Trả lời trước hết ngày", [InputRequired("Chưa có ngày phải trả lời.")])
    period = RecordField("Về báo cáo kỳ", [OPTIONAL], empty="Không riêng kỳ nào")

    today: date

    def prepare(self, **context: Any) -> None:
        """Offer the periods that have begun."""
        self.today = context["today"]
        self.period.offer(context["periods"], lambda one: one.label)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be asked; the day is none of the past."""
        good: bool = super().validate(extra_validators)
        if self.answer_by.data is not None and not self.answer_by.errors:
            try:
                check_answer_by(self.answer_by.data, self.today)
            except ExplanationRefused as refused:
                self.answer_by.errors = [str(refused)]
                good = False
        return good

    def entry(self) -> Question:
        """What is asked, as the operation takes it."""
        return Question(self.question.data or "", self.answer_by.data or self.today, self.period.record)


class CloseForm(StepForm):
    """Nhận giải trình, or withdraw the question; without an answer the note says why."""

    note = TextField("Ghi chú", [OPTIONAL], longest=LONGEST_REASON)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be ended."""
        good: bool = super().validate(extra_validators)
        if self.record.answered_at is None and not self.note.data:  # type: ignore[attr-defined]
            self.note.errors = ["Đơn vị chưa giải trình: đồng chí ghi vì sao rút yêu cầu."]
            return False
        return good
