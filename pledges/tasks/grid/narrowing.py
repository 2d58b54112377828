"""What the address asks of the grid: which tasks, and which page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from pledges.core.text import clean_line
from pledges.tasks.grid.sent import MOST_SHOWN
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit

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


class Narrowed:
    """The tasks that a filter lets pass, a page of them, and what can be filtered by."""

    def __init__(self, wanted: Filter, tasks: Sequence[Task]) -> None:
        self.wanted = wanted
        self.all = tasks
        self.passing = [task for task in tasks if _passes(task, wanted)]
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
    def units(self) -> list[Unit]:
        """The lead units of all tasks, in the order of the official list."""
        return sorted({task.lead_unit for task in self.all}, key=lambda unit: (unit.position, unit.id))

    @property
    def blocks(self) -> list[str]:
        """Their blocks."""
        return list(dict.fromkeys(unit.block for unit in self.units if unit.block))

    @property
    def statuses(self) -> list[TaskStatus]:
        """The statuses of all tasks, in the order of the way."""
        return [status for status in TaskStatus if any(task.status is status for task in self.all)]


def _passes(task: Task, wanted: Filter) -> bool:
    return (
        wanted.unit_id in {None, task.lead_unit_id}
        and wanted.block in {"", task.lead_unit.block}
        and wanted.status in {None, task.status}
    )


def _number(text: str | None) -> int | None:
    fits = text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if text and fits else None
