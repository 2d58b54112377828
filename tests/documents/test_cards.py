"""Biển tên: large, within the card, the same on both sides of the fold."""

import io

import pdfplumber
import pytest

from pledges.documents.pdf.cards import cards
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from tests.documents.measure import MM, Page, pages

LONG = "Bộ phận Địa chính - Xây dựng - Đô thị và Môi trường"
ALL = (
    PlaceCard("Khu phố 1", "Phạm Văn Đức", "Bí thư chi bộ, Khu trưởng"),
    PlaceCard(LONG, "Nguyễn Thị Phương Thảo Quỳnh", "Công chức Địa chính - Xây dựng - Đô thị và Môi trường"),
    PlaceCard("Ủy ban Mặt trận Tổ quốc Việt Nam phường Hà Khánh", "", "Chủ tịch UBMTTQ"),
)


def made(*some: PlaceCard) -> bytes:
    return cards(PlaceCards(name="Biển tên", author="Ủy ban nhân dân phường Hà Khánh", cards=some or ALL))


@pytest.fixture(scope="module")
def printed() -> list[Page]:
    return pages(made())


def test_two_stand_on_a_page(printed: list[Page]):
    assert len(printed) == 2
    assert {round(page.width) for page in printed} == {210}


def upright(page: Page, top: float, bottom: float):
    return [line for line in page.lines if top <= line.top and line.bottom <= bottom]


def test_the_unit_is_largest_and_each_line_stays_on_its_face(printed: list[Page]):
    face = upright(printed[0], 74.25, 148.5)
    assert [line.text for line in face] == ["KHU PHỐ 1", "Phạm Văn Đức", "Bí thư chi bộ, Khu trưởng"]
    sizes = [line.size for line in face]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 46
    assert all(18 <= line.x0 and line.x1 <= 192 for line in face)  # noqa: SIM300 - reads as it lies
    assert all(line.middle == pytest.approx(105, abs=0.5) for line in face)


def test_a_long_name_wraps_between_its_parts(printed: list[Page]):
    face = upright(printed[0], 74.25 + 148.5, 297)
    unit = [line for line in face if line.bold and line.text.isupper()]
    assert 2 <= len(unit) <= 3
    assert " ".join(line.text for line in unit) == LONG.upper()
    assert not any(line.text.endswith(("ĐÔ", "MÔI", "XÂY", "ĐỊA")) for line in unit)
    assert all(18 <= line.x0 and line.x1 <= 192 for line in face)  # noqa: SIM300 - reads as it lies


def test_each_is_drawn_twice_head_to_head():
    """Turned by half a circle around the middle of its fold, one side is the other."""
    with pdfplumber.open(io.BytesIO(made(ALL[0]))) as document:
        chars = document.pages[0].chars
    sides = {
        turned: {
            (char["text"], round(char["matrix"][4]), round(char["matrix"][5]))
            for char in chars
            if (char["matrix"][0] < 0) is turned
        }
        for turned in (False, True)
    }
    width, fold = 210 * MM, (297 - 74.25) * MM
    folded = {(text, round(width - x), round(2 * fold - y)) for text, x, y in sides[True]}
    assert len(sides[False]) > 30
    assert all(
        any(text == other and abs(x - at) <= 1 and abs(y - level) <= 1 for other, at, level in folded)
        for text, x, y in sides[False]
    )
    assert len(folded) == len(sides[False])


def test_the_folds_and_the_cut_are_marked(printed: list[Page]):
    levels = sorted(rule.top for rule in printed[0].rules if rule.level)
    assert levels == pytest.approx([74.25, 148.5, 222.75], abs=0.1)


def test_same_cards_same_bytes():
    assert made() == made()


def test_a_character_without_a_glyph_stops_them():
    with pytest.raises(GlyphMissingError):
        made(PlaceCard("Khu phố ★"))


def test_a_sheet_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        PlaceCards(name="", author="", cards=())
