"""The board of the Hà Khánh campaign, built from its files alone."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pledges.overview.board import Board, build
from pledges.overview.rules import BoardFacts, ObstacleFacts, TaskCard, UnitFacts
from tests.support import campaign_files as files

LEDGER = files.ledger()


def _units() -> dict[str, UnitFacts]:
    return {
        row["code"]: UnitFacts(position, row["code"], row["name"], row["short_name"], row["block"], position)
        for position, row in enumerate(files.rows(files.FILES / "units.csv"), 1)
    }


def cards() -> dict[int, TaskCard]:
    units = _units()
    return {
        int(row["number"]): TaskCard(
            id=int(row["number"]),
            number=int(row["number"]),
            title=row["title"],
            product=row["product"],
            lead=units[row["lead"]],
            cooperating=tuple(units[code].short_name for code in row["cooperating"].split(";") if code),
            state_funding=Decimal(row["budget_million_vnd"] or 0),
            social_funding=Decimal(row["social_million_vnd"] or 0),
        )
        for row in files.rows(files.FILES / "tasks.csv")
    }


def obstacles(as_of: date) -> Iterable[ObstacleFacts]:
    for number, row in enumerate(files.rows(files.FILES / "reports.csv"), 1):
        raised_on = date.fromisoformat(row["submitted_on"])
        if row["obstacle"] and raised_on <= as_of:
            yield ObstacleFacts(
                number, int(row["task"]), number, row["obstacle"], row["next_step"], raised_on
            )


def board(as_of: date) -> Board:
    return build(
        BoardFacts(
            as_of=as_of,
            starts_on=date(2024, 3, 29),
            ends_on=date(2025, 6, 30),
            expected_tasks=24,
            whole=True,
            ledger=LEDGER,
            cards=cards(),
            reports={
                (int(row["task"]), int(row["period"].replace("-", ""))): number
                for number, row in enumerate(files.rows(files.FILES / "reports.csv"), 1)
            },
            obstacles=tuple(obstacles(as_of)),
            signed_units=frozenset(card.lead.id for card in cards().values()),
        )
    )
