"""Danh sách gọi đôn đốc: one design for whom to phone before a signing and about late reports."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pledges.documents.sheets.paper import (
    Align,
    Closing,
    Column,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    SigningSide,
    Table,
    Title,
)

MADE_BY = Closing(SigningSide((Signature(posts=("Người lập danh sách",)),)))
"""Below a list: room for who made it."""


def stacked(texts: Sequence[str]) -> str | tuple[str, ...]:
    """Texts of one cell, one under the other."""
    return tuple(texts) if len(texts) > 1 else "".join(texts)


@dataclass(frozen=True, slots=True)
class Call:
    """Một cuộc gọi: whom of a unit to phone, and at which number; empty where none is kept."""

    person: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CallLine:
    """Đơn vị cần gọi: what is missing, and whom to ask for it."""

    unit: str
    missing: str
    calls: tuple[Call, ...]


CALL_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Đơn vị", 35),
    Column("Còn thiếu", 47),
    Column("Người cần gọi", 45),
    Column("Điện thoại", 28, Align.CENTRE),
)
PROMISE_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Đơn vị", 28),
    Column("Còn thiếu", 43),
    Column("Người cần gọi", 35),
    Column("Điện thoại", 28, Align.CENTRE),
    Column("Hẹn đến ngày", 21, Align.CENTRE),
)
"""With an empty column, for the hand of who phones."""
NO_PHONE = "Chưa ghi"
NO_CONTACT = "Chưa có người đầu mối"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListSheet:
    """Danh sách gọi đôn đốc: for the desk of who phones, not for sending; `promises` leaves room for days promised."""

    heading: Heading
    title: str
    abstract: str
    opening: str
    lines: tuple[CallLine, ...]
    when_empty: str
    promises: bool = False
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The list as it is printed."""
        columns = PROMISE_COLUMNS if self.promises else CALL_COLUMNS
        free = ("",) if self.promises else ()
        rows = tuple(Row((*_cells(at, line), *free)) for at, line in enumerate(self.lines, start=1))
        table = Table(columns=columns, rows=rows, when_empty=self.when_empty)
        return Paper(
            heading=self.heading,
            title=Title(self.title, self.abstract),
            body=(Paragraph(self.opening), table),
            closing=MADE_BY,
            foot=self.foot,
        )


def _cells(number: int, line: CallLine) -> tuple[str | tuple[str, ...], ...]:
    calls = line.calls or (Call(NO_CONTACT),)
    return (
        str(number),
        line.unit,
        line.missing,
        stacked([call.person for call in calls]),
        stacked([call.phone or (NO_PHONE if line.calls else "") for call in calls]),
    )
