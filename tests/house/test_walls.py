"""The floors and rooms stand, and a wall broken on purpose is caught."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BREACHES = {
    "a floor": ("pledges/units/rules.py", "from pledges.campaigns.rules import OPEN", "Floors"),
    "a floor, to the ground": ("pledges/core/text.py", "from pledges.access.roles import Role", "Floors"),
    "a room": ("pledges/tasks/models.py", "from pledges.tasks.queries import whole", "Rooms"),
    "a room, by a page": ("pledges/tasks/operations.py", "from pledges.tasks.forms import TaskForm", "Rooms"),
    "plain rules": ("pledges/tasks/rules.py", "import sqlalchemy", "Rules are plain Python"),
    "the paper": ("pledges/overview/reading.py", "import reportlab", "Only the drawers"),
    "a new package": ("pledges/helpers/__init__.py", '"""Help."""', "Floors"),
}


def lint(folder: Path) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "pledges", tmp_path / "pledges", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_walls_stand():
    code, said = lint(ROOT)
    assert code == 0, said


@pytest.mark.parametrize("wall", BREACHES)
def test_a_breach_is_caught(copy: Path, wall: str):
    file, line, contract = BREACHES[wall]
    path = copy / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    code, said = lint(copy)
    assert code != 0
    assert re.search(rf"^{contract}.* BROKEN", said, re.MULTILINE) or "helpers" in said, said
