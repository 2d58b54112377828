"""Lỗi gần đây: the last errors, for the administrator's page: when, where, of which class; no values.

What the error said stands in the program's own log under the same id: it may name what somebody typed.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import walk_tb

from sqlalchemy.exc import DBAPIError

from pledges import paths
from pledges.core.watching import figures
from pledges.core.watching.keeping import ERRORS, Keeper, keeper
from pledges.core.watching.watch import NONE, current, endpoint_now

_PACKAGE = Path(paths.__file__).resolve().parent


@dataclass(frozen=True)
class Noted:
    """Một lỗi đã ghi."""

    at: datetime
    id: str
    endpoint: str
    kind: str
    place: str


def note(error: BaseException, keeping: Keeper | None = None) -> None:
    """Keep an error; never raises."""
    figures.error_noted()
    keeping, watch = keeping or keeper(), current()
    if keeping is not None:
        keeping.write(
            ERRORS,
            id=watch.id if watch is not None else NONE,
            endpoint=endpoint_now(),
            kind=kind_of(error),
            place=place_of(error),
        )


def kind_of(error: BaseException) -> str:
    """The class of an error; of one that a database raised its code as well."""
    said = type(error).__qualname__
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{said} {code}" if isinstance(code, str) else said


def place_of(error: BaseException) -> str:
    """The innermost line of the program that the error came through."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    for path, line in reversed(frames):
        if path.is_relative_to(_PACKAGE):
            return f"{path.relative_to(_PACKAGE.parent).as_posix()}:{line}"
    return f"{frames[-1][0].name}:{frames[-1][1]}" if frames else NONE


def latest(most: int) -> list[Noted]:
    """The last errors of all processes, newest first; what can't be read is passed over."""
    keeping = keeper()
    if keeping is None:
        return []
    found: list[Noted] = []
    for path in keeping.errors.files():
        if len(found) < most:
            with suppress(OSError):
                found += reversed(list(_read(path)))
    return found[:most]


def _read(path: Path) -> Iterator[Noted]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(line)
            at = datetime.fromisoformat(said["at"])
            yield Noted(at, *(str(said[name]) for name in ("id", "endpoint", "kind", "place")))
