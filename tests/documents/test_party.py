"""Papers of the Party before and after 27/5/2026, and of the Front and the unions, measured."""

from datetime import date
from itertools import pairwise

import pytest

from pledges.documents.layouts import STATE, layout_of
from pledges.documents.sheets.paper import Style
from pledges.documents.sheets.wording import small_start
from tests.documents.every_paper import printed
from tests.documents.measure import MM, Line, Page

NEAR = 0.5


@pytest.fixture(scope="module", params=["older", "newer"])
def report(request: pytest.FixtureRequest) -> list[Page]:
    """Of 26/5/2026, and of the day after."""
    return printed(f"party report, {request.param}", "usual").pages


def set_as(line: Line, size: float, *, bold: bool = False, italic: bool = False) -> bool:
    return (line.size, line.bold, line.italic) == (size, bold, italic)


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(2018, 4, 3), "36-HD/VPTW"),
        (date(2026, 5, 26), "36-HD/VPTW"),
        (date(2026, 5, 27), "05-HD/VPTW"),
        (date(2030, 1, 1), "05-HD/VPTW"),
    ],
)
def test_the_day_of_issue_says_which_instruction_holds(day: date, source: str):
    assert source in layout_of(Style.PARTY, day).source
    for style in (Style.STATE, Style.FRONT, Style.UNION):
        assert layout_of(style, day) is STATE


def test_the_crown_is_the_party_s_with_a_rule_as_long(report: list[Page]):
    crown = report[0].line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert set_as(crown, 15, bold=True)
    rule = report[0].rule_below(crown)
    assert (rule.x0, rule.x1) == pytest.approx((crown.x0, crown.x1), abs=NEAR)
    assert not report[0].containing("CỘNG HÒA")


def test_superior_and_issuer_are_closed_by_a_star(report: list[Page]):
    superior, star = report[0].line("THÀNH ỦY HẠ LONG"), report[0].line("*")
    upper, issuer = report[0].line("ĐẢNG ỦY"), report[0].line("PHƯỜNG HÀ KHÁNH")
    assert set_as(superior, 14)
    assert set_as(issuer, 14, bold=True)
    assert set_as(upper, 14, bold=True)
    assert superior.baseline < upper.baseline < issuer.baseline < star.baseline
    assert superior.middle == pytest.approx(issuer.middle, abs=NEAR)
    assert star.middle == pytest.approx(issuer.middle, abs=NEAR)


def test_the_number_has_no_colon_and_stands_level_with_the_date(report: list[Page]):
    number = report[0].line("Số 05-BC/ĐU")
    (dated,) = report[0].containing("tháng 5 năm 2026")
    assert set_as(number, 14)
    assert set_as(dated, 14, italic=True)
    assert number.baseline == pytest.approx(dated.baseline, abs=0.05)


def test_type_and_abstract_with_five_hyphens(report: list[Page]):
    kind, hyphens = report[0].line("BÁO CÁO"), report[0].line("-----")
    assert 15 <= kind.size <= 16
    assert kind.bold
    abstract = [
        line for line in report[0].lines if line.bold and kind.baseline < line.baseline < hyphens.baseline
    ]
    assert all(14 <= line.size <= 15 for line in abstract)
    assert abstract[0].text.startswith("kết quả thực hiện")
    assert hyphens.middle == pytest.approx(kind.middle, abs=NEAR)


def test_lines_stand_eighteen_to_twenty_two_points_apart(report: list[Page]):
    body = [line for line in report[0].body if line.size == 14 and line.x0 == pytest.approx(30, abs=0.1)]
    apart = [(other.baseline - one.baseline) * MM for one, other in pairwise(body)]
    lines = [each for each in apart if each < 24]
    assert lines
    assert all(18 <= each <= 22 for each in lines)


def test_headings_have_a_hyphen(report: list[Page]):
    text = " ".join(page.text for page in report)
    for words in ("I- CÔNG TÁC LÃNH ĐẠO", "II- KẾT QUẢ", "III- ĐÁNH GIÁ", "IV- PHƯƠNG HƯỚNG", "V- KIẾN NGHỊ"):
        assert words in text
    (heading,) = [line for page in report for line in page.containing("II- KẾT QUẢ") if line.bold][:1]
    assert 14 <= heading.size <= 15


def test_the_text_ends_with_a_full_stop_and_nothing_more(report: list[Page]):
    assert not any("./." in page.text for page in report)
    signed = next(page for page in report if page.containing("T/M"))
    body = [line for line in signed.body if line.baseline < signed.line("T/M ĐẢNG ỦY").baseline - 1]
    assert max(body, key=lambda line: line.baseline).text.endswith("khu phố.")


def test_the_post_is_not_bold(report: list[Page]):
    (page,) = [page for page in report if page.containing("T/M")]
    assert set_as(page.line("T/M ĐẢNG ỦY"), 14, bold=True)
    assert set_as(page.line("BÍ THƯ"), 14)
    assert set_as(page.line("Nguyễn Thị Minh"), 14, bold=True)


def test_recipients_below_an_underlined_label(report: list[Page]):
    (page,) = [page for page in report if page.containing("T/M")]
    label = page.line("Nơi nhận:")
    assert set_as(label, 14)
    under = page.rule_below(label)
    assert (under.x0, under.x1) == pytest.approx((label.x0, label.x1), abs=0.1)
    listed = [line for line in page.lines if line.text.startswith("- ")]
    assert all(set_as(line, 12) for line in listed)
    assert listed[-1].text == "- Lưu Văn phòng Đảng ủy."


@pytest.mark.parametrize(
    ("name", "issuer", "capacity"),
    [
        ("front report", "ỦY BAN MẶT TRẬN", "TM. BAN THƯỜNG TRỰC"),
        ("union report", "HỘI LIÊN HIỆP", "TM. BAN THƯỜNG VỤ"),
    ],
)
def test_front_and_unions_bear_the_national_heading_and_their_own_symbols(
    name: str, issuer: str, capacity: str
):
    found = printed(name, "usual").pages
    assert set_as(found[0].line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 13, bold=True)
    assert set_as(found[0].containing(issuer)[0], 13, bold=True)
    (number,) = found[0].containing("Số:       /BC-")
    assert set_as(number, 13)
    (page,) = [page for page in found if page.containing(capacity)]
    assert set_as(page.line(capacity), 14, bold=True)
    assert set_as(page.line("CHỦ TỊCH"), 14, bold=True)
    assert any("./." in page.text for page in found)


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Kết quả thực hiện", "kết quả thực hiện"),
        ("Hội nghị phát động", "hội nghị phát động"),
        ("Đảng bộ phường", "Đảng bộ phường"),
        ("Đẩy mạnh phong trào", "đẩy mạnh phong trào"),
        ("UBND phường", "UBND phường"),
        ("Hội Nông dân phường", "Hội Nông dân phường"),
        ("", ""),
    ],
)
def test_an_abstract_goes_on_small_from_the_line_above(text: str, small: str):
    assert small_start(text) == small
