"""Locks between processes: a file that one of them holds. Whoever dies holds nothing any more."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def take(file: IO[bytes]) -> bool:
        """Take the lock, unless another has it; whether it was free."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def give_back(file: IO[bytes]) -> None:
        """Let another take the lock."""
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def take(file: IO[bytes]) -> bool:
        """Take the lock, unless another has it; whether it was free."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def give_back(file: IO[bytes]) -> None:
        """Let another take the lock."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


@contextmanager
def held(path: Path, patience: float = 1.0) -> Iterator[bool]:
    """Hold the lock until the end of the block; False when another holds it for longer than `patience` seconds.

    Asking whether a lock is free takes it for a moment: whoever wants it waits that long.
    """
    until = time.monotonic() + patience
    with path.open("ab") as file:
        while not (mine := take(file)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield mine


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock; one that was never taken is free."""
    if not path.exists():
        return True
    with held(path, 0) as mine:
        return mine
