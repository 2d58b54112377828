"""What an answer is judged by: no fault, nothing in the log, no typed word lost, nothing refused and yet written."""

import html
import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property

from pledges.core.text import clean_text, fold

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


def squeezed(text: str) -> str:
    """A text by what can be seen of it: pages may set its spaces and lines anew, and clean what nobody can see."""
    return "".join(clean_text(text).split())


def lost(
    typed: Iterable[tuple[bytes, Callable[[str], str]]], shown: str, kept: Callable[[], str]
) -> list[str]:
    """Which of the texts that were typed stand neither in a page's source nor among what is kept.

    With each text goes how its question spells it: a code is shown in capitals, whatever was typed.
    """
    gone = []
    places = [_Place(lambda: html.unescape(shown)), _Place(kept)]
    for value, spelt in typed:
        try:
            text = value.decode()
        except UnicodeDecodeError:
            continue  # no text: nobody can type it
        seen = squeezed(text)
        if len(seen) < LEAST or not fold(seen):
            continue
        if not any(one in place for place in places for one in {text, seen, squeezed(spelt(text))}):
            gone.append(seen)
    return gone


class _Place:
    """Where a text may stand: looked for as it is before all of it is cleaned, which costs more than the page."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    @cached_property
    def whole(self) -> str:
        """All that stands there."""
        return self._read()

    @cached_property
    def clean(self) -> str:
        """The same, as it can be seen."""
        return squeezed(self.whole)

    def __contains__(self, text: str) -> bool:
        return text in self.whole or text in self.clean
