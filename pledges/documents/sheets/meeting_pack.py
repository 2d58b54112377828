"""Tài liệu họp: the agenda, then a page for each unit, with lines for what is decided."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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
    Row,
    Section,
    Signature,
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.room import NewPage, RuledLines
from pledges.documents.sheets.wording import roman

NOTHING = "Không có."
LINES_OF_A_UNIT, LINES_OF_THE_MEETING = 7, 8
_CENTRE = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Decided:
    """Việc đã kết luận: what, who, until when, and what came of it."""

    text: str
    who: str
    due: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ToDiscuss:
    """Nội dung cần bàn: a task or an obstacle with its unit, and why it stands here."""

    subject: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Thay đổi: a task, how it stood at the last meeting, and how it stands now."""

    subject: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class TaskState:
    """Một phần việc của đơn vị: its indicators with what is reached of them, its shares, state and last report."""

    number: str
    title: str
    people: str
    indicators: tuple[str, ...]
    reached: str
    planned: str
    state: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """Trang của một đơn vị."""

    name: str
    summary: str
    tasks: tuple[TaskState, ...]
    obstacles: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """Khối: units under one title."""

    title: str
    units: tuple[UnitPage, ...]


DECIDED_COLUMNS = (
    Column("STT", 10, _CENTRE),
    Column("Việc", 62),
    Column("Ai làm", 36),
    Column("Hạn", 20, _CENTRE),
    Column("Kết quả", 37),
)
DISCUSS_COLUMNS = (
    Column("STT", 10, _CENTRE),
    Column("Nội dung", 60),
    Column("Đơn vị", 30),
    Column("Vì sao", 65),
)
MOVED_COLUMNS = (
    Column("STT", 10, _CENTRE),
    Column("Phần việc", 75),
    Column("Cuộc họp trước", 40),
    Column("Nay", 40),
)
TASK_COLUMNS = (
    Column("Số", 9, _CENTRE),
    Column("Phần việc", 44),
    Column("Chỉ tiêu: đã đạt", 46),
    Column("Đạt", 14, _CENTRE),
    Column("Kế hoạch", 17, _CENTRE),
    Column("Tình trạng, báo cáo", 35),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPackSheet:
    """Tài liệu họp. It is no type of document, so it has no number; `since` names the last meeting, "" without one."""

    heading: Heading
    title: str
    opening: tuple[str, ...]
    since: str
    followed: tuple[Decided, ...]
    overdue: tuple[Decided, ...]
    needs: tuple[ToDiscuss, ...]
    obstacles: tuple[ToDiscuss, ...]
    explanations: tuple[ToDiscuss, ...]
    reports: tuple[str, ...]
    changes: tuple[Moved, ...]
    decided: tuple[Decided, ...]
    blocks: tuple[UnitBlock, ...]
    chair: str
    secretary: str
    attached_to: str
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The pack as it is printed."""
        closing = Closing(
            SigningSide((Signature(posts=("Chủ trì",), name=self.chair),)),
            SigningSide((Signature(posts=("Thư ký",), name=self.secretary),)),
        )
        return Paper(
            heading=self.heading,
            title=Title("Tài liệu họp", self.title),
            body=tuple(self._body()),
            closing=closing,
            foot=self.foot,
            annexes=self._annexes(),
        )

    def _body(self) -> Iterator[Block]:
        yield from (Paragraph(line) for line in self.opening)
        numbers = iter(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"))

        def head(text: str) -> Section:
            return Section(Level.ROMAN, roman(self.heading.style, next(numbers), text))

        if self.since:
            yield head("Việc của cuộc họp trước")
            yield Paragraph(self.since)
            yield _decided(self.followed, "Cuộc họp trước không ghi kết luận.")
        if self.overdue:
            yield head("Việc khác đã quá hạn")
            yield _decided(self.overdue, NOTHING)
        yield head("Phần việc cần bàn")
        yield _to_discuss(self.needs)
        yield head("Vướng mắc chờ quyết định")
        yield _to_discuss(self.obstacles)
        yield head("Báo cáo và giải trình")
        yield from (Paragraph(line) for line in self.reports)
        if self.explanations:
            yield _to_discuss(self.explanations)
        if self.since:
            yield head("Thay đổi từ cuộc họp trước")
            yield _moved(self.changes)
        yield head("Kết luận")
        if self.decided:
            yield _decided(self.decided, NOTHING)
        yield RuledLines(LINES_OF_THE_MEETING)

    def _annexes(self) -> tuple[Annex, ...]:
        body = tuple(self._pages())
        if not body:
            return ()
        title = "Tình hình thực hiện của từng đơn vị"
        return (
            Annex(label="Phụ lục", title=title, attached_to=self.attached_to, body=body, landscape=False),
        )

    def _pages(self) -> Iterator[Block]:
        number = 0
        for block in self.blocks:
            for unit in block.units:
                number += 1
                if number > 1:
                    yield NewPage(unit.name)
                yield from unit_page(number, block.title, unit)


def unit_page(number: int, block: str, unit: UnitPage) -> Iterator[Block]:
    """One unit: what it carries out, how that stands, what hinders it, what changed, and lines to write on."""
    yield Section(Level.ARABIC, f"{number}. {unit.name}")
    yield Paragraph(f"{block}. {unit.summary}" if block else unit.summary)
    yield Table(
        columns=TASK_COLUMNS,
        rows=tuple(_task_row(one) for one in unit.tasks),
        when_empty="Không có phần việc.",
        size=11,
    )
    for title, lines in (
        ("Vướng mắc chờ quyết định", unit.obstacles),
        ("Thay đổi từ cuộc họp trước", unit.changes),
        ("Việc đang theo dõi", unit.follow_ups),
    ):
        if lines:
            yield Paragraph(f"{title}:")
            yield from (Paragraph(f"- {line}") for line in lines)
    yield Paragraph("Kết luận:")
    yield RuledLines(LINES_OF_A_UNIT)


def _task_row(one: TaskState) -> Row:
    title = f"{one.title}\n{one.people}" if one.people else one.title
    state = f"{one.state}. {one.report}" if one.report else one.state
    return Row((one.number, title, "\n".join(one.indicators), one.reached, one.planned, state))


def _decided(found: tuple[Decided, ...], when_empty: str) -> Table:
    rows = tuple(
        Row((str(at), one.text, one.who, one.due, one.outcome)) for at, one in enumerate(found, start=1)
    )
    return Table(columns=DECIDED_COLUMNS, rows=rows, when_empty=when_empty)


def _to_discuss(found: tuple[ToDiscuss, ...]) -> Table:
    rows = tuple(Row((str(at), one.subject, one.unit, one.why)) for at, one in enumerate(found, start=1))
    return Table(columns=DISCUSS_COLUMNS, rows=rows, when_empty=NOTHING)


def _moved(found: tuple[Moved, ...]) -> Table:
    rows = tuple(Row((str(at), one.subject, one.was, one.now)) for at, one in enumerate(found, start=1))
    return Table(columns=MOVED_COLUMNS, rows=rows, when_empty="Không phần việc nào thay đổi.")
