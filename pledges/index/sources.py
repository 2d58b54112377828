"""What of each kind of record is searched: told by the features above, kept here for the mechanism."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pledges.core.base import Base
from pledges.index.models import EntryKind
from pledges.index.rules import Text


@dataclass(frozen=True)
class Told:
    """What is searched of one record; `body` are the fields beside the title."""

    record_id: int
    title: str
    body: tuple[str, ...]
    scope: tuple[str, ...]
    sort: str

    def columns(self, sign: str) -> dict[str, str]:
        """The entry's columns; `sign` is that of its kind."""
        text = Text.of(self.title, self.body)
        scope = " ".join(dict.fromkeys([sign, *self.scope]))
        return {"scope": scope, "sort": self.sort, **text.__dict__}


@dataclass(frozen=True)
class Watch:
    """A table whose changes change entries: when one of these facts changes, or any without them.

    `concerns` gives the numbers of the records whose entries tell of the changed row.
    """

    model: type[Base]
    concerns: Callable[[Any], Select[int] | Iterable[int]]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One kind of record: which there are, what of each is searched, and what changes it."""

    kind: EntryKind
    ids: Callable[[], Select[int]]
    read: Callable[[Session, Sequence[int]], Iterable[Told]]
    watches: tuple[Watch, ...]


SOURCES: dict[EntryKind, Source] = {}
"""The sources by kind, once the application has told them."""


def init(sources: Iterable[Source]) -> None:
    """Tell the sources; telling them again changes nothing."""
    SOURCES.update({source.kind: source for source in sources})
