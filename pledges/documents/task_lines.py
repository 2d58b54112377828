"""The tasks of a board as the lines of a printed list, with what was restated since it was accepted."""

from collections.abc import Iterable

from pledges.documents.sheets.tasks import IndicatorLine, TaskGroup, TaskLine
from pledges.overview.board import Board
from pledges.overview.rules import Row
from pledges.progress.restated import of_task as restated_of
from pledges.progress.rules import IndicatorStanding
from pledges.tasks.rules import Direction

NO_BREAK = "\u00a0"
"""Keeps a short name of a unit on one line: "Khu 5"."""


def task_groups(board: Board) -> tuple[TaskGroup, ...]:
    """The tasks of a board by block, each with its results on the board's day."""
    return tuple(TaskGroup(group.title, tuple(_lines(group.rows, board))) for group in board.blocks)


def restated_lines(board: Board) -> tuple[str, ...]:
    """What changed after acceptance by the board's day, in the order of the list."""
    return tuple(
        f"Phần việc {row.card.number}, {one.label}: {one.words_with_period}."
        for group in board.blocks
        for row in group.rows
        for one in restated_of(board.ledger, row.facts.id, board.as_of)
    )


def _lines(rows: Iterable[Row], board: Board) -> Iterable[TaskLine]:
    for row in rows:
        changed = {one.indicator_id for one in restated_of(board.ledger, row.facts.id, board.as_of)}
        numbers = row.facts.on(board.as_of).indicator_ids
        yield TaskLine(
            number=row.card.number,
            title=row.card.title,
            product=row.card.product,
            lead=row.card.lead.name,
            cooperating=", ".join(name.replace(" ", NO_BREAK) for name in row.card.cooperating),
            indicators=tuple(
                _indicator(one, restated=number in changed)
                for number, one in zip(numbers, row.standing.indicators, strict=True)
            ),
            start_on=row.facts.plan.start_on,
            due_on=row.due_on,
            budget_millions=row.card.state_funding or None,
            social_millions=row.card.social_funding or None,
            note=row.state.label,
        )


def _indicator(one: IndicatorStanding, *, restated: bool) -> IndicatorLine:
    return IndicatorLine(
        label=one.plan.label,
        target=one.plan.target,
        measure=one.plan.measure,
        at_most=one.plan.direction is Direction.DOWN,
        result=one.value,
        restated=restated,
    )
