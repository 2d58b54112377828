"""The program as people start it: `python -m pledges start` in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.sources import ROOT


class Started:
    """A running program, and where it answers."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self.process = process
        self.log = log
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found, self.complaints
        self.address = found[0]

    @property
    def complaints(self) -> str:
        """What it wrote to its error output."""
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it as a power cut would: at once, whatever it is doing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def started(instance: Path, log: Path, *options: str, measured: bool = True) -> Iterator[Started]:
    """Start the program over an instance; it is ended at the end.

    Unless it is `measured`, no coverage is taken of it, and it serves in two thirds of the time.
    """
    unwanted = ("PLEDGES_",) if measured else ("PLEDGES_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    command = [sys.executable, "-m", "pledges", "start", "--port", "0", "--instance", str(instance), *options]
    with (
        log.open("a", encoding="utf-8") as errors,
        subprocess.Popen(
            command,
            env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process,
    ):
        program = Started(process, log)
        try:
            yield program
        finally:
            process.terminate()
            if process.stdout is not None:
                process.stdout.read()
