"""What happened between two days that are compared: reports, obstacles, amendments. Plain Python.

"Between" is after the end of the earlier day, up to the end of the later one: what happened on the later day counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from pledges.core.dates import format_date
from pledges.core.text import fold
from pledges.overview.comparing import Change, Comparison
from pledges.progress.states import IN_ORDER, TaskState


class What(StrEnum):
    """What can happen to a task between two days."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    RAISED = "raised"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    AMENDED = "amended"

    @property
    def label(self) -> str:
        """What was counted, in words."""
        return {
            What.SENT: "Lần gửi báo cáo",
            What.ACCEPTED: "Báo cáo được duyệt",
            What.RETURNED: "Báo cáo bị trả lại",
            What.RAISED: "Vướng mắc được nêu",
            What.DECIDED: "Vướng mắc đã quyết định",
            What.WITHDRAWN: "Vướng mắc đã rút",
            What.AMENDED: "Điều chỉnh được duyệt",
        }[self]

    @property
    def slug(self) -> str:
        """As an address names it: "bao-cao-duoc-duyet"."""
        return fold(self.label).replace(" ", "-")


@dataclass(frozen=True)
class Event:
    """One thing that happened to a task: on which day, what, of what (a report or an amendment), in words."""

    task_id: int
    on: date
    what: What
    record_id: int | None
    words: str

    @property
    def said(self) -> str:
        """The event as a list tells it: "3/10/2024: duyệt báo cáo tháng 9"."""
        return f"{format_date(self.on)}: {self.words}"


@dataclass(frozen=True)
class Between:
    """A comparison with what happened between its days; `told` are obstacles and amendments, read from the database."""

    comparison: Comparison
    reports: dict[tuple[int, int], int]
    told: tuple[Event, ...] = ()

    @cached_property
    def events(self) -> dict[int, list[Event]]:
        """What happened, by task, oldest first."""
        found: dict[int, list[Event]] = defaultdict(list)
        for event in sorted([*self._of_reports(), *self.told], key=lambda one: one.on):
            found[event.task_id].append(event)
        return found

    def of(self, change: Change) -> list[Event]:
        """What happened to one task."""
        return self.events.get(change.now.card.id, [])

    @cached_property
    def counts(self) -> tuple[tuple[What, int], ...]:
        """How often each of it happened, in the order of `What`; what never did counts 0."""
        in_sight = {row.card.id for row in self.comparison.later.rows}
        counted = Counter(
            one.what for task_id, events in self.events.items() if task_id in in_sight for one in events
        )
        return tuple((what, counted[what]) for what in What)

    @cached_property
    def moved(self) -> tuple[Change, ...]:
        """The tasks in which something changed or happened; what got worse first."""
        changed = list(self.comparison.changed)
        quiet = [one for one in self.comparison.changes if not one.changed and self.of(one)]
        return (*changed, *quiet)

    def with_any(self, what: What) -> tuple[Change, ...]:
        """The tasks to which this happened."""
        return tuple(one for one in self.moved if any(event.what is what for event in self.of(one)))

    @cached_property
    def states(self) -> tuple[tuple[TaskState, int, int], ...]:
        """How many tasks were in each state on the two days, in the order of a legend."""
        was, now = dict(self.comparison.earlier.counts), dict(self.comparison.later.counts)
        both = [state for state in IN_ORDER if state in was or state in now]
        return tuple((state, was.get(state, 0), now.get(state, 0)) for state in both)

    def _of_reports(self) -> Iterable[Event]:
        later = self.comparison.later
        for row in later.rows:
            number = row.card.id
            for period in later.ledger.periods:
                report_id = self.reports.get((number, period.id))
                for one in later.ledger.rounds(number, period.id):
                    for on, what, did in (
                        (one.submitted_on, What.SENT, "gửi"),
                        (one.returned_on, What.RETURNED, "trả lại"),
                        (one.accepted_on, What.ACCEPTED, "duyệt"),
                    ):
                        if on is not None and self._within(on):
                            yield Event(number, on, what, report_id, f"{did} báo cáo {period.short_label}")

    def _within(self, day: date) -> bool:
        return self.comparison.earlier.as_of < day <= self.comparison.later.as_of
