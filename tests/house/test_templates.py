"""Templates: each is a page of the frame or a part, stands in its feature's folder, and is used by somebody."""

import re
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, TEMPLATES, modules

ALL = sorted(TEMPLATES.rglob("*.html"))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in [*modules(), *ALL])
EXTENDS = re.compile(r"{%-?\s*extends \"(?P<name>[^\"]+)\"")
LETTERS = {"site/digest.html"}
"""What is sent by e-mail has no frame of ours around it."""
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle=|<style"),
    "an inline script": re.compile(r"\son\w+=\"|<script(?![^>]*\bsrc=)"),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "an address written by hand": re.compile(r"(?:href|action|src)=\"/(?!/)"),
}


def short(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def is_put_in(path: Path) -> bool:
    """Whether another template includes it or imports from it."""
    return re.search(rf"(include|from|import) \"{re.escape(short(path))}\"", SOURCES) is not None


def frame_of(path: Path) -> str:
    """The template at the end of the chain of frames."""
    found = EXTENDS.search(path.read_text(encoding="utf-8"))
    return frame_of(TEMPLATES / found["name"]) if found else short(path)


@pytest.mark.parametrize("path", ALL, ids=short)
def test_it_is_a_page_of_the_frame_or_a_part_of_one(path: Path):
    source = path.read_text(encoding="utf-8")
    if EXTENDS.search(source):
        assert frame_of(path) == "layout.html"
    elif short(path) not in {"layout.html", *LETTERS}:
        assert "<html" not in source
        assert is_put_in(path)


@pytest.mark.parametrize("path", [path for path in ALL if short(path) != "layout.html"], ids=short)
def test_it_is_used(path: Path):
    assert f'"{short(path)}"' in SOURCES


@pytest.mark.parametrize("path", [path for path in ALL if path.parent != TEMPLATES], ids=short)
def test_it_stands_with_its_feature(path: Path):
    folder = path.relative_to(TEMPLATES).parts[0]
    assert folder == "parts" or (PACKAGE / folder).is_dir()


@pytest.mark.parametrize("path", ALL, ids=short)
def test_it_keeps_to_the_policy(path: Path):
    source = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []
