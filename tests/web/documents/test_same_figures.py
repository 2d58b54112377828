"""The page, the PDF, the Word file and the spreadsheet say the same figures, whatever was reported, and when."""

import re

import pytest

from pledges.core.as_of import ARGUMENT
from pledges.documents.rules import PaperKind
from tests.support.histories import History
from tests.support.page import elements, words
from tests.support.paper_tables import Rows, in_book, in_charts, in_pdf, in_word

IN_PRINT = "/van-ban/in/{}.{}"


def rows_of(page, root=None) -> Rows:
    return [[words(cell) for cell in elements(row, "th", "td")] for row in page.all("tr", within=root)]


def grid_of(board) -> Rows:
    return rows_of(board, board.of_class("grid")[0])


def tables_of(clerk, kind: PaperKind, day: str) -> list[Rows]:
    """The paper's tables, after its three files were held against each other."""
    files = [
        clerk.get(IN_PRINT.format(kind.path, ending), **{ARGUMENT: day}).bytes
        for ending in ("pdf", "docx", "xlsx")
    ]
    printed, typed, book = in_pdf(files[0]), in_word(files[1]), in_book(files[2])
    assert printed == typed
    for table, page in zip(typed, (page for page in book.values() if not chart(page)), strict=True):
        hold(table, page)
    assert in_charts(files[1]) == [numbers(page) for page in book.values() if chart(page)]
    return typed


def numbers(page: Rows) -> Rows:
    """The shares of each line of a chart, in the order of its points."""
    return [[row[at] for row in page[1:] if row[at]] for at in range(1, len(page[0]))]


def chart(page: Rows) -> bool:
    """Whether a page of the spreadsheet says the figures of a chart, which papers draw."""
    return page[0][0] in {"Ngày", "Nội dung"}


def hold(table: Rows, page: Rows) -> None:
    """Hold a page of the spreadsheet against its table: days in two columns, and the names on each line of a stack."""
    deep = 2 if page[1][0] == "" else 1
    titles, rows = page[0], page[deep:]
    assert len(rows) == len(table) - deep
    for said, told in zip(table[deep:], rows, strict=True):
        cells = iter(told)
        for at, text in enumerate(said):
            cell = next(cells)
            if at < len(titles) and table[0][at].startswith("Thời gian"):
                cell = " – ".join(filter(None, (cell, next(cells))))
            assert text in {"", cell}, (said, told)


@pytest.mark.parametrize("seed", range(3))
def test_page_and_files_say_the_same(ward, sign_in, seed):
    history = History(ward, seed)
    ward.task("KP2", "approved")
    ward.settle()
    clerk = sign_in("clerk")
    for day in history.days(1):
        asked = {ARGUMENT: day.isoformat()}
        board = clerk.get("/theo-doi", **asked)
        summary, tasks = tables_of(clerk, PaperKind.PROGRESS_REPORT, day.isoformat())
        hold_the_summary(summary, board)
        hold_the_tasks(tasks, grid_of(board))
        (alone,) = tables_of(clerk, PaperKind.TASK_LIST, day.isoformat())
        assert alone == tasks
        (units,) = tables_of(clerk, PaperKind.UNIT_SUMMARY, day.isoformat())
        hold_the_units(units, rows_of(clerk.get("/theo-doi/xep-hang", **asked)))
        hold_the_burn_up(clerk, day.isoformat(), rows_of(clerk.get("/theo-doi/tien-do", **asked)))


def share(text: str) -> str:
    """A share as pages and papers say it; a dash or "Chưa có số liệu" is none."""
    found = re.search(r"\d+%", text)
    return found.group() if found else ""


def hold_the_summary(summary: Rows, board) -> None:
    """Hold the results by block against the board: the blocks' means, and the mean of all."""
    (group,) = [row for row in grid_of(board) if row[0].startswith("IV.")]
    (block,) = [row for row in summary if row[0].startswith("IV.")]
    assert share(block[-2]) == share(group[3])
    said = re.search(r"Tiến độ chung (.+?) ?kế hoạch (\d+%|–)", board.text)
    assert (share(summary[-1][-2]), share(summary[-1][-1])) == (share(said[1]), share(said[2]))


def hold_the_tasks(tasks: Rows, board: Rows) -> None:
    """Hold the list against the board: each task with its state."""
    states = {row[0]: row[-1] for row in board if row[0].isdecimal()}
    listed = {row[0]: row[-1] for row in tasks if row[0].isdecimal()}
    assert listed.keys() == states.keys()
    for number, state in listed.items():
        assert state.split(";")[0] in states[number]


def hold_the_units(units: Rows, ranking: Rows) -> None:
    """Hold the units against their ranking: number of tasks and progress."""
    ranked = {name: row for row in ranking for name in ("Khu phố 1", "Khu phố 2") if row[1].startswith(name)}
    told = {row[1]: row for row in units if row[1] in ranked}
    assert told.keys() == ranked.keys() == {"Khu phố 1", "Khu phố 2"}
    place = units[1].index("Thực hiện")
    for name, row in told.items():
        assert row[2] == ranked[name][2]
        assert share(row[place]) == share(ranked[name][3])
    (block,) = [row for row in units if row[0].startswith("IV.")]
    assert share(block[place]) == share(ranking[-1][2])


def hold_the_burn_up(clerk, day: str, page: Rows) -> None:
    """Hold the lines of the report's chart against the page's table of them, day by day."""
    file = clerk.get(IN_PRINT.format(PaperKind.PROGRESS_REPORT.path, "xlsx"), **{ARGUMENT: day}).bytes
    found = {row[0]: row[1:] for one in in_book(file).values() if one[0][0] == "Ngày" for row in one[1:]}
    told = {row[0]: (row[2], row[1]) for row in page if row[0] in found}
    assert told
    for on, both in told.items():
        for said, shown in zip(both, found[on], strict=True):
            assert shown in {"", said}, on
