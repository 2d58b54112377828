import io
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.core.workbooks import limits
from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Unreadable
from tests.support.spreadsheets import only, parts, relations, workbook_of, xlsx, zipped

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
PILE = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}" * 9000
MEBIBYTE = 1024 * 1024
BROKEN, TOO_MUCH = "bị hỏng", "quá nhiều dữ liệu"


def changed(**contents: str | bytes) -> bytes:
    names = {
        "sheet": SHEET,
        "workbook": "xl/workbook.xml",
        "styles": "xl/styles.xml",
        "texts": "xl/sharedStrings.xml",
    }
    return zipped({**parts(CELL), **{names.get(name, name): content for name, content in contents.items()}})


def refusal(data: bytes, name: str = "a.xlsx") -> str:
    """The sentence that the file is refused with, within bounds: about a second of work where nothing else runs."""
    began = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    assert time.process_time() - began < 6
    return str(refused.value)


def bomb() -> bytes:
    return changed(**{"xl/media/anh.png": b"\0" * (limits.MOST_INFLATED + 1)})


def lying_bomb() -> bytes:
    """A zip whose directory claims that the sheet is small."""
    data = bytearray(changed(sheet=b"<worksheet>" + b"<a/>" * (limits.MOST_INFLATED // 4)))
    real = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET)
    size = real.file_size.to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


def many_readings() -> bytes:
    sheets = '<sheet name="a" r:id="a"/>' * limits.MOST_SHEETS
    workbook = f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    return changed(workbook=workbook, sheet=f"<worksheet>{('<a/>' + ' ' * 400_000) * 40}</worksheet>")


def overlapping(many: int) -> bytes:
    return zipped({**parts(CELL), **{f"xl/media/{number}": b"" for number in range(many)}})


def entities() -> str:
    steps = "".join(f'<!ENTITY e{step} "{f"&e{step - 1};" * 10}">' for step in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{steps}]><worksheet>&e9;</worksheet>'


HOSTILE = {
    "a zip bomb": (bomb, TOO_MUCH),
    "a zip bomb that lies about its size": (lying_bomb, BROKEN),
    "one large part for many sheets": (many_readings, TOO_MUCH),
    "too many parts": (lambda: overlapping(limits.MOST_PARTS), TOO_MUCH),
    "too many elements": (lambda: changed(sheet="<w>" + "<c/>" * (limits.MOST_ELEMENTS + 1) + "</w>"), TOO_MUCH),
    "too many rows": (
        lambda: xlsx("".join(f"<row><c><v>{n}</v></c></row>" for n in range(limits.MOST_ROWS + 1))),
        "“Danh mục” có hơn 5.000 dòng có chữ",
    ),
    "too many columns": (
        lambda: xlsx('<row r="7"><c r="BI7"><v>1</v></c></row>'),
        "dòng 7: có chữ ở quá cột thứ 60 (cột BH)",
    ),
    "the last column of Excel": (lambda: xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "quá cột thứ 60"),
    "a column beyond Excel's": (lambda: xlsx('<row r="1"><c r="AAAA1"><v>1</v></c></row>'), BROKEN),
    "a row beyond Excel's": (lambda: xlsx('<row r="1048577"><c><v>1</v></c></row>'), BROKEN),
    "rows in disorder": (lambda: xlsx('<row r="2"/><row r="1"/>'), BROKEN),
    "a cell of another row": (lambda: xlsx('<row r="1"><c r="A2"><v>1</v></c></row>'), BROKEN),
    "a long text": (lambda: xlsx(SHARED, texts=f"<si><t>{'a' * 33_000}</t></si>"), TOO_MUCH),
    "a text of ten million letters": (lambda: xlsx(SHARED, texts=f"<si><t>{'a' * 10**7}</t></si>"), TOO_MUCH),
    "a long text in runs": (lambda: xlsx(SHARED, texts=f"<si>{'<r><t>aaaa</t></r>' * 9000}</si>"), TOO_MUCH),
    "a long value": (
        lambda: xlsx(f'<row r="1"><c r="A1" t="str"><v>{"a" * 33_000}</v></c></row>'),
        TOO_MUCH,
    ),
    "one long text in all cells": (
        lambda: xlsx("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>" + ('<row><c t="s"><v>0</v></c></row>' * 200),
                     texts=f"<si><t>{'a' * 32_000}</t></si>"),
        TOO_MUCH,
    ),
    "accents piled up": (lambda: xlsx(SHARED, texts=f"<si><t>a{PILE}</t></si>"), TOO_MUCH),
    "a text that is not there": (lambda: xlsx('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), BROKEN),
    "a text before the first": (lambda: xlsx('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), BROKEN),
    "a text without a number": (lambda: xlsx('<row r="1"><c r="A1" t="s"/></row>'), BROKEN),
    "entities": (lambda: changed(sheet=entities()), BROKEN),
    "an outside entity": (
        lambda: changed(texts='<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'),
        BROKEN,
    ),
    "a document type": (lambda: changed(styles='<!DOCTYPE s SYSTEM "http://example.invalid/s.dtd"><s/>'), BROKEN),
    "half an element": (lambda: changed(sheet="<worksheet><row"), BROKEN),
    "an encoding nobody knows": (lambda: changed(sheet='<?xml version="1.0" encoding="x-lạ"?><w/>'.encode()), BROKEN),
    "an encoding of two bytes": (lambda: changed(sheet=b'<?xml version="1.0" encoding="gb2312"?><w/>'), BROKEN),
    "deep nesting": (lambda: changed(sheet="<a>" * 1_000_001), TOO_MUCH),
    "deep styles": (lambda: changed(styles="<xf>" * 400_000), BROKEN),
    "a tag of a hundred thousand attributes": (
        lambda: changed(sheet="<w " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>"), TOO_MUCH),
    "overlapping merged cells": (
        lambda: xlsx("".join(f"<row>{'<c><v>1</v></c>' * 60}</row>" for _ in range(500)),
                     after='<mergeCell ref="A1:XFD1048576"/>' * 10_000),
        BROKEN,
    ),
    "merged cells nowhere": (lambda: xlsx(CELL, after='<mergeCell ref="khắp nơi"/>'), BROKEN),
    "a part that leads out": (lambda: changed(**{"../../etc/passwd": "x"}), BROKEN),
    "a part of the root": (lambda: changed(**{"/etc/passwd": "x"}), BROKEN),
    "a part of another disk": (lambda: changed(**{"C:\\x": "x"}), BROKEN),
    "a sheet that leads out": (
        lambda: changed(**{"xl/_rels/workbook.xml.rels": relations(a="worksheet|../../../etc/passwd")}), BROKEN),
    "a sheet that is not there": (
        lambda: changed(**{"xl/_rels/workbook.xml.rels": relations(a="worksheet|sheets/9.xml")}), BROKEN),
    "a sheet elsewhere": (
        lambda: changed(**{"xl/_rels/workbook.xml.rels": relations(a="worksheet|x").replace(
            'Target="x"', 'Target="http://example.invalid/s.xml" TargetMode="External"')}),
        "không có dòng nào có chữ",
    ),
    "no main part": (lambda: changed(**{"_rels/.rels": relations()}), BROKEN),
    "no relations": (lambda: zipped({"[Content_Types].xml": "<T/>"}), BROKEN),
    "too many sheets": (
        lambda: changed(workbook="<w><sheets>" + '<sheet name="a"/>' * 61 + "</sheets></w>"), "hơn 60 trang tính"),
    "an empty file": (lambda: b"", "trống"),
    "too large a file": (lambda: b"PK" + b"\0" * limits.MOST_BYTES, "lớn hơn 5 MB"),
    "no zip": (lambda: b"PK\x03\x04 no more", BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(name: str):
    make, sentence = HOSTILE[name]
    assert sentence in refusal(make())


def test_reading_is_bounded_in_memory():
    files = [bomb(), lying_bomb(), HOSTILE["a text of ten million letters"][0](), changed(sheet=entities())]
    tracemalloc.start()
    for data in files:
        refusal(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * MEBIBYTE


def test_a_packing_without_a_limit_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as package:
        for name, content in parts(CELL).items():
            package.writestr(name, content)
    assert BROKEN in refusal(made.getvalue())


def test_a_part_with_a_password_is_refused():
    data = bytearray(xlsx(CELL))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 1)
    assert BROKEN in refusal(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    made = io.BytesIO(xlsx(CELL))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(SHEET, "<worksheet/>")
    assert BROKEN in refusal(made.getvalue())


def test_links_to_other_files_are_left_alone():
    contents = parts('<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>5</v></c></row>')
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        "</R",
        '<Relationship Id="x" Type="a/externalLink" Target="http://example.invalid/b.xlsx" TargetMode="External"/></R',
    )
    assert only(zipped(contents)).rows[0].cells[0].value == 5


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_half_a_file_is_refused(share: int):
    data = workbook_of([["Đường", 1], ["Hà Khánh", 2]])
    refusal(data[: len(data) * share // 100])


SOUND = [
    workbook_of([["STT", "Tên phần việc", "Ngày"], [1, "Đường Hà Khánh", 0.5]], font=".VnTime"),
    xlsx(SHARED + '<row r="2"><c r="B2" s="1"><f>A1</f><v>45380.5</v></c></row>', texts="<si><t>Đường</t></si>",
         styles='<fonts><font><name val="A"/></font></fonts><cellXfs><xf/><xf numFmtId="14"/></cellXfs>'),
]  # fmt: skip
changes = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0, 1), st.binary(max_size=3)), min_size=1, max_size=8
)


def mutated(data: bytes, edits: list[tuple[int, float, bytes]]) -> bytes:
    for cut, where, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut * len(put) :]
    return data


def only_unreadable(name: str, data: bytes) -> None:
    try:
        read(name, data)
    except Unreadable as refused:
        assert str(refused).endswith((".", "?"))  # noqa: PT017 - a damaged file may still be readable


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(SOUND), changes)
def test_a_damaged_file_raises_nothing_else(data: bytes, edits: list[tuple[int, float, bytes]]):
    only_unreadable("a.xlsx", mutated(data, edits))


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(parts())), changes)
def test_a_damaged_part_raises_nothing_else(part: str, edits: list[tuple[int, float, bytes]]):
    contents: dict[str, str | bytes] = {**parts(SHARED, texts="<si><r><t>Đường</t></r></si>")}
    only_unreadable("a.xlsx", zipped({**contents, part: mutated(str(contents[part]).encode(), edits)}))


@settings(deadline=None)
@given(st.sampled_from(["a.xlsx", "a.csv", "a", "a.xls", ".", ""]), st.binary(max_size=300))
def test_any_bytes_raise_nothing_else(name: str, data: bytes):
    only_unreadable(name, data)
