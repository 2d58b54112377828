import csv
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.core.legacy import Encoding
from pledges.core.workbooks import limits
from pledges.core.workbooks.letters import modernised
from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Unreadable
from tests.support.old_fonts import encode
from tests.support.spreadsheets import only, values

ROWS = [
    ["STT", "Tên phần việc", "Ngân sách (triệu đồng)"],
    ["1", "Lắp đèn, trồng cây; dọn rác", "1.250,5"],
    ["2", 'Đường "Hoa"\nkhu phố 3', ""],
    ["3", "Số hóa\thồ sơ", "60"],
]
MEANT = [ROWS[0], ROWS[1], ROWS[2][:2], ROWS[3]]
SENTENCES = [
    ["Phần việc", "Đơn vị"],
    ["lắp đèn đường khu phố", "đảng ủy phường"],
    ["có", "hội đồng nhân dân"],
]


def written(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=end).writerows(rows)
    return made.getvalue()


def rows_of(data: bytes) -> list[list[str]]:
    return values(only(data, "danh mục.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_excel_saves_is_read(encoding: str, separator: str):
    assert rows_of(written(ROWS, separator).encode(encoding)) == MEANT


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_may_end_in_any_way(end: str):
    assert rows_of(written(ROWS[:2], ";", end).encode()) == ROWS[:2]


def test_a_line_may_name_the_separator():
    assert rows_of(b"sep=|\r\na|b;c\r\n1|2") == [["a", "b;c"], ["1", "2"]]
    assert only(b"sep=;\na;b", "a.csv").rows[0].number == 1


def test_commas_in_prose_do_not_part_cells():
    text = "Tên;Sản phẩm\nTrồng cây, dọn rác, lắp đèn;Cây, đèn\nĐường;Km, m²"
    assert rows_of(text.encode())[1] == ["Trồng cây, dọn rác, lắp đèn", "Cây, đèn"]


def test_rows_of_different_length_are_read():
    assert rows_of("DANH MỤC\nTên;Số;Ngày\na;1;2".encode()) == [
        ["DANH MỤC"],
        ["Tên", "Số", "Ngày"],
        ["a", "1", "2"],
    ]


def test_rows_are_counted_as_excel_shows_them():
    sheet = only(b'a;"b\nc"\n\n;;\nd;e', "tệp/danh mục.csv")
    assert [row.number for row in sheet.rows] == [1, 4]
    assert sheet.name == "danh mục"


def test_cells_are_text_whatever_they_look_like():
    assert rows_of(b"1.234;=1+1;29/3/2024; ") == [["1.234", "=1+1", "29/3/2024"]]


TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}


def old_windows(text: str) -> bytes:
    """As a Vietnamese Windows writes it: letters without their tones, then the tones, unless it has the whole."""
    made = b""
    for char in text:
        loose = unicodedata.normalize("NFD", char)
        tone = "".join(TONES.intersection(loose))
        letter = unicodedata.normalize("NFC", "".join(mark for mark in loose if mark not in TONES))
        made += char.encode("cp1258", "ignore") or (letter + tone).encode("cp1258")
    return made


@pytest.mark.parametrize("rows", [ROWS, SENTENCES])
def test_the_old_vietnamese_code_page_is_known(rows: list[list[str]]):
    assert rows_of(old_windows(written(rows, ";")))[:2] == rows[:2]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("saved", ["cp1252", "utf-8-sig"])
def test_old_fonts_are_known_without_their_names(encoding: Encoding, saved: str):
    old = [[encode(text, encoding) for text in row] for row in SENTENCES]
    sheet = only(written(old, ";").encode(saved), "a.csv")
    assert values(sheet) == old
    assert values(modernised(sheet)) == SENTENCES


def test_western_text_is_read():
    assert rows_of("Noël;café".encode("cp1252")) == [["Noël", "café"]]


def test_loose_accents_are_composed_and_counted():
    sheet = only(unicodedata.normalize("NFD", "Đường;Hà;x").encode(), "a.csv")
    assert values(sheet) == [["Đường", "Hà", "x"]]
    assert sheet.composed == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a;b\0c", "không phải văn bản"),
        ("a;\x01", "không phải văn bản"),
        ('a;b\n1;"mở', "Dòng 2 của tệp .csv có dấu ngoặc kép mở mà không đóng"),
        ('a;"b" c', "Dòng 1 của tệp .csv"),
        ("a" * 4_000_000, "một dòng dài quá mức"),
        ("," * 2_000_000, "một dòng dài quá mức"),
        ("," * 60 + "a", "quá cột thứ 60"),
        ('"' + "a\n" * 20_000 + '"', "một dòng dài quá mức"),
        ("\n" * 200_000 + "a", "hơn 5.000 dòng"),
        ("a\n" * 5001, "“a” có hơn 5.000 dòng"),
        ("a" + "\u0301\u0323" * 5000, "quá nhiều dữ liệu"),
        (" ; \n", "không có dòng nào có chữ"),
    ],
)  # fmt: skip
def test_a_hostile_text_gets_a_sentence(text: str, sentence: str):
    with pytest.raises(Unreadable) as refused:
        read("a.csv", text.encode())
    assert sentence in str(refused.value)


@pytest.mark.parametrize("data", [b"\xff\xfea\0\0", b"\xff\xfe\0\xd8\0\xd8", b"a;\x81\x8d", b"\xfe\xff"])
def test_what_is_in_no_encoding_gets_a_sentence(data: bytes):
    with pytest.raises(Unreadable):
        read("a.csv", data)


def test_the_largest_list_is_read():
    text = "\n".join(["x" * 30 + ";" * 59 + "y"] * limits.MOST_ROWS)
    assert len(only(text.encode(), "a.csv").rows) == limits.MOST_ROWS


lines = st.lists(st.lists(st.text("aĐườ ;,\t\"'\n\r=0", max_size=8), min_size=2, max_size=5), min_size=1)


@settings(deadline=None)
@given(lines, st.sampled_from([";", "\t", ","]))
def test_what_was_written_is_read_back(rows: list[list[str]], separator: str):
    text = f"sep={separator}\n" + written([["đầu", "cuối"], *rows], separator)
    wanted = [[cell if cell.strip() else None for cell in row] for row in [["đầu", "cuối"], *rows]]
    for row in wanted:
        while row and row[-1] is None:
            row.pop()
    assert rows_of(text.encode()) == [row for row in wanted if row]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([written(ROWS, ";").encode(), written(ROWS).encode("utf-16"), old_windows(written(ROWS))]),
       st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=8))  # fmt: skip
def test_a_damaged_file_raises_nothing_else(data: bytes, edits: list[tuple[float, bytes]]):
    for where, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + 1 :]
    try:
        read("a.csv", data)
    except Unreadable as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - a damaged file may still be readable
