"""Each act that is logged has its words, and each of the words is used."""

import ast
from collections.abc import Iterator
from enum import StrEnum

from pledges.audit.words import WORDS
from pledges.core.base import Base
from pledges.progress.calendar import ReportEventKind
from pledges.tasks.rules import TaskEventKind
from tests.house.sources import modules, name, tree

KINDS: dict[str, tuple[type[StrEnum], str]] = {
    "task.": (TaskEventKind, "pledges/tasks/operations.py"),
    "report.": (ReportEventKind, "pledges/reviews/operations.py"),
}
"""Actions that are put together from an event: their beginning, the events, and where."""


def recorded() -> Iterator[tuple[str, str]]:
    """Each action that the code records, with the module."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 1:
                for said in meanings(node.args[1], tree(path)):
                    for action in actions(said, name(path)):
                        yield action, name(path)


def meanings(said: ast.expr, module: ast.Module) -> list[ast.expr]:
    """What stands there, or what a name was given in the module."""
    if not isinstance(said, ast.Name):
        return [said]
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") == said.id for target in node.targets)
    ]


def actions(said: ast.expr, where: str) -> list[str]:
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    if isinstance(said, ast.IfExp):
        return [*actions(said.body, where), *actions(said.orelse, where)]
    assert isinstance(said, ast.JoinedStr), f"{where}: {ast.unparse(said)} can't be read"
    first = said.values[0]
    assert isinstance(first, ast.Constant)
    kind, known = KINDS[str(first.value)]
    assert where == known, f"{where} puts actions together too"
    return [f"{first.value}{one}" for one in kind]


def test_every_recorded_action_has_words():
    assert [found for found in recorded() if found[0] not in WORDS] == []


def test_every_words_are_used():
    assert set(WORDS) - {action for action, _ in recorded()} == set()


def test_words_follow_a_name():
    """ "Nguyễn Thị Lan đã gửi duyệt": a predicate, or a sentence about the record."""
    assert [words for words in WORDS.values() if "đã" not in words or words[-1] in ".!"] == []


def test_an_action_begins_with_what_it_is_about():
    subjects = {table.replace("stored_", "") for table in Base.metadata.tables}
    assert {action.split(".")[0] for action in WORDS} <= subjects
