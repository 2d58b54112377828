"""Nội dung điều chỉnh: a comparison, fresh or frozen, as the lines of a paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from pledges.documents.sheets.comparison import ChangeLine, ComparedLine, allowed_words


def amended_lines(tasks: Iterable[Mapping[str, Any]]) -> tuple[ComparedLine, ...]:
    """The lines of what `Comparison.frozen` gives; a text that was frozen says for ever what it said."""
    return tuple(
        ComparedLine(
            number=task["number"],
            title=task["title"],
            changes=tuple(
                ChangeLine(one["words"], one["label"], one["before"], one["after"]) for one in task["changes"]
            ),
            allowed=tuple(
                allowed_words(one["act"], one["who"], one["on"], one["reason"], one["basis"])
                for one in task["allowed"]
            ),
        )
        for task in tasks
    )
