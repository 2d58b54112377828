"""Coverage where it tells something."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

ONCE_MORE = ("tests/browser/", "tests/demo/", "tests/faults/", "tests/setup/")
"""Folders whose tests go ways that others have measured: here coverage would cost a third of the time for nothing."""


@contextmanager
def unmeasured() -> Iterator[None]:
    """Let the tests' own work go by: coverage follows every line of every library, however little it notes."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@contextmanager
def unmeasured_with_children() -> Iterator[None]:
    """The same for threads and programs that are started meanwhile."""
    of_threads = threading.gettrace()
    kept = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    threading.settrace(None)  # type: ignore[arg-type]
    for name in kept:
        del os.environ[name]
    try:
        with unmeasured():
            yield
    finally:
        os.environ.update(kept)
        threading.settrace(of_threads)  # type: ignore[arg-type]


def told_elsewhere(item: pytest.Item) -> bool:
    """Whether another test measures the same: journeys and whole programs, and what runs on the second database too."""
    if item.nodeid.startswith(ONCE_MORE):
        return True
    spec = getattr(item, "callspec", None)
    return spec is not None and "postgresql" in spec.params.values()
