"""What changes between two texts of a task, by kind and in printed words; the one comparison of pages and papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.core.text import fold
from pledges.tasks.amending.rules import ChangeKind, kind_of_day, kind_of_value
from pledges.tasks.parts import FIELDS, INDICATOR_FIELDS, Facts, in_words, indicator_words
from pledges.tasks.rules import Direction

GOES_ON = "of"
"""The key by which a proposed indicator names the position of the one that it goes on from."""
_DAYS = frozenset({"start_on", "due_on"})
_MEANING = ("measure", "direction", "accumulates")
_NOTHING = "không ghi"


@dataclass(frozen=True)
class Change:
    """One thing that says something else than before, in words; "" before what was added and after what was dropped."""

    kind: ChangeKind
    label: str
    before: str
    after: str


def changes(before: Facts, after: Facts, names: Mapping[str, str]) -> list[Change]:
    """What the two texts say differently, in the order of the form; `names` are those of units by their codes."""
    found = [change for _key, change in of_questions(before, after, names)]
    for was, now in pairs(before["indicators"], after["indicators"]):
        if was is not None and now is not None:
            found += [change for _key, change in of_indicator(was, now)]
        elif now is not None:
            found.append(Change(ChangeKind.ADDED, "Chỉ tiêu", "", whole(now)))
        elif was is not None:
            found.append(Change(ChangeKind.DROPPED, "Chỉ tiêu", whole(was), ""))
    return found


def of_questions(before: Facts, after: Facts, names: Mapping[str, str]) -> Iterator[tuple[str, Change]]:
    """What differs beside the indicators, by the keys of the facts."""
    for key, (_part, label) in FIELDS.items():
        if before[key] != after[key]:
            words = _both(key, before[key], after[key], names)
            yield key, Change(_kind(key, before[key], after[key]), label, *words)


def _both(key: str, before: Any, after: Any, names: Mapping[str, str]) -> tuple[str, str]:
    return in_words(key, before, names), in_words(key, after, names)


def _kind(key: str, before: Any, after: Any) -> ChangeKind:
    if key in _DAYS:
        return kind_of_day(date.fromisoformat(before), date.fromisoformat(after))
    return ChangeKind.REWORDED


def pairs(before: Sequence[Facts], after: Sequence[Facts]) -> Iterator[tuple[Facts | None, Facts | None]]:
    """Which indicator became which: as the proposal says, else by what it is called, else by place and meaning."""
    left = dict(enumerate(before, 1))
    found: dict[int, Facts] = {}

    def take(number: int, position: int | None) -> None:
        if position is not None:
            found[number] = left.pop(position)

    for number, now in enumerate(after, 1):
        if GOES_ON in now:
            take(number, now[GOES_ON] if now[GOES_ON] in left else None)
    open_ = [number for number, now in enumerate(after, 1) if GOES_ON not in now]
    for number in open_:
        take(
            number, _first(left, lambda was, now=after[number - 1]: fold(was["label"]) == fold(now["label"]))
        )
    for number in open_:
        if number not in found and number in left and _same_meaning(left[number], after[number - 1]):
            take(number, number)
    for number, now in enumerate(after, 1):
        yield found.get(number), now
    for was in left.values():
        yield was, None


def _first(left: Mapping[int, Facts], fits: Any) -> int | None:
    return next((position for position, was in left.items() if fits(was)), None)


def _same_meaning(was: Facts, now: Facts) -> bool:
    return all(was[key] == now[key] for key in _MEANING)


def of_indicator(was: Facts, now: Facts) -> Iterator[tuple[str, Change]]:
    """What differs of one indicator, by the keys of its facts."""
    comparable = was["measure"] == now["measure"] and was["direction"] == now["direction"]
    for key, question in INDICATOR_FIELDS.items():
        # A target in another measure is told with it, and not by itself.
        if was.get(key) == now.get(key) or (key == "measure" and was["target"] != now["target"]):
            continue
        label = f"{now['label']}: {question.lower()}" if key != "label" else "Tên chỉ tiêu"
        before, after = (_said(key, side) for side in (was, now))
        kind = _indicator_kind(key, was, now, comparable=comparable)
        yield key, Change(kind, label, before, after)


def _said(key: str, one: Facts) -> str:
    words = indicator_words(key, one.get(key)) or _NOTHING
    return f"{words} {one['measure']}" if key in {"baseline", "target"} else words


def _indicator_kind(key: str, was: Facts, now: Facts, *, comparable: bool) -> ChangeKind:
    falls = now["direction"] == Direction.DOWN
    if key == "target" and comparable:
        return kind_of_value(Decimal(was[key]), Decimal(now[key]), falls=falls)
    if key == "measured_from" and was[key] and now[key]:
        return kind_of_day(date.fromisoformat(was[key]), date.fromisoformat(now[key]))
    if key == "milestones" and comparable:
        return _milestone_kind(was[key], now[key], falls=falls)
    return ChangeKind.REWORDED


def _milestone_kind(was: Iterable[Facts], now: Iterable[Facts], *, falls: bool) -> ChangeKind:
    """Of milestones on the same days that all move one way, that way; else they are simply others."""
    before = {mark["on"]: Decimal(mark["value"]) for mark in was}
    after = {mark["on"]: Decimal(mark["value"]) for mark in now}
    if before.keys() != after.keys():
        return ChangeKind.REWORDED
    kinds = {kind_of_value(before[on], after[on], falls=falls) for on in before if before[on] != after[on]}
    return kinds.pop() if len(kinds) == 1 else ChangeKind.REWORDED


def whole(one: Facts) -> str:
    """An indicator in one line."""
    sign = "≤ " if one["direction"] == Direction.DOWN else ""
    target = f"{one['label']}: {sign}{_said('target', one)}"
    return f"{target} (hiện trạng {_said('baseline', one)})" if Decimal(one["baseline"]) else target
