"""Danh mục hiện nay: which pledged tasks are no longer so, because they left the campaign's list or were amended."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.orm import Session

from pledges.commitments import queries
from pledges.commitments.comparing import same_text
from pledges.commitments.rules import Gone

UnitIn = tuple[int, int]
"""A campaign and a unit in it."""


@dataclass(frozen=True)
class ListNow:
    """By unit, the numbers of its tasks that stand in the list now, and what the amended ones came to say."""

    numbers: Mapping[UnitIn, Collection[int]]
    amended: Mapping[UnitIn, Mapping[int, str | None]]

    @classmethod
    def read(cls, session: Session, units: Collection[UnitIn]) -> Self:
        """Of these units; two queries, however many, and none for none."""
        numbers: dict[UnitIn, set[int]] = defaultdict(set)
        amended: dict[UnitIn, dict[int, str | None]] = defaultdict(dict)
        if units:
            for campaign_id, unit_id, number in session.execute(queries.registered_numbers(units)):
                numbers[campaign_id, unit_id].add(number)
            for campaign_id, unit_id, number, text in session.execute(queries.amended_texts(units)):
                amended[campaign_id, unit_id][number] = text
        return cls(numbers, amended)

    def gone(self, unit: UnitIn, pledged: Iterable[Mapping[str, Any]]) -> tuple[Gone, ...]:
        """Which of the tasks that a text of the unit pledges are no longer so."""
        return tuple(one for task in pledged if (one := self._gone(unit, task)) is not None)

    def _gone(self, unit: UnitIn, task: Mapping[str, Any]) -> Gone | None:
        number, text = task["number"], self.amended[unit].get(task["number"])
        if number not in self.numbers[unit]:
            return Gone(number, task["title"])
        if text and not same_text(json.loads(text), task):
            return Gone(number, task["title"], amended=True)
        return None
