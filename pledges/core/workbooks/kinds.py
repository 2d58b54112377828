"""Loại tệp: what a file really is, by its content rather than by its name, and what to do about it."""

from typing import Final

from pledges.core.workbooks.limits import MOST_BYTES
from pledges.core.workbooks.package import BROKEN
from pledges.core.workbooks.sheets import Unreadable

_SAVE_AS: Final = (
    "Hãy mở bằng Excel, chọn Tệp > Lưu thành (File > Save As), kiểu “Excel Workbook (*.xlsx)”, "
    "rồi tải tệp mới lên."
)
_TYPE_IT: Final = "Hãy chép danh mục vào một sổ tính Excel (.xlsx), có thể dùng tệp mẫu, rồi tải lên."

_NOTHING: Final = "Tệp này trống, không có chữ nào bên trong. Hãy chọn lại tệp."
_TOO_BIG: Final = (
    f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB. Hãy chép riêng danh mục sang một sổ tính mới, không kèm ảnh, "
    "rồi tải lên lại."
)
_ONLY_THESE: Final = f"Chỉ nhận tệp .xlsx và .csv. {_SAVE_AS}"
_OLD_EXCEL: Final = f"Đây là sổ tính Excel kiểu cũ (.xls). {_SAVE_AS}"
_BINARY_EXCEL: Final = f"Đây là sổ tính Excel dạng nhị phân (.xlsb). {_SAVE_AS}"
_MACROS: Final = f"Sổ tính này có macro (chương trình chạy kèm), nên không được nhận. {_SAVE_AS}"
_LOCKED: Final = (
    "Sổ tính này có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ tính > Mã hóa bằng mật khẩu, "
    "xóa trống), lưu lại rồi tải lên."
)
_OPEN_DOCUMENT: Final = (
    "Đây là bảng tính .ods. Hãy mở bằng LibreOffice hoặc Excel, lưu lại thành .xlsx, rồi tải tệp mới lên."
)
_WORD: Final = f"Đây là văn bản Word. {_TYPE_IT}"
_PDF: Final = f"Đây là tệp PDF. {_TYPE_IT}"
_PICTURE: Final = f"Đây là tệp ảnh. {_TYPE_IT}"
_ZIP: Final = "Đây là tệp nén. Hãy giải nén, rồi tải lên riêng sổ tính Excel (.xlsx) bên trong."
_WEB_PAGE: Final = f"Bên trong tệp này là một trang web, không phải sổ tính, dù tên là gì. {_SAVE_AS}"
_NAMED_XLSX: Final = f"Tệp tên là .xlsx nhưng bên trong không phải sổ tính Excel. {_SAVE_AS}"
_NAMED_CSV: Final = (
    "Tệp tên là .csv nhưng bên trong là sổ tính Excel. Hãy đổi lại đuôi tên tệp thành .xlsx rồi tải lên lại."
)

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED: Final = b"PK"
_MAGIC: Final = {
    b"%PDF": _PDF,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"{\\rtf": _WORD,
    b"Rar!": _ZIP,
    b"7z\xbc\xaf": _ZIP,
    b"\x1f\x8b": _ZIP,
    **dict.fromkeys((b"<html", b"<!doctype", b"<?xml", b"<table", b"<head", b"mime-version:"), _WEB_PAGE),
}
_LONGEST_MAGIC: Final = 16
_MARKS: Final = b"\xef\xbb\xbf \t\r\n"
_BY_ENDING: Final = {
    ".xls": _OLD_EXCEL, ".xlt": _OLD_EXCEL, ".xlsb": _BINARY_EXCEL, ".xlsm": _MACROS, ".xltm": _MACROS,
    ".xlam": _MACROS, ".ods": _OPEN_DOCUMENT, ".doc": _WORD, ".docx": _WORD, ".pdf": _PDF,
}  # fmt: skip


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _of_compound(data: bytes) -> str:
    """Return what to say of a file of old Office; a workbook with a password is wrapped in one."""
    if _wide("EncryptedPackage") in data:
        return _LOCKED
    return _WORD if _wide("WordDocument") in data else _OLD_EXCEL


def ending_of(filename: str) -> str:
    """Return the ending of a file's name in small letters: .xlsx."""
    _, dot, ending = filename.strip().rpartition(".")
    return dot + ending.lower()


def check(filename: str, data: bytes) -> None:
    """Raise ``Unreadable`` if ``data`` is known not to be what .xlsx and .csv files are.

    What it is counts before what it is called: the sentence names both where they differ.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(_TOO_BIG)
    begin = data.lstrip(_MARKS)[:_LONGEST_MAGIC].lower()
    if not begin:
        raise Unreadable(_NOTHING)
    if data.startswith(_COMPOUND):
        raise Unreadable(_of_compound(data))
    for magic, sentence in _MAGIC.items():
        if begin.startswith(magic.lower()):
            raise Unreadable(sentence)
    _check_name(ending_of(filename), zipped=data.startswith(_ZIPPED))


def _check_name(ending: str, *, zipped: bool) -> None:
    if ending == ".csv" and zipped:
        raise Unreadable(_NAMED_CSV)
    if ending == ".xlsx" and not zipped:
        raise Unreadable(_NAMED_XLSX)
    if ending not in (".csv", ".xlsx"):
        raise Unreadable(_BY_ENDING.get(ending, _ONLY_THESE))


def check_parts(names: frozenset[str]) -> None:
    """Raise ``Unreadable`` if the parts of a zip are those of another kind of file, or of a book with macros."""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(_BINARY_EXCEL)
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(_OPEN_DOCUMENT)
    if any(name.startswith("word/") for name in names):
        raise Unreadable(_WORD)
    if "[Content_Types].xml" not in names:
        raise Unreadable(_ZIP if names else BROKEN)
