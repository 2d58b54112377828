"""Báo cáo tiến độ, sơ kết, tổng kết: sections I to V with the list of tasks annexed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pledges.core.numbers import format_percent
from pledges.documents.sheets.charts import Bar, BarChart
from pledges.documents.sheets.composing import composed
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import (
    Align,
    Annex,
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
from pledges.documents.sheets.wording import listed, roman

NOTHING = "Không có."


def _reached(ratio: Fraction | Decimal | None) -> str:
    return NO_FIGURE if ratio is None else format_percent(ratio)


def _planned(ratio: Fraction | Decimal | None) -> str:
    return DASH if ratio is None else format_percent(ratio)


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
        return _reached(self.progress)

    @property
    def expected_text(self) -> str:
        """The share planned as printed."""
        return _planned(self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResults:
    """Kết quả theo khối: one result a block, and that of all tasks (a mean over tasks, not over blocks)."""

    state_titles: tuple[str, ...]
    groups: tuple[GroupResult, ...]
    whole: GroupResult
    chart_title: str = "Tiến độ thực hiện so với kế hoạch"
    column: str = "Khối"

    def _row(self, result: GroupResult, kind: RowKind = RowKind.PLAIN) -> Row:
        counts = (str(count) for count in (result.tasks, *result.counts))
        return Row((result.title, *counts, result.progress_text, result.expected_text), kind)

    def table(self) -> Table:
        """The counts by block, with all tasks below."""
        states = tuple(
            Column(title, 80 / len(self.state_titles), Align.CENTRE) for title in self.state_titles
        )
        columns = (
            Column(self.column, 39),
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
class TaskResult:
    """Kết quả của một phần việc: its shares, None where nothing was reported, and the words of its state."""

    number: int
    title: str
    progress: Fraction | Decimal | None
    expected: Fraction | Decimal | None
    state: str


_TASK_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Phần việc", 75),
    Column("Thực hiện", 25, Align.CENTRE),
    Column("Kế hoạch", 20, Align.CENTRE),
    Column("Tình trạng", 35, Align.CENTRE),
)


def task_results(tasks: Sequence[TaskResult]) -> Table:
    """Kết quả từng phần việc, where the report speaks of one unit alone."""
    rows = tuple(
        Row((str(one.number), one.title, _reached(one.progress), _planned(one.expected), one.state))
        for one in tasks
    )
    return Table(columns=_TASK_COLUMNS, rows=rows, when_empty=NO_TASKS, size=11)


Said = tuple[str | Piece, ...]
"""What a section says: sentences, and pieces that have a key of their own; a sentence's key is its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReportSheet:
    """Báo cáo tiến độ, sơ kết, tổng kết: what fills itself, section by section. A section without words says so.

    `bases` and `recipients` are given without their closing marks; `attached_to` is the annex's
    "(Kèm theo Báo cáo số …)", `restated` what changed after it had been accepted. `results` stands in II.2 as a table,
    unless there is another `table`; `charts` stand behind it. `lessons` is whether III has its place for them.
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
    group_title: str = "Kết quả theo khối"
    table: Table | None = None
    charts: tuple[Piece, ...] | None = None
    lessons: bool = False
    restated: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    opening: Said = ()
    guidance: Said = ()
    totals: Said = ()
    by_group: Said = ()
    notable: Said = ()
    strengths: Said = ()
    shortcomings: Said = ()
    causes: Said = ()
    directions: Said = ()
    proposals: Said = ()
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The report as it is printed, with nothing written between."""
        return composed(self.filled(), {})

    def filled(self) -> Filled:
        """The report as the figures alone write it, in slots that take prose."""
        return Filled(
            heading=self.heading,
            title=Title(self.kind, self.abstract),
            addressees=self.addressees,
            bases=self.bases,
            slots=tuple(self._slots()),
            closing=Closing(self.signature, Recipients(listed(self.recipients, lead="- "))),
            foot=self.foot,
            annexes=(
                Annex(
                    label=self.annex_label,
                    title=self.annex_title,
                    attached_to=self.attached_to,
                    body=(task_list(self.task_groups), *map(Paragraph, self._restated())),
                ),
            ),
        )

    def _restated(self) -> tuple[str, ...]:
        """What changed after acceptance, below the list: in red, and marked as in the list."""
        if not self.restated:
            return ()
        return (Red(f"{RESTATED} Số liệu đã đổi sau khi duyệt:"), *(Red(f"- {one}") for one in self.restated))

    def _slots(self) -> Iterator[Slot]:
        """I to V; a heading of the first level stands above the first of its parts."""
        one, two, three, four, five = (
            Section(Level.ROMAN, roman(self.heading.style, numeral, text)) for numeral, text in CHAPTERS
        )
        grouped = (
            *_pieces(self.by_group),
            Piece("table", self.table or self.results.table()),
            *self._charts(),
        )
        yield Slot(key="opening", title="Mở đầu", pieces=_pieces(self.opening))
        yield _part("guidance", (one,), self.guidance)
        yield _part("totals", (two, _part_title("1. Số liệu chung")), self.totals)
        yield _part("by_group", (_part_title(f"2. {self.group_title}"),), grouped)
        yield _part("notable", (_part_title("3. Phần việc tiêu biểu"),), self.notable)
        yield _part("strengths", (three, _part_title("1. Ưu điểm")), self.strengths)
        yield _part("shortcomings", (_part_title("2. Tồn tại, hạn chế"),), self.shortcomings)
        yield _part("causes", (_part_title("3. Nguyên nhân"),), self.causes)
        if self.lessons:
            yield _part("lessons", (_part_title("4. Bài học kinh nghiệm"),), (), empty="")
        yield _part("directions", (four,), self.directions)
        yield _part("proposals", (five,), self.proposals)

    def _charts(self) -> tuple[Piece, ...]:
        if self.charts is not None:
            return self.charts
        return (Piece("chart", self.results.chart()),) if self.results.groups else ()


CHAPTERS = (
    ("I", "Công tác lãnh đạo, chỉ đạo"),
    ("II", "Kết quả thực hiện"),
    ("III", "Đánh giá chung"),
    ("IV", "Phương hướng, nhiệm vụ"),
    ("V", "Kiến nghị"),
)


def _part_title(text: str) -> Section:
    return Section(Level.ARABIC, text)


def _part(key: str, headings: tuple[Section, ...], said: Said, empty: str = NOTHING) -> Slot:
    return Slot(key=key, title=headings[-1].text, headings=headings, pieces=_pieces(said), empty=empty)


def _pieces(said: Said) -> tuple[Piece, ...]:
    return tuple(
        Piece(str(at), Paragraph(one)) if isinstance(one, str) else one
        for at, one in enumerate(said, start=1)
    )
