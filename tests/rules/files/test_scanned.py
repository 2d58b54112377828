"""What is read on the pages of a scan, and what is refused."""

import pypdfium2 as pdfium
import pytest

from pledges.codes.rules import address_of, code_in, new_code
from pledges.files import scanned
from pledges.files.rules import FileRefused
from pledges.files.scanned import MOST_PAGES
from tests.support import piles
from tests.support.piles import BLANK, Leaf

CODE = new_code()
TEXT = address_of(CODE, "https://thidua.haphong.vn")
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_code_of_fourteen_millimetres_is_read_however_the_page_lay(turned: int):
    (page,) = scanned.read_pages(piles.scan([Leaf(TEXT, turned=turned)]))
    assert [code_in(text) for text in page.texts] == [CODE]
    assert not page.blank


def test_the_short_code_alone_is_read_too():
    (page,) = scanned.read_pages(piles.printed([Leaf(address_of(CODE, ""))]))
    assert [code_in(text) for text in page.texts] == [CODE]


def test_a_blank_page_is_told_from_one_without_a_code():
    pages = scanned.read_pages(piles.scan([BLANK, Leaf(), Leaf("https://haphong.vn")]))
    assert [(page.number, page.blank, page.texts) for page in pages] == [
        (1, True, ()),
        (2, False, ()),
        (3, False, ("https://haphong.vn",)),
    ]


def test_the_parts_hold_their_pages_as_they_were():
    content = piles.scan([Leaf(TEXT), Leaf(), Leaf("https://haphong.vn")])
    first, second = scanned.parts_of(content, [(1, 2), (3, 3)])
    assert [page.texts for page in scanned.read_pages(first)] == [(TEXT,), ()]
    assert [page.texts for page in scanned.read_pages(second)] == [("https://haphong.vn",)]


def test_a_small_picture_of_each_page():
    content = piles.scan([Leaf(TEXT), Leaf()])
    assert scanned.picture_of(content, 2, 264).startswith(b"\x89PNG")
    with pytest.raises(FileRefused):
        scanned.picture_of(content, 3, 264)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (piles.printed([Leaf(TEXT)], password="bi-mat"), "có mật khẩu"),
        (piles.printed([Leaf(TEXT)])[:400], "bị hỏng hoặc chép thiếu"),
        (b"%PDF-1.7\nnothing of the kind", "bị hỏng hoặc chép thiếu"),
        (b"", "bị hỏng hoặc chép thiếu"),
        (NO_PAGES, "không có trang nào|bị hỏng"),
        (piles.printed([BLANK] * (MOST_PAGES + 1)), "401 trang, nhiều hơn 400 trang"),
    ],
    ids=["locked", "cut", "no pdf", "empty", "no pages", "too many"],
)
def test_what_can_not_be_read_is_refused_in_a_sentence(content: bytes, words: str):
    with pytest.raises(FileRefused, match=words):
        scanned.read_pages(content)


def test_a_page_of_a_kilometre_is_drawn_small():
    """PDFium draws what a page says it is: a hundred metres square at 150 dots an inch would take a terabyte."""
    (page,) = scanned.read_pages(piles.printed([Leaf(TEXT)], size=(14_000, 14_000)))
    assert page.number == 1


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scanned, "_MOST_IN_PICTURE", 1_000_000)
    with pytest.raises(FileRefused, match="Trang 1 có ảnh quá lớn"):
        scanned.read_pages(piles.scan([Leaf(TEXT)]))


def test_a_pile_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scanned, "_MOST_SECONDS", -1.0)
    with pytest.raises(FileRefused, match="đọc quá lâu"):
        scanned.read_pages(piles.printed([Leaf(TEXT)]))


def test_a_part_opens_in_any_reader():
    (part,) = scanned.parts_of(piles.scan([Leaf(TEXT), Leaf()]), [(2, 2)])
    with pdfium.PdfDocument(part) as document:
        assert len(document) == 1
