"""Tiến trình bên cạnh: this very program, started beside itself with a command, over the same instance.

What takes long and is not asked for by a page of its own would hold up everybody's pages in the server's process.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from pledges import paths

NICENESS = 5
"""How much later than the server it has its turn on a processor."""
ENDING = 10.0
"""So many seconds a process has to end by itself; after that it is ended, which nothing that it writes minds."""
_GIVEN = ("DATABASE_URL", "SECRET_KEY", "PUBLIC_ADDRESS", "FONT_FOLDER", "BACKUP_FOLDER", "BACKUP_KEY")
"""Settings that a caller may have given to this process alone; the others stand in files and the environment."""


def launch(app: Flask, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start it. Nothing is asked of it and nothing read from it: what it has to say stands where its command says."""
    started = subprocess.Popen(  # noqa: S603 # nosec B603 # this very program
        [sys.executable, "-m", "pledges", *arguments],
        cwd=Path(paths.__file__).resolve().parent.parent,
        env=_environment(app.config),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        close_fds=True,
    )
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such thing; it may have ended already
        os.setpriority(os.PRIO_PROCESS, started.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    return started


def end(process: "subprocess.Popen[bytes]", patience: float = ENDING) -> bool:
    """Ask a process to end, and end it where it doesn't; False for one that even the kernel can't end just now."""
    if process.poll() is not None:
        return True
    process.terminate()
    for last_word in (process.kill, lambda: None):
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            last_word()
        else:
            return True
    return False


def _environment(settings: Any) -> dict[str, str]:
    given = {name: settings[name] for name in _GIVEN if settings[name]}
    own = {f"PLEDGES_{name}": str(value) for name, value in given.items()}
    return {**os.environ, **own, "PLEDGES_INSTANCE": str(settings["INSTANCE"]), "PYTHONUTF8": "1"}
