"""Sao lưu ở tiến trình bên cạnh: packing and hashing in the server's own process would hold up everybody's pages."""

import subprocess

from flask import Flask

from pledges.core.beside import end as end_process
from pledges.core.beside import launch
from pledges.upkeep.commands import COMMAND
from pledges.upkeep.rules import BackupKind

_EXTENSION = "backup beside"


def begin(app: Flask, kind: BackupKind) -> None:
    """Start a backup; of two at once the second says that it isn't its turn, and ends."""
    if starting(app):
        return
    app.extensions[_EXTENSION] = launch(app, COMMAND, "--kind", kind.value)


def starting(app: Flask) -> bool:
    """Whether the one that this process started has not ended."""
    process: subprocess.Popen[bytes] | None = app.extensions.get(_EXTENSION)
    return process is not None and process.poll() is None


def end(app: Flask) -> None:
    """End it; what it had not finished leaves nothing behind."""
    process: subprocess.Popen[bytes] | None = app.extensions.get(_EXTENSION)
    if process is not None:
        end_process(process)
