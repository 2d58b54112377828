"""What the address asks of the grid: which tasks, and which page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from pledges.core.text import clean_line
from pledges.tasks.grid_rows import MOST_SHOWN
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus

_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Filter:
    """Bộ lọc của bảng: by unit, block and status, in the address; what it can't mean is left out."""

    unit_id: int | None = None
    block: str = ""
    status: TaskStatus | None = None
    page: int = 1

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Filter":
        """The wishes in the arguments of an address, or in the fields beside the button “Lọc”."""
        status = arguments.get("tinh-trang", "")
        return cls(
            unit_id=_number(arguments.get("don-vi")),
            block=clean_line(arguments.get("khoi", "")),
            status=TaskStatus(status) if status in list(TaskStatus) else None,
            page=_number(arguments.get("trang")) or 1,
        )

    def arguments(self) -> dict[str, str | int]:
        """The wishes as arguments of an address; nothing for what isn't asked."""
        said = {
            "don-vi": self.unit_id,
            "khoi": self.block,
            "tinh-trang": self.status.value if self.status else None,
            "trang": self.page if self.page > 1 else None,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether some tasks are left out."""
        return bool(self.unit_id or self.block or self.status)

    def at(self, page: int) -> "Filter":
        """The same on another page."""
        return replace(self, page=page)

    def passing(self, tasks: Sequence[Task]) -> list[Task]:
        """The tasks that are asked for, on whatever page."""
        return [
            task
            for task in tasks
            if self.unit_id in {None, task.lead_unit_id}
            and self.block in {"", task.lead_unit.block}
            and self.status in {None, task.status}
        ]


def pages(tasks: Sequence[Task]) -> int:
    """How many pages so many tasks take."""
    return max(1, ceil(len(tasks) / MOST_SHOWN))


def on_page(tasks: Sequence[Task], page: int) -> Sequence[Task]:
    """The tasks of one page; of the last where there are not so many."""
    first = (min(page, pages(tasks)) - 1) * MOST_SHOWN
    return tasks[first : first + MOST_SHOWN]


def _number(text: str | None) -> int | None:
    fits = text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if text and fits else None
