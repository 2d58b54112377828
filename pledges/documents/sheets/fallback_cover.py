"""Bìa tập dự phòng: when it was made, what it holds, how to work by it and how to enter afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pledges.documents.sheets.paper import (
    Align,
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
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.wording import roman

COLUMNS = (
    Column("Thứ tự", 20, Align.CENTRE),
    Column("Nội dung", 65),
    Column("Gồm", 80),
)
"""Shares are millimetres of a portrait page."""
PRIVATE = (
    "Tập có họ tên, chức vụ, điện thoại công việc: giữ ở chỗ khóa được, không sao chụp cho người ngoài cơ "
    "quan, hủy khi có tập mới."
)
WITHOUT_POWER = (
    "Xem danh mục phần việc đang thực hiện để biết ai phụ trách, số đã duyệt đến đâu, báo cáo nào sắp đến hạn.",
    "Gọi các đơn vị chậm theo danh sách gọi đôn đốc, ghi ngày hẹn vào cột cuối.",
    (
        "Đơn vị ghi số liệu vào phiếu báo cáo đã điền sẵn (hoặc phiếu trống), ký, nộp văn thư; văn thư ghi ngày nhận "
        "ở cuối phiếu."
    ),
    "Chữ ký tại lễ ký ghi vào danh sách ký hoặc bản cam kết in sẵn.",
)
AFTERWARDS = (
    (
        "Số liệu: mở phần việc theo số (hai chữ số đầu của mã dòng: dòng 09.2 là chỉ tiêu thứ 2 của phần việc số 9), "
        "chọn kỳ, nhập từng dòng theo mã dòng, ghi “Người của đơn vị đã khai” và “Theo giấy tờ nào” (nhập thay), rồi "
        "gửi. Kèm bản chụp phiếu làm minh chứng. Chương trình xét đúng hạn theo ngày gửi, nên ghi cả ngày văn thư nhận."
    ),
    "Kỳ đã khóa trong lúc mất điện: đơn vị tổ chức cho báo cáo sau khi khóa rồi mới nhập.",
    "Đăng ký phần việc: nhập thay theo phiếu đăng ký; hoặc nhập cả danh sách từ Excel.",
    "Cuộc gọi: ghi lại ở trang Gọi đôn đốc. Chữ ký trên giấy: văn thư ghi nhận ở trang bản cam kết và nộp bản quét.",
    "Số liệu nhập sau vẫn phải được duyệt như thường. Phiếu giấy lưu cùng hồ sơ phong trào.",
)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Một phần của tập: its papers by their numbers ("2", "3-20"), its name, and what is in it."""

    papers: str
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FallbackCoverSheet:
    """Bìa và cách dùng tập dự phòng; `left_out` are papers that could not be printed, with why."""

    heading: Heading
    abstract: str
    made: str
    lines: tuple[CoverLine, ...]
    left_out: tuple[str, ...] = ()
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The cover as it is printed."""
        return Paper(
            heading=self.heading,
            title=Title("Tập dự phòng khi mất điện", self.abstract),
            body=tuple(self._body()),
            closing=Closing(SigningSide(())),
            foot=self.foot,
        )

    def _body(self) -> Iterator[Block]:
        yield Paragraph(self.made)
        yield Paragraph(PRIVATE)
        rows = tuple(Row((one.papers, one.name, one.about)) for one in self.lines)
        yield Table(columns=COLUMNS, rows=rows, when_empty="Không có phong trào nào đang thực hiện.")
        for said in self.left_out:
            yield Paragraph(f"Không in được: {said}")
        style = self.heading.style
        yield Section(Level.ROMAN, roman(style, "I", "Làm việc khi mất điện"))
        yield from _numbered(WITHOUT_POWER)
        yield Section(Level.ROMAN, roman(style, "II", "Nhập lại khi có điện"))
        yield from _numbered(AFTERWARDS)


def _numbered(lines: tuple[str, ...]) -> Iterator[Block]:
    for at, line in enumerate(lines, start=1):
        yield Paragraph(f"{at}. {line}")
