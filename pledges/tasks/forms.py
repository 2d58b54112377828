"""Forms of tasks: registering and editing, and the steps of their way."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from wtforms import BooleanField, FieldList, FormField
from wtforms.validators import InputRequired

from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import (
    OPTIONAL,
    DayField,
    LineField,
    QuantityField,
    RecordField,
    RecordsField,
)
from pledges.core.forms.steps import StepForm
from pledges.tasks import behalf
from pledges.tasks.entries import TaskEntry
from pledges.tasks.indicator_rows import IndicatorRow, values_of
from pledges.tasks.indicator_rules import LONGEST, MOST_INDICATORS
from pledges.tasks.models import Task
from pledges.tasks.rules import (
    content_problems,
    date_problems,
    funding_doubtful,
    funding_problem,
    order_problem,
    unit_problem,
)
from pledges.tasks.weights import weights_told
from pledges.units.models import Unit

LARGE_FUNDING = (
    "Kinh phí ghi bằng triệu đồng: 100.000 triệu đồng là 100 tỷ đồng. Nếu đúng là lớn như vậy, đánh dấu vào ô này; "
    "nếu đã ghi bằng đồng, sửa lại con số."
)


class TaskForm(Form):
    """Đăng ký phần việc. `for_review` asks all that leaders need; a draft may still lack some of it."""

    title = LineField("Tên phần việc", [InputRequired("Nhập tên phần việc.")])
    product = LineField("Sản phẩm", [OPTIONAL], longest=LONGEST["product"])
    lead_unit = RecordField("Đơn vị chủ trì", [InputRequired("Chọn đơn vị chủ trì.")], empty="Chọn đơn vị")
    on_behalf_of = LineField("Người của đơn vị đã khai", [OPTIONAL], longest=behalf.LONGEST)
    from_paper = LineField("Theo giấy tờ nào", [OPTIONAL], longest=behalf.LONGEST)
    cooperating = RecordsField("Đơn vị phối hợp", [OPTIONAL])
    start_on = DayField("Ngày bắt đầu", [InputRequired("Nhập ngày bắt đầu.")])
    due_on = DayField("Ngày hoàn thành", [InputRequired("Nhập ngày hoàn thành.")])
    indicators = FieldList(FormField(IndicatorRow), "Chỉ tiêu", min_entries=1, max_entries=MOST_INDICATORS)
    state_funding = QuantityField("Ngân sách", [OPTIONAL])
    social_funding = QuantityField("Xã hội hóa", [OPTIONAL])
    large_funding = BooleanField("Đúng, kinh phí lớn như vậy, tính bằng triệu đồng")
    movement = RecordField("Gắn với cuộc vận động", [OPTIONAL], empty="Không gắn")

    keeps = True
    page_name = "Đăng ký phần việc"
    title_field = "title"
    for_review = False
    campaign: Campaign
    for_others: frozenset[Unit] = frozenset()
    corrected: Unit | None = None

    def address(self) -> str:
        """Where a new task is registered."""
        chosen: dict[str, Any] = {ARGUMENT: self.campaign.id}
        return url_for("tasks.register", **chosen)

    def prepare(self, **context: Any) -> None:
        """`campaign`; `leads`: the units that the actor may enter for; `partners`: all that take part.

        `for_others`: those of the leads for which it is nhập thay; without any, its questions are not asked.
        `corrected`: the one of these whose own entry is corrected; only sending it needs a paper.
        """
        self.campaign, self.for_others = context["campaign"], frozenset(context["for_others"])
        self.corrected = context["corrected"]
        leads: list[Unit] = context["leads"]
        if not self.for_others:
            del self.on_behalf_of, self.from_paper
        self.lead_unit.empty = None if len(leads) == 1 else self.lead_unit.empty
        self.lead_unit.offer(leads, lambda unit: unit.name, lambda unit: unit.block)
        self.cooperating.offer(context["partners"], lambda unit: unit.short_name)
        self.movement.offer(self.campaign.movements, lambda movement: movement.name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be kept, or, `for_review`, sent to the leaders."""
        super().validate(extra_validators)
        for field in (self.state_funding, self.social_funding):
            if words := funding_problem(field.data):
                self._complain(field.name, words)
        if self.asks_of_funding and not self.large_funding.data:
            self._complain("large_funding", LARGE_FUNDING)
        if self._needs_paper():
            for name, words in behalf.behalf_problems(**self._behalf()).items():
                self._complain(name, words)
        self._check_dates(self.start_on.data, self.due_on.data)
        if self.for_review:
            rows = sum(not row.form.blank for row in self.indicators.entries)
            for name, words in content_problems(product=self.product.data or "", indicators=rows).items():
                self._complain(name, words)
        return not self.errors

    @property
    def asks_of_funding(self) -> bool:
        """Whether an amount looks like đồng, and not like million đồng."""
        return any(map(funding_doubtful, (self.state_funding.data, self.social_funding.data)))

    @property
    def weights_told(self) -> str:
        """What each indicator counts for, in words, where they differ."""
        rows = [row.form for row in self.indicators.entries if not row.form.blank]
        return weights_told([row.weight.data for row in rows if row.weight.data is not None])

    def _check_dates(self, start_on: date | None, due_on: date | None) -> None:
        """Complain of everything that the days say, at once: of each that can be read, whatever the other says."""
        disorder = order_problem(start_on, due_on)
        if disorder:
            self._complain("due_on", disorder)
        if self.for_review:
            problems = date_problems(
                start_on=start_on,
                due_on=due_on,
                campaign_starts_on=self.campaign.starts_on,
                campaign_ends_on=self.campaign.ends_on,
            )
            for name, words in problems.items():
                self._complain(name, words)
        if disorder:
            return
        for name, units in (
            ("lead_unit", [self.lead_unit.record]),
            ("cooperating", self.cooperating.records),
        ):
            for words in _dead(filter(None, units), start_on, due_on):
                self._complain(name, words)
        for row in self.indicators.entries:
            row.form.check_milestones(start_on, due_on)
            row.form.check_measuring(due_on)
        if any(row.form.errors for row in self.indicators.entries):
            self.indicators.errors = [row.form.errors for row in self.indicators.entries]

    def _complain(self, name: str, words: str) -> None:
        field = self[name]
        if name == "indicators":
            first = field.entries[0].form.label
            first.errors = [words]
            field.errors = [row.form.errors for row in field.entries]
        elif not field.errors:
            field.errors = [words]

    def _needs_paper(self) -> bool:
        """Whether both answers of nhập thay must be there: one of them alone says nothing."""
        if self.lead_unit.record not in self.for_others:
            return False
        return self.for_review or self.lead_unit.record is not self.corrected or any(self._behalf().values())

    def _behalf(self) -> dict[str, str]:
        """The answers of nhập thay, where the chosen unit asks for them."""
        if self.lead_unit.record not in self.for_others:
            return {}
        return {name: self[name].data or "" for name in ("on_behalf_of", "from_paper")}

    def entry(self) -> TaskEntry:
        """What was entered, as the operations take it; blank rows are left out."""
        assert self.start_on.data is not None  # noqa: S101 - both are required
        assert self.due_on.data is not None  # noqa: S101
        partners = [unit for unit in self.cooperating.records if unit is not self.lead_unit.record]
        return TaskEntry(
            title=self.title.data or "",
            product=self.product.data or "",
            lead_unit=self.lead_unit.record,
            cooperating=tuple(partners),
            start_on=self.start_on.data,
            due_on=self.due_on.data,
            indicators=tuple(row.form.entry() for row in self.indicators.entries if not row.form.blank),
            state_funding=self.state_funding.data or Decimal(0),
            social_funding=self.social_funding.data or Decimal(0),
            movement=self.movement.record,
            **self._behalf(),
        )


def _dead(units: Iterable[Unit], start_on: date | None, due_on: date | None) -> list[str]:
    words = (
        unit_problem(unit.name, alive_at_start=_alive(unit, start_on), alive_at_end=_alive(unit, due_on))
        for unit in units
    )
    return [one for one in words if one]


def _alive(unit: Unit, day: date | None) -> bool:
    return day is None or unit.alive(day)


class TaskEditForm(TaskForm, EditForm):
    """Sửa phần việc, while it is a draft or was returned."""

    page_name = "Sửa phần việc"
    record: Task

    def address(self) -> str:
        """Where this task is edited."""
        return url_for("tasks.edit", task_id=self.record.id)

    @classmethod
    def values_of(cls, record: Task) -> dict[str, Any]:
        """The task as the form says it."""
        plain = ("title", "product", "start_on", "due_on", "on_behalf_of", "from_paper")
        return {name: getattr(record, name) for name in plain} | {
            "state_funding": record.state_funding or None,
            "social_funding": record.social_funding or None,
            "lead_unit": record.lead_unit_id,
            "cooperating": [unit.id for unit in record.cooperating],
            "large_funding": any(map(funding_doubtful, (record.state_funding, record.social_funding))),
            "movement": record.movement_id,
            "indicators": [values_of(indicator) for indicator in record.indicators],
        }


class SubmitForm(StepForm):
    """Gửi duyệt."""


class DiscardForm(StepForm):
    """Bỏ bản nháp."""
