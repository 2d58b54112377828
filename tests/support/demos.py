"""The demo, loaded once for a run: every worker works on copies of it."""

import shutil
from pathlib import Path

from flask import Flask

from pledges.preparation import prepare
from pledges.settings import DATABASE_FILE
from tests.support import apps
from tests.support.shared import once


def opened(instance: Path) -> Flask:
    """The demo's application, as the program prepares it; loads the demo into an empty folder."""
    return prepare({"INSTANCE": instance, "HOST": "127.0.0.1", "TESTING": True}, demo=True)


class Demo:
    """An instance with the demo in it, to be copied."""

    def __init__(self, base: Path) -> None:
        """`base` is pytest's folder of this run or of this worker; who comes first loads the demo for all."""
        self.instance = once(base, "loaded-demo", _load)

    def copy(self, instance: Path) -> Path:
        """Have the demo in a folder of one's own."""
        return Path(shutil.copytree(self.instance, instance))


def _load(folder: Path) -> None:
    apps.close(opened(folder))
    apps.settle(folder / DATABASE_FILE)
