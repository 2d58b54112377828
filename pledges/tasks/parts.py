"""What a registration says, part by part in words: as it stands, and as the log keeps it from before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.audit.rules import plain
from pledges.core.dates import format_date
from pledges.core.numbers import format_number
from pledges.core.text import fold
from pledges.tasks.facts import facts
from pledges.tasks.models import Task
from pledges.tasks.remarks import Place, place_label
from pledges.tasks.rules import TaskPart

Facts = Mapping[str, Any]
"""What a task says, as the log keeps it: days and quantities as text."""

FIELDS = {
    "title": (TaskPart.TITLE, "Tên phần việc"),
    "product": (TaskPart.PRODUCT, "Sản phẩm"),
    "lead_unit": (TaskPart.LEAD_UNIT, "Đơn vị chủ trì"),
    "cooperating": (TaskPart.COOPERATING, "Đơn vị phối hợp"),
    "start_on": (TaskPart.DATES, "Ngày bắt đầu"),
    "due_on": (TaskPart.DATES, "Ngày hoàn thành"),
    "state_funding": (TaskPart.FUNDING, "Ngân sách"),
    "social_funding": (TaskPart.FUNDING, "Xã hội hóa"),
    "movement": (TaskPart.MOVEMENT, "Cuộc vận động"),
}
"""The facts of a task: the part of the form that asks for each, and its question."""

INDICATOR_FIELDS = {
    "label": "Nội dung",
    "baseline": "Hiện trạng",
    "target": "Phải đạt",
    "measure": "Đơn vị tính",
    "direction": "Chiều",
    "accumulates": "Mỗi kỳ ghi",
    "weight": "Trọng số",
    "measured_from": "Đo được từ ngày",
    "milestones": "Các mốc",
}
_NONE = {
    "cooperating": "Không có",
    "movement": "Không gắn",
    "state_funding": "Không",
    "social_funding": "Không",
}
_NOT_WRITTEN = "Chưa ghi"


@dataclass(frozen=True)
class Part:
    """A part of a registration: where, what it is called, and what it says, by question where it has several."""

    place: Place
    label: str
    lines: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The part as a field of a form is named."""
        part, indicator = self.place
        return f"{part.value}_{indicator}" if indicator else part.value


@dataclass(frozen=True)
class Change:
    """One question of a part that was answered anew; "" before what was added, and after what was dropped."""

    place: Place
    label: str
    before: str
    after: str


def facts_of(task: Task) -> Facts:
    """What the task says now, in the shape in which the log keeps it."""
    kept: Facts = plain(facts(task))
    return kept


def unit_names(task: Task) -> dict[str, str]:
    """The units that the task names, by their codes."""
    return {unit.code: unit.name for unit in (task.lead_unit, *task.cooperating)}


def parts(task: Task) -> list[Part]:
    """Every part of the task's registration, in the order of the form."""
    said, names = facts_of(task), unit_names(task)
    found = []
    for part in TaskPart:
        if part is TaskPart.INDICATORS:
            found += list(_indicator_parts(said["indicators"]))
        else:
            keys = [key for key, (place, _label) in FIELDS.items() if place is part]
            lines = tuple((FIELDS[key][1], in_words(key, said[key], names)) for key in keys)
            found.append(Part((part, None), place_label(part), lines))
    return found


def _indicator_parts(indicators: Iterable[Facts]) -> Iterator[Part]:
    rows = list(indicators)
    for number, one in enumerate(rows, 1):
        place = (TaskPart.INDICATORS, number)
        yield Part(place, place_label(*place), tuple(_indicator_lines(one, alone=len(rows) == 1)))
    if not rows:
        yield Part((TaskPart.INDICATORS, None), place_label(TaskPart.INDICATORS), (("", _NOT_WRITTEN),))


def _indicator_lines(one: Facts, *, alone: bool = False) -> Iterator[tuple[str, str]]:
    for key, label in INDICATOR_FIELDS.items():
        words = indicator_words(key, one.get(key))
        if words and not (alone and key == "weight"):
            yield label, words


def in_words(key: str, value: Any, names: Mapping[str, str]) -> str:
    """A fact of a task in words; `names` are those of the units by their codes."""
    if key == "cooperating":
        return "; ".join(names.get(code, code) for code in value) or _NONE[key]
    if key == "lead_unit":
        return names.get(value, value)
    if key in {"start_on", "due_on"}:
        return format_date(date.fromisoformat(value))
    if key in {"state_funding", "social_funding"}:
        return f"{format_number(Decimal(value))} triệu đồng" if Decimal(value) else _NONE[key]
    return str(value or _NONE.get(key, _NOT_WRITTEN))


def indicator_words(key: str, value: Any) -> str:
    """A fact of an indicator in words; "" for nothing said."""
    if key == "milestones":
        return "; ".join(f"{_day(mark['on'])}: {_number(mark['value'])}" for mark in value or ())
    if key == "measured_from":
        return _day(value) if value else ""
    if key in {"baseline", "target", "weight"}:
        return _number(value)
    if key == "direction":
        return "giảm xuống" if value == "down" else "tăng lên"
    if key == "accumulates":
        return "số thêm trong kỳ" if value else "mức đạt đến cuối kỳ"
    return str(value)


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text))


def _number(text: str) -> str:
    return format_number(Decimal(text))


def changes(before: Facts, after: Facts, names: Mapping[str, str]) -> list[Change]:
    """What the two sides say differently, in the order of the form."""
    found = [
        Change((part, None), label, *(in_words(key, side[key], names) for side in (before, after)))
        for key, (part, label) in FIELDS.items()
        if before[key] != after[key]
    ]
    found += _indicator_changes(before["indicators"], after["indicators"])
    return sorted(found, key=lambda one: list(TaskPart).index(one.place[0]))


def _indicator_changes(before: list[Facts], after: list[Facts]) -> Iterator[Change]:
    for was, now, number in _pairs(before, after):
        place = (TaskPart.INDICATORS, number)
        label = place_label(*place)
        if was is None or now is None:
            yield Change(place, label, _whole(was), _whole(now))
            continue
        for key, question in INDICATOR_FIELDS.items():
            if was.get(key) != now.get(key):
                words = (indicator_words(key, side.get(key)) or "không" for side in (was, now))
                yield Change(place, f"{label} · {question}", *words)


def _whole(one: Facts | None) -> str:
    """An indicator in one line."""
    if one is None:
        return ""
    target = f"phải đạt {indicator_words('target', one['target'])} {one['measure']}"
    return f"{one['label']}: hiện trạng {indicator_words('baseline', one['baseline'])}, {target}"


def _pairs(
    before: list[Facts], after: list[Facts]
) -> Iterator[tuple[Facts | None, Facts | None, int | None]]:
    """Which indicator became which, with its present number: by what they are called, else by their order."""
    left = list(before)
    known: dict[int, Facts] = {}
    for number, now in enumerate(after):
        same = next((was for was in left if fold(was["label"]) == fold(now["label"])), None)
        if same is not None:
            left.remove(same)
            known[number] = same
    for number, now in enumerate(after):
        was = known.get(number)
        if was is None and left:
            was = left.pop(0)
        yield was, now, number + 1
    for was in left:
        yield was, None, None
