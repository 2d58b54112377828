"""Where the pages, the look and the settings lie: inside the package once built, beside it in the tree."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name


TEMPLATES = _find("templates")
STATIC = _find("static")
CONFIG = _find("config.py")
MIGRATIONS = _PACKAGE / "migrations"
INSTALLED = CONFIG.parent == _PACKAGE
"""Whether this is a built package: then nothing may be kept beside it."""
