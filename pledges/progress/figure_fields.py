"""Ô số liệu của báo cáo: the fields of one task's report, wherever they stand: on its own page, or on that of a unit.

A form or a row that has these fields gets the lines they say, what is wrong with them, and the entry they make.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import BooleanField

from pledges.core.forms.fields import OPTIONAL, DayField, LineField, QuantityField, TextField
from pledges.core.numbers import NumberError, format_input, parse_number
from pledges.progress import sanity
from pledges.progress.codes import row_code
from pledges.progress.lines import Around, Line, lines_of, problem_with_day
from pledges.progress.models import Period, Report
from pledges.progress.operations import ReportEntry
from pledges.progress.rules import IndicatorPlan
from pledges.progress.sanity import Doubt
from pledges.tasks.behalf import LONGEST, behalf_problems
from pledges.tasks.models import Task

YES = "y"
"""A tick that no figure came with: on the conflict page, where whole answers are chosen."""


class AffirmField(BooleanField):
    """Đúng như vậy: yes to what is asked about one figure. The tick carries the figure that it was given for."""

    figure: str | None = None
    kept: frozenset[Doubt] = frozenset()

    def process_data(self, value: Any) -> None:
        """Take the answers that the record keeps."""
        self.kept = sanity.read(value) if isinstance(value, str) else frozenset()
        self.data = bool(self.kept)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the figure for which the tick was set."""
        super().process_formdata(valuelist)
        self.figure = str(valuelist[0]) if self.data else ""

    def answered(self, line: Line) -> frozenset[Doubt]:
        """The questions about the line that are answered: all of them, if it was this figure that was affirmed."""
        if self.figure is None:
            return self.kept & frozenset(line.doubts)
        return frozenset(line.doubts) if self.data and _same(self.figure, line.said) else frozenset()


def _same(figure: str, said: Decimal | None) -> bool:
    if figure == YES:
        return True
    try:
        return said is not None and parse_number(figure) == said
    except NumberError:
        return False


class Figures:
    """What a form with the fields of one task's report says; mixed into a form, or a row of one."""

    number: int | None
    plans: Sequence[tuple[int, IndicatorPlan]]
    before: Sequence[Decimal | None]
    around: Sequence[Around]
    start_on: date
    today: date
    for_another: bool = False
    needs_paper: bool = False

    def take(self, context: Mapping[str, Any]) -> None:
        """Take what the figures are judged by: the plans, what stood before, the days, whose report it is."""
        self.number = context["number"]
        self.plans, self.before, self.around = context["plans"], context["before"], context["around"]
        self.start_on, self.today = context["start_on"], context["today"]
        self.for_another, self.needs_paper = context["for_another"], context["needs_paper"]
        fields: Any = self
        if not self.for_another:
            del fields.on_behalf_of, fields.from_paper

    def lines(self) -> list[Line]:
        """What the form says, line by line."""
        said = self._said("value")
        lines = lines_of(self.plans, self.before, said, self._said("reached"), around=self.around)
        return [replace(line, affirmed=self._of(line, "affirmed").answered(line)) for line in lines]

    def code_of(self, line: Line) -> str:
        """How the printed form names the line."""
        return row_code(self.number, [number for number, _plan in self.plans].index(line.indicator_id) + 1)

    def tick_of(self, line: Line) -> str:
        """What the tick of a line carries: its figure as it is typed."""
        return YES if line.said is None else format_input(line.said)

    def entry(self) -> ReportEntry:
        """What the form says, as the operation takes it."""
        fields: Any = self
        lines = self.lines()
        return ReportEntry(
            values=self._said("value"),
            reached_on=self._said("reached"),
            narrative=fields.narrative.data or "",
            obstacle=fields.obstacle.data or "",
            next_step=fields.next_step.data or "",
            affirmed={
                line.indicator_id: [one for one in line.doubts if one in line.affirmed] for line in lines
            },
            blanks_meant=bool(fields.blanks_meant.data),
            on_behalf_of=(fields.on_behalf_of.data or "") if self.for_another else "",
            from_paper=(fields.from_paper.data or "") if self.for_another else "",
        )

    def days_fit(self) -> bool:
        """Whether the stated days of reaching can be; what is wrong stands beside its field."""
        good = True
        for line in self.lines():
            wrong = problem_with_day(line, start_on=self.start_on, today=self.today)
            if wrong and not self._of(line, "value").errors:
                self._of(line, "reached").errors = [wrong]
                good = False
        return good

    def paper_named(self, *, sending: bool) -> bool:
        """Whether it is said for whom and from which paper it was entered, where that must be said.

        A draft may leave both open; one without the other is nothing.
        """
        if not self.for_another:
            return True
        fields: Any = self
        answers = {name: fields[name].data or "" for name in ("on_behalf_of", "from_paper")}
        if not any(answers.values()) and not (sending and self.needs_paper):
            return True
        problems = behalf_problems(**answers)
        for name, words in problems.items():
            fields[name].errors = [words]
        return not problems

    def _of(self, line: Line, kind: str) -> Any:
        fields: Any = self
        return fields[f"{kind}_{line.indicator_id}"]

    def _said(self, kind: str) -> dict[int, Any]:
        fields: Any = self
        found = {number: fields[f"{kind}_{number}"].data for number, _plan in self.plans}
        return {number: value for number, value in found.items() if value is not None}


def fields_of(task: Task, period: Period) -> dict[str, Any]:
    """The fields of one task's report: named by the indicators, so that none is mistaken for another."""
    fields: dict[str, Any] = {}
    for indicator in task.indicators:
        asked = question(period, accumulates=indicator.accumulates)
        label = f"{indicator.label}: {asked[0].lower()}{asked[1:]}"
        fields[f"value_{indicator.id}"] = QuantityField(label, [OPTIONAL])
        fields[f"affirmed_{indicator.id}"] = AffirmField(f"{indicator.label}: đúng như vậy")
        fields[f"reached_{indicator.id}"] = DayField(f"{indicator.label}: đạt chỉ tiêu ngày", [OPTIONAL])
    return fields | {
        "blanks_meant": BooleanField("Hoàn thành: ô trống là không có số liệu kỳ này"),
        "narrative": TextField("Đã làm được gì"),
        "obstacle": TextField("Khó khăn, vướng mắc", [OPTIONAL]),
        "next_step": TextField("Việc tiếp theo, đề nghị", [OPTIONAL]),
        "on_behalf_of": LineField("Người của đơn vị đã khai", [OPTIONAL], longest=LONGEST),
        "from_paper": LineField("Theo giấy tờ nào", [OPTIONAL], longest=LONGEST),
    }


def values_of(report: Report) -> dict[str, Any]:
    """What the newest round says: the one being written, else the one that was sent last."""
    one = report.last_round
    if one is None:
        return {}
    names = ("narrative", "obstacle", "next_step", "blanks_meant", "on_behalf_of", "from_paper")
    said: dict[str, Any] = {name: getattr(one, name) for name in names}
    for figure in one.figures:
        said[f"value_{figure.indicator_id}"] = figure.value
        said[f"affirmed_{figure.indicator_id}"] = figure.affirmed
        said[f"reached_{figure.indicator_id}"] = figure.reached_on
    return said


def question(period: Period, *, accumulates: bool) -> str:
    """What a figure is asked for: what the period added, or where things stand at its end."""
    return f"Thêm trong {period.short_label}" if accumulates else f"Đạt đến cuối {period.short_label}"
