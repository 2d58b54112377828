"""Ký tự không in được: everything that a paper says and no printed face can show, before it is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from pledges.documents.pdf.faces import FOLDER, load
from pledges.documents.pdf.gate import Missing, missing_in

MOST_NAMED = 20
"""Characters that are named; whoever set these right sees the rest."""


def missing_of(said: Any, folder: Path | None = None) -> tuple[Missing, ...]:
    """What can't be printed of a text or a whole paper, each character at the first place where it stands."""
    faces = tuple(load(folder or FOLDER).values())
    found: dict[str, Missing] = {}
    for text in texts_in(said):
        for one in missing_in(text, faces):
            found.setdefault(one.character, one)
    return tuple(found.values())[:MOST_NAMED]


def sentence_of(missing: Sequence[Missing]) -> str:
    """What can't be printed, as a sentence."""
    return f"Không in được {'; '.join(one.words for one in missing)}. Hãy sửa hoặc xóa các ký tự này."


def texts_in(said: Any) -> Iterator[str]:
    """Every text that a paper holds, whatever it is made of."""
    if isinstance(said, str):
        if not isinstance(said, Enum):
            yield said
    elif isinstance(said, Mapping):
        for one in said.values():
            yield from texts_in(one)
    elif isinstance(said, Sequence):
        for one in said:
            yield from texts_in(one)
    elif is_dataclass(said) and not isinstance(said, type):
        for one in fields(said):
            yield from texts_in(getattr(said, one.name))
