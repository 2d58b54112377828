"""The walls of the house: a floor, a room or a rule broken on purpose is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package that may be harmed."""
    shutil.copytree(
        ROOT / "pledges", tmp_path / "pledges", ignore=shutil.ignore_patterns("__pycache__", "data")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=house, capture_output=True, encoding="utf-8", check=False)


def add(file: Path, line: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_the_walls_stand(house: Path) -> None:
    ended = lint(house)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("units/queries.py", "import pledges.tasks.models", "Floors: imports point down only"),
        ("core/text.py", "import pledges.access.roles", "Floors: imports point down only"),
        ("tasks/rules.py", "import pledges.tasks.models", "Rooms: within a feature imports point left only"),
        (
            "tasks/operations.py",
            "import pledges.tasks.views",
            "Rooms: within a feature imports point left only",
        ),
        ("progress/rules.py", "import sqlalchemy", "Rules are plain Python"),
        ("overview/views.py", "import reportlab", "Only the drawers of PDFs know how a PDF is drawn"),
        ("settings.py", "import flask", "Settings and paths know no framework"),
    ],
)
def test_a_broken_wall_is_named(house: Path, file: str, line: str, contract: str) -> None:
    add(house / "pledges" / file, line)
    ended = lint(house)
    assert ended.returncode == 1
    assert f"{contract} BROKEN" in ended.stdout


def test_a_module_on_no_floor_is_caught(house: Path) -> None:
    (house / "pledges" / "helpers.py").write_text('"""Things."""\n', encoding="utf-8")
    ended = lint(house)
    assert ended.returncode == 1
    assert "helpers" in ended.stdout
