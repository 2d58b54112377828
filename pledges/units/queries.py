"""Questions about units."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from pledges.core.text import fold
from pledges.units.models import Unit

_AFTER_A_SLASH = chr(ord("/") + 1)


def below(paths: Iterable[str], column: InstrumentedAttribute[str] = Unit.path) -> ColumnElement[bool]:
    """The condition that a unit lies at or below one of the given ones.

    As a range, which an index answers, where LIKE would look at every unit of every ward: a path ends in a slash, and
    what begins with it comes before the same with the next letter in its place.
    """
    conditions = [(column >= path) & (column < path[:-1] + _AFTER_A_SLASH) for path in paths]
    return or_(*conditions) if conditions else false()


def around(paths: Iterable[str], column: InstrumentedAttribute[str] = Unit.path) -> ColumnElement[bool]:
    """The condition that a unit lies at, below or above one of the given ones: whose affairs concern its members."""
    return or_(below(paths, column), *[column == above for path in paths for above in ancestry(path)])


def ancestry(path: str) -> list[str]:
    """The paths of the units above a path, the root first: "/1/3/17/" has "/1/" and "/1/3/" above it."""
    numbers = path.strip("/").split("/")
    return ["/" + "/".join(numbers[:depth]) + "/" for depth in range(1, len(numbers))]


def valid_on(day: date) -> ColumnElement[bool]:
    """The condition that a unit exists on the day; Python asks `Unit.alive`."""
    return (Unit.valid_from.is_(None) | (Unit.valid_from <= day)) & (
        Unit.valid_to.is_(None) | (Unit.valid_to >= day)
    )


def listed() -> Select[Unit]:
    """All units in the order of the official list."""
    return select(Unit).order_by(Unit.position, Unit.id)


def alive_on(day: date) -> Select[Unit]:
    """The units that exist on the day."""
    return listed().where(valid_on(day))


def within(paths: Iterable[str]) -> Select[Unit]:
    """The units at or below the given paths."""
    return listed().where(below(paths))


def by_code(code: str) -> Select[Unit]:
    """The unit of a code."""
    return select(Unit).where(Unit.code == code)


def searched(statement: Select[Unit], words: str) -> Select[Unit]:
    """Those whose name, short name or code holds the words, whatever their case and accents."""
    folded = fold(words)
    if not folded:
        return statement
    return statement.where(
        Unit.name_fold.contains(folded, autoescape=True) | Unit.code.icontains(words.strip(), autoescape=True)
    )
