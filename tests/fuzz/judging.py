"""What an answer is judged by: no fault, nothing in the log, no typed word lost, nothing refused and yet written."""

import hashlib
import html
import logging
import sqlite3
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from pledges.core.text import clean_text, fold

ASIDE = frozenset({
    "unsent_form", "form_receipt", "sign_in_attempt", "account_session", "sign_in_proof", "sqlite_sequence",
})  # fmt: skip
"""What a refused sending may write: the words themselves, that they were sent, and who tried to sign in."""
FAULT = 500
LEAST = 2
"""Letters of a text that can be looked for."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with one answer, and all that is needed to ask again."""

    what: str
    method: str
    url: str
    person: str
    sent: str
    detail: str = ""

    def told(self) -> dict[str, str]:
        """For a file of results."""
        return asdict(self)


class Log(logging.Handler):
    """What the product logs of faults while it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep errors, and whatever has a trace."""
        if record.levelno >= logging.ERROR or record.exc_info:
            trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
            self.records.append(f"{record.levelname} {record.getMessage()}\n{trace}")

    def taken(self) -> list[str]:
        """What came since it was asked last."""
        found, self.records = self.records, []
        return found


@contextmanager
def listening() -> Iterator[Log]:
    """Hear the log of everything."""
    heard, root = Log(), logging.getLogger()
    root.addHandler(heard)
    try:
        yield heard
    finally:
        root.removeHandler(heard)


class Rows(Protocol):
    """A connection that reads tables, of either kind of database."""

    def execute(self, statement: Any) -> Any:
        """Ask."""


def digest(connection: Rows, tables: Iterable[str]) -> dict[str, str]:
    """What each table holds, in short."""
    return {name: _digest(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables}  # noqa: S608 - our own names


def _digest(rows: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode(errors="replace")).hexdigest()


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold records, in SQLite; those of the search are made of the others."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in names if name not in ASIDE and not name.startswith("search_")]


def squeezed(text: str) -> str:
    """A text by what can be seen of it: pages may set its spaces and lines anew, and clean what nobody can see."""
    return "".join(clean_text(text).split()).casefold()


def lost(typed: Iterable[bytes], shown: str) -> list[str]:
    """Which of the texts that were typed are not in what is shown (a page's source, or rows that are kept)."""
    seen = squeezed(html.unescape(shown))
    gone = []
    for value in typed:
        try:
            text = squeezed(value.decode())
        except UnicodeDecodeError:
            continue  # no text: nobody can type it
        if len(text) >= LEAST and fold(text) and text not in seen:
            gone.append(text)
    return gone
