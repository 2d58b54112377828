"""A log entry told in words: who did what, and what stood there before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import Flask, current_app

from pledges.audit.fact_words import FIELD_WORDS
from pledges.audit.models import LogEntry
from pledges.audit.words import KIND_WORDS, WORDS
from pledges.core.dates import format_date, format_instant
from pledges.core.numbers import format_number

_EXTENSION = "pledges.audit.enumerations"
_NOTHING = "để trống"
_QUANTITIES = frozenset(
    {"target", "baseline", "weight", "value", "figures", "state_funding", "social_funding"}
)
"""Facts that are numbers, which the log keeps as their digits."""

Enumerations = Mapping[tuple[str, str], type[StrEnum]]


@dataclass(frozen=True)
class Change:
    """One fact of a record: what it is called, what stood there and what stands there now ("" for nothing told)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An entry as a page shows it."""

    number: int
    words: str
    who: str
    post: str
    at_text: str
    at_iso: str
    kind: str
    subject_id: int
    reason: str
    changes: tuple[Change, ...]
    hash: str

    @property
    def tone(self) -> str:
        """How the story colours the entry."""
        return "draft"


def init(app: Flask, enumerations: Enumerations) -> None:
    """Tell which enumeration a fact is a member of, by the record's kind and the fact's name."""
    app.extensions[_EXTENSION] = enumerations


def told(entry: LogEntry) -> Told:
    """The entry in words."""
    return Told(
        number=entry.number,
        words=WORDS.get(entry.action, entry.action),
        who=entry.actor_name,
        post=entry.actor_post,
        at_text=format_instant(entry.at),
        at_iso=entry.at.isoformat(timespec="seconds"),
        kind=KIND_WORDS.get(entry.subject_kind, entry.subject_kind),
        subject_id=entry.subject_id,
        reason=entry.note,
        changes=changes(entry),
        hash=entry.hash,
    )


def changes(entry: LogEntry) -> tuple[Change, ...]:
    """The facts of an entry, in the order of `FIELD_WORDS`; the empty ones of a new record left out."""
    before, after = json.loads(entry.before), json.loads(entry.after)
    found = []
    for key in sorted(before | after, key=_rank):
        was, now = (_words(entry.subject_kind, key, side.get(key)) for side in (before, after))
        if was or now:
            found.append(
                Change(FIELD_WORDS.get(key, key), (was or _NOTHING) if key in before else "", now or _NOTHING)
            )
    return tuple(found)


def _rank(key: str) -> int:
    order = list(FIELD_WORDS)
    return order.index(key) if key in FIELD_WORDS else len(order)


def _words(kind: str, key: str, value: Any) -> str:
    """A value as people read it; "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(kind, key, one) for one in value)))
    if isinstance(value, dict):
        parts = (
            (
                FIELD_WORDS.get(name, f"Chỉ tiêu mã {name}"),
                _words(kind, name if name in FIELD_WORDS else key, one),
            )
            for name, one in value.items()
        )
        return ", ".join(f"{label}: {words}" for label, words in parts if words)
    if isinstance(value, int):
        return format_number(value)
    return _of_text(kind, key, str(value))


def _of_text(kind: str, key: str, text: str) -> str:
    if key in _QUANTITIES:
        return format_number(Decimal(text))
    return _label(kind, key, text) or _day(text) or _moment(text) or text


def _label(kind: str, key: str, text: str) -> str:
    """The label of a member of an enumeration; "" for anything else."""
    enumerations: Enumerations = current_app.extensions.get(_EXTENSION, {})
    members = enumerations.get((kind, key), ())
    return next((str(member.label) for member in members if member.value == text), "")  # type: ignore[attr-defined]


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text)) if len(text) == len("2024-10-15") else ""
    except ValueError:
        return ""


def _moment(text: str) -> str:
    try:
        return format_instant(datetime.fromisoformat(text)) if "T" in text else ""
    except ValueError:
        return ""
