"""A paper as JSON and back: what is frozen when a document is issued, and what a draft remembers of its figures.

Each object names its class, so a record can be read for ever: a field that came later takes its default.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from pledges.audit.rules import canonical
from pledges.documents.sheets import charts, draft, paper, room
from pledges.documents.sheets.red import Red

CLASS = "_"
"""The key under which an object names its class."""


class UnreadableRecordError(ValueError):
    """A record that says what no paper says."""


def _vocabulary() -> Iterator[type]:
    for module in (paper, charts, room, draft):
        for one in vars(module).values():
            if isinstance(one, type) and one.__module__ == module.__name__:
                yield one


_KNOWN = {one.__name__: one for one in _vocabulary()}
_TEXTS: dict[str, type] = {"date": date, "Decimal": Decimal, "float": float, "Fraction": Fraction, "Red": Red}


def record_of(said: Any) -> Any:
    """A paper, or a part of one, as plain JSON values; raises TypeError for what no paper holds."""
    if said is None or isinstance(said, bool | int) or type(said) is str:
        return said
    if isinstance(said, tuple):
        return [record_of(one) for one in said]
    name = type(said).__name__
    if isinstance(said, Enum) and _KNOWN.get(name) is type(said):
        return {CLASS: name, "value": said.value}
    if _TEXTS.get(name) is type(said):
        return {CLASS: name, "value": str(said)}
    if is_dataclass(said) and _KNOWN.get(name) is type(said):
        return {CLASS: name} | {one.name: record_of(getattr(said, one.name)) for one in fields(said)}
    raise TypeError(f"no paper holds a {name}")


def said_by(record: Any) -> Any:
    """What a record says: the other way of `record_of`. Raises UnreadableRecordError."""
    if isinstance(record, list):
        return tuple(said_by(one) for one in record)
    if not isinstance(record, dict):
        return record
    name, rest = record.get(CLASS), {key: value for key, value in record.items() if key != CLASS}
    try:
        if name in _TEXTS:
            made = _TEXTS[name]
            return date.fromisoformat(rest["value"]) if made is date else made(rest["value"])
        made = _KNOWN[str(name)]
        if issubclass(made, Enum):
            return made(rest["value"])
        known = {one.name for one in fields(made)}  # type: ignore[arg-type] # all others are dataclasses
        return made(**{key: said_by(value) for key, value in rest.items() if key in known})
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise UnreadableRecordError(f"unreadable {name}: {error}") from error


def written(said: Any) -> str:
    """The canonical text of a paper or a draft's content, as the database keeps it."""
    return canonical(record_of(said))


def read(text: str) -> Any:
    """What such a text says; raises UnreadableRecordError."""
    try:
        return said_by(json.loads(text))
    except json.JSONDecodeError as error:
        raise UnreadableRecordError(str(error)) from error


def digest_of(text: str) -> str:
    """The SHA-256 of a written paper, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
