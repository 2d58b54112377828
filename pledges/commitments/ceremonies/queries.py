"""Questions about ceremonies and who is called up at one."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.rules import CommitmentStatus
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.rules import REGISTERED, TaskEventKind
from pledges.units.models import Unit


def whole() -> Select[Ceremony]:
    """Ceremonies with their campaign, newest first."""
    return (
        select(Ceremony)
        .options(
            joinedload(Ceremony.campaign).joinedload(Campaign.owner),
            joinedload(Ceremony.campaign).joinedload(Campaign.area),
        )
        .order_by(Ceremony.held_on.desc(), Ceremony.id.desc())
    )


def of_campaign(campaign_id: int) -> Select[Ceremony]:
    """The ceremonies of a campaign, newest first."""
    return whole().where(Ceremony.campaign_id == campaign_id)


def open_in(campaign_id: int) -> Select[Ceremony]:
    """The one that goes on, if there is one."""
    return of_campaign(campaign_id).where(Ceremony.closed_at.is_(None))


def state_of(campaign_id: int) -> Select[int, int]:
    """How many commitments a campaign has, and the sum of their versions: both only grow, with every change."""
    return select(func.count(Commitment.id), func.coalesce(func.sum(Commitment.version), 0)).where(
        Commitment.campaign_id == campaign_id
    )


def units_called(campaign_id: int) -> Select[Unit]:
    """The units that lead a registered task or have a commitment, in the order of the list."""
    leads = select(Task.lead_unit_id).where(Task.campaign_id == campaign_id, Task.status.in_(REGISTERED))
    pledged = select(Commitment.unit_id).where(Commitment.campaign_id == campaign_id)
    return select(Unit).where(or_(Unit.id.in_(leads), Unit.id.in_(pledged))).order_by(Unit.position, Unit.id)


def units_leading_at(campaign_id: int, moment: datetime) -> Select[int]:
    """The ids of the units that led a task of the campaign's list at the moment, as the tasks' events tell."""

    def happened(kind: TaskEventKind) -> Select[int]:
        return select(TaskEvent.task_id).where(TaskEvent.kind == kind, TaskEvent.at <= moment)

    return (
        select(Task.lead_unit_id)
        .where(
            Task.campaign_id == campaign_id,
            Task.id.in_(happened(TaskEventKind.APPROVED)),
            Task.id.not_in(happened(TaskEventKind.CANCELLED)),
        )
        .distinct()
        .order_by(Task.lead_unit_id)
    )


def units_ever_called(campaign_id: int) -> Select[Unit]:
    """The units that lead a task of the campaign, whatever became of it, or have a commitment, in order."""
    leads = select(Task.lead_unit_id).where(Task.campaign_id == campaign_id)
    pledged = select(Commitment.unit_id).where(Commitment.campaign_id == campaign_id)
    return select(Unit).where(or_(Unit.id.in_(leads), Unit.id.in_(pledged))).order_by(Unit.position, Unit.id)


def commitments_with_signatures(campaign_id: int) -> Select[Commitment]:
    """All editions of all units with who signs and who signed, newest edition first."""
    return (
        select(Commitment)
        .where(Commitment.campaign_id == campaign_id)
        .options(
            selectinload(Commitment.signatories).options(
                joinedload(Signatory.signature).joinedload(Signature.authorisation),
                selectinload(Signatory.declines),
            ),
            selectinload(Commitment.filed),
        )
        .order_by(Commitment.unit_id, Commitment.edition.desc())
    )


def frozen_moments(campaign_id: int) -> Select[Commitment]:
    """The commitments of a campaign that wait to be signed."""
    return (
        select(Commitment)
        .where(Commitment.campaign_id == campaign_id, Commitment.status == CommitmentStatus.FROZEN)
        .order_by(Commitment.id)
    )


def places(signatory_ids: list[int]) -> Select[Signatory]:
    """These signatories with the commitment that they sign, as they are at this moment."""
    return (
        select(Signatory)
        .where(Signatory.id.in_(signatory_ids))
        .options(
            joinedload(Signatory.signature).joinedload(Signature.ceremony),
            joinedload(Signatory.commitment).joinedload(Commitment.unit),
            joinedload(Signatory.commitment).joinedload(Commitment.campaign),
        )
        .order_by(Signatory.commitment_id, Signatory.position)
        .execution_options(populate_existing=True)
    )


def ticks(ceremony_id: int) -> Select[int]:
    """How many signatures were ticked at a ceremony and not undone."""
    return select(func.count(Signature.id)).where(
        Signature.ceremony_id == ceremony_id, Signature.undone_at.is_(None)
    )
