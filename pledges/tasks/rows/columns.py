"""Columns of a list of tasks: in an Excel sheet, a CSV file and the clerk's grid."""

import re
from dataclasses import dataclass
from typing import Final

from pledges.core.text import fold


@dataclass(frozen=True)
class Column:
    """Cột của danh mục: its key in the code, its heading, what to write into it, and other headings it goes by."""

    key: str
    heading: str
    hint: str
    aliases: tuple[str, ...] = ()
    required: bool = False


TASK_COLUMNS: Final = (
    Column(
        "number",
        "STT",
        "Số thứ tự trong tệp. Số trong danh mục của phong trào do phần mềm cấp khi lãnh đạo duyệt.",
        ("Số TT", "TT", "Số thứ tự", "No", "number", "task"),
    ),
    Column(
        "lead",
        "Đơn vị chủ trì",
        "Mã, tên hoặc tên tắt của đơn vị chủ trì; ví dụ KP3 hoặc Khu phố 3.",
        ("Chủ trì", "Đơn vị thực hiện", "Đơn vị đăng ký", "Cơ quan chủ trì", "Đơn vị", "lead", "lead unit"),
        required=True,
    ),
    Column(
        "cooperating",
        "Đơn vị phối hợp",
        "Các đơn vị phối hợp, cách nhau bằng dấu chấm phẩy; ví dụ Khu phố 3; UBMTTQ.",
        ("Phối hợp", "Các đơn vị phối hợp", "Cơ quan phối hợp", "cooperating", "cooperating units"),
    ),
    Column(
        "title",
        "Tên phần việc",
        "Làm việc gì, ở đâu; ví dụ Bê tông hóa ngõ tổ 3.",
        (
            "Phần việc",
            "Nội dung phần việc",
            "Tên công trình, phần việc",
            "Công trình, phần việc",
            "Tên công trình",
            "Nội dung đăng ký",
            "Nội dung công việc",
            "Tên công việc",
            "Công việc",
            "Nhiệm vụ",
            "title",
        ),
        required=True,
    ),
    Column(
        "product",
        "Sản phẩm",
        "Làm xong thì có gì để đếm, để nghiệm thu; cần có trước khi gửi duyệt.",
        ("Sản phẩm hoàn thành", "Sản phẩm, kết quả", "Kết quả, sản phẩm", "Sản phẩm cụ thể", "product"),
    ),
    Column(
        "start_on",
        "Ngày bắt đầu",
        "Ngày/tháng/năm; ví dụ 1/4/2024.",
        ("Bắt đầu", "Thời gian bắt đầu", "Từ ngày", "Khởi công", "Ngày khởi công", "start on", "start"),
        required=True,
    ),
    Column(
        "due_on",
        "Ngày hoàn thành",
        "Ngày/tháng/năm; ví dụ 30/9/2024.",
        (
            "Hoàn thành",
            "Thời gian hoàn thành",
            "Thời hạn hoàn thành",
            "Hạn hoàn thành",
            "Thời hạn",
            "Đến ngày",
            "Ngày kết thúc",
            "Kết thúc",
            "due on",
            "due",
        ),
        required=True,
    ),
    Column(
        "state_funding",
        "Ngân sách (triệu đồng)",
        "Tiền ngân sách, tính bằng triệu đồng, chỉ ghi số; để trống là không có.",
        ("Kinh phí ngân sách", "Vốn ngân sách", "Nguồn ngân sách", "budget million vnd", "state funding"),
    ),
    Column(
        "social_funding",
        "Xã hội hóa (triệu đồng)",
        "Tiền xã hội hóa, tính bằng triệu đồng, chỉ ghi số; để trống là không có.",
        (
            "Kinh phí xã hội hóa",
            "Vốn xã hội hóa",
            "Nguồn xã hội hóa",
            "XHH",
            "social million vnd",
            "social funding",
        ),
    ),
    Column(
        "movement",
        "Cuộc vận động",
        "Tên cuộc vận động mà phần việc gắn với, như phong trào đã ghi; để trống là không gắn.",
        ("Gắn với cuộc vận động", "Phong trào, cuộc vận động", "movement"),
    ),
)
"""What stands once for a task: the ten columns of the grid."""

INDICATOR_COLUMNS: Final = (
    Column(
        "label",
        "Nội dung chỉ tiêu",
        "Đo cái gì; ví dụ Chiều dài ngõ được bê tông hóa. Chỉ tiêu tiếp theo ghi ở dòng dưới.",
        ("Chỉ tiêu", "Tên chỉ tiêu", "label", "indicator"),
    ),
    Column(
        "baseline",
        "Hiện trạng",
        "Con số khi bắt đầu; để trống là 0.",
        ("Hiện có", "Số hiện trạng", "Thực trạng", "baseline"),
    ),
    Column(
        "target",
        "Phải đạt",
        "Con số phải đạt khi hoàn thành; ví dụ 80 hoặc 97,5.",
        ("Mục tiêu", "Số phải đạt", "Chỉ tiêu phải đạt", "Khối lượng", "Số lượng", "target"),
    ),
    Column(
        "measure",
        "Đơn vị tính",
        "Ví dụ m, cây, hộ, % hồ sơ.",
        ("ĐVT", "ĐV tính", "Đơn vị đo", "measure", "unit of measure"),
    ),
    Column(
        "direction",
        "Chiều",
        "“tăng” nếu số càng lớn càng tốt, “giảm” nếu càng nhỏ càng tốt; để trống là tăng.",
        ("Chiều chỉ tiêu", "Tăng/giảm", "direction"),
    ),
    Column(
        "counting",
        "Mỗi kỳ ghi",
        "“số thêm” nếu các kỳ cộng dồn lại, “mức đạt” nếu ghi mức đến cuối kỳ; để trống: tỷ lệ phần trăm là "
        "mức đạt, còn lại là số thêm.",
        ("Mỗi kỳ báo cáo ghi", "Cách ghi số liệu", "Cộng dồn", "counting", "accumulates"),
    ),
    Column(
        "weight",
        "Trọng số",
        "Số lớn hơn 0; chỉ tiêu nặng gấp đôi thì ghi 2. Để trống là 1.",
        ("weight",),
    ),
    Column(
        "measured_from",
        "Đo được từ ngày",
        "Chỉ ghi khi đến một ngày nào đó mới đo được; ngày/tháng/năm.",
        ("Đo từ ngày", "measured from"),
    ),
    Column(
        "milestones",
        "Các mốc",
        "Ngày, dấu hai chấm, con số, cách nhau bằng dấu chấm phẩy; ví dụ 31/12/2024: 0; 26/3/2025: 1.",
        ("Mốc", "Mốc thời gian", "milestones"),
    ),
)
"""What stands in each row of an indicator."""

CODE: Final = Column(
    "code",
    "Mã phần việc",
    "Phần mềm ghi khi xuất danh mục; để trống nếu là phần việc mới.",
    ("Mã số phần việc", "code"),
)
"""By which a task that was exported is known again."""

COLUMNS: Final = (*TASK_COLUMNS, *INDICATOR_COLUMNS, CODE)
"""All columns, in the order of the sheet."""

BY_KEY: Final = {column.key: column for column in COLUMNS}

OF_TASK: Final = frozenset({column.key for column in TASK_COLUMNS} | {CODE.key})
OF_INDICATOR: Final = frozenset(column.key for column in INDICATOR_COLUMNS)
DAYS: Final = frozenset({"start_on", "due_on", "measured_from"})
QUANTITIES: Final = frozenset({"state_funding", "social_funding", "baseline", "target", "weight"})

_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def heading(key: str) -> str:
    """The heading of a column by its key."""
    return BY_KEY[key].heading


def recognised(text: str) -> Column | None:
    """The column that a heading names, whatever its case, accents, signs and remarks in brackets; None if none."""
    return _KNOWN.get(_plain(text)) or _KNOWN.get(_plain(_BRACKETS.sub(" ", text)))


def is_canonical(text: str) -> bool:
    """Whether a heading is the very one of its column, and not another that it goes by."""
    column = recognised(text)
    return column is not None and _plain(text) in {
        _plain(column.heading),
        _plain(_BRACKETS.sub(" ", column.heading)),
    }


def names_of(column: Column) -> list[str]:
    """All that a column goes by, as headings are compared: in small letters without accents and signs."""
    headings = (column.heading, _BRACKETS.sub(" ", column.heading), *column.aliases)
    return list(dict.fromkeys(map(_plain, headings)))


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()


_KNOWN: Final = {name: column for column in COLUMNS for name in names_of(column)}
