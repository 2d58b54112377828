"""A task side by side with itself: every question as it was and as it is, with what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pledges.tasks.amending.changes import Change, of_indicator, of_questions, pairs, whole
from pledges.tasks.amending.rules import ChangeKind
from pledges.tasks.parts import FIELDS, Facts, in_words

ALWAYS = ("product", "cooperating", "start_on", "due_on")
"""What is shown whether it changed or not; of the rest only what changed."""
_IN_WHOLE = frozenset({"label", "baseline", "target", "measure"})


@dataclass(frozen=True)
class Line:
    """One question on both sides, in words; "" where a side has none. No kinds where nothing changed."""

    label: str
    before: str
    after: str
    kinds: tuple[ChangeKind, ...] = ()


def lines(before: Facts | None, after: Facts | None, names: Mapping[str, str]) -> Iterator[Line]:
    """Everything that the two texts say of a task; of a side that is not there nothing."""
    changed = dict(of_questions(before, after, names)) if before and after else {}
    for key, (_part, label) in FIELDS.items():
        if key in changed or key in ALWAYS:
            was, now = (in_words(key, side[key], names) if side else "" for side in (before, after))
            yield Line(label, was, now, (changed[key].kind,) if key in changed else ())
    yield from _indicators(before, after)


def _indicators(before: Facts | None, after: Facts | None) -> Iterator[Line]:
    both = before is not None and after is not None
    for was, now in pairs(_rows(before), _rows(after)):
        label = "Chỉ tiêu"
        if was is None or now is None:
            kind = (ChangeKind.DROPPED if now is None else ChangeKind.ADDED,) if both else ()
            yield Line(label, whole(was) if was else "", whole(now) if now else "", kind)
            continue
        found: dict[str, Change] = dict(of_indicator(was, now))
        kinds = {change.kind for key, change in found.items() if key in _IN_WHOLE}
        yield Line(label, whole(was), whole(now), tuple(kind for kind in ChangeKind if kind in kinds))
        for key, change in found.items():
            if key not in _IN_WHOLE:
                yield Line(change.label, change.before, change.after, (change.kind,))


def _rows(side: Facts | None) -> Sequence[Facts]:
    return side["indicators"] if side else ()
