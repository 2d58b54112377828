"""What a database gives to a backup: what can be counted, the files that have rows, and the parts with its rows."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pledges.upkeep.databases import Facts

_FAST = 3


@dataclass(frozen=True)
class Snapshot:
    """A database at one moment."""

    dialect: str
    facts: Facts
    stored: list[tuple[str, int]]
    parts: dict[str, Path]
    columns: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


@contextmanager
def packed(path: Path) -> Iterator[gzip.GzipFile]:
    """A packed file to write; nothing in it tells when or as what it was written."""
    with path.open("xb") as file, gzip.GzipFile("", "wb", _FAST, file, mtime=0) as target:
        yield target
