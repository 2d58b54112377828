"""What the address asks of the grid: which tasks, and which page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from pledges.core.addresses import number_of
from pledges.core.filters import Question, Wishes, numbered, same, worded
from pledges.tasks.grid.sent import MOST_SHOWN
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus

UNIT, BLOCK, STATUS, PAGE = "don-vi", "khoi", "tinh-trang", "trang"
QUESTIONS = (
    numbered(UNIT, "Đơn vị chủ trì"),
    worded(BLOCK, "Khối"),
    Question(STATUS, "Tình trạng", {status.value: status.label for status in TaskStatus}),
)


@dataclass(frozen=True)
class Filter:
    """Bộ lọc của bảng: by unit, block and status, in the address, and the page; what it can't mean is left out."""

    wishes: Wishes
    page: int = 1

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Filter":
        """The wishes in the arguments of an address, or in the fields beside the button “Lọc”."""
        return cls(Wishes.read(arguments, "", *QUESTIONS), number_of(arguments.get(PAGE, "")) or 1)

    def arguments(self) -> dict[str, Any]:
        """The wishes as arguments of an address; nothing for what isn't asked."""
        return self.wishes.arguments(**{PAGE: self.page if self.page > 1 else None})

    def without(self, name: str) -> "Filter":
        """The same without one of the wishes, from the first page on."""
        return Filter.read(self.wishes.without(name))

    def at(self, page: str) -> "Filter":
        """The same on another page."""
        return replace(self, page=number_of(page) or 1)

    def passes(self, task: Task) -> bool:
        """Whether the task is asked for."""
        return (
            self.wishes.number(UNIT) in {None, task.lead_unit_id}
            and self.wishes[BLOCK] in {"", task.lead_unit.block}
            and self.wishes[STATUS] in {"", task.status}
        )


class Narrowed:
    """The tasks that a filter lets pass, a page of them, and what can be filtered by."""

    def __init__(self, wanted: Filter, tasks: Sequence[Task]) -> None:
        self.wanted = wanted
        self.all = tasks
        self.passing = [task for task in tasks if wanted.passes(task)]
        self.pages = max(1, ceil(len(self.passing) / MOST_SHOWN))
        self.page = min(wanted.page, self.pages)

    @property
    def first(self) -> int:
        """The line of the first task of the page."""
        return (self.page - 1) * MOST_SHOWN + 1

    @property
    def shown(self) -> Sequence[Task]:
        """The tasks of the page."""
        return self.passing[self.first - 1 : self.first - 1 + MOST_SHOWN]

    @property
    def wishes(self) -> Wishes:
        """What is asked, and what can be: units in the order of the official list, statuses in that of the way."""
        leads = {task.lead_unit for task in self.all}
        units = sorted(leads, key=lambda unit: (unit.position, unit.id))
        statuses = {task.status for task in self.all}
        return self.wanted.wishes.offering(
            {
                UNIT: {str(unit.id): unit.name for unit in units},
                BLOCK: same(unit.block for unit in units),
                STATUS: {status.value: status.label for status in TaskStatus if status in statuses},
            }
        )
