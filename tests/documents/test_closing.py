"""Recipients and signatures never stand alone, wherever the page happens to end."""

import itertools
from dataclasses import dataclass, replace

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import (
    Block,
    Closing,
    Column,
    Level,
    Paper,
    Paragraph,
    Ready,
    Recipients,
    Row,
    Section,
    Signature,
    SigningSide,
    Style,
    Table,
    Title,
)
from pledges.documents.sheets.tasks import committed
from tests.documents import samples
from tests.documents.measure import Page, pages

CAPACITY = "TM. ỦY BAN NHÂN DÂN"
LINE = "Các đơn vị báo cáo tiến độ trước ngày 25 hằng tháng theo mẫu của phường. "
"""A little less than one line of the body."""


@dataclass(frozen=True)
class Letter:
    """A paper of any body, with nothing else on it."""

    body: tuple[Block, ...]
    recipients: tuple[str, ...] = ("- Như trên;", "- Lưu: VT.")

    def paper(self) -> Paper:
        signature = Signature(on_behalf="TM. Ủy ban nhân dân", posts=("Chủ tịch",), name="Trần Việt Hùng")
        return Paper(
            heading=samples.heading(),
            title=Title("Báo cáo", "Kết quả thực hiện"),
            body=self.body,
            closing=Closing(SigningSide((signature,)), Recipients(self.recipients)),
        )


def read(body: tuple[Block, ...], **changes: object) -> list[Page]:
    return pages(draw(replace(Letter(body), **changes)))


def lines_of(page: Page, words: str) -> int:
    return len([line for line in page.body if words in line.text])


@pytest.mark.parametrize("length", [1, 2, 3, 4, 6, 9])
def test_two_lines_of_the_body_go_with_the_signature(length: int):
    """The last paragraph has so many lines; the page's end falls in front of, in and behind it."""
    last, seen = Paragraph(("xem xét " * (9 * length - 2)).strip() + "./."), set()
    for filling in range(10, 30):
        found = read((*[Paragraph(LINE.strip())] * filling, last))
        (signed,) = [at for at, page in enumerate(found) if page.containing(CAPACITY)]
        assert signed == len(found) - 1
        assert found[signed].line("Nơi nhận:").baseline == found[signed].line(CAPACITY).baseline
        parts = [lines_of(page, "xem xét") for page in found]
        assert sum(parts) == length
        assert parts[-1] >= min(2, length)
        assert 1 not in parts or length == 1
        assert sum(lines_of(page, "Các đơn vị") for page in found) == filling
        seen.add(tuple(parts))
    assert {(length,), (0, length)} <= seen
    assert length < 4 or any(0 not in parts for parts in seen if len(parts) == 2)


def test_a_heading_goes_with_what_it_heads():
    pages_of_the_heading = set()
    for filling in range(14, 26):
        body = (
            *[Paragraph(LINE.strip())] * filling,
            Section(Level.ROMAN, "II. Kết quả"),
            Section(Level.ARABIC, "1. Số liệu chung"),
            Paragraph((LINE * 4).strip()),
            Paragraph((LINE * 12).strip()),
        )
        for at, page in enumerate(read(body)):
            if page.containing("1. Số liệu chung"):
                pages_of_the_heading.add(at)
                below = page.line("1. Số liệu chung").bottom
                assert page.containing("II. KẾT QUẢ")
                headed = [line for line in page.body if line.top > below]
                assert len(headed) >= 2
    assert pages_of_the_heading == {0, 1}


def test_the_signature_below_a_table_has_at_least_a_row_with_it():
    tasks = samples.task_groups()[0].tasks
    for filling in range(4, 24):
        found = read((*[Paragraph(LINE.strip())] * filling, committed(tasks)))
        signed = found[-1]
        rows = [line for line in signed.body if line.size == 12 and line.top < signed.line(CAPACITY).top]
        assert any("Sản phẩm" in line.text for line in rows)


def test_a_row_as_tall_as_the_page_leaves_the_signature_its_own():
    tall = replace(samples.task_groups()[0].tasks[0], title=LINE * 40)
    found = read((Paragraph(LINE.strip()), committed((tall,))))
    assert found[-1].line("Trần Việt Hùng")
    assert sum(line.text.count("hằng tháng") for page in found for line in page.body) >= 40


@pytest.mark.parametrize("count", [24, 30, 34])
@pytest.mark.parametrize("style", [Style.STATE, Style.PARTY])
def test_recipients_of_more_than_a_column_leave_no_page_alone(style: Style, count: int):
    """Those for whom the column beside the signature has no room go on below the signature, on its page."""
    names = tuple(
        f"- Cơ quan thứ {at} có tên gọi rất dài, phải xuống hai dòng, của phường;"
        for at in range(1, count + 1)
    )
    paper = Letter((Paragraph((LINE * 5).strip()),), names).paper()
    paper = replace(paper, heading=replace(paper.heading, style=style))
    found = pages(draw(Ready(paper)))
    last = found[-1]
    signer = last.line("Trần Việt Hùng")
    listed = [line for page in found for line in page.containing("Cơ quan thứ")]
    assert len(listed) == count
    assert sum(len(last.containing(f"Cơ quan thứ {at} ")) for at in range(1, count + 1)) == count
    assert lines_of(last, "hằng tháng") >= 2, "the body's end goes with them"
    assert all(line.bottom <= 277.5 for line in last.body)
    for line in last.body:
        if line.x0 > signer.x0 and line.size < 13:
            assert line.top > signer.bottom, "what goes on stands below the signature"


def test_a_column_that_is_too_short_is_gone_on_with_on_the_same_level():
    names = tuple(
        f"- Cơ quan thứ {at} có tên gọi rất dài, phải xuống hai dòng, của phường;" for at in range(1, 41)
    )
    last = read((Paragraph((LINE * 5).strip()),), recipients=names)[-1]
    columns = [
        max(line.bottom for line in last.body if line.size == 11 and (line.x0 > 105) is right)
        for right in (False, True)
    ]
    assert abs(columns[0] - columns[1]) < 15


def test_thirty_long_recipients_stand_beside_the_signature():
    names = tuple(f"- Đơn vị thứ {at} có tên gọi dài trên địa bàn phường Hà Khánh;" for at in range(1, 31))
    found = read((Paragraph((LINE * 5).strip()),), recipients=names)
    for at in range(1, 31):
        assert sum(len(page.containing(f"- Đơn vị thứ {at} ")) for page in found) == 1


def test_recipients_that_no_page_holds_go_on_behind_it():
    names = tuple(f"- Đơn vị thứ {at} có tên gọi dài trên địa bàn phường Hà Khánh;" for at in range(1, 81))
    found = read((Paragraph((LINE * 5).strip()),), recipients=names)
    assert found[-1].containing("Nơi nhận (tiếp theo):")
    for page in found:
        assert all(line.bottom <= 277.5 for line in page.body)
    for at in range(1, 81):
        assert sum(len(page.containing(f"- Đơn vị thứ {at} ")) for page in found) == 1


@pytest.mark.parametrize("length", [4, 6, 9, 14])
def test_a_long_sentence_that_leads_to_a_table_is_parted(length: int):
    """It fills its page; with the table stand its last two lines at least."""
    rows = tuple(Row((f"Hàng {number}", "Nội dung")) for number in range(5))
    table = Table(columns=(Column("Cột một", 50), Column("Cột hai", 100)), rows=rows, when_empty="Không có.")
    leading, seen = Paragraph(("xem xét " * (9 * length - 2)).strip() + ":"), set()
    for filling in range(8, 32):
        found = read((*[Paragraph("Các đơn vị báo cáo.")] * filling, leading, table, Paragraph("Hết.")))
        parts = [lines_of(page, "xem xét") for page in found]
        (begins,) = [at for at, page in enumerate(found) if page.containing("Hàng 0")]
        assert sum(parts) == length
        assert parts[begins] >= 2
        assert 1 not in parts
        whole = "".join(line.text + " " for page in found for line in page.body if "xem xét" in line.text)
        assert whole.split() == leading.text.split()
        for page, after in itertools.pairwise(found):
            if lines_of(after, "xem xét") > 3 and not page.containing("Hàng 0"):
                left = 277 - max(line.bottom for line in page.body)
                assert left < 40, "half a page stays empty"
        seen.add(tuple(parts[:2]))
    assert any(all(parts) and len(parts) == 2 for parts in seen)


@pytest.mark.parametrize("filling", range(14, 24))
def test_a_sentence_that_leads_to_a_table_stands_above_it(filling: int):
    """Wherever the page ends, "… như sau:" is on the page on which the table begins."""
    rows = tuple(Row((f"Hàng {number}", "Nội dung")) for number in range(5))
    table = Table(columns=(Column("Cột một", 50), Column("Cột hai", 100)), rows=rows, when_empty="Không có.")
    body = (
        *[Paragraph("Các đơn vị báo cáo tiến độ trước ngày 25 hằng tháng.")] * filling,
        Section(Level.ROMAN, "II. Nội dung điều chỉnh"),
        Paragraph("Các nội dung sau được điều chỉnh:"),
        table,
        Paragraph("Hết."),
    )
    found = read(body)
    (led,) = [at for at, page in enumerate(found) if page.containing("được điều chỉnh:")]
    assert found[led].containing("Hàng 0")
    assert found[led].containing("II. NỘI DUNG ĐIỀU CHỈNH")
