"""Ai chưa ký: the board of a campaign's commitments: what it can be asked, its counts, and the line to be copied."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pledges.commitments.rules import SigningWay
from pledges.commitments.standing import NOT_SIGNED, Stage, UnitStanding, standings
from pledges.commitments.standing_words import RENEWING, renewing_words
from pledges.core.clock import day_of
from pledges.core.dates import format_date, format_instant
from pledges.core.filters import ORDER, Question, Wishes, order, same
from pledges.core.numbers import two_digits

__all__ = ["CONCERNS", "Counts", "questions", "reminder", "shown", "standings"]

SIGNED_SOMEHOW = "cach-ky"
TO_DO = "can-lam"
STANDING, BLOCK = "tinh-hinh", "khoi"


@dataclass(frozen=True)
class Concern:
    """Việc cần làm: something that a unit's line may call for, with its words."""

    value: str
    label: str
    fits: Callable[[UnitStanding, date], bool]


CONCERNS = (
    Concern("ky-lai", "Cần ký lại", lambda one, _today: one.needs_renewal),
    Concern("cho-ky-lai", RENEWING, lambda one, _today: one.renewing),
    Concern("qua-han", "Quá hạn ký", lambda one, today: (one.days_left(today) or 0) < 0),
    Concern(
        "tu-choi", "Có người từ chối ký", lambda one, _today: any(place.declined for place in one.awaited)
    ),
    Concern("ban-quet", "Đã ký giấy, chưa lưu bản quét", lambda one, _today: one.unscanned),
)


def questions(units: Sequence[UnitStanding], today: date) -> tuple[Question, ...]:
    """What the board can be asked; of ways and concerns, those that there are."""
    used = {way for one in units for way in one.ways}
    met = {one.value: one.label for one in CONCERNS if any(one.fits(unit, today) for unit in units)}
    known = {one.value: one.label for one in CONCERNS}
    return (
        Question(STANDING, "Tình hình", {kind.value: kind.label for kind in Stage}),
        Question(TO_DO, "Cần làm", met, takes=known.get, covers=False),
        Question(BLOCK, "Khối", same(one.unit.block for one in units)),
        Question(
            SIGNED_SOMEHOW,
            "Cách ký",
            {way.value: way.label for way in SigningWay if way in used},
            covers=False,
        ),
        order({"": "Danh sách chính thức", "ten": "Tên đơn vị"}),
    )


def shown(units: Iterable[UnitStanding], wishes: Wishes, today: date) -> list[UnitStanding]:
    """The units that are asked for, in the order that is asked for."""
    concern = next((one for one in CONCERNS if one.value == wishes[TO_DO]), None)
    found = [
        one
        for one in units
        if wishes.finds(one.unit.name_fold)
        and wishes[STANDING] in {"", one.stage.value}
        and wishes[BLOCK] in {"", one.unit.block}
        and (not wishes[SIGNED_SOMEHOW] or one.ways[SigningWay(wishes[SIGNED_SOMEHOW])])
        and (concern is None or concern.fits(one, today))
    ]
    return sorted(found, key=lambda one: one.unit.name_sort) if wishes[ORDER] else found


@dataclass(frozen=True)
class Counts:
    """How many units there are of each standing; the signed ones are counted as on every other page and paper."""

    units: Sequence[UnitStanding]
    today: date

    def of(self, kind: Stage) -> int:
        """How many stand there."""
        return sum(one.stage is kind for one in self.units)

    @property
    def to_sign(self) -> int:
        """How many have something to pledge: what the signed ones are a part of."""
        return len(self.units) - self.of(Stage.NO_TASKS)

    @property
    def concerns(self) -> list[tuple[Concern, int]]:
        """What is to be done at how many units, where there are any."""
        found = [(one, sum(one.fits(unit, self.today) for unit in self.units)) for one in CONCERNS]
        return [(one, number) for one, number in found if number]


def reminder(units: Iterable[UnitStanding], now: datetime) -> str:
    """The line to be copied: "Đến 16:30 ngày 15/10/2024, còn 03 đơn vị chưa ký cam kết: …"; "" where all signed.

    Who signed, and has a new edition to sign, is named apart.
    """
    known = list(units)
    renewing = _renewing([one for one in known if one.renewing], day_of(now))
    unsigned = [one for one in known if one.stage in NOT_SIGNED]
    if not unsigned:
        return f"Đến {format_instant(now)}: {renewing}" if renewing else ""
    days = {one.due_on for one in unsigned}
    common = days.pop() if len(days) == 1 else None
    said = f"Đến {format_instant(now)}, còn {two_digits(len(unsigned))} đơn vị chưa ký cam kết"
    listed = "; ".join(_unsigned(one, None if common else day_of(now)) for one in unsigned)
    return f"{said}{_deadline(common, day_of(now))}: {listed}. {renewing}".strip()


def _renewing(units: Sequence[UnitStanding], today: date) -> str:
    listed = "; ".join(_unsigned(one, today) for one in units)
    return f"{renewing_words(len(units))}: {listed}." if units else ""


def _unsigned(one: UnitStanding, today: date | None) -> str:
    """A unit of the line, with who is awaited; with a day, its own deadline too."""
    said = []
    if one.awaited and one.under_way is not None and len(one.awaited) < len(one.under_way.signatories):
        said.append(f"còn {', '.join(place.post for place in one.awaited)}")
    if today is not None and one.due_on is not None:
        said.append(_deadline(one.due_on, today).strip(" ()"))
    return f"{one.unit.name} ({', '.join(said)})" if said else one.unit.name


def _deadline(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    return f" ({'đã quá hạn' if due_on < today else 'hạn'} {format_date(due_on)})"
