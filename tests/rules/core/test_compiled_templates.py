"""What was compiled once is compiled no more, and nothing is run that this instance did not seal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment

from pledges.core import compiled_templates
from pledges.core.compiled_templates import CompiledTemplates

PAGES = {"a.html": "Chào {{ name }}", "b.html": "Trang {{ name }}"}


class Counting(Environment):
    """An environment that tells how often it compiled."""

    compiled = 0

    def compile(self, *given: Any, **named: Any) -> Any:
        self.compiled += 1
        return super().compile(*given, **named)


def environment(folder: Path, secret: str = "khóa", pages: dict[str, str] = PAGES) -> Counting:
    return Counting(loader=DictLoader(pages), bytecode_cache=CompiledTemplates(folder, secret))


def shown(environment: Environment, page: str = "a.html") -> str:
    return environment.get_template(page).render(name="An")


def kept(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where one page was compiled before."""
    folder = tmp_path / "compiled"
    first = environment(folder)
    assert (shown(first), first.compiled) == ("Chào An", 1)
    return folder


def test_the_next_start_compiles_nothing(folder: Path):
    again = environment(folder)
    assert (shown(again), again.compiled) == ("Chào An", 0)


def test_a_template_that_changed_is_compiled_anew(folder: Path):
    changed = environment(folder, pages={"a.html": "Kính chào {{ name }}"})
    assert (shown(changed), changed.compiled) == ("Kính chào An", 1)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda code: code[:-5],
    "cut in its seal": lambda code: code[:10],
    "empty": lambda _code: b"",
    "zeros": lambda code: bytes(len(code)),
    "a flipped bit": lambda code: code[:-1] + bytes([code[-1] ^ 1]),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_a_crash_spoiled_is_made_anew(folder: Path, spoil: Callable[[bytes], bytes]):
    path = kept(folder)
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    again = environment(folder)
    assert (shown(again), again.compiled) == ("Chào An", 1)
    assert path.read_bytes() == whole


def test_what_another_key_sealed_is_not_run(folder: Path):
    again = environment(folder, "khóa khác")
    assert (shown(again), again.compiled) == ("Chào An", 1)


def test_one_template_cannot_stand_in_the_place_of_another(folder: Path):
    first = kept(folder).read_bytes()
    shown(environment(folder), "b.html")
    for path in folder.iterdir():
        path.write_bytes(first)
    again = environment(folder)
    assert (shown(again, "b.html"), again.compiled) == ("Trang An", 1)


def test_a_disk_that_takes_nothing_keeps_nobody_from_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert shown(environment(folder), "b.html") == "Trang An"
    assert len(list(folder.iterdir())) == 1
    assert shown(environment(folder.parent / "missing" / "compiled")) == "Chào An"


def test_an_application_keeps_them_in_its_instance(tmp_path: Path):
    app = Flask("pledges")
    app.config.update(INSTANCE=tmp_path, SECRET_KEY="khóa")
    compiled_templates.init(app)
    app.jinja_env.from_string("x").render()
    cache = app.jinja_env.bytecode_cache
    assert isinstance(cache, CompiledTemplates)
    assert cache.folder == tmp_path / "compiled-templates"
