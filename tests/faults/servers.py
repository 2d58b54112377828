"""Servers that are killed: waitress as `start` serves, and gunicorn with two processes; each comes back at its port."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from tests.house.sources import ROOT

LONGEST = 60.0
HEALTH, OK = "/suc-khoe", 200


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLEDGES_", "COVERAGE_"))
    }
    own = {f"PLEDGES_{name}": value for name, value in given.items()}
    return {**kept, **own, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


class Server(ABC):
    """A server over an instance, in processes of its own."""

    command: list[str]

    def __init__(self, instance: Path, log: Path, **settings: str) -> None:
        self.instance, self.log, self.port = instance, log, free_port()
        self.settings = {"INSTANCE": str(instance), "DEMO": "0", **settings}
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Serve, and answer before this returns."""
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=_environment(self.settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if self.talks else subprocess.DEVNULL,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._until_it_answers()

    talks = False

    @abstractmethod
    def kill(self) -> None:
        """End what serves as a power cut would, and have it serve again."""

    def stop(self) -> None:
        """End it for good."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            self.process = None

    def run(self, *arguments: str, within: float, **settings: str) -> "subprocess.CompletedProcess[str]":
        """A command of the product over the same instance, in a process beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "pledges", *arguments],
            cwd=ROOT,
            env=_environment({**self.settings, **settings}),
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )

    def _until_it_answers(self) -> None:
        """Till a page comes: what listens does not answer at once."""
        ends = time.monotonic() + LONGEST
        while not self._answers():
            assert time.monotonic() < ends, f"no server at {self.port}: {self.complaints[-2000:]}"
            time.sleep(0.01)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request("GET", HEALTH)
            return connection.getresponse().status == OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _until_nobody_listens(self) -> None:
        ends = time.monotonic() + LONGEST
        while time.monotonic() < ends:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.01)
        message = f"the killed server still listens at {self.port}"
        raise AssertionError(message)

    @property
    def complaints(self) -> str:
        """What it wrote into its log."""
        return self.log.read_text(encoding="utf-8")


class Waitress(Server):
    """`python -m pledges start`: a start of its own after each kill, with its repair and everything."""

    @property
    def command(self) -> list[str]:  # type: ignore[override]
        """As people start it."""
        return [sys.executable, "-m", "pledges", "start", "--port", str(self.port), "--empty"]

    def kill(self) -> None:
        """Kill it and start it again."""
        self.stop()
        self.start()


class Gunicorn(Server):
    """gunicorn with two processes: the whole family is killed."""

    @property
    def command(self) -> list[str]:  # type: ignore[override]
        """As docs/production.md starts it."""
        size = ["--preload", "--workers", "2", "--threads", "4"]
        how = [*size, "--bind", f"127.0.0.1:{self.port}", "--log-level", "error"]
        return [sys.executable, "-m", "gunicorn", *how, "pledges:create_app()"]

    def kill(self) -> None:
        """Kill all and start again."""
        self.stop()
        self.start()


class GunicornWorkers(Gunicorn):
    """gunicorn whose two processes are killed, and forked anew by the one that watches them: quick."""

    def kill(self) -> None:
        """Kill the processes that serve."""
        assert self.process is not None
        for worker in _children(self.process.pid):
            os.kill(worker, signal.SIGKILL)


class Forked(Server):
    """What `start` serves, forked off one process that has loaded the program: quick enough for a test."""

    talks = True
    child = 0

    @property
    def command(self) -> list[str]:  # type: ignore[override]
        """The process that loads the program and forks."""
        return [sys.executable, "-m", "tests.faults.forking", str(self.instance), str(self.port)]

    def _until_it_answers(self) -> None:
        self._fork()
        super()._until_it_answers()

    def kill(self) -> None:
        """Kill the one that serves, and fork another."""
        os.kill(self.child, signal.SIGKILL)
        self._until_nobody_listens()
        self._until_it_answers()

    def _fork(self) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("serve\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said.strip().isdecimal(), f"{said} {self.complaints[-2000:]}"
        self.child = int(said)


def _children(process: int) -> list[int]:
    """The processes that a process forked off and that run."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
