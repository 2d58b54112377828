"""Reading a line of a list into a task: the entry, or all its faults and questions at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pledges.tasks.indicator_rules import LONGEST, MOST_INDICATORS
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry, TaskEntry
from pledges.tasks.rows.cells import day_of, quoted, shown, text_of
from pledges.tasks.rows.choosing import lead_of, movement_of, partners_of
from pledges.tasks.rows.findings import Findings, Place, Question
from pledges.tasks.rows.funding import funding_of
from pledges.tasks.rows.indicators import indicator_of
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.lines import Fault, TaskLine
from pledges.tasks.rows.writing import completed, entry_of, says_the_same
from pledges.tasks.rules import (
    content_problems,
    date_problems,
    editing_problem,
    order_problem,
)
from pledges.units.models import Unit

_LONGEST_CODE = 18


@dataclass(frozen=True)
class Reading:
    """What a line says: `entry` is there when there is neither fault nor question.

    `lacking` names what may still be wanting in a draft but not when it is sent. `task` is the task that the line's
    code names, None for a new one.
    """

    entry: TaskEntry | None
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    lacking: tuple[Fault, ...] = ()
    task: Task | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the line says of a task what it says already."""
        return self.task is not None and self.entry is not None and self.entry == entry_of(self.task)


def read(line: TaskLine, known: Known, answers: Mapping[str, str]) -> Reading:
    """What the line says, with the answers that were given, by the keys of their questions.

    A line that says of a task what it says already is taken as it is: what was kept is not asked again.
    """
    found = Findings({**known.confirmed, **answers})
    task = _task(Place(line.row, "code", line.cells.get("code")), known, found)
    if task is not None:
        line = completed(line, task, known)
        if says_the_same(line, task, known):
            return Reading(entry_of(task), task=task)
    entry = _entry(line, known, found)
    if task is not None and entry is not None and not found.questions:
        _check_change(line, task, entry, known, found)
    done = entry is not None and not found.faults and not found.questions
    return Reading(
        entry if done else None, tuple(found.faults), tuple(found.questions), tuple(found.lacking), task
    )


def _task(place: Place, known: Known, found: Findings) -> Task | None:
    """The task of a code; complains of one that the actor does not see in the campaign."""
    if place.blank:
        return None
    code = shown(place.value)
    task = (
        known.tasks.get(int(code))
        if code.isascii() and code.isdecimal() and len(code) <= _LONGEST_CODE
        else None
    )
    if task is None:
        words = "không có phần việc mang mã này trong phong trào; để trống ô này nếu là phần việc mới."
        found.complain(place, f"{quoted(code)}: {words}")
    return task


def _check_change(line: TaskLine, task: Task, entry: TaskEntry, known: Known, found: Findings) -> None:
    """Complain of a change that can't be made to the task any more, or not by the actor."""
    if entry == entry_of(task):
        return
    place = Place(line.row, "code", line.cells.get("code"))
    if words := editing_problem(task.status):
        found.complain(place, words)
    elif task.lead_unit_id not in known.leads:
        found.complain(place, f"Đồng chí không được đăng ký, sửa phần việc của {task.lead_unit.name}.")


def _entry(line: TaskLine, known: Known, found: Findings) -> TaskEntry | None:
    at = {key: Place(line.row, key, line.cells.get(key)) for key in _KEYS}
    for part in line.parts:
        for key, words in part.faults.items():
            found.complain(Place(part.row, key, part.cells.get(key)), words)
    title = text_of(at["title"], found, LONGEST["title"])
    product = text_of(at["product"], found, LONGEST["product"])
    if not title:
        found.complain(at["title"], "Nhập tên phần việc.")
    start_on, due_on = _days(at, known, found)
    lead = _lead(at["lead"], known, found, start_on, due_on)
    partners = partners_of(at["cooperating"], known, found, start_on, due_on)
    state, social = (funding_of(at[key], found) for key in ("state_funding", "social_funding"))
    movement = movement_of(at["movement"], known, found)
    indicators = _indicators(line, found, start_on, due_on)
    for key, words in content_problems(product=product, indicators=len(line.indicators)).items():
        found.lack(at["product"] if key == "product" else Place(line.row, "label"), words)
    if lead is None or start_on is None or due_on is None:
        return None
    return TaskEntry(
        title=title,
        product=product,
        lead_unit=lead,
        cooperating=tuple(unit for unit in partners if unit is not lead),
        start_on=start_on,
        due_on=due_on,
        indicators=indicators,
        state_funding=state,
        social_funding=social,
        movement=movement,
    )


_KEYS = (
    "title",
    "product",
    "lead",
    "cooperating",
    "start_on",
    "due_on",
    "state_funding",
    "social_funding",
    "movement",
)


def _days(at: Mapping[str, Place], known: Known, found: Findings) -> tuple[date | None, date | None]:
    start_on, due_on = day_of(at["start_on"], found), day_of(at["due_on"], found)
    for key, day, words in (
        ("start_on", start_on, "Nhập ngày bắt đầu."),
        ("due_on", due_on, "Nhập ngày hoàn thành."),
    ):
        if day is None:
            found.complain(at[key], words)
    if start_on is None or due_on is None:
        return start_on, due_on
    if words_of_order := order_problem(start_on, due_on):
        found.complain(at["due_on"], words_of_order)
    outside = date_problems(
        start_on=start_on,
        due_on=due_on,
        campaign_starts_on=known.campaign.starts_on,
        campaign_ends_on=known.campaign.ends_on,
    )
    for key, words in outside.items():
        found.lack(at[key], words)
    return start_on, due_on


def _lead(
    place: Place, known: Known, found: Findings, start_on: date | None, due_on: date | None
) -> Unit | None:
    if place.blank:
        found.complain(place, "Chọn đơn vị chủ trì.")
        return None
    return lead_of(place, known, found, start_on, due_on)


def _indicators(
    line: TaskLine, found: Findings, start_on: date | None, due_on: date | None
) -> tuple[IndicatorEntry, ...]:
    entries = [
        indicator_of(row.row, row.cells, found, start_on=start_on, due_on=due_on) for row in line.indicators
    ]
    for row in line.indicators[MOST_INDICATORS:]:
        words = f"Một phần việc có nhiều nhất {MOST_INDICATORS} chỉ tiêu."
        found.complain(Place(row.row, "label", row.cells.get("label")), words)
    return tuple(entry for entry in entries if entry is not None)
