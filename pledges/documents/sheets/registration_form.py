"""Phiếu đăng ký phần việc: blank, for a unit that registers on paper; it asks what the page asks."""

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

FREE = "……………………………………………………"
ASKED = (
    "Nội dung phần việc",
    "Sản phẩm cụ thể",
    "Đơn vị phối hợp",
    "Bắt đầu ngày, hoàn thành ngày",
    "Kinh phí: ngân sách, xã hội hóa (triệu đồng)",
)
LABEL, SAID = 50, 115
"""Shares are millimetres of a portrait page: the name of what is asked, and the room for it."""
INDICATOR_COLUMNS = (
    Column("TT", 10, Align.CENTRE),
    Column("Chỉ tiêu", 65),
    Column("Hiện trạng", 28),
    Column("Mức đăng ký", 28),
    Column("Đơn vị tính", 34),
)
INDICATOR_LINES, ROOM = 4, 11.5
RECEIVED = "Văn thư nhận ngày …… / …… / ……, nhập ngày …… / …… / ……"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFormSheet:
    """Phiếu đăng ký phần việc thi đua, nothing filled in."""

    heading: Heading
    abstract: str
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The form as it is printed."""
        asked = tuple(Row((one, "")) for one in ASKED)
        lines = tuple(Row((str(at), "", "", "", "")) for at in range(1, INDICATOR_LINES + 1))
        return Paper(
            heading=self.heading,
            title=Title("Phiếu đăng ký phần việc thi đua", self.abstract),
            body=(
                Paragraph(f"Đơn vị: {FREE}"),
                Table(
                    columns=(Column("Phần việc", LABEL), Column("Đơn vị ghi", SAID)),
                    rows=asked,
                    when_empty="",
                    least=ROOM,
                ),
                Paragraph("Chỉ tiêu (đo được bằng số):"),
                Table(columns=INDICATOR_COLUMNS, rows=lines, when_empty="", least=ROOM),
                Paragraph(RECEIVED),
            ),
            closing=Closing(
                SigningSide((Signature(posts=("Thủ trưởng đơn vị",)),)),
                SigningSide((Signature(posts=("Người lập phiếu",)),)),
            ),
            foot=self.foot,
        )
