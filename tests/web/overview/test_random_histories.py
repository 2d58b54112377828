"""Page, paper and spreadsheet say what the events come to, whatever was reported, returned, corrected or late."""

import io
from datetime import date
from fractions import Fraction

import pdfplumber
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from pledges.core.as_of import ARGUMENT
from pledges.progress import reading
from pledges.progress.models import Report
from pledges.progress.states import TaskState
from tests.support.histories import History
from tests.support.page import elements, words
from tests.support.second_reckoning import percent

BOARD, PAPER = "/theo-doi", "/van-ban/bao-cao-tien-do.pdf"
BOOK = "/theo-doi/bang-theo-doi.xlsx"


def told(share: Fraction | None) -> str:
    return "–" if share is None else f"{percent(share)}%"


def rows_of(page):
    """State and share of each task, as the board shows them."""
    found = {}
    for row in elements(page.of_class("grid")[0], "tr"):
        cells = [words(cell) for cell in elements(row, "th", "td")]
        if cells[0].isdecimal():
            found[int(cells[0])] = cells
    return found


def hold_the_book(data: bytes, history: History, day: date) -> None:
    """Hold the spreadsheet of the day against the events: shares, states and values to the last digit."""
    book = load_workbook(io.BytesIO(data))
    tasks = {row[0]: row for row in book["Phần việc"].iter_rows(min_row=2, values_only=True) if row[0]}
    values = [row[5] for row in book["Chỉ tiêu"].iter_rows(min_row=2, values_only=True)]
    for number, task in enumerate(history.works, 1):
        found = history.found(task, day)
        shares = [None if one is None else percent(one) for one in (found.progress, found.expected)]
        assert tasks[number][-4:-1] == (*shares, TaskState(found.state).label)
        said = [values.pop(0) for _ in found.values]
        assert [None if one is None else Fraction(str(one)) for one in said] == list(found.values)


def hold_what_waits(ward) -> None:
    """Hold the moment since which a report waits, kept for queries, against its rounds."""
    reports = list(ward.session.scalars(select(Report)))
    waiting = {one.id: one.last_round.submitted_at for one in reports if one.last_round.waits}
    assert {one.id: one.waits_since for one in reports if one.waits_since} == waiting


@pytest.mark.parametrize("seed", range(6))
def test_ledger_board_and_book_fold_the_events(ward, sign_in, seed):
    history = History(ward, seed)
    hold_what_waits(ward)
    leader = sign_in("leader")
    ledger = reading.of_campaign(ward.session, ward.campaign.id, ward.actor("leader"))
    numbers = {task: place for place, task in enumerate(history.works, 1)}
    for day in history.days(5):
        shown = rows_of(leader.get(BOARD, **{ARGUMENT: day.isoformat()}))
        for task, number in numbers.items():
            found, standing = history.found(task, day), ledger.standing(task, day)
            assert (standing.state, standing.progress, standing.expected) == (
                found.state,
                found.progress,
                found.expected,
            )
            assert [one.value for one in standing.indicators] == list(found.values)
            state = TaskState(found.state)
            assert told(found.progress) in shown[number][-2]
            assert shown[number][-1].startswith(f"{state.sign}{state.label}")
    for day in history.days(1):
        hold_the_book(leader.get(BOOK, **{ARGUMENT: day.isoformat()}).bytes, history, day)


def printed(value: Fraction | None) -> str:
    """A value of at most one decimal, as papers print it; a blank is said as such."""
    if value is None:
        return "Chưa có số liệu"
    tenths = value * 10
    assert tenths.denominator == 1
    whole, rest = divmod(abs(tenths.numerator), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f',{rest}' if rest else ''}"


def lines_of(pdf: bytes) -> dict[int, tuple[str, list[str]]]:
    """State and results of each task, as the annex prints them."""
    found: dict[int, tuple[str, list[str]]] = {}
    number = 0
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        annexes = [sheet for sheet in paper.pages if sheet.width > sheet.height]
        for line in (line for sheet in annexes for table in sheet.extract_tables() for line in table):
            if line[0] and line[0].isdecimal():
                number = int(line[0])
                found[number] = (line[-1].replace("\n", " "), [])
            if number and line[6]:
                found[number][1].append(line[-2].replace("\n", " ").removesuffix(" (*)"))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_paper_folds_the_events_too(ward, sign_in, seed):
    history = History(ward, seed)
    clerk = sign_in("clerk")
    for day in history.days(1):
        said = lines_of(clerk.get(PAPER, **{ARGUMENT: day.isoformat()}).bytes)
        for number, task in enumerate(history.works, 1):
            found = history.found(task, day)
            state, results = said[number]
            assert state.startswith(TaskState(found.state).label)
            assert results == [printed(value) for value in found.values]
