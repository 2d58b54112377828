"""Common tasks: the units side by side, and sums of what they measure alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledges.overview.board import Board
from pledges.overview.common import commons_of
from pledges.overview.rules import Row
from tests.rules.overview import campaign_board

NOW = campaign_board.board(date(2024, 10, 15))


def _as(row: Row, common: str, label: str, measure: str) -> Row:
    """The row in a common task, with its first indicator by another name."""
    first, *rest = row.standing.indicators
    plan = replace(first.plan, label=label, measure=measure, baseline=Decimal(0), accumulates=True)
    standing = replace(row.standing, indicators=(replace(first, plan=plan), *rest))
    return replace(row, card=replace(row.card, common=common), standing=standing)


def board() -> Board:
    """Khu phố 1, 2 and 3 plant; Khu phố 4 measures in another unit; Khu phố 5 does something else."""
    changed = {
        20: ("Trồng cây", "Cây được trồng", "cây"),
        21: ("Trồng cây", "cây ĐƯỢC trồng", "Cây"),
        22: ("Trồng cây", "Cây được trồng", "cây"),
        23: ("Trồng cây", "Cây được trồng", "m²"),
        24: ("Ánh sáng", "Đèn", "bộ"),
    }
    return NOW.part(
        _as(row, *changed[row.card.number]) if row.card.number in changed else row for row in NOW.rows
    )


def test_units_stand_together_under_their_name():
    found = commons_of(board())
    assert [one.title for one in found] == ["Ánh sáng", "Trồng cây"]
    assert [row.card.number for row in found[1].rows] == [20, 21, 22, 23]
    assert commons_of(NOW) == ()


def test_what_is_measured_alike_is_added_up():
    (total,) = commons_of(board())[1].sums
    rows = [row.standing.indicators[0] for row in board().rows if row.card.number in {20, 21, 22}]
    assert total.units == 3
    assert total.reached == sum(one.value for one in rows)
    assert total.target == sum(one.plan.target for one in rows)
    assert total.share == Fraction(total.reached) / Fraction(total.target)
    assert total.silent == 0


def test_a_blank_is_no_zero_in_a_sum():
    rows = list(board().rows)
    first, *rest = rows[19].standing.indicators
    blank = replace(rows[19].standing, indicators=(replace(first, value=None), *rest))
    rows[19] = replace(rows[19], standing=blank)
    (total,) = commons_of(NOW.part(rows))[1].sums
    assert (total.units, total.silent) == (3, 1)


def test_levels_and_what_counts_down_are_not_added_up():
    rows = [
        replace(
            row,
            standing=replace(
                row.standing,
                indicators=tuple(
                    replace(one, plan=replace(one.plan, accumulates=False)) for one in row.standing.indicators
                ),
            ),
        )
        for row in board().rows
    ]
    assert all(one.sums == () for one in commons_of(NOW.part(rows)))
