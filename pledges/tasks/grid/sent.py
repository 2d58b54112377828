"""Rows of the grid as a browser brings them: what was typed, and what each cell said when the row was shown."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from pledges.core.forms.conflicts import MINE, THEIRS
from pledges.core.text import clean_text
from pledges.tasks.rows.columns import TASK_COLUMNS

TYPED: Final = tuple(column for column in TASK_COLUMNS if column.key != "number")
"""The columns that are typed; the number is told."""
KEYS: Final = tuple(column.key for column in TYPED)

MOST_SHOWN: Final = 100
"""How many tasks one page of the grid shows."""
MOST_ROWS: Final = 300
"""How many rows one sending may bring: a page of tasks, and twice as many new ones out of Excel.

Each row is ten fields, and may hold some 2,500 letters, twice: typed and as they were, nine bytes a letter on their
way at worst. That is 13 MB, below what one request may bring (MAX_CONTENT_LENGTH); a table with more rows is shown
again with a sentence, not refused unread. MAX_FORM_PARTS and MAX_FORM_MEMORY_SIZE speak of forms with files, which
this is not.
"""

_NAME: Final = re.compile(r"r([0-9]{1,4})-([a-z_]+(?:-[a-z_0-9]+)?)")
_CHOOSE, _ANSWER = "choose-", "answer-"


@dataclass(frozen=True)
class Shown:
    """What the row said when it was shown; travels with it in one hidden field.

    `cells` are the texts by column, `version` that of the task; `theirs` are another's words that stood beside a
    cell, by column; `asked` the questions in the row by their keys, `answers` those that were answered before. Of a
    new row nothing was shown.
    """

    task_id: int | None = None
    version: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """As the hidden field carries it; nothing where nothing was shown."""
        said = {
            "task": self.task_id,
            "version": self.version,
            "cells": dict(self.cells),
            "theirs": dict(self.theirs),
            "asked": list(self.asked),
            "answers": dict(self.answers),
        }
        return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Shown":
        """What the browser brought back, as far as it makes sense."""
        try:
            said = json.loads(text or "{}")
        except (ValueError, RecursionError):  # brackets without end
            return cls()
        if not isinstance(said, dict):
            return cls()
        asked = said.get("asked")
        return cls(
            task_id=_number(said.get("task")),
            version=_number(said.get("version")),
            cells=_of_columns(said.get("cells")),
            theirs=_of_columns(said.get("theirs")),
            answers=_texts(said.get("answers")),
            asked=tuple(str(one) for one in asked) if isinstance(asked, list) else (),
        )


@dataclass(frozen=True)
class Sent:
    """A row as it was sent: the texts of its cells, the sides and the answers that were chosen beside them."""

    number: int
    shown: Shown
    cells: Mapping[str, str]
    sides: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether the row is of no task yet."""
        return self.shown.task_id is None

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not any(self.cells.values())

    @property
    def touched(self) -> bool:
        """Whether a cell says something else than it did when it was shown."""
        return any(text != self.shown.cells.get(key, "") for key, text in self.cells.items())

    def chosen(self, theirs: Mapping[str, str]) -> dict[str, str]:
        """The sides that were taken by column, as far as they were taken in sight of the other's present words."""
        return {
            key: side
            for key, side in self.sides.items()
            if side in {MINE, THEIRS} and self.shown.theirs.get(key) == theirs.get(key)
        }


def name(number: int, part: str) -> str:
    """The name of a field in a row: of a cell by its column, of a choice beside it, of what was shown."""
    return f"r{number}-{part}"


def sent_rows(fields: MultiDict[str, Any]) -> list[Sent]:
    """The rows that the fields hold, in the order of their numbers."""
    parts: dict[int, dict[str, str]] = defaultdict(dict)
    for field_name, value in fields.items():
        if found := _NAME.fullmatch(field_name):
            parts[int(found[1])][found[2]] = str(value)
    return [_row(number, said) for number, said in sorted(parts.items())]


def only(fields: MultiDict[str, Any], numbers: Iterable[int]) -> list[tuple[str, str]]:
    """The fields of these rows, as they were sent."""
    wanted = set(numbers)
    found = ((name_, value, _NAME.fullmatch(name_)) for name_, value in fields.items(multi=True))
    return [(name_, str(value)) for name_, value, match in found if match and int(match[1]) in wanted]


def _row(number: int, said: Mapping[str, str]) -> Sent:
    shown = Shown.read(said.get("was", ""))
    answers = dict(shown.answers) | {
        question: said[f"{_ANSWER}{position}"]
        for position, question in enumerate(shown.asked)
        if said.get(f"{_ANSWER}{position}")
    }
    return Sent(
        number=number,
        shown=shown,
        cells={key: clean_text(said.get(key, "")) for key in KEYS},
        sides={part.removeprefix(_CHOOSE): side for part, side in said.items() if part.startswith(_CHOOSE)},
        answers=answers,
    )


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


def _of_columns(value: Any) -> dict[str, str]:
    return {key: text for key, text in _texts(value).items() if key in KEYS}
