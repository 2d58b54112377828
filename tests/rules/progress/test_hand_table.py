"""Every figure of the demo against the table that was derived by hand, outside the product (see data/README.md)."""

from datetime import date

import pytest

from pledges.progress.means import mean_of
from tests.support import campaign_files as files

LEDGER = files.ledger()
TABLE = files.rows(files.HAND / "hand_table.csv")
INDICATORS = files.rows(files.HAND / "hand_indicators.csv")


def _name(row):
    return f"{row['as_of']} task {row['task']}"


@pytest.mark.parametrize("row", TABLE, ids=_name)
def test_task(row):
    as_of = date.fromisoformat(row["as_of"])
    standing = LEDGER.standing(int(row["task"]), as_of)
    assert standing.state == row["state"]
    assert standing.progress == files.share(row, "progress")
    assert standing.expected == files.share(row, "expected")
    assert standing.reached_on == files.day(row["reached_on"])
    assert LEDGER.tentative(int(row["task"]), as_of).state == (row["tentative_state"] or row["state"])


def test_the_table_holds_all_tasks_on_each_day():
    assert {(row["as_of"], int(row["task"])) for row in TABLE} == {
        (day, task) for day in files.DAYS for task in range(1, 25)
    }


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: f"{_name(row)}.{row['indicator']}")
def test_indicator(row):
    as_of = date.fromisoformat(row["as_of"])
    one = LEDGER.standing(int(row["task"]), as_of).indicators[int(row["indicator"]) - 1]
    assert one.left_out == (row["note"] == "left_out")
    assert one.without_figure == (row["note"] == "without_figure")
    assert (str(one.value) if one.value is not None else "") == row["value"]
    if not one.left_out:
        assert one.progress == files.share(row, "progress")
        assert one.expected == files.share(row, "expected")
    assert one.reached_on == files.day(row["reached_on"])


@pytest.mark.parametrize(
    "row", files.rows(files.HAND / "hand_grid.csv"), ids=lambda row: f"task {row['task']}"
)
def test_grid(row):
    as_of = date(2024, 10, 15)
    shown = {
        f"{period.start_on:%Y-%m}": LEDGER.cell(int(row["task"]), period, as_of).standing.state
        for period in LEDGER.begun(as_of)
    }
    assert shown == {period: state for period, state in row.items() if period != "task"}


def _scope(row):
    tasks = files.rows(files.FILES / "tasks.csv")
    block = {unit["code"]: unit["block"] for unit in files.rows(files.FILES / "units.csv")}
    belongs = {
        "campaign": lambda _task: True,
        "block": lambda task: block[task["lead"]] == row["scope_name"],
        "unit": lambda task: task["lead"] == row["scope_name"],
    }[row["scope_kind"]]
    return [int(task["number"]) for task in tasks if belongs(task)]


@pytest.mark.parametrize(
    "row", files.rows(files.HAND / "hand_totals.csv"), ids=lambda row: f"{row['as_of']} {row['scope_name']}"
)
def test_totals(row):
    as_of = date.fromisoformat(row["as_of"])
    mean = mean_of(LEDGER.standing(task, as_of) for task in _scope(row))
    assert (mean.tasks, mean.with_figures) == (int(row["tasks"]), int(row["with_figures"]))
    assert f"{float(mean.progress):.3f}" == f"{float(row['progress']):.3f}"
    assert f"{float(mean.expected):.3f}" == f"{float(row['expected']):.3f}"


@pytest.mark.parametrize(
    "row", files.rows(files.HAND / "hand_reporting.csv"), ids=lambda row: f"{row['as_of']} {row['period']}"
)
def test_reporting_discipline(row):
    period = next(p for p in LEDGER.periods if f"{p.start_on:%Y-%m}" == row["period"])
    found = LEDGER.discipline(period, date.fromisoformat(row["as_of"]))
    assert (found.expected, found.received, found.on_time) == (
        int(row["expected"]),
        int(row["received"]),
        int(row["on_time"]),
    )
