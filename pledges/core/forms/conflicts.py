"""Two people changed the same record: what each changed, field by field, and the choice between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.fields import FieldList, FormField
from wtforms.fields.choices import SelectFieldBase

from pledges.core.dates import format_date
from pledges.core.numbers import format_number

CARRIED = frozenset({"csrf_token", "form_key", "version", "was", "unsent_page", "unsent_seen"})
"""The fields that the mechanism carries, not the user."""

CHOOSE = "choose-"
THEIRS = "theirs"
MINE = "mine"


class Conflict(Exception):
    """The record was changed since the form was rendered.

    Holds the form as it was sent (choices of an earlier conflict page left aside), the form as it would be now, and
    what the browser sent.
    """

    def __init__(self, form: Any, fresh: Any, record: Any, sent: MultiDict[str, str]) -> None:
        super().__init__(repr(record))
        self.form = form
        self.fresh = fresh
        self.record = record
        self.sent = sent

    @property
    def was(self) -> dict[str, Any]:
        """What each field said when the form was rendered, as far as the browser brings it back."""
        try:
            was = json.loads(self.form.was.data or "{}")
        except (ValueError, RecursionError):  # brackets without end
            return {}
        return was if isinstance(was, dict) else {}

    def differences(self) -> list[Difference]:
        """The fields that the other changed and that say something else than mine, in the order of the form."""
        theirs, mine, was = shown_values(self.fresh), shown_values(self.form), self.was
        chosen = {name: self.sent.get(CHOOSE + name) for name in mine}
        return [
            Difference(
                name=name,
                label=self.form[name].label.text,
                was=str(was.get(name, "")),
                theirs=theirs[name],
                mine=mine[name],
                chosen=chosen[name],
            )
            for name in mine
            if theirs[name] != mine[name] and (theirs[name] != was.get(name) or chosen[name])
        ]

    def typed(self) -> list[tuple[str, str]]:
        """Everything that was typed, to be sent again from the conflict page."""
        return [
            (name, value)
            for name, value in self.sent.items(multi=True)
            if name not in CARRIED and not name.startswith(CHOOSE)
        ]


@dataclass(frozen=True)
class Difference:
    """One field on which the two disagree: what stood there first, what the other made of it, and what I typed.

    `chosen` is the side that I took on an earlier conflict page.
    """

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    chosen: str | None = None

    @property
    def proposed(self) -> str:
        """The side that the conflict page proposes: mine where I changed the field too, else the other's change."""
        if self.chosen in {THEIRS, MINE} and self.theirs == self.was:
            return str(self.chosen)
        return MINE if self.mine != self.was else THEIRS


def shown_values(form: wtforms.Form) -> dict[str, str]:
    """What each field says, in words."""
    return {field.name: shown(field) for field in form if field.name not in CARRIED and not _is_file(field)}


def shown(field: wtforms.Field) -> str:
    """What a field says, in words: the label of a choice, the lines of a list."""
    if isinstance(field, FieldList):
        return "\n".join(filter(None, (shown(entry) for entry in field.entries)))
    if isinstance(field, FormField):
        parts = (
            (one.label.text, shown(one))
            for one in field.form
            if one.name.rsplit("-", 1)[-1] not in CARRIED and not _unticked(one)
        )
        return "; ".join(f"{label}: {words}" for label, words in parts if words)
    if isinstance(field, SelectFieldBase):
        return ", ".join(choice.label for choice in field.iter_choices() if choice.selected and choice.value)
    if isinstance(field, wtforms.BooleanField):
        return "Có" if field.data else "Không"
    # What was typed counts by what it means (01/9/2024 is 1/9/2024), and as it stands only where it means nothing.
    return _words(field.data if field.data is not None else getattr(field, "typed", None))


def _unticked(field: wtforms.Field) -> bool:
    return isinstance(field, wtforms.BooleanField) and not field.data


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, (int, Decimal)):
        return format_number(value)
    return str(value)


def encoded(field: wtforms.Field) -> Iterator[tuple[str, str]]:  # noqa: C901 - one branch a kind of field
    """The field as a browser would send it."""
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from encoded(entry)
    elif isinstance(field, FormField):
        for one in field.form:
            if one.name.rsplit("-", 1)[-1] not in CARRIED:
                yield from encoded(one)
    elif isinstance(field, SelectFieldBase):
        for choice in field.iter_choices():
            if choice.selected:
                yield field.name, str(choice.value)
    elif isinstance(field, wtforms.BooleanField):
        if field.data:
            yield field.name, "y"
    elif not _is_file(field):
        yield field.name, field._value()  # noqa: SLF001 - what WTForms writes into the input


def resolved(sent: Any, fresh: wtforms.Form) -> Any:
    """What was sent, with the record's values where the conflict page chose the other's."""
    chosen = [field for field in fresh if sent.get(CHOOSE + field.name) == THEIRS]
    if not chosen:
        return sent
    fields: MultiDict[str, Any] = MultiDict(list(sent.items(multi=True)))
    for field in chosen:
        for name in [name for name in fields if name == field.name or name.startswith(f"{field.name}-")]:
            fields.poplist(name)
        for name, value in encoded(field):
            fields.add(name, value)
    return fields


def _is_file(field: wtforms.Field) -> bool:
    return isinstance(field, wtforms.FileField)
