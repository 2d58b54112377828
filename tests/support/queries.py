"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import sqlalchemy as sa
from flask import has_request_context


class Count:
    """The statements that requests sent while it counted."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def counting(engine: sa.Engine) -> Iterator[Count]:
    """Count the statements that requests send (those of the test itself are left out)."""
    count = Count()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if has_request_context():
            count.statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


CountQueries = Callable[[], AbstractContextManager[Count]]
"""What the fixture `count_queries` gives."""
