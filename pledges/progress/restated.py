"""Đã đổi sau khi duyệt: where a figure that was accepted was accepted anew with another value.

Plain Python over the ledger: page, grid and paper tell the same, and of a past day only what had happened by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledges.core.dates import format_date
from pledges.core.numbers import format_number
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts

SIGN = "✎"
"""Stands before the words, so that red alone says nothing."""
_BLANK = "không có số liệu"


@dataclass(frozen=True)
class Said:
    """What was accepted of one indicator, and on which day; no value where the report was silent about it."""

    value: Decimal | None
    accepted_on: date

    @property
    def text(self) -> str:
        """The value as people read it."""
        return _BLANK if self.value is None else format_number(self.value)


@dataclass(frozen=True)
class Restated:
    """One figure of one period that changed after it had been accepted: everything accepted of it, oldest first."""

    task_id: int
    period: PeriodFacts
    indicator_id: int
    label: str
    said: tuple[Said, ...]

    @property
    def before(self) -> Decimal | None:
        """What was accepted first."""
        return self.said[0].value

    @property
    def after(self) -> Decimal | None:
        """What counts now."""
        return self.said[-1].value

    @property
    def words(self) -> str:
        """What changed, in words: "đã đổi sau khi duyệt: 40 → 38, ngày 3/10/2024"."""
        steps = ", rồi → ".join(f"{one.text}, ngày {format_date(one.accepted_on)}" for one in self.said[1:])
        return f"đã đổi sau khi duyệt: {self.said[0].text} → {steps}"

    @property
    def words_with_period(self) -> str:
        """The same where several periods are told of."""
        return f"{self.period.label} {self.words}"


def of_period(ledger: Ledger, task_id: int, period: PeriodFacts, as_of: date) -> dict[int, Restated]:
    """What had changed by the day in the task's report of the period, by indicator."""
    accepted = [one for one in ledger.rounds(task_id, period.id) if one.accepted_by(as_of)]
    if len(accepted) < 2:  # noqa: PLR2004 - one alone changes nothing
        return {}
    facts = ledger.tasks[task_id].on(as_of)
    found = (
        Restated(task_id, period, number, plan.label, said)
        for number, plan in zip(facts.indicator_ids, facts.plan.indicators, strict=True)
        if len(said := tuple(_differing(accepted, number))) > 1
    )
    return {one.indicator_id: one for one in found}


def _differing(accepted: list[RoundFacts], indicator_id: int) -> Iterator[Said]:
    """What was accepted, told once for as long as it stayed the same."""
    last: Said | None = None
    for one in accepted:
        assert one.accepted_on is not None  # noqa: S101 - only accepted rounds come here
        said = Said(one.values.get(indicator_id), one.accepted_on)
        if last is None or last.value != said.value:
            yield said
            last = said


def of_task(ledger: Ledger, task_id: int, as_of: date) -> list[Restated]:
    """What had changed by the day in all reports of the task, oldest period first."""
    return [one for period in ledger.periods for one in of_period(ledger, task_id, period, as_of).values()]


def of_ledger(ledger: Ledger, as_of: date) -> dict[int, list[Restated]]:
    """The same of every task that has such a change, by task."""
    found = {task_id: of_task(ledger, task_id, as_of) for task_id in ledger.tasks}
    return {task_id: changed for task_id, changed in found.items() if changed}
