"""The program's commands, each in a process of its own, forked from one that has loaded the program already.

Loading takes two seconds; what a command says and how it ends does not depend on them.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pledges.command_line import main

PATIENCE = 60
CONTEXT = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Ended:
    """How a command ended: the exit code, and what it said on both streams."""

    code: int | None
    out: str
    err: str


def carried_out(arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """Carry out a command in this environment and no other, to its end."""
    CONTEXT.set_forkserver_preload([__name__])
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("out", "err")]
        process = CONTEXT.Process(target=_run, args=(arguments, dict(environment), streams))
        process.start()
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        out, err = (stream.read_text(encoding="utf-8") for stream in streams)
    return Ended(process.exitcode, out, err)


def _run(arguments: Sequence[str], environment: Mapping[str, str], streams: Sequence[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.exit(main(arguments))
