"""The units of a campaign on its page: what each has registered, those of a block together, and whom to remind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import takes_tasks
from pledges.core.clock import day_of
from pledges.tasks import reminders
from pledges.tasks.registration import RegistrationState, UnitRegistration, registrations


@dataclass(frozen=True)
class UnitLine:
    """One unit of the table; what it has in its drawer is for those who may see its page."""

    registration: UnitRegistration
    seen: bool

    @property
    def state(self) -> RegistrationState:
        """Where the unit stands; that something was begun there is told to nobody else."""
        state = self.registration.state
        hidden = state is RegistrationState.BEGUN and not self.seen
        return RegistrationState.MISSING if hidden else state


@dataclass(frozen=True)
class CampaignUnits:
    """All units of a campaign, and those that are shown; `reminders` are the lines to be sent, with the unit."""

    lines: tuple[UnitLine, ...]
    missing_only: bool
    reminder: str
    reminders: tuple[tuple[UnitRegistration, str], ...]

    @property
    def expected(self) -> list[UnitRegistration]:
        """The units that take part."""
        return [line.registration for line in self.lines if line.registration.takes_part]

    @property
    def missing(self) -> list[UnitRegistration]:
        """Those that have sent nothing."""
        return [one for one in self.expected if one.missing]

    @property
    def waiting(self) -> int:
        """How many tasks wait for the leaders."""
        return sum(line.registration.count("submitted") for line in self.lines)

    @property
    def blocks(self) -> list[tuple[str, list[UnitLine]]]:
        """The units that are shown, by block in the order of the official list."""
        found: dict[str, list[UnitLine]] = {}
        for line in self.lines:
            if line.registration.missing or not self.missing_only:
                found.setdefault(line.registration.unit.block, []).append(line)
        return list(found.items())


def units_of(
    session: Session, campaign: Campaign, actor: Actor, now: datetime, *, missing_only: bool
) -> CampaignUnits:
    """How far every unit is with registering."""
    today = day_of(now)
    found = registrations(session, campaign, campaign.day_within(today))
    lines = tuple(
        UnitLine(one, seen=may(actor, Permission.SEE_TASK, campaign.subject_of(one.unit))) for one in found
    )
    missing: Sequence[UnitRegistration] = [one for one in found if one.missing]
    asked = [line.registration for line in lines if line.seen and line.registration.missing]
    open_ = takes_tasks(campaign.status)
    return CampaignUnits(
        lines=lines,
        missing_only=missing_only,
        reminder=reminders.of_all(missing, campaign, now) if missing and open_ else "",
        reminders=tuple((one, reminders.of_unit(one, campaign, today)) for one in asked if open_),
    )
