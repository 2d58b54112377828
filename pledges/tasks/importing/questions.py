"""The questions of an uploaded list, each asked once for all rows with the same text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pledges.tasks.rows.columns import heading
from pledges.tasks.rows.findings import Choice, Question

_MOST_ROWS: Final = 12
"""Rows that a question names; the others are told by an ellipsis."""


@dataclass(frozen=True)
class Asked:
    """A question that serves all rows with the same text; `answer` is the one that was given."""

    key: str
    column: str
    words: str
    choices: tuple[Choice, ...]
    rows: tuple[int, ...]
    answer: str | None = None

    @property
    def legend(self) -> str:
        """The question with its place: "Dòng 5, 9 · Đơn vị chủ trì: …"."""
        shown_rows = ", ".join(str(row) for row in self.rows[:_MOST_ROWS])
        more = "…" if len(self.rows) > _MOST_ROWS else ""
        return f"Dòng {shown_rows}{more} · {heading(self.column)}: {self.words}"


def grouped(questions: Iterable[Question], answers: Mapping[str, str]) -> tuple[Asked, ...]:
    """The questions by their keys, in the order in which they first come up."""
    first: dict[str, Question] = {}
    rows: dict[str, list[int]] = {}
    for one in questions:
        first.setdefault(one.key, one)
        rows.setdefault(one.key, []).append(one.row)
    return tuple(
        Asked(
            key=key,
            column=one.column,
            words=one.words,
            choices=one.choices,
            rows=tuple(sorted(set(rows[key]))),
            answer=_valid(one, answers.get(key)),
        )
        for key, one in first.items()
    )


def _valid(question: Question, answer: str | None) -> str | None:
    return answer if any(choice.value == answer for choice in question.choices) else None
