"""How the code is cut: size of modules and functions, empty packages, imports at the top, nothing half done."""

import ast
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import pledges
from pledges import factory
from tests.house.sources import PACKAGE, ROOT, modules, name, tree

LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
LATE = {"icalendar", "reportlab", "PIL", "openpyxl", "pi_heif", "pyhanko", "pyhanko_certvalidator", "segno"}
"""Heavy libraries that may be loaded late."""
DOORS = {"pledges.documents.books.writing", "pledges.documents.word.whole"}
"""Modules that are nothing but work with such a library, in many pieces: loaded late as a whole."""
UNDONE = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
SKIPPED = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)|unittest\.skip")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERY = [*modules(migrations=True), *TESTS, ROOT / "run.py", ROOT / "setup.py", ROOT / "config.py"]


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long():
    assert {name(path): length(path) for path in [*modules(), *TESTS] if length(path) > LONGEST_MODULE} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines that do something: without the head and the docstring."""
    first = function.body[1:2] if ast.get_docstring(function) else function.body[:1]
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


def test_no_function_is_too_long():
    functions = [
        (name(path), node.name, lines_of(node))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    assert [found for found in functions if found[2] > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", [path for path in modules() if path.name == "__init__.py"], ids=name)
def test_a_package_defines_nothing(path: Path):
    body = tree(path).body
    assert body, "a package says what it is"
    docstring, *rest = body
    assert isinstance(docstring, ast.Expr)
    if path == PACKAGE / "__init__.py":
        (offered,) = [ast.unparse(one) for one in rest if isinstance(one, ast.Assign)]
        assert offered == "__all__ = ['create_app']"
        made = [one.name for one in rest if isinstance(one, (ast.FunctionDef, ast.ClassDef))]
        assert made == ["__getattr__"]  # loads what is offered when somebody asks for it
    else:
        assert rest == []


def test_the_drawing_of_papers_loads_without_the_application():
    """Whoever draws one paper doesn't wait for the pages and the database."""
    asked = "import sys, pledges.documents.pdf.draw; print(*{'flask', 'sqlalchemy', 'wtforms'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_package_offers_the_application_and_nothing_else():
    assert pledges.create_app is factory.create_app
    with pytest.raises(AttributeError, match="create_ape"):
        _ = pledges.create_ape


def test_imports_stand_at_the_top():
    found = [
        f"{name(path)}:{inner.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
        and not ({_module(inner), _module(inner).split(".")[0]} & {*LATE, *DOORS})
    ]
    assert found == []


def _module(statement: ast.Import | ast.ImportFrom) -> str:
    return statement.module or "" if isinstance(statement, ast.ImportFrom) else statement.names[0].name


def test_nothing_is_left_to_be_done():
    itself = Path(__file__)
    found = [
        name(path) for path in EVERY if path != itself and UNDONE.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_test_is_skipped():
    itself = Path(__file__)
    found = [
        name(path) for path in TESTS if path != itself and SKIPPED.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_only_the_clock_asks_what_time_it_is():
    asks = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    found = {name(path) for path in modules() if asks.search(path.read_text(encoding="utf-8"))}
    assert found == {"pledges/core/clock.py"}


def test_text_is_nfc():
    places = [*EVERY, *(ROOT / "templates").rglob("*.html"), *(ROOT / "docs").rglob("*.md")]
    found = [
        name(path)
        for path in places
        if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    ]
    assert found == []
