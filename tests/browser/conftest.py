"""A real browser, and the demo as `python -m pledges start` serves it: one of each for a run or a worker."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.house.sources import ROOT
from tests.support.browser import FLAGS, Person, at_window, program


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that was started on an empty folder."""
    instance = tmp_path_factory.mktemp("demo") / "instance"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGES_")}
    command = [sys.executable, "-m", "pledges", "start", "--port", "0", "--instance", str(instance)]
    log = tmp_path_factory.mktemp("demo-log") / "errors"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
        with process:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, log.read_text(encoding="utf-8")
            yield found[0]
            process.terminate()
            process.stdout.read()
    faults = log.read_text(encoding="utf-8")
    assert "Traceback" not in faults, faults


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def window(browser: Browser, demo: str) -> Iterator[Callable[..., Person]]:
    """`window()`, `window(size=PHONE)`, `window(scripts=False)`: a person at a fresh browser window."""
    with ExitStack() as stack:

        def open_window(**how: Any) -> Person:
            made: AbstractContextManager[Person] = at_window(browser, demo, **how)
            return stack.enter_context(made)

        yield open_window
