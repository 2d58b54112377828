"""The Hà Khánh campaign from its files alone: its ledger, and the tables that were derived by hand."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pledges.campaigns.rules import Cycle
from pledges.progress.cycles import Schedule
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.tasks.rules import Direction

ROOT = Path(__file__).parents[2]
FILES = ROOT / "pledges" / "demo" / "data"
HAND = ROOT / "tests" / "rules" / "data"
DAYS = ("2024-10-15", "2024-07-31", "2024-05-31")
"""The days that the tables derived by hand tell of."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def hand(name: str, on: str) -> list[dict[str, str]]:
    """The rows of a table derived by hand that tell of the day."""
    return [row for row in rows(HAND / f"hand_{name}.csv") if row["as_of"] == on]


def share(row: dict[str, str], name: str) -> Fraction:
    """`progress` or `expected` of a row derived by hand, exact."""
    return Fraction(int(row[f"{name}_num"]), int(row[f"{name}_den"]))


def _plans() -> list[TaskFacts]:
    marks = defaultdict(list)
    for row in rows(FILES / "milestones.csv"):
        marks[row["task"], int(row["indicator"])].append(
            (date.fromisoformat(row["on"]), Decimal(row["value"]))
        )
    indicators: dict[str, list[IndicatorPlan]] = defaultdict(list)
    for row in rows(FILES / "indicators.csv"):
        position = len(indicators[row["task"]]) + 1
        indicators[row["task"]].append(
            IndicatorPlan(
                label=row["label"],
                baseline=Decimal(row["baseline"]),
                target=Decimal(row["target"]),
                measure=row["measure"],
                direction=Direction(row["direction"]),
                accumulates=row["accumulates"] == "yes",
                weight=Decimal(row["weight"]),
                measured_from=day(row["measured_from"]),
                milestones=tuple(marks[row["task"], position]),
            )
        )
    return [
        TaskFacts(
            id=int(row["number"]),
            plan=TaskPlan(
                date.fromisoformat(row["start_on"]),
                date.fromisoformat(row["due_on"]),
                tuple(indicators[row["number"]]),
            ),
            indicator_ids=tuple(range(1, len(indicators[row["number"]]) + 1)),
        )
        for row in rows(FILES / "tasks.csv")
    ]


def ledger() -> Ledger:
    periods = [
        PeriodFacts(int(f"{m.start_on:%Y%m}"), m.start_on, m.end_on, m.due_on, m.due_on)
        for m in Schedule(Cycle.MONTHLY, date(2024, 3, 29), date(2025, 6, 30), due_day=25, weekday=5).spans()
    ]
    values: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for row in rows(FILES / "progress.csv"):
        key = int(row["task"]), int(row["period"].replace("-", ""))
        values[key][int(row["indicator"])] = Decimal(row["value"])
    rounds: dict[tuple[int, int], list[RoundFacts]] = defaultdict(list)
    for row in rows(FILES / "reports.csv"):
        key = int(row["task"]), int(row["period"].replace("-", ""))
        rounds[key].append(
            RoundFacts(
                number=len(rounds[key]) + 1,
                submitted_on=day(row["submitted_on"]),
                accepted_on=day(row["verdict_on"]) if row["verdict"] == "accepted" else None,
                returned_on=day(row["verdict_on"]) if row["verdict"] == "returned" else None,
                values=values[key],
            )
        )
    return Ledger(_plans(), periods, rounds)
