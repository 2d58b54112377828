import pytest

from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Unreadable
from tests.support.spreadsheets import parts, workbook_of, xlsx, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
BOOK = workbook_of([["Tên"], ["Đường"]])
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
OPEN_DOCUMENT = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}


def wide(name: str) -> bytes:
    return COMPOUND + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xls", wide("Workbook"), "Excel kiểu cũ (.xls). Hãy mở bằng Excel"),
        ("a.xlsx", wide("Workbook"), "Excel kiểu cũ (.xls)"),
        ("a.xls", BOOK, "Excel kiểu cũ (.xls)"),
        ("a.xlsx", wide("EncryptedPackage"), "có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu"),
        ("a.doc", wide("WordDocument"), "Đây là văn bản Word. Hãy chép danh mục vào một sổ tính Excel"),
        ("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "văn bản Word"),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "văn bản Word"),
        ("a.ods", zipped(OPEN_DOCUMENT), "bảng tính .ods"),
        ("a.xlsx", zipped(OPEN_DOCUMENT), "bảng tính .ods"),
        ("a.pdf", b"%PDF-1.7 ...", "tệp PDF"),
        ("a.xlsx", b"%PDF-1.7 ...", "tệp PDF"),
        ("a.csv", b"%PDF-1.7 ...", "tệp PDF"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "tệp ảnh"),
        ("a.xlsx", b"\xff\xd8\xff\xe0", "tệp ảnh"),
        ("a.rtf", b"{\\rtf1", "văn bản Word"),
        ("a.xlsx", b"Rar!\x1a\x07", "tệp nén. Hãy giải nén"),
        ("a.xlsx", zipped({"danh-muc.xlsx": BOOK}), "tệp nén. Hãy giải nén"),
        ("a.xls", b"\xef\xbb\xbf  <HTML><table>", "một trang web"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "một trang web"),
        ("a.csv", b"<!DOCTYPE html>", "một trang web"),
        ("a.xlsb", zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "dạng nhị phân (.xlsb)"),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "dạng nhị phân (.xlsb)"),
        ("a.xlsm", BOOK, "có macro"),
        ("a.xlsx", zipped({**parts(ROW), "xl/vbaProject.bin": b"\xd0\xcf"}), "có macro"),
        ("a.csv", BOOK, "Tệp tên là .csv nhưng bên trong là sổ tính Excel"),
        ("a.xlsx", "Tên;Số\nĐường;1".encode(), "Tệp tên là .xlsx nhưng bên trong không phải sổ tính Excel"),
        ("danh mục", BOOK, "Chỉ nhận tệp .xlsx và .csv"),
        ("a.txt", b"a;b", "Chỉ nhận tệp .xlsx và .csv"),
        ("a.csv", b"", "Tệp này trống"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "Tệp này trống"),
    ],
)  # fmt: skip
def test_every_other_kind_of_file_is_told_what_to_do(name: str, data: bytes, sentence: str):
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("name", ["DANH MỤC.XLSX", "a.b.xlsx", "C:\\tệp\\a.xlsx", " a.xlsx "])
def test_the_ending_of_a_name_counts_in_any_case(name: str):
    assert read(name, xlsx(ROW))[0].rows
