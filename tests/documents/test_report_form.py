"""The form to report on paper, measured: room for a hand, codes to find a line by, one page for one task."""

import itertools
from dataclasses import replace

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Foot
from pledges.documents.sheets.report_form import (
    NOTHING,
    ROOM_TO_TELL,
    ROOM_TO_WRITE,
    FormLine,
    FormTask,
    ReportFormSheet,
)
from tests.documents import samples
from tests.documents.measure import Page, pages

LINES = (
    FormLine("09.1", "Quỹ “Vì người nghèo” vận động được", "thêm trong kỳ", "150 triệu đồng", "172"),
    FormLine("09.2", "Nhà đại đoàn kết được xây", "thêm trong kỳ", "2 nhà", "chưa có"),
)


def task(number: int) -> FormTask:
    return FormTask(
        f"Phần việc số {number:02}", "Vận động quỹ, xây nhà (hạn 18/11/2024)", LINES, "2 ảnh (trước và sau)"
    )


def form(count: int) -> list[Page]:
    return pages(draw(blank(count)))


def blank(count: int, opening: int = 1, lines: tuple[FormLine, ...] = LINES) -> ReportFormSheet:
    return ReportFormSheet(
        heading=samples.heading(number="", place_and_date="Hà Khánh, ngày      tháng      năm"),
        abstract=f"Kỳ báo cáo tháng 10/2024\n{samples.ABSTRACT}",
        opening=("Đơn vị: Ủy ban Mặt trận Tổ quốc phường. Hạn nộp: ngày 25/10/2024.",) * opening,
        tasks=tuple(replace(task(number), lines=lines) for number in range(9, 9 + count)),
        post="Chủ tịch",
        foot=Foot(as_of="Ủy ban Mặt trận Tổ quốc phường, tháng 10/2024"),
    )


def heights(page: Page) -> set[float]:
    """How tall the rows of the tables are, in millimetres."""
    levels = sorted({round(rule.top, 1) for rule in page.rules if rule.level and rule.length > 20})
    return {round(lower - upper, 1) for upper, lower in itertools.pairwise(levels)}


def test_one_task_fits_on_a_page_with_room_to_write_and_to_sign():
    (page,) = form(1)
    assert page.line("PHIẾU BÁO CÁO TIẾN ĐỘ").bold
    for text in ("09.1", "09.2", "172", "chưa có", "Phần việc số 09", "NGƯỜI LẬP PHIẾU", "CHỦ TỊCH"):
        assert page.containing(text), text
    assert page.containing("Minh chứng kèm theo")
    tall = heights(page)
    assert any(abs(height - ROOM_TO_WRITE) < 0.2 for height in tall), tall
    assert any(abs(height - ROOM_TO_TELL) < 0.2 for height in tall), tall


def test_each_page_says_whose_it_is_and_bears_its_number():
    found = form(4)
    assert len(found) > 1
    assert all(page.containing("Ủy ban Mặt trận Tổ quốc phường, tháng 10/2024") for page in found)
    assert [page.line(str(number)).top < 20 for number, page in enumerate(found[1:], start=2)]
    assert found[-1].containing("Văn thư nhận ngày"), "the signatures never stand alone"


@pytest.mark.parametrize("opening", range(1, 22, 2))
def test_what_is_asked_of_a_task_stands_on_one_page(opening: int):
    """Wherever the page ends: a hand fills in one task without turning the sheet."""
    found = pages(draw(blank(3, opening)))
    for number in range(9, 12):
        (at,) = [at for at, page in enumerate(found) if page.containing(f"Phần việc số {number:02}: ")]
        told = [line for line in found[at].lines if line.text == f"Phần việc số {number:02}"]
        assert len(told) == 1
        for said in (
            "Đã làm được gì",
            "Khó khăn, vướng mắc",
            "Việc tiếp theo, đề nghị",
            "Minh chứng kèm theo",
        ):
            below = [line for line in found[at].containing(said) if line.top > told[0].top]
            assert below, said


def test_a_task_that_no_page_holds_goes_on():
    lines = tuple(replace(LINES[0], code=f"09.{at}") for at in range(1, 40))
    found = pages(draw(blank(1, 1, lines)))
    for at in range(1, 40):
        assert sum(len([line for line in page.lines if line.text == f"09.{at}"]) for page in found) == 1
    assert found[0].containing("09.1"), "it begins below what stands above it"
    (last,) = [page for page in found if page.containing("Đã làm được gì")]
    assert last.containing("Minh chứng kèm theo")


def test_a_unit_that_owes_nothing_gets_a_form_that_says_so():
    (page,) = form(0)
    assert page.containing(NOTHING)
