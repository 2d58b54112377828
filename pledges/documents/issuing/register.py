"""Sổ văn bản đi: the rows of the register, what is looked for in them, and the register as a book and on paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.core.dates import format_date
from pledges.core.filters import Wishes
from pledges.core.numbers import two_digits
from pledges.core.text import fold
from pledges.core.workbooks.books import Book, Column, Kind, OutSheet
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.rules import number_and_symbol, type_of, with_fate
from pledges.documents.rules import DocumentStatus, PaperKind
from pledges.documents.sheets.paper import Foot, Heading
from pledges.documents.sheets.register import RegisterLine, RegisterSheet

YEAR, KIND, STATUS, ISSUER = "nam", "loai", "tinh-trang", "don-vi"
NEWEST, BY_NUMBER, BY_SIGNER = "", "so", "nguoi-ky"
ORDERS = {NEWEST: "Mới phát hành trước", BY_NUMBER: "Theo số, từ 01", BY_SIGNER: "Theo người ký"}
_KEPT = "Lưu"


@dataclass(frozen=True, slots=True)
class Entry:
    """Một dòng của sổ: an issued document as the register names it; `remark`: what it replaces, what replaced it."""

    id: int
    kind: PaperKind
    status: DocumentStatus
    number: int
    symbol: str
    issued_on: date
    abstract: str
    signer: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    copies: int
    pages: int
    issuer_id: int
    issuer: str
    remark: str

    @property
    def note(self) -> str:
        """What stands in the column of remarks where the status has none of its own."""
        gone = self.status.label if self.status is DocumentStatus.WITHDRAWN else ""
        return "; ".join(filter(None, (gone, self.remark)))

    @property
    def number_text(self) -> str:
        """Số, ký hiệu: "05/BC-UBND"."""
        return number_and_symbol(self.number, self.symbol)

    @property
    def words(self) -> str:
        """Tên loại và trích yếu."""
        letter = not self.kind.code
        return (
            f"{type_of(self.kind)} V/v {self.abstract}"
            if letter
            else f"{type_of(self.kind)}: {self.abstract}"
        )

    @property
    def sent_to(self) -> tuple[str, ...]:
        """Who gets it: whom it is addressed to stands for "Như trên", and who keeps a copy stands elsewhere."""
        named = [one for one in self.recipients if not one.startswith(_KEPT) and fold(one) != "nhu tren"]
        return tuple(dict.fromkeys([*self.addressees, *named]))

    @property
    def kept_by(self) -> str:
        """Đơn vị, người nhận bản lưu: "VT"."""
        kept = (one.removeprefix(_KEPT).lstrip(": ") for one in self.recipients if one.startswith(_KEPT))
        return "; ".join(kept)

    @property
    def folded(self) -> str:
        """What is looked for by words, folded."""
        return fold(
            " | ".join(
                (self.number_text, self.words, self.kind.label, self.signer, *self.sent_to, self.issuer)
            )
        )


def entries_of(rows: Sequence[Any]) -> list[Entry]:
    """The register's entries, each with what became of it; the rows are those of `queries.register`."""
    successors = {row.replaces_id: row for row in rows if row.replaces_id}
    known = {row.id: row for row in rows}
    return [
        Entry(
            row.id,
            row.kind,
            row.status,
            row.number,
            row.symbol,
            row.issued_on,
            row.abstract,
            row.signer_name,
            listed_in(row.addressees),
            listed_in(row.recipients),
            row.copies,
            row.pages,
            row.issuer_id,
            row.issuer,
            _remark(row, successors, known),
        )
        for row in rows
    ]


def _remark(row: Any, successors: Mapping[int, Any], known: Mapping[int, Any]) -> str:
    said = []
    if row.id in successors:
        said.append(f"Được thay bằng {_named(successors[row.id])}")
    elif row.status is DocumentStatus.REPLACED:
        said.append("Được thay bằng văn bản khác")
    if row.replaces_id in known:
        said.append(f"Thay {number_and_symbol(known[row.replaces_id].number, known[row.replaces_id].symbol)}")
    return "; ".join(said)


def _named(row: Any) -> str:
    return with_fate(number_and_symbol(row.number, row.symbol), row.status)


def shown(entries: Iterable[Entry], wishes: Wishes) -> list[Entry]:
    """Those that are asked for, in the order that is asked for."""
    found = [one for one in entries if _asked_for(one, wishes)]
    if wishes["xep"] == BY_NUMBER:
        found.sort(key=lambda one: (one.symbol, one.issued_on.year, one.number, one.id))
    elif wishes["xep"] == BY_SIGNER:
        found.sort(key=lambda one: (fold(one.signer), -one.issued_on.toordinal(), -one.number))
    return found


def _asked_for(one: Entry, wishes: Wishes) -> bool:
    return (
        wishes[YEAR] in {"", str(one.issued_on.year)}
        and wishes[KIND] in {"", one.kind.value}
        and wishes[STATUS] in {"", one.status.value}
        and wishes.number(ISSUER) in {None, one.issuer_id}
        and wishes.finds(one.folded)
    )


def counted(entries: Sequence[Entry]) -> str:
    """How many there are, and how many of them are in force no longer."""
    gone = {
        status: sum(one.status is status for one in entries)
        for status in (DocumentStatus.REPLACED, DocumentStatus.WITHDRAWN)
    }
    said = [f"{two_digits(number)} {status.label.lower()}" for status, number in gone.items() if number]
    return "; ".join([f"{two_digits(len(entries))} văn bản", *said])


def sheet_of(
    entries: Sequence[Entry], heading: Heading, year: int, today: date, *, illustrative: bool
) -> RegisterSheet:
    """The register of a year on paper, in the order in which it was written."""
    kept = sorted(entries, key=lambda one: (one.issued_on, one.number, one.id))
    lines = tuple(
        RegisterLine(
            number=one.number_text,
            issued_on=one.issued_on,
            words=one.words,
            signer=one.signer,
            recipients=one.sent_to,
            kept_by=one.kept_by,
            copies=one.copies,
            note=one.note,
        )
        for one in kept
    )
    return RegisterSheet(
        heading=heading,
        year=year,
        lines=lines,
        opening=f"Sổ ghi đến ngày {format_date(today)}: {counted(entries)}.",
        foot=Foot(illustrative=illustrative),
    )


_COLUMNS = (
    Column("Số, ký hiệu", 16),
    Column("Ngày ban hành", 14, Kind.DATE),
    Column("Loại văn bản", 22),
    Column("Trích yếu", 60),
    Column("Người ký", 24),
    Column("Nơi nhận", 50),
    Column("Người nhận bản lưu", 20),
    Column("Số lượng bản", 12, Kind.NUMBER),
    Column("Số trang", 10, Kind.NUMBER),
    Column("Đơn vị ban hành", 34),
    Column("Tình trạng", 20),
    Column("Ghi chú", 34),
)


def book_of(entries: Sequence[Entry]) -> Book:
    """The entries as a spreadsheet, as the page shows them."""
    rows = tuple(
        (
            one.number_text,
            one.issued_on,
            one.kind.label,
            one.abstract,
            one.signer,
            "; ".join(one.sent_to),
            one.kept_by,
            Decimal(one.copies),
            Decimal(one.pages),
            one.issuer,
            one.status.label,
            one.remark,
        )
        for one in entries
    )
    return Book("Sổ văn bản đi", (OutSheet("Sổ văn bản đi", _COLUMNS, rows),))
