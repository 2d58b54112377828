"""The foot of a paper that was frozen: code, QR, digest, and the entries of the log that witness it."""

from dataclasses import replace

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Foot, LogMark
from tests.documents import samples
from tests.documents.codes import codes, pictures, read
from tests.documents.measure import Page, pages

RIGHT, BOTTOM, REACHED_BY_PRINTERS = 195, 277, 297 - 4.2
ADDRESS = samples.commitment().foot.qr


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw(samples.commitment())


@pytest.fixture(scope="module")
def printed(pdf: bytes) -> list[Page]:
    return pages(pdf)


def test_the_qr_of_each_page_is_read_from_a_scan(pdf: bytes, printed: list[Page]):
    assert codes(pdf) == [[ADDRESS]] * len(printed)
    assert len(printed) > 1


def test_a_code_without_an_address_is_read_too():
    foot = replace(samples.commitment().foot, qr="7KQ2M-9XDAB", check_page="")
    pdf = draw(samples.commitment(foot=foot))
    assert {text for page in codes(pdf) for text in page} == {"7KQ2M-9XDAB"}
    assert pages(pdf)[0].line("DỮ LIỆU MINH HỌA · Mã kiểm tra: 7KQ2M-9XDAB")


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_it_is_read_however_the_page_lies_in_the_scanner(pdf: bytes, turned: int):
    assert read(pictures(pdf)[0].rotate(turned, expand=True)) == [ADDRESS]


def squares(page: Page):
    return [rule for rule in page.rules if rule.top > BOTTOM]


def test_the_qr_stands_in_the_bottom_margin_at_the_right(printed: list[Page]):
    for page in printed:
        boxes = squares(page)
        assert max(box.x1 for box in boxes) == pytest.approx(RIGHT, abs=0.1)
        assert min(box.x0 for box in boxes) == pytest.approx(RIGHT - 14, abs=0.1)
        assert min(box.top for box in boxes) > BOTTOM + 1
        assert max(box.bottom for box in boxes) == pytest.approx(min(box.top for box in boxes) + 14, abs=0.1)
        assert max(box.bottom for box in boxes) < REACHED_BY_PRINTERS


def test_the_lines_stand_beside_it_where_printers_reach(printed: list[Page]):
    for page in printed:
        foot = [line for line in page.lines if line.top > BOTTOM]
        assert [line.text for line in foot] == [
            "DỮ LIỆU MINH HỌA · Mã kiểm tra: 7KQ2M-9XDAB, tra tại https://thidua.haphong.vn/kiem-tra",
            f"SHA-256: {samples.DIGEST}",
            *(f"Nhật ký niêm phong đến mục {mark.number}: {mark.hash}" for mark in samples.LOG),
        ]
        assert all(line.x0 == pytest.approx(30, abs=0.1) for line in foot)
        assert max(line.x1 for line in foot) < RIGHT - 14 - 2
        assert max(line.bottom for line in foot) < REACHED_BY_PRINTERS


def test_the_longest_foot_stays_on_the_page():
    """The entry's number of a log of ten million entries, a long address, a text that was withdrawn."""
    foot = Foot(
        illustrative=True,
        as_of="Bản đã thu hồi, không còn để ký",
        code="7KQ2M-9XDAB",
        check_page="https://thidua-phuonghakhanh.halong.quangninh.gov.vn/kiem-tra",
        qr="https://thidua-phuonghakhanh.halong.quangninh.gov.vn/kiem-tra?ma=7KQ2M9XDAB",
        digest="d" * 64,
        log=(LogMark(10_000_000, "e" * 64), LogMark(10_000_001, "b" * 64)),
    )
    pdf = draw(samples.commitment(foot=foot))
    lines = [line for line in pages(pdf)[0].lines if line.top > BOTTOM]
    assert len(lines) == 5
    assert max(line.x1 for line in lines) < RIGHT - 14 - 2
    assert max(line.baseline for line in lines) < 294
    assert {text for page in codes(pdf) for text in page} == {foot.qr}


def test_a_draft_has_neither_code_nor_qr():
    page = pages(draw(samples.commitment(foot=Foot(as_of="Bản dự thảo, chưa chốt để ký"))))[0]
    assert [line.text for line in page.lines if line.top > BOTTOM] == ["Bản dự thảo, chưa chốt để ký"]
    assert squares(page) == []


def test_the_body_keeps_its_margins(printed: list[Page]):
    for page in printed:
        marks = [*page.body, *(rule for rule in page.rules if rule.top <= BOTTOM)]
        assert max(mark.bottom for mark in marks) <= BOTTOM + 0.5
        assert max(mark.x1 for mark in marks) <= RIGHT + 0.5
