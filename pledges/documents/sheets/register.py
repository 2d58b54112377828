"""Sổ đăng ký văn bản đi: the clerk's register of a year, as NĐ 30/2020, Phụ lục IV lays it out."""

from dataclasses import dataclass, field
from datetime import date

from pledges.core.dates import format_date
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

COLUMNS = (
    Column("Số, ký hiệu văn bản", 28, Align.CENTRE),
    Column("Ngày tháng văn bản", 22, Align.CENTRE),
    Column("Tên loại và trích yếu nội dung văn bản", 72),
    Column("Người ký", 30),
    Column("Nơi nhận văn bản", 44),
    Column("Đơn vị, người nhận bản lưu", 22),
    Column("Số lượng bản", 12, Align.CENTRE),
    Column("Ghi chú", 22),
)
"""Shares are millimetres of a landscape page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """Một văn bản trong sổ; `kept_by` is who keeps a copy, `note` what became of it."""

    number: str
    issued_on: date
    words: str
    signer: str
    recipients: tuple[str, ...]
    kept_by: str
    copies: int
    note: str = ""

    def row(self) -> Row:
        """The line as it is printed."""
        return Row(
            (
                self.number,
                format_date(self.issued_on),
                self.words,
                self.signer,
                "; ".join(self.recipients),
                self.kept_by,
                f"{self.copies:02}",
                self.note,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSheet:
    """Sổ đăng ký văn bản đi of an office and a year, in the order of the numbers of each day."""

    heading: Heading
    year: int
    lines: tuple[RegisterLine, ...]
    opening: str
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The register as it is printed."""
        table = Table(
            columns=COLUMNS,
            rows=tuple(line.row() for line in self.lines),
            when_empty="Chưa có văn bản nào phát hành trong năm.",
        )
        return Paper(
            heading=self.heading,
            title=Title("Sổ đăng ký văn bản đi", f"Năm {self.year}"),
            body=(Paragraph(self.opening), table),
            closing=Closing(SigningSide((Signature(posts=("Người lập sổ",)),))),
            foot=self.foot,
            landscape=True,
        )
