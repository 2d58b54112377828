"""Every message of WTForms has its Vietnamese words: its sources are walked."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wtforms

from pledges.core.forms.messages import MESSAGES, Vietnamese

SOURCES = sorted(Path(wtforms.__file__).parent.rglob("*.py"))
PLACES = re.compile(r"%(?:\((\w+)\))?[sd]")


def messages() -> Iterator[str]:
    """What WTForms gives to gettext and ngettext."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in {"gettext", "ngettext"}:
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def spoken() -> Iterator[str]:
    """English sentences that reach a form's errors without gettext."""
    raised = (
        node.exc
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    )
    for call in raised:
        if _name(call.func) in {"ValidationError", "StopValidation"}:
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_the_sources_are_read():
    assert len(set(messages())) > 30


@pytest.mark.parametrize("message", sorted(set(messages())))
def test_the_message_has_vietnamese_words(message: str):
    assert MESSAGES.get(message), message


@pytest.mark.parametrize("message", sorted(MESSAGES))
def test_the_words_have_the_same_blanks(message: str):
    """A blank that the words don't use is left out; one that the message doesn't fill would fail before the user."""
    assert set(PLACES.findall(MESSAGES[message])) <= set(PLACES.findall(message))


def test_no_message_goes_past_the_translation():
    assert set(spoken()) - set(MESSAGES) == set()


def test_no_words_are_left_over():
    assert set(MESSAGES) - set(messages()) - set(spoken()) == set()


def test_both_numbers_are_translated():
    words = Vietnamese()
    one, more = (
        "Field cannot be longer than %(max)d character.",
        "Field cannot be longer than %(max)d characters.",
    )
    assert words.ngettext(one, more, 1) % {"max": 1} == "Không dài quá 1 ký tự."
    assert words.ngettext(one, more, 300) % {"max": 300} == "Không dài quá 300 ký tự."
