"""Units on page and in the book, and everything on paper, against the tables derived by hand, on each of their days."""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import pdfplumber
import pytest
from openpyxl import load_workbook

from pledges.core.numbers import parse_number
from pledges.progress.states import TaskState
from tests.support.campaign_files import DAYS, FILES, hand, rows, share
from tests.support.coverage import unmeasured
from tests.support.critic import Critic
from tests.support.page import elements, words
from tests.support.second_reckoning import percent

InDemo = Callable[[str], Critic]


def means(day: str, scope: Callable[[dict[str, str]], str]) -> dict[str, tuple[int, int, int]]:
    """Tasks, progress and expectation of each scope, in per cent of the exact mean."""
    shares: dict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    tasks = {row["number"]: row for row in rows(FILES / "tasks.csv")}
    for row in hand("table", day):
        shares[scope(tasks[row["task"]])].append((share(row, "progress"), share(row, "expected")))
    return {
        name: (len(found), *(percent(sum(column, Fraction(0)) / len(found)) for column in zip(*found, strict=True)))
        for name, found in shares.items()
    }  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_units_on_the_page_and_in_the_book(in_demo: InDemo, day: str):
    names = {row["code"]: row["name"] for row in rows(FILES / "units.csv")}
    wanted = means(day, lambda task: names[task["lead"]])
    leader, asked = in_demo("chutich"), {"den-ngay": day}
    page = leader.get("/theo-doi/xep-hang", theo="don-vi", **asked)
    shown = {}
    for row in elements(page.of_class("ranking")[0], "tr")[1:]:
        cells = [words(cell) for cell in elements(row, "th", "td")]
        name = next((one for one in wanted if cells[1].startswith(one)), None)
        if name:
            said = cells[3].split("%")[0]
            shown[name] = (int(cells[2]), None if said == "– chưa có số liệu" else int(said))
    totals = [row for row in hand("totals", day) if row["scope_kind"] == "unit"]
    blank = {names[row["scope_name"]] for row in totals if row["with_figures"] == "0"}
    assert shown == {
        name: (tasks, None if name in blank else progress)
        for name, (tasks, progress, _expected) in wanted.items()
    }
    book = load_workbook(io.BytesIO(leader.get("/theo-doi/bang-theo-doi.xlsx", **asked).bytes))
    lines = list(book["Xếp hạng đơn vị"].iter_rows(values_only=True))[1:-1]
    assert {row[1]: (row[2], row[3]) for row in lines} == shown


@pytest.mark.parametrize("day", DAYS)
def test_tasks_indicators_blocks_and_the_whole_on_paper(in_demo: InDemo, day: str):
    paper = in_demo("chutich").get("/van-ban/bao-cao-tien-do.pdf", **{"den-ngay": day}).bytes
    lines = list(lines_of(paper))
    blocks = {row["code"]: row["block"] for row in rows(FILES / "units.csv")}
    wanted = means(day, lambda task: blocks[task["lead"]]) | {
        "Toàn phong trào": means(day, lambda _task: "")[""]
    }
    found = {line[0]: line for line in lines if line[-1].endswith("%")}
    assert {
        name: (int(line[1]), int(line[-2].rstrip("%")), int(line[-1].rstrip("%")))
        for name, line in found.items()
    } == wanted
    states, values = {}, []
    for line in (line for line in lines if len(line) > 11):
        if line[0].isdecimal():
            states[line[0]] = line[-1]
        if line[6] and (line[0].isdecimal() or not line[0]) and line[6] != "ĐVT":
            values.append(line[-2])
    for row in hand("table", day):
        assert states.pop(row["task"]).startswith(TaskState(row["state"]).label)
    assert not states
    for said, row in zip(values, hand("indicators", day), strict=True):
        assert (
            said == "Chưa có số liệu"
            if not row["value"]
            else parse_number(said) == parse_number(row["value"])
        )


def lines_of(pdf: bytes) -> Iterable[list[Any]]:
    """The lines of all tables, each cell on one line."""
    with unmeasured(), pdfplumber.open(io.BytesIO(pdf)) as paper:
        for page in paper.pages:
            for table in page.extract_tables():
                yield from ([" ".join((cell or "").split()) for cell in line] for line in table)
