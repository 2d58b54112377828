"""Rows of indicators in the form of a task: what is asked of each, and what is asked back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field

from pledges.core.forms.base import Row
from pledges.core.forms.fields import OPTIONAL, ChoiceField, DayField, LineField, QuantityField, TextField
from pledges.core.numbers import format_number
from pledges.tasks.indicator_rules import (
    LONGEST,
    measuring_problem,
    milestones_problem,
    read_milestones,
    row_problems,
    write_milestones,
)
from pledges.tasks.models import Indicator
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rules import Counting, Direction, is_line_to_hold, is_over_the_whole


class IndicatorRow(Row):
    """Một chỉ tiêu. Baseline and target in the measure; `holds` and `over` confirm what is legal but seldom meant."""

    label = LineField("Nội dung chỉ tiêu", [OPTIONAL], longest=LONGEST["label"])
    baseline = QuantityField("Hiện trạng", [OPTIONAL])
    target = QuantityField("Phải đạt", [OPTIONAL])
    measure = LineField("Đơn vị tính", [OPTIONAL], longest=LONGEST["measure"])
    counting = ChoiceField("Mỗi kỳ báo cáo ghi", Counting, default=Counting.ADDED)
    direction = ChoiceField("Chiều", Direction, default=Direction.UP)
    weight = QuantityField("Trọng số", [OPTIONAL], default=Decimal(1))
    measured_from = DayField("Đo được từ ngày", [OPTIONAL])
    milestones = TextField("Các mốc", [OPTIONAL], longest=LONGEST["milestones"])
    holds = BooleanField("Đúng, đây là mức cần giữ, không phải mức cần tăng thêm")
    over = BooleanField("Đúng, tỷ lệ này có thể vượt 100%")

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into the row: then it isn't there."""
        typed = (self.label, self.baseline, self.target, self.measure, self.measured_from, self.milestones)
        return not any(field.raw_data[0].strip() if field.raw_data else field.data for field in typed)

    @property
    def asks_to_hold(self) -> bool:
        """Whether the row must say that its target is a line to hold."""
        return self.target.data is not None and is_line_to_hold(self._baseline, self.target.data)

    @property
    def asks_over_the_whole(self) -> bool:
        """Whether the row must say that its share may lie over 100%."""
        values = [value for value in (self.baseline.data, self.target.data) if value is not None]
        return is_over_the_whole(self.measure.data or "", *values)

    @property
    def has_more(self) -> bool:
        """Whether one of the questions that are folded away has an answer of its own, or an error."""
        folded = (self.direction, self.weight, self.measured_from, self.milestones)
        return any(field.errors for field in folded) or not (
            self.direction.data is Direction.UP
            and self.weight.data == 1
            and not self.measured_from.data
            and not self.milestones.data
        )

    @property
    def _baseline(self) -> Decimal:
        return self.baseline.data if self.baseline.data is not None else Decimal(0)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row makes sense; a blank one does."""
        if self.blank:
            return True
        super().validate(extra_validators)
        for field, words in self._problems():
            if not field.errors:
                field.errors = [words]
        return not self.errors

    def _problems(self) -> Iterator[tuple[Field, str]]:
        said = row_problems(
            label=self.label.data or "",
            baseline=None if self.baseline.errors else self._baseline,
            target=self.target.data,
            measure=self.measure.data or "",
            direction=self.direction.data,
            accumulates=(self.counting.data or Counting.ADDED).accumulates,
            weight=self.weight.data,
        )
        for name, words in said:
            yield self[name], words
        yield from self._questions()
        try:
            read_milestones(self.milestones.data or "")
        except ValueError as error:
            yield self.milestones, str(error)

    def _questions(self) -> Iterator[tuple[Field, str]]:
        if self.target.data is None or self.baseline.errors or self.direction.data is None:
            return
        if self.asks_to_hold and not self.holds.data:
            yield (
                self.holds,
                (
                    f"Phải đạt bằng đúng hiện trạng ({format_number(self.target.data)}). Nếu đây là mức cần giữ, "
                    "đánh dấu vào ô này; nếu không, sửa con số phải đạt."
                ),
            )
        if self.asks_over_the_whole and not self.over.data:
            yield (
                self.over,
                (
                    "Tỷ lệ trên 100%. Nếu đúng là có thể vượt, như “110 % dự toán”, đánh dấu vào ô này; "
                    "nếu không, sửa lại con số."
                ),
            )

    def check_measuring(self, due_on: date | None) -> None:
        """Complain of a day of measuring that comes after the task is due: it could never be done in time."""
        words = measuring_problem(self.measured_from.data, due_on)
        if words and not self.measured_from.errors:
            self.measured_from.errors = [words]

    def check_milestones(self, start_on: date | None, due_on: date | None) -> None:
        """Complain of milestones outside the task's time."""
        try:
            milestones = read_milestones(self.milestones.data or "")
        except ValueError:
            return
        words = milestones_problem(milestones, start_on, due_on)
        if words and not self.milestones.errors:
            self.milestones.errors = [words]

    def entry(self) -> IndicatorEntry:
        """The row as the operations take it."""
        assert self.target.data is not None  # noqa: S101 - validate() demands them
        return IndicatorEntry(
            label=self.label.data or "",
            baseline=self._baseline,
            target=self.target.data,
            measure=self.measure.data or "",
            direction=self.direction.data or Direction.UP,
            accumulates=(self.counting.data or Counting.ADDED).accumulates,
            weight=self.weight.data or Decimal(1),
            measured_from=self.measured_from.data,
            milestones=read_milestones(self.milestones.data or ""),
        )


def values_of(indicator: Indicator) -> dict[str, Any]:
    """What the row says of an indicator as it is: what was stored has been confirmed."""
    plain = ("label", "baseline", "target", "measure", "direction", "weight", "measured_from")
    return {name: getattr(indicator, name) for name in plain} | {
        "counting": Counting.ADDED if indicator.accumulates else Counting.LEVEL,
        "milestones": write_milestones([(mark.on, mark.value) for mark in indicator.milestones]).replace(
            "; ", "\n"
        ),
        "holds": is_line_to_hold(indicator.baseline, indicator.target),
        "over": is_over_the_whole(indicator.measure, indicator.baseline, indicator.target),
    }
