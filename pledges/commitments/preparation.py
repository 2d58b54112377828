"""Questions for preparing the commitments of many units at once: one each, however many units there are."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor, Role
from pledges.accounts.models import Appointment
from pledges.accounts.queries import appointments_on
from pledges.commitments.models import Commitment
from pledges.commitments.queries import in_scope, of_campaign, whole
from pledges.commitments.rules import CommitmentStatus
from pledges.core.among import among
from pledges.tasks.models import Task
from pledges.tasks.queries import registered
from pledges.tasks.queries import whole as whole_tasks
from pledges.units.models import Unit


def pledged_tasks(campaign_id: int, unit_ids: Collection[int]) -> Select[Task]:
    """What the commitments of these units hold, in the order of the list."""
    return registered(whole_tasks()).where(
        Task.campaign_id == campaign_id, Task.lead_unit_id.in_(list(unit_ids))
    )


def heads_of_units(unit_ids: Collection[int], day: date) -> Select[Appointment]:
    """The leaders of these units on the day."""
    return appointments_on(day).where(
        Appointment.unit_id.in_(list(unit_ids)), Appointment.role == Role.LEADER
    )


def editions_of_units(campaign_id: int, unit_ids: Collection[int]) -> Select[Commitment]:
    """Every edition of these units' commitments, the newest of a unit first."""
    return of_campaign(whole(), campaign_id).where(Commitment.unit_id.in_(list(unit_ids)))


def in_force_of_units(campaign_id: int, unit_ids: Collection[int]) -> Select[Commitment]:
    """The signed editions of these units' commitments."""
    return editions_of_units(campaign_id, unit_ids).where(Commitment.status == CommitmentStatus.SIGNED)


def drafts(actor: Actor, campaign_id: int) -> Select[Commitment]:
    """The commitments that are being prepared, and that the actor may freeze."""
    return of_campaign(whole(), campaign_id).where(
        Commitment.status == CommitmentStatus.DRAFT, in_scope(actor, Permission.PREPARE_COMMITMENT)
    )


def chosen_commitments(actor: Actor, campaign_id: int, ids: Collection[int]) -> Select[Commitment]:
    """Those of these ids that the actor may freeze, whatever became of them since, with all that their text says."""
    return (
        of_campaign(whole(), campaign_id)
        .options(joinedload(Commitment.unit).joinedload(Unit.parent))
        .where(among(Commitment.id, ids), in_scope(actor, Permission.PREPARE_COMMITMENT))
    )
