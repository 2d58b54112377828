"""Phạm vi đang hỏi: which paper an address asks for: of whom, of which period, as of which day, attached to what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.core import as_of, clock
from pledges.core.addresses import number_of
from pledges.core.text import clean_line
from pledges.documents.drafting.rules import Scope, day_refused
from pledges.documents.drafting.scopes import scope_for
from pledges.documents.queries import leading_units
from pledges.documents.rules import LISTS, REPORTS, PaperKind
from pledges.progress.models import Period
from pledges.progress.queries import begun
from pledges.units.models import Unit

WHOM, PERIOD, ATTACHED = "pham-vi", "ky", "kem-theo"
BLOCK, UNIT = "khoi:", "dv:"
LONGEST = 200

OF_UNITS = (PaperKind.COMMITMENT, PaperKind.REPORT_FORM)
"""Papers of one unit: blocks have none."""
ASKS_WHOM = frozenset({*REPORTS, PaperKind.URGING_LETTER, *LISTS, *OF_UNITS})
ASKS_PERIOD = frozenset({*REPORTS, PaperKind.URGING_LETTER, PaperKind.UNIT_SUMMARY, PaperKind.REPORT_FORM})
ASKS_DAY = frozenset({*REPORTS, PaperKind.URGING_LETTER, *LISTS})
AT_ITS_END = frozenset({*REPORTS, PaperKind.UNIT_SUMMARY})
"""Papers that speak of a period as it stood at its end; the others of what is still missing of it."""


@dataclass(frozen=True)
class Asked:
    """What an address asks of a paper, and what can be asked instead."""

    kind: PaperKind
    campaign: Campaign
    scope: Scope
    whom: str
    day: as_of.AsOf
    attached_to: str
    units: tuple[tuple[int, str, str], ...]
    periods: tuple[Period, ...]

    @property
    def blocks(self) -> list[str]:
        """The blocks that can be chosen; none for a paper of one unit."""
        if self.kind in OF_UNITS:
            return []
        return list(dict.fromkeys(block for _id, _name, block in self.units if block))

    @property
    def asks_whom(self) -> bool:
        """Whether the paper is made of a part of the campaign too."""
        return self.kind in ASKS_WHOM

    @property
    def asks_period(self) -> bool:
        """Whether it is made of a period."""
        return self.kind in ASKS_PERIOD and bool(self.periods)

    @property
    def asks_day(self) -> bool:
        """Whether it is made as of a day."""
        return self.kind in ASKS_DAY

    @property
    def asks_attached(self) -> bool:
        """Whether it may be the annex of another document."""
        return self.kind in LISTS

    @property
    def asks(self) -> bool:
        """Whether anything can be chosen."""
        return self.asks_whom or self.asks_period or self.asks_day

    @property
    def words(self) -> str:
        """What the paper speaks of, under its name; a paper of one unit without a unit speaks of nothing."""
        speaks = self.asks and (self.kind not in OF_UNITS or self.scope.unit is not None)
        return self.scope.label if speaks else ""

    @property
    def arguments(self) -> dict[str, Any]:
        """What the addresses of the paper's files and pictures carry on."""
        said: dict[str, Any] = {
            ARGUMENT: self.campaign.id,
            WHOM: self.whom,
            PERIOD: self.scope.period.id if self.scope.period else "",
            as_of.ARGUMENT: self.typed_day,
            ATTACHED: self.attached_to,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def typed_day(self) -> str:
        """The day as it was typed; empty where the paper's own day holds."""
        return request.args.get(as_of.ARGUMENT, "").strip()

    @property
    def file_name(self) -> str:
        """What a file of the paper is called, without its ending."""
        scope = self.scope
        who = scope.unit.name if scope.unit is not None else scope.block
        when = scope.period.label if scope.period is not None else f"đến ngày {scope.as_of.isoformat()}"
        return " - ".join(part for part in (self.kind.label, who, when) if part).replace("/", "-")


def asked(session: Session, kind: PaperKind, campaign: Campaign) -> Asked:
    """What the address asks; answers 404 for a unit, block or period that the campaign doesn't have."""
    units = tuple(
        (number, name, block) for number, name, block in session.execute(leading_units(campaign.id))
    )
    periods = tuple(session.scalars(begun(campaign.id, clock.today())))[::-1]
    whom = clean_line(request.args.get(WHOM, "")) if kind in ASKS_WHOM else ""
    block, unit = _whom(session, whom, units)
    period = _period(periods) if kind in ASKS_PERIOD else None
    if kind is PaperKind.REPORT_FORM and unit is not None and period is None:
        period = next(
            iter(periods), None
        )  # a unit's form is of a period: of the newest unless another is asked for
    day = since_it_began(as_of.requested(default=_default_day(kind, period)), campaign)
    return Asked(
        kind=kind,
        campaign=campaign,
        scope=scope_for(day.day, unit, block, period),
        whom=whom,
        day=day,
        attached_to=clean_line(request.args.get(ATTACHED, ""))[:LONGEST] if kind in LISTS else "",
        units=units,
        periods=periods,
    )


def since_it_began(day: as_of.AsOf, campaign: Campaign) -> as_of.AsOf:
    """The day asked for; of one before the campaign began it is said that there is nothing to speak of."""
    today = clock.today()
    why = day_refused(day.day, campaign.starts_on, today) if day.day < today else ""
    if day.error or not why:
        return day
    return as_of.AsOf(today, day.typed, f"{why} Số liệu đang tính đến hôm nay.")


def _whom(session: Session, whom: str, units: tuple[tuple[int, str, str], ...]) -> tuple[str, Unit | None]:
    if not whom:
        return "", None
    if whom.startswith(BLOCK) and whom.removeprefix(BLOCK) in {block for _id, _name, block in units}:
        return whom.removeprefix(BLOCK), None
    number = number_of(whom.removeprefix(UNIT)) if whom.startswith(UNIT) else None
    if number is None or number not in {one for one, _name, _block in units}:
        abort(404)
    return "", session.get(Unit, number)


def _period(periods: tuple[Period, ...]) -> Period | None:
    asked_for = request.args.get(PERIOD, "")
    if not asked_for:
        return None
    return next((one for one in periods if str(one.id) == asked_for), None) or abort(404)


def last_day_of(kind: PaperKind, period: Period | None) -> date:
    """The day of which a paper speaks where no other is asked for."""
    return _default_day(kind, period) or clock.today()


def _default_day(kind: PaperKind, period: Period | None) -> date | None:
    """A paper of a period speaks of its end, unless another day is asked for; of one that goes on, of today."""
    if period is None or kind not in AT_ITS_END:
        return None
    return min(period.end_on, clock.today())
