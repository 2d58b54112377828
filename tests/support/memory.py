"""What the makers of the small world wrote, remembered: asked for again over the same database, it is written at once.

Half of the tests begin with the same task or report, and an operation reads and weighs much before it writes. The
first call in a worker goes the way of the operations; a later one with the same arguments, at the same moment, after
the same calls, sends the same INSERTs and UPDATEs. Whatever else wrote to the database since it was lent (a request,
the test itself) ends that: from there everything is made by the operations.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from pledges.core.base import Base
from pledges.core.database import uncommitted

if TYPE_CHECKING:
    from tests.support.ward import Ward

P = ParamSpec("P")
R = TypeVar("R", bound=Base)
HEADER = 32
"""So many bytes of a write-ahead log tell which one it is."""
PLAIN = (str, int, Decimal, date, datetime, Enum, type(None))
WRITES = ("INSERT ", "UPDATE ", "DELETE ")


class NotToBeTold(TypeError):
    """An argument that nobody can compare with that of another test."""


@dataclass(frozen=True)
class Written:
    """What a maker sent to the database, and the record that it gave."""

    statements: Sequence[tuple[str, Any, bool]]
    model: type[Base]
    identity: Any


Kept = dict[tuple[Any, ...], Written]
"""By the way from the database as it was lent: every call with its moment and its arguments."""


class Trail:
    """Whether a lent SQLite file holds what it did when it was lent and what makers wrote since, and nothing else.

    Each commit makes the write-ahead log longer, until it is begun anew; then nothing more is known.
    """

    def __init__(self, kept: Kept, file: Path, name: str) -> None:
        self.kept = kept
        self.log = file.with_name(f"{file.name}-wal")
        self.way: tuple[Any, ...] | None = (name,)
        self.making = False
        self._seen = self._look()

    def _look(self) -> tuple[int, bytes]:
        try:
            with self.log.open("rb") as log:
                return log.seek(0, 2), (log.seek(0), log.read(HEADER))[1]
        except FileNotFoundError:
            return 0, b""

    def is_known(self) -> bool:
        """Whether nobody else has written."""
        if self.way is not None and self._look() != self._seen:
            self.way = None
        return self.way is not None

    @contextmanager
    def going_on(self, *step: Any) -> Iterator[None]:
        """What is written within belongs to the way; lost unless it goes well."""
        before, self.way = self.way, None
        yield
        length, header = self._look()
        began_anew = self._seen[1] not in {b"", header}
        self._seen = length, header
        if before is not None and not began_anew:
            self.way = (*before, *step)


@contextmanager
def unnoticed(trail: Trail | None) -> Iterator[None]:
    """Let what is written within be nothing to any maker: that somebody signed in."""
    if trail is None or not trail.is_known():
        yield
        return
    with trail.going_on():
        yield


def remembered(
    make: "Callable[Concatenate[Ward, P], R]",
) -> "Callable[Concatenate[Ward, P], R]":
    """Let a maker, which commits, be remembered."""

    @wraps(make)
    def made(ward: "Ward", *arguments: P.args, **named: P.kwargs) -> R:
        trail = ward.trail
        if trail is None or trail.making or uncommitted(ward.session):
            return make(ward, *arguments, **named)
        ward.settle()
        try:
            step = (make.__qualname__, ward.now, key_of(arguments), key_of(named))
        except NotToBeTold:
            return make(ward, *arguments, **named)
        if not trail.is_known():
            return make(ward, *arguments, **named)
        way = (*(trail.way or ()), step)
        with trail.going_on(step):
            if way in trail.kept:
                found: Any = _write(ward, trail.kept[way])
                return found
            trail.making = True
            try:
                result, trail.kept[way] = _note(ward, lambda: make(ward, *arguments, **named))
            finally:
                trail.making = False
            return result

    return made


def _note(ward: "Ward", make: Callable[[], R]) -> tuple[R, Written]:
    sent: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith(WRITES):
            sent.append((statement, values, isinstance(values, list)))

    engine = ward.session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        result = make()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return result, Written(sent, type(result), sa.inspect(result).identity)


def _write(ward: "Ward", written: Written) -> Base:
    raw: Any = ward.session.connection().connection.dbapi_connection
    for statement, values, many in written.statements:
        sent = (raw.executemany if many else raw.execute)(statement, values)
        sent.fetchall()
    ward.session.commit()
    return ward.session.get_one(written.model, written.identity)


def key_of(value: Any) -> Any:
    """What two calls must have in common to write the same."""
    if isinstance(value, PLAIN):
        return type(value), str(value)
    if isinstance(value, Base):
        identity = sa.inspect(value).identity
        if identity is None:
            raise NotToBeTold(value)
        return type(value), identity
    if isinstance(value, Mapping):
        return tuple((key_of(name), key_of(one)) for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return type(value), *map(key_of, value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), *(key_of(getattr(value, one.name)) for one in fields(value))
    raise NotToBeTold(value)
