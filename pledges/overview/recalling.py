"""Standings that were reckoned for an earlier board are used again where nothing they depend on has changed.

How a task stood on a day is a function of its plan, its rounds, the periods and the excuses; these are compared by
value. After a report in a ward of 2,400 tasks one of them is reckoned, not all.
"""

from datetime import date
from typing import Any

from pledges.core.shelf import Shelf
from pledges.progress.ledger import Ledger
from pledges.progress.rules import Standing

MOST = 100_000
"""So many standings a process remembers at least: of each task those of its periods."""

_recalled: Shelf[tuple[Any, dict[date, Standing]]] = Shelf(MOST)


def recall(ledger: Ledger) -> Ledger:
    """The ledger, with what is known of its tasks."""
    common = tuple(ledger.periods), dict(ledger.excuses)
    for task_id, task in ledger.tasks.items():
        said = common, task, [tuple(ledger.rounds(task_id, period.id)) for period in ledger.periods]
        found = _recalled.get(task_id)
        if found is None or found[0] != said:
            found = said, {}
            _recalled.put(task_id, found, max(len(ledger.periods), 1))
        ledger.known[task_id] = found[1]
    return ledger
