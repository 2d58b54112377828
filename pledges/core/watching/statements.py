"""Câu lệnh chậm: how many statements a request sends, how long they take, and the text of the long ones.

The text has no values: the program binds them, and whatever stands in quotes is left out all the same.
"""

import re
import time
from typing import Any

from sqlalchemy import Engine, event

from pledges.core.watching import figures
from pledges.core.watching.keeping import SLOW, keeper
from pledges.core.watching.watch import Watch, current, endpoint_now

_QUOTED = re.compile(r"'(?:[^']|'')*'")
_LONGEST = 2000


@event.listens_for(Engine, "before_cursor_execute")
def _begin(*_arguments: Any) -> None:
    watch = current()
    if watch is not None:
        watch.asked_at = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _end(_connection: Any, _cursor: Any, statement: str, *_arguments: Any) -> None:
    watch = current()
    if watch is not None:
        _count(watch, statement)


@event.listens_for(Engine, "handle_error")
def _fail(context: Any) -> None:
    watch = current()
    if watch is not None and context.statement is not None and watch.asked_at:
        _count(watch, context.statement)


def _count(watch: Watch, statement: str) -> None:
    seconds = time.perf_counter() - watch.asked_at
    watch.asked_at = 0.0
    watch.queries += 1
    watch.query_seconds += seconds
    if seconds >= watch.slow_after:
        _note(watch, statement, seconds)


def _note(watch: Watch, statement: str, seconds: float) -> None:
    figures.statement_was_slow()
    keeping = keeper()
    if keeping is not None:
        keeping.write(
            SLOW,
            id=watch.id,
            endpoint=endpoint_now(),
            ms=round(seconds * 1000, 1),
            statement=valueless(statement),
        )


def valueless(statement: str) -> str:
    """The text of a statement in one line, without what stands in quotes."""
    return " ".join(_QUOTED.sub("'…'", statement).split())[:_LONGEST]
