"""Tệp nhật ký máy: lines that several processes append to one file, which is turned over when it is long.

Each line is one write to a file opened for appending, so lines of two processes never mix. Who finds the file long
turns it over under a lock; the others see by its number that the name now means another file, and follow.
"""

import os
import sys
from pathlib import Path
from threading import Lock
from typing import Protocol

from pledges.core.locks import held
from pledges.instance import make_folder

_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Sink(Protocol):
    """Where lines go."""

    def append(self, line: str) -> None:
        """Write a line; raises OSError."""


class Stream:
    """The standard error of the process: whoever runs it keeps the lines."""

    def append(self, line: str) -> None:
        """Write a line."""
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


class Lines:
    """A file of lines, and so many earlier ones, which are named like it and numbered."""

    def __init__(self, path: Path, most: int, kept: int) -> None:
        self.path, self.most, self.kept = path, most, kept
        self._guard = Lock()
        self._handle: int | None = None
        self._number, self._torn = 0, False

    def append(self, line: str) -> None:
        """Write a line; raises OSError."""
        with self._guard:
            handle = self._opened()
            content = f"{chr(10) if self._torn else ''}{line}\n".encode()
            self._torn = os.write(handle, content) < len(content)  # a disk that was filled just now

    def files(self) -> list[Path]:
        """The file and the earlier ones, newest first, whether they are there or not."""
        return [self.path, *(self._earlier(number) for number in range(1, self.kept + 1))]

    def _opened(self) -> int:
        """The file that the name means now."""
        try:
            seen = os.stat(self.path)  # noqa: PTH116 - asked for every line; Path takes three times as long
        except FileNotFoundError:
            return self._open()
        if self._handle is None or seen.st_ino != self._number:
            return self._open()
        return self._turn_over(seen.st_ino) if seen.st_size >= self.most else self._handle

    def _open(self) -> int:
        self._close()
        make_folder(self.path.parent)
        self._handle = os.open(self.path, _FLAGS, 0o600)
        self._number = os.fstat(self._handle).st_ino
        return self._handle

    def _turn_over(self, number: int) -> int:
        """Begin a new file; while another process does it, or nothing can be renamed, the old one goes on."""
        self._close()
        with held(self.path.with_name(self.path.name + ".lock"), 0) as mine:
            if mine and self.path.stat().st_ino == number:
                for earlier in range(self.kept - 1, 0, -1):
                    if self._earlier(earlier).exists():
                        self._earlier(earlier).replace(self._earlier(earlier + 1))
                self.path.replace(self._earlier(1))
        return self._open()

    def _earlier(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        """Let the file go."""
        self._close()
