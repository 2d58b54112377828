"""A demo instance, made once by the program's own start and only read by the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from pledges.preparation import prepare
from tests.support import apps


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("demo") / "instance"
    app = prepare({"INSTANCE": folder, "HOST": "127.0.0.1", "TESTING": True}, demo=True)
    yield app
    apps.close(app)
