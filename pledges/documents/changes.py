"""Nội dung điều chỉnh: a comparison, fresh or frozen, as the lines of a paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pledges.core.dates import format_date
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


def edition_words(edition: int, signed_on: date | str | None) -> str:
    """An edition as a text names it: "bản cam kết lập lần 1, ký đủ ngày 29/3/2024"."""
    day = date.fromisoformat(signed_on) if isinstance(signed_on, str) else signed_on
    return f"bản cam kết lập lần {edition}" + (f", ký đủ ngày {format_date(day)}" if day else "")
