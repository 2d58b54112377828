"""Questions that only papers ask."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select

from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on
from pledges.audit.models import LogEntry
from pledges.commitments.models import Signatory
from pledges.core.among import among
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit


def phones_of(signatory_ids: Iterable[int]) -> Select[int, str]:
    """The work phones of those signatories who have an account: the signatory's id, and the number."""
    return (
        select(Signatory.id, Account.phone)
        .join(Account, Account.id == Signatory.account_id)
        .where(Signatory.id.in_(list(signatory_ids)))
        .order_by(Signatory.id)
    )


def people_in(unit_ids: Iterable[int], day: date) -> Select[Appointment]:
    """The posts held in these units on the day by people whose account is open, unit by unit."""
    return appointments_on(day).where(Appointment.unit_id.in_(list(unit_ids)), Account.closed_at.is_(None))


def acts_on(kind: str, record_ids: Iterable[int], actions: Iterable[str]) -> Select[LogEntry]:
    """What the log says of some records by some acts, oldest first."""
    return (
        select(LogEntry)
        .where(
            LogEntry.subject_kind == kind,
            among(LogEntry.subject_id, record_ids),
            LogEntry.action.in_(list(actions)),
        )
        .order_by(LogEntry.number)
    )


def leading_units(campaign_id: int) -> Select[int, str, str]:
    """The units that lead a registered task of a campaign, in the order of the official list: id, name, block."""
    return (
        select(Unit.id, Unit.name, Unit.block)
        .where(
            Unit.id.in_(
                select(Task.lead_unit_id).where(
                    Task.campaign_id == campaign_id, Task.status.in_(sorted(REGISTERED))
                )
            )
        )
        .order_by(Unit.position, Unit.id)
    )
