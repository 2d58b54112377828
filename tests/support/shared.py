"""What is made once for a run, whichever worker comes first."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def of_run(base: Path) -> Path:
    """The folder of the run, given pytest's own folder of it or, below that, of this worker."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(base: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, which `make` fills for all: the others wait, and find it whole or not at all."""
    run = of_run(base)
    made = run / name
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = run / f"{name}.new"
            draft.mkdir()
            make(draft)
            draft.rename(made)
    return made
