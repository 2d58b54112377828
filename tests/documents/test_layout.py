"""The progress report, measured against every row of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from itertools import pairwise
from unicodedata import is_normalized

import pytest

from pledges.documents.pdf.draw import draw
from tests.documents import samples
from tests.documents.measure import MM, Line, Page, pages

NEAR = 0.5
LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
MIDDLE = (LEFT + RIGHT) / 2
SINGLE = 1.149 * 14
"""Single-spaced lines of a 14-point Times, in points: ascent, descent and gap of the face."""


@pytest.fixture(scope="module")
def report() -> list[Page]:
    return pages(draw(samples.report()))


@pytest.fixture(scope="module")
def first(report: list[Page]) -> Page:
    return report[0]


@pytest.fixture(scope="module")
def last(report: list[Page]) -> Page:
    """The last page before the annex."""
    return [page for page in report if page.width < page.height][-1]


@pytest.fixture(scope="module")
def annex(report: list[Page]) -> list[Page]:
    return [page for page in report if page.width > page.height]


def centred(line: Line, middle: float = MIDDLE):
    return abs(line.middle - middle) < NEAR


def set_as(line: Line, size: float, *, bold: bool = False, italic: bool = False):
    return (line.size, line.bold, line.italic) == (size, bold, italic)


def test_pages_are_a4_upright_and_the_annex_lies(report: list[Page], annex: list[Page]):
    for page in report:
        sides = (page.height, page.width) if page in annex else (page.width, page.height)
        assert sides == pytest.approx((210, 297), abs=0.1)
    assert report.index(annex[0]) == len(report) - len(annex)


def test_nothing_stands_outside_the_margins_and_the_text_fills_them(report: list[Page], annex: list[Page]):
    for page in report:
        right, bottom = (282, 190) if page in annex else (RIGHT, BOTTOM)
        marks = [*page.body, *page.rules]
        assert min(mark.x0 for mark in marks) == pytest.approx(LEFT, abs=NEAR)
        assert max(mark.x1 for mark in marks) <= right + NEAR
        assert min(mark.top for mark in marks) >= TOP - NEAR
        assert max(mark.bottom for mark in marks) <= bottom + NEAR
    assert max(line.x1 for line in report[0].body) == pytest.approx(RIGHT, abs=NEAR)


def test_only_the_number_and_the_foot_stand_in_the_margins(report: list[Page]):
    for at, page in enumerate(report):
        outside = [line for line in page.lines if line not in page.body]
        above = [line.text for line in outside if line.top < TOP]
        below = [line for line in outside if line.top >= TOP]
        assert len(above) <= 1
        assert all(text.isdecimal() for text in above)
        assert [line.text for line in below] == ["DỮ LIỆU MINH HỌA · Số liệu tính đến ngày 15/10/2024"], at
        assert all(line.bottom < page.height - 8 for line in below)


def test_every_page_is_in_black_times(report: list[Page]):
    faces = {line.face for page in report for line in page.lines}
    assert faces == {f"LiberationSerif{cut}" for cut in ("", "-Bold", "-Italic", "-BoldItalic")}
    assert {ink for page in report for ink in page.inks} == {(0,)}


def test_page_numbers_stand_in_the_top_margin_but_on_first_pages(report: list[Page], annex: list[Page]):
    parts = [[page for page in report if page not in annex], annex]
    assert len(parts[0]) >= 3
    for part in parts:
        assert not [line for line in part[0].lines if line.bottom < TOP]
        for at, page in enumerate(part[1:], start=2):
            (number,) = [line for line in page.lines if line.bottom < TOP]
            assert number.text == str(at)
            assert 13 <= number.size <= 14
            assert not number.bold
            assert centred(number, page.width / 2 + 7.5)


def test_national_name(first: Page):
    name = first.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert set_as(name, 13, bold=True)
    assert name.middle > 105
    assert name.x1 <= RIGHT + NEAR


def test_motto_with_a_rule_as_long_as_its_text(first: Page):
    name = first.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = first.line("Độc lập - Tự do - Hạnh phúc")
    assert set_as(motto, 14, bold=True)
    assert centred(motto, name.middle)
    assert motto.baseline > name.baseline
    rule = first.rule_below(motto)
    assert rule.length == pytest.approx(motto.width, abs=NEAR)
    assert rule.x0 == pytest.approx(motto.x0, abs=NEAR)


def test_issuing_body_with_a_rule_of_a_third_to_half_of_its_text(first: Page):
    upper, lower = first.line("ỦY BAN NHÂN DÂN"), first.line("PHƯỜNG HÀ KHÁNH")
    assert set_as(upper, 13, bold=True)
    assert set_as(lower, 13, bold=True)
    assert upper.x1 < 105
    assert centred(upper, lower.middle)
    rule = first.rule_below(lower)
    assert lower.width / 3 <= rule.length <= lower.width / 2
    assert centred(lower, (rule.x0 + rule.x1) / 2)


def test_superior_body_above_the_issuing_body():
    (page, *_) = pages(draw(samples.report(heading=samples.heading(superior=("Thành phố Hạ Long",)))))
    superior, issuer = page.line("THÀNH PHỐ HẠ LONG"), page.line("ỦY BAN NHÂN DÂN")
    assert set_as(superior, 13)
    assert superior.baseline < issuer.baseline
    assert centred(superior, issuer.middle)


def test_number_and_date_stand_on_one_level(first: Page):
    number = first.line("Số:       /BC-UBND")
    date = first.line("Hà Khánh, ngày 15 tháng 10 năm 2024")
    assert set_as(number, 13)
    assert set_as(date, 14, italic=True)
    assert number.baseline == pytest.approx(date.baseline, abs=0.05)
    assert centred(number, first.line("PHƯỜNG HÀ KHÁNH").middle)
    assert centred(date, first.line("Độc lập - Tự do - Hạnh phúc").middle)


def test_kind_and_abstract_in_the_middle_with_a_rule(first: Page):
    kind = first.line("BÁO CÁO")
    abstract = [
        line for line in first.lines if set_as(line, 14, bold=True) and line.x0 > 43 and centred(line)
    ][1:]
    assert set_as(kind, 14, bold=True)
    assert centred(kind)
    assert " ".join(line.text for line in abstract) == samples.report().abstract
    rule = first.rule_below(abstract[-1])
    assert abstract[-1].width / 3 <= rule.length <= abstract[-1].width / 2
    assert (rule.x0 + rule.x1) / 2 == pytest.approx(MIDDLE, abs=NEAR)


def test_addressee(first: Page):
    line = first.line("Kính gửi: Ủy ban nhân dân thành phố Hạ Long")
    assert set_as(line, 14)
    assert centred(line)


def paragraphs(page: Page) -> list[list[Line]]:
    """The body's 14-point lines, a paragraph beginning with each indented line."""
    found: list[list[Line]] = []
    for line in page.body:
        if line.size == 14 and line.x0 == pytest.approx(LEFT + 12.7, abs=0.1):
            found.append([line])
        elif found and line.size == 14 and line.x0 == pytest.approx(LEFT, abs=0.1):
            found[-1].append(line)
    return found


def test_bases_are_italic_and_end_as_a_list(first: Page):
    bases = [" ".join(line.text for line in lines) for lines in paragraphs(first) if lines[0].italic]
    assert len(bases) == 2
    assert bases[0].endswith("2022;")
    assert bases[1].endswith("các cấp.")


def test_body_is_justified_with_an_indent_of_half_an_inch(first: Page):
    (lead,) = [lines for lines in paragraphs(first) if lines[0].text.startswith("Ngày 29 tháng 3")]
    assert len(lead) == 3
    for line in lead[:-1]:
        assert set_as(line, 14)
        assert line.x1 == pytest.approx(RIGHT, abs=NEAR)
    assert lead[-1].x1 < RIGHT


def test_lines_stand_one_to_one_and_a_half_apart_and_paragraphs_six_points_more(first: Page):
    body = paragraphs(first)
    for lines in body:
        for upper, lower in pairwise(lines):
            assert SINGLE <= (lower.baseline - upper.baseline) * MM <= 1.5 * SINGLE
    lead = (body[0][1:] or body[1])[0]
    leading = (lead.baseline - body[1][0].baseline) * MM
    for upper, lower in pairwise(body):
        assert (lower[0].baseline - upper[-1].baseline) * MM - leading >= 6 - 0.05


def test_headings_of_three_levels(report: list[Page]):
    found = {
        line.text: line for page in report for line in page.body if line.x0 == pytest.approx(42.7, abs=0.1)
    }
    romans = ("I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", "II. KẾT QUẢ THỰC HIỆN", "III. ĐÁNH GIÁ CHUNG")
    for roman in (*romans, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ", "V. KIẾN NGHỊ"):
        assert set_as(found[roman], 14, bold=True)
    for arabic in (
        "1. Số liệu chung",
        "2. Kết quả theo khối",
        "3. Phần việc tiêu biểu",
        "2. Tồn tại, hạn chế",
    ):
        assert set_as(found[arabic], 14, bold=True)
    (letter,) = [line for text, line in found.items() if text.startswith("b) ")]
    assert set_as(letter, 14)


def test_the_end_mark_follows_the_last_word(last: Page):
    body = [line for line in last.body if set_as(line, 14)]
    assert body[-1].text.endswith("khu phố./.")
    assert sum(line.text.count("./.") for line in last.lines) == 1


def test_capacity_post_and_name_in_the_right_half(last: Page):
    capacity, post = last.line("TM. ỦY BAN NHÂN DÂN"), last.line("CHỦ TỊCH")
    name = last.line("Trần Việt Hùng")
    for line in (capacity, post, name):
        assert set_as(line, 14, bold=True)
        assert line.x0 > MIDDLE
        assert centred(line, capacity.middle)
    assert name.top - post.bottom > 20


def test_recipients_level_with_the_capacity(last: Page):
    label = last.line("Nơi nhận:")
    assert set_as(label, 12, bold=True, italic=True)
    assert label.x0 == pytest.approx(LEFT, abs=NEAR)
    assert label.baseline == pytest.approx(last.line("TM. ỦY BAN NHÂN DÂN").baseline, abs=0.05)
    recipients = [line for line in last.lines if line.text.startswith("- ")]
    assert [line.text[-1] for line in recipients] == [";", ";", ";", "."]
    assert recipients[-1].text == "- Lưu: VT."
    assert all(set_as(line, 11) and line.x0 == pytest.approx(LEFT, abs=NEAR) for line in recipients)


def test_annex_head(annex: list[Page]):
    page, middle = annex[0], 156
    label, title = page.line("Phụ lục"), page.containing("DANH MỤC PHẦN VIỆC")[0]
    note = page.containing("(Kèm theo Báo cáo số")[0]
    assert set_as(label, 14, bold=True)
    assert set_as(title, 14, bold=True)
    assert set_as(note, 14, italic=True)
    assert label.baseline < title.baseline < note.baseline
    assert all(centred(line, middle) for line in (label, title, note))
    assert "số       /BC-UBND" in note.text


def test_annex_table_is_set_in_eleven_or_twelve(annex: list[Page]):
    for page in annex:
        rows = [line for line in page.body if line.size != 14]
        assert rows
        assert {line.size for line in rows} <= {11, 12}


def test_text_can_be_selected_and_is_composed(report: list[Page]):
    assert all(is_normalized("NFC", page.text) for page in report)
    text = " ".join(line.text for page in report for line in page.body)
    sheet = samples.report()
    for words in (*sheet.guidance, *sheet.opening, sheet.proposals[0].rstrip(".")):
        assert words in text
