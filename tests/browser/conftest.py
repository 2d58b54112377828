"""A real browser, and the demo as `python -m pledges start` serves it: one of each for a run or a worker."""

from asyncio import AbstractEventLoop, _set_running_loop, get_running_loop
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.grid import Open, windows
from tests.support.barriers import BARRIERS
from tests.support.browser import FLAGS, Person, at_window, program
from tests.support.demos import Demo
from tests.support.shared import of_run
from tests.support.started import started
from tests.support.ward import Ward


@pytest.fixture(scope="session", autouse=True)
def one_judge(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one worker found without barriers, no other asks again."""
    BARRIERS.folder = of_run(tmp_path_factory.getbasetemp()) / "without-barriers"


@pytest.fixture(scope="session")
def demo(loaded_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that was started."""
    folder = tmp_path_factory.mktemp("demo")
    instance = loaded_demo.copy(folder / "instance")
    with started(instance, folder / "errors", measured=False) as program:
        yield program.address
        complaints = program.complaints
    assert "Traceback" not in complaints, complaints


@pytest.fixture(scope="session")
def running_browser() -> Iterator[tuple[Browser, AbstractEventLoop]]:
    """The browser, and the event loop that it is driven by."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        loop = get_running_loop()
        _set_running_loop(None)
        yield made, loop
        _set_running_loop(loop)
        made.close()


@pytest.fixture
def browser(running_browser: tuple[Browser, AbstractEventLoop]) -> Iterator[Browser]:
    """The browser for one test: its loop stands still between tests, and others may run in the process."""
    made, loop = running_browser
    _set_running_loop(loop)
    yield made
    _set_running_loop(None)


@pytest.fixture
def window(browser: Browser, demo: str) -> Iterator[Callable[..., Person]]:
    """`window()`, `window(size=PHONE)`, `window(scripts=False)`: a person at a fresh browser window."""
    with ExitStack() as stack:

        def open_window(**how: Any) -> Person:
            made: AbstractContextManager[Person] = at_window(browser, demo, **how)
            return stack.enter_context(made)

        yield open_window


@pytest.fixture
def opened(ward: Ward, browser: Browser) -> Iterator[Open]:
    """`opened("clerk")`: a person of the small ward at a fresh window, with the grid in front."""
    with windows(ward, browser) as made:
        yield made
