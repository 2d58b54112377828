"""Papers of a signing day: the roll to sign, and the minutes with how each signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pledges.documents.sheets.calls import MADE_BY, stacked
from pledges.documents.sheets.composing import composed
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.gaps import UNKNOWN
from pledges.documents.sheets.paper import (
    Align,
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
    Signature,
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.wording import listed, roman

NOBODY_CALLED = "Chưa có đơn vị nào có bản cam kết đã chốt để ký."


@dataclass(frozen=True, slots=True)
class Signing:
    """Một người ký trong danh sách: who, in which post, and how it was signed; empty where it was not."""

    name: str
    post: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Đơn vị ký: with its places to sign, in their order."""

    unit: str
    places: tuple[Signing, ...]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Khối: the units called up under one title."""

    title: str
    units: tuple[UnitLine, ...]


def _rows(groups: Sequence[UnitGroup], last: str = "") -> Iterator[Row]:
    """The groups' rows, numbered through; `last` stands in the last column where nothing was signed."""
    number = 0
    for group in groups:
        if group.title and group.units:
            yield Row((group.title, "", "", "", ""), RowKind.GROUP)
        for unit in group.units:
            number += 1
            yield Row(
                (
                    str(number),
                    unit.unit,
                    stacked([place.name for place in unit.places]),
                    stacked([place.post for place in unit.places]),
                    stacked([place.given or last for place in unit.places]),
                )
            )


ROLL_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Đơn vị", 41),
    Column("Người ký", 35),
    Column("Chức vụ", 38),
    Column("Ký tên", 41, Align.CENTRE),
)
"""Shares are millimetres of a portrait page; a line is as tall as a hand's signature needs."""
ROOM_TO_SIGN = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRollSheet:
    """Danh sách ký cam kết: unit by unit, with room to sign. A list is no type of document, so it has no number."""

    heading: Heading
    abstract: str
    occasion: str
    groups: tuple[UnitGroup, ...]
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The roll as it is printed."""
        table = Table(
            columns=ROLL_COLUMNS,
            rows=tuple(_rows(self.groups)),
            when_empty=NOBODY_CALLED,
            least=ROOM_TO_SIGN,
        )
        return Paper(
            heading=self.heading,
            title=Title("Danh sách ký cam kết thi đua", self.abstract),
            body=(Paragraph(self.occasion), table),
            closing=MADE_BY,
            foot=self.foot,
        )


MINUTES_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Đơn vị", 39),
    Column("Người ký", 34),
    Column("Chức vụ", 38),
    Column("Cách ký", 44),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSheet:
    """Biên bản hội nghị phát động và ký cam kết (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.10).

    What nobody has written down stays an empty place: a dotted line for a text, room for a hand. Place and date stand
    in the text, not in the heading.
    """

    heading: Heading
    abstract: str
    began: str
    place: str
    chair: str
    chair_name: str
    secretary: str
    secretary_name: str
    attendance: str
    proceedings: tuple[str, ...]
    outcome: tuple[str, ...]
    groups: tuple[UnitGroup, ...]
    remarks: tuple[str, ...]
    ended: str
    recipients: tuple[str, ...]
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The minutes as they are printed."""
        return composed(self.filled(), {})

    def filled(self) -> Filled:
        """The minutes piece by piece, before a clerk writes between the pieces."""
        style = self.heading.style
        return Filled(
            heading=self.heading,
            title=Title("Biên bản", self.abstract),
            slots=(
                Slot(key="facts", title="Thời gian, địa điểm, thành phần", pieces=tuple(self._facts())),
                Slot(
                    key="proceedings",
                    title="Diễn biến hội nghị",
                    headings=(Section(Level.ROMAN, roman(style, "I", "Diễn biến hội nghị")),),
                    pieces=_paragraphs("line", self.proceedings),
                ),
                Slot(
                    key="signing",
                    title="Kết quả ký cam kết",
                    headings=(Section(Level.ROMAN, roman(style, "II", "Kết quả ký cam kết")),),
                    pieces=tuple(self._signing()),
                ),
                Slot(
                    key="end",
                    title="Kết thúc",
                    pieces=(Piece("ended", Paragraph(f"Hội nghị kết thúc vào {self.ended or UNKNOWN}")),),
                ),
            ),
            closing=Closing(
                SigningSide((Signature(posts=("Chủ trì",), name=self.chair_name),)),
                SigningSide((Signature(posts=("Thư ký",), name=self.secretary_name),)),
                Recipients(listed(self.recipients, lead="- ")),
            ),
            foot=self.foot,
        )

    def _facts(self) -> Iterator[Piece]:
        for key, label, said in (
            ("began", "Thời gian bắt đầu", self.began),
            ("place", "Địa điểm", self.place),
            ("chair", "Chủ trì", self.chair),
            ("secretary", "Thư ký", self.secretary),
            ("attendance", "Thành phần tham dự", self.attendance),
        ):
            yield Piece(key, Paragraph(f"{label}: {(said or UNKNOWN).rstrip(' .')}."))

    def _signing(self) -> Iterator[Piece]:
        yield from _paragraphs("outcome", self.outcome)
        rows = tuple(_rows(self.groups, "Chưa ký"))
        yield Piece("signed", Table(columns=MINUTES_COLUMNS, rows=rows, when_empty=NOBODY_CALLED))
        yield from _paragraphs("remark", self.remarks)


def _paragraphs(key: str, lines: Sequence[str]) -> tuple[Piece, ...]:
    return tuple(Piece(f"{key}:{at}", Paragraph(line)) for at, line in enumerate(lines, start=1))
