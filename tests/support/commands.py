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
ROOT = Path(__file__).resolve().parents[2]
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


def environment(**more: str) -> dict[str, str]:
    """The machine's environment without settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PLEDGES_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def refusal(*arguments: str, command: str = "start", **more: str) -> str:
    """What a command that must fail says: one sentence, on stderr."""
    return sentence_of(carried_out([command, *arguments], environment(**more)))


def sentence_of(ended: Ended) -> str:
    """The one sentence of a command that failed."""
    assert ended.code == 1
    assert ended.out == ""
    sentence = ended.err.strip()
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence
