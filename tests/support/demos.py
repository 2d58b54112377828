"""The demo, loaded once for a run: every worker works on copies of it."""

import fcntl
import os
import shutil
from pathlib import Path

from flask import Flask

from pledges.preparation import prepare
from pledges.settings import DATABASE_FILE
from tests.support import apps


def opened(instance: Path) -> Flask:
    """The demo's application, as the program prepares it; loads the demo into an empty folder."""
    return prepare({"INSTANCE": instance, "HOST": "127.0.0.1", "TESTING": True}, demo=True)


class Demo:
    """An instance with the demo in it, to be copied."""

    def __init__(self, base: Path) -> None:
        """`base` is the folder of this run or, below it, of this worker; who comes first loads the demo for all."""
        run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        self.instance = run / "loaded-demo"
        with (run / "loaded-demo.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.instance.exists():
                self._load(run / "loading-demo")

    def _load(self, folder: Path) -> None:
        apps.close(opened(folder))
        apps.settle(folder / DATABASE_FILE)
        folder.rename(self.instance)

    def copy(self, instance: Path) -> Path:
        """Have the demo in a folder of one's own."""
        return Path(shutil.copytree(self.instance, instance))
