"""Đọc sổ tính: the sheets of an uploaded .xlsx or .csv file, or a sentence that says why not."""

from pathlib import PurePosixPath
from typing import Final

from pledges.core.text import clean_line
from pledges.core.workbooks.kinds import check, check_parts, ending_of
from pledges.core.workbooks.limits import MOST_TEXT
from pledges.core.workbooks.package import TOO_MUCH, Package
from pledges.core.workbooks.separated import sheet_of
from pledges.core.workbooks.sheets import Sheet, Unreadable
from pledges.core.workbooks.xlsx import sheets_of

_NO_ROWS: Final = (
    "Tệp này không có dòng nào có chữ (các trang tính đang ẩn không được đọc). Hãy kiểm tra lại rồi tải lên."
)


def read(filename: str, data: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets of a file that hold something, in their order.

    Formulas are taken by the value the file keeps for them, hidden rows and columns are read as others. Of
    merged cells the first has the value. Links to other files are not followed.

    Raises ``Unreadable``, and nothing else, whatever the file is.
    """
    check(filename, data)
    if ending_of(filename) == ".csv":
        sheets: tuple[Sheet, ...] = (sheet_of(_name(filename), data),)
    else:
        package = Package(data)
        check_parts(package.names)
        sheets = sheets_of(package)
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(_NO_ROWS)
    if sum(map(_length, sheets)) > MOST_TEXT:
        raise Unreadable(TOO_MUCH)
    return sheets


def _name(filename: str) -> str:
    return clean_line(PurePosixPath(filename.replace("\\", "/")).stem)


def _length(sheet: Sheet) -> int:
    return sum(len(cell.value) for row in sheet.rows for cell in row.cells if isinstance(cell.value, str))
