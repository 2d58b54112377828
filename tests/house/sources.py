"""The product's sources, as the tests of the house read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pledges"
TEMPLATES = ROOT / "templates"


def modules(*, migrations: bool = False) -> list[Path]:
    """The modules of the package; migrations, which a tool writes, only on demand."""
    found = sorted(PACKAGE.rglob("*.py"))
    return found if migrations else [path for path in found if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """A file's name from the top of the project."""
    return path.relative_to(ROOT).as_posix()
