"""A demo instance, made once by the program's own start and only read by the tests."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support import apps
from tests.support.demos import Demo, opened


@pytest.fixture(scope="session")
def demo(loaded_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = opened(loaded_demo.copy(tmp_path_factory.mktemp("demo") / "instance"))
    yield app
    apps.close(app)
