"""Nội dung vừa nhập: what a request sent, under the questions of its form, without asking the database anything.

The form is the one that the view has bound, or, where it never came so far, the one among those that the view's module
knows which asks for what was sent. What no form of them asks stands without a question: nothing typed is left out.
"""

import inspect
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import wtforms
from flask import current_app, g, request
from werkzeug.datastructures import MultiDict

from pledges.core.forms import unsent
from pledges.core.forms.base import Form
from pledges.core.forms.conflicts import CARRIED, shown
from pledges.core.text import clean_line

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Typed:
    """What was typed: under the questions as the page asked them, and what has none."""

    said: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


def typed(sent: MultiDict[str, str]) -> Typed:
    """What was sent, to be read and copied; never what opens something, nor what the page itself carried along."""
    said: tuple[tuple[str, str], ...] = ()
    try:
        said = tuple(_said(sent))
    except Exception:  # the page that holds the words must not fail for want of their questions
        log.warning("what was typed at %s is shown without its questions", request.path, exc_info=True)
    shown_already = clean_line(" ".join(words for _label, words in said))
    return Typed(said, tuple(text for text in _texts(sent) if clean_line(text) not in shown_already))


def _texts(sent: MultiDict[str, str]) -> list[str]:
    pairs = unsent.worth_keeping(pair for pair in sent.items(multi=True) if pair[0] not in CARRIED)
    words = (value.strip() for name, value in pairs if not name.endswith("-was"))
    return [text for text in words if " " in text or not text.isascii()]


def _said(sent: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    form = _form(sent)
    kept = {_top(name) for name, _value in unsent.worth_keeping(sent.items())} - CARRIED
    for field in form if form is not None else ():
        if field.name not in kept or isinstance(field, (wtforms.FileField, wtforms.HiddenField)):
            continue
        if words := shown(field).strip():
            yield field.label.text, words


def _form(sent: MultiDict[str, str]) -> wtforms.Form | None:
    """The form that asks for most of what was sent, and for least besides; None where none asks for any of it."""
    names = {_top(name) for name in sent} - CARRIED
    bound = [g.bound_form] if "bound_form" in g else []
    forms = bound + [kind(sent) for kind in _known_to_the_view()]
    asking = [form for form in forms if names.intersection(form._fields)]
    return min(
        asking, key=lambda form: (-len(names.intersection(form._fields)), len(form._fields)), default=None
    )


def _known_to_the_view() -> Iterator[type[Form]]:
    view = current_app.view_functions.get(request.endpoint or "")
    module = inspect.getmodule(inspect.unwrap(view)) if view is not None else None
    for one in vars(module).values() if module is not None else ():
        if isinstance(one, type) and issubclass(one, Form) and one is not Form:
            yield one


def _top(name: str) -> str:
    """The question that a field belongs to: that of its row."""
    return name.split("-", 1)[0]
