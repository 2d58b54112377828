"""Phạm vi: from records to a scope, and the part of a board that a scope speaks of."""

from dataclasses import replace
from datetime import date

from pledges.documents.drafting.rules import Scope, ScopeUnit
from pledges.documents.models import Document
from pledges.overview.board import Board
from pledges.progress.ledger import PeriodFacts
from pledges.progress.models import Period
from pledges.units.models import Unit


def scope_for(as_of: date, unit: Unit | None = None, block: str = "", period: Period | None = None) -> Scope:
    """The scope of these records."""
    return Scope(
        as_of=as_of,
        unit=ScopeUnit(unit.id, unit.name) if unit is not None else None,
        block=block,
        period=_facts(period) if period is not None else None,
    )


def scope_of(document: Document, as_of: date | None = None) -> Scope:
    """What a document speaks of; on another day where one is named."""
    return scope_for(as_of or document.as_of, document.unit, document.block, document.period)


def restricted(board: Board, scope: Scope) -> Board:
    """The part of a board that the scope speaks of: each of its figures is reckoned as that of the whole.

    How many tasks were expected is known of the whole alone.
    """
    if scope.whole:
        return board
    rows = [
        row
        for row in board.rows
        if (scope.unit is None or row.card.lead.id == scope.unit.id)
        and (not scope.block or row.card.lead.block == scope.block)
    ]
    units = {row.card.lead.id for row in rows}
    return replace(
        board.part(rows),
        expected_tasks=0,
        pledging_units=board.pledging_units & units,
        signed_units=board.signed_units & units,
    )


def _facts(period: Period) -> PeriodFacts:
    return PeriodFacts(
        id=period.id,
        start_on=period.start_on,
        end_on=period.end_on,
        due_on=period.due_on,
        grace_until=period.grace_until,
        locks_after=period.locks_after,
        cycle=period.cycle,
        name=period.name,
    )
