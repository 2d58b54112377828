"""Báo cáo tiến độ, sơ kết, tổng kết: sections I to V with the list of tasks annexed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pledges.core.numbers import format_percent
from pledges.documents.sheets.charts import Bar, BarChart
from pledges.documents.sheets.paper import (
    Align,
    Annex,
    Block,
    Closing,
    Column,
    Foot,
    Heading,
    Level,
    Paper,
    Paragraph,
    Recipients,
    Row,
    RowKind,
    Section,
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.red import Red
from pledges.documents.sheets.tasks import DASH, NO_FIGURE, NO_TASKS, RESTATED, TaskGroup, task_list
from pledges.documents.sheets.wording import end_mark, ended, listed, roman

NOTHING = "Không có."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """Kết quả của một khối hoặc đơn vị: counts and means; ratios are None where nothing was reported.

    `counts` are the numbers of tasks in the states that the sheet's `state_titles` name, in their order.
    """

    title: str
    tasks: int
    counts: tuple[int, ...]
    progress: Fraction | Decimal | None
    expected: Fraction | Decimal | None

    @property
    def progress_text(self) -> str:
        """The share reached as printed."""
        return NO_FIGURE if self.progress is None else format_percent(self.progress)

    @property
    def expected_text(self) -> str:
        """The share planned as printed."""
        return DASH if self.expected is None else format_percent(self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResults:
    """Kết quả theo khối: one result a block, and that of all tasks (a mean over tasks, not over blocks)."""

    state_titles: tuple[str, ...]
    groups: tuple[GroupResult, ...]
    whole: GroupResult
    chart_title: str = "Tiến độ thực hiện so với kế hoạch"

    def _row(self, result: GroupResult, kind: RowKind = RowKind.PLAIN) -> Row:
        counts = (str(count) for count in (result.tasks, *result.counts))
        return Row((result.title, *counts, result.progress_text, result.expected_text), kind)

    def table(self) -> Table:
        """The counts by block, with all tasks below."""
        states = tuple(
            Column(title, 80 / len(self.state_titles), Align.CENTRE) for title in self.state_titles
        )
        columns = (
            Column("Khối", 39),
            Column("Số phần việc", 16, Align.CENTRE),
            *states,
            Column("Thực hiện", 15, Align.CENTRE),
            Column("Kế hoạch", 15, Align.CENTRE),
        )
        rows = tuple(self._row(group) for group in self.groups)
        if rows:
            rows = (*rows, self._row(self.whole, RowKind.TOTAL))
        return Table(columns=columns, rows=rows, when_empty=NO_TASKS, size=11)

    def chart(self) -> BarChart:
        """The same shares as bars."""
        return BarChart(
            title=self.chart_title,
            bars=tuple(
                Bar(one.title, one.progress, one.expected, one.progress_text, one.expected_text)
                for one in (*self.groups, self.whole)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReportSheet:
    """Báo cáo tiến độ: prose in paragraphs, figures as figures. A section without prose says so.

    `bases` and `recipients` are given without their closing marks; `attached_to` is the annex's
    "(Kèm theo Báo cáo số …)", `restated` what changed after it had been accepted.
    """

    heading: Heading
    abstract: str
    signature: SigningSide
    recipients: tuple[str, ...]
    results: GroupResults
    task_groups: tuple[TaskGroup, ...]
    attached_to: str
    annex_title: str
    kind: str = "Báo cáo"
    annex_label: str = "Phụ lục"
    restated: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    by_group: tuple[str, ...] = ()
    notable: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The report as it is printed."""
        return Paper(
            heading=self.heading,
            title=Title(self.kind, self.abstract),
            addressees=self.addressees,
            bases=listed(self.bases),
            body=ended(tuple(self._body()), end_mark(self.heading.style)),
            closing=Closing(self.signature, Recipients(listed(self.recipients, lead="- "))),
            foot=self.foot,
            annexes=(
                Annex(
                    label=self.annex_label,
                    title=self.annex_title,
                    attached_to=self.attached_to,
                    body=(task_list(self.task_groups), *_prose(self._restated())),
                ),
            ),
        )

    def _restated(self) -> tuple[str, ...]:
        """What changed after acceptance, below the list: in red, and marked as in the list."""
        if not self.restated:
            return ()
        return (Red(f"{RESTATED} Số liệu đã đổi sau khi duyệt:"), *(Red(f"- {one}") for one in self.restated))

    def _chapter(self, numeral: str, text: str) -> Section:
        return Section(Level.ROMAN, roman(self.heading.style, numeral, text))

    def _body(self) -> Iterator[Block]:
        yield from _prose(self.opening)
        yield self._chapter("I", "Công tác lãnh đạo, chỉ đạo")
        yield from _prose(self.guidance or (NOTHING,))
        yield self._chapter("II", "Kết quả thực hiện")
        yield from _part("1. Số liệu chung", self.totals)
        yield Section(Level.ARABIC, "2. Kết quả theo khối")
        yield from _prose(self.by_group)
        yield self.results.table()
        if self.results.groups:
            yield self.results.chart()
        yield from _part("3. Phần việc tiêu biểu", self.notable)
        yield self._chapter("III", "Đánh giá chung")
        yield from _part("1. Ưu điểm", self.strengths)
        yield from _part("2. Tồn tại, hạn chế", self.shortcomings)
        yield from _part("3. Nguyên nhân", self.causes)
        yield self._chapter("IV", "Phương hướng, nhiệm vụ")
        yield from _prose(self.directions or (NOTHING,))
        yield self._chapter("V", "Kiến nghị")
        yield from _prose(self.proposals or (NOTHING,))


def _prose(paragraphs: tuple[str, ...]) -> Iterator[Block]:
    return (Paragraph(text) for text in paragraphs)


def _part(title: str, paragraphs: tuple[str, ...]) -> Iterator[Block]:
    yield Section(Level.ARABIC, title)
    yield from _prose(paragraphs or (NOTHING,))
