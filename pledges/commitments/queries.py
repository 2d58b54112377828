"""Questions about commitments."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.audit.models import LogEntry
from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment, Decline, Signatory, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus
from pledges.files.models import StoredFile
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED, TaskStatus
from pledges.units.models import Unit
from pledges.units.queries import below


def in_scope(actor: Actor, permission: Permission = Permission.SEE_COMMITMENT) -> ColumnElement[bool]:
    """The condition that the actor has the permission for a commitment; Python asks `may`."""
    own = select(Unit.id).where(below(reach(actor, permission, Place.UNIT)))
    organised = (
        select(Campaign.id).join(Campaign.owner).where(below(reach(actor, permission, Place.CAMPAIGN)))
    )
    conditions = [Commitment.unit_id.in_(own), Commitment.campaign_id.in_(organised)]
    if any(grant.place is Place.SIGNED for grant in permission.grants):
        conditions += [Commitment.id.in_(each) for each in _signed_or_refused(actor)]
    return or_(*conditions)


def _signed_or_refused(actor: Actor) -> tuple[Select[int], Select[int]]:
    """The commitments that the person signed, in an own place or another's, and those refused: `Signatory.signers`."""
    signed = (
        select(Signatory.commitment_id)
        .join(Signatory.signature)
        .outerjoin(Signature.authorisation)
        .where(func.coalesce(Authorisation.account_id, Signatory.account_id) == actor.account_id)
    )
    refused = (
        select(Signatory.commitment_id).join(Signatory.declines).where(Decline.by_id == actor.account_id)
    )
    return signed, refused


def whole() -> Select[Commitment]:
    """Commitments with everything their page shows, in the order of the units' list, newest edition first."""
    return (
        select(Commitment)
        .join(Commitment.unit)
        .options(
            joinedload(Commitment.unit),
            joinedload(Commitment.campaign).joinedload(Campaign.owner),
            joinedload(Commitment.campaign).joinedload(Campaign.area),
            selectinload(Commitment.signatories).options(
                joinedload(Signatory.signature).joinedload(Signature.authorisation),
                selectinload(Signatory.declines),
            ),
            selectinload(Commitment.filed).joinedload(SignedCopy.file),
        )
        .order_by(Unit.position, Commitment.edition.desc(), Commitment.id)
    )


def seen_by(actor: Actor) -> Select[Commitment]:
    """The commitments that the actor may know of."""
    return whole().where(in_scope(actor))


def of_campaign(statement: Select[Commitment], campaign_id: int) -> Select[Commitment]:
    """Those of one campaign, every edition."""
    return statement.where(Commitment.campaign_id == campaign_id)


def in_force(campaign_id: int, unit_id: int) -> Select[Commitment]:
    """The signed edition of a unit's commitment, if there is one."""
    return editions(campaign_id, unit_id).where(Commitment.status == CommitmentStatus.SIGNED)


def texts_in_force(campaign_id: int, unit_ids: Collection[int]) -> Select[Commitment]:
    """The signed editions of several units, with nothing but their own row."""
    return (
        select(Commitment)
        .where(
            Commitment.campaign_id == campaign_id,
            Commitment.unit_id.in_(unit_ids),
            Commitment.status == CommitmentStatus.SIGNED,
        )
        .order_by(Commitment.id)
    )


def editions(campaign_id: int, unit_id: int) -> Select[Commitment]:
    """All editions of a unit's commitment, newest first."""
    return whole().where(Commitment.campaign_id == campaign_id, Commitment.unit_id == unit_id)


def registered_numbers(units: Iterable[tuple[int, int]]) -> Select[int, int, Any]:
    """The tasks of units in campaigns that stand in the list now: campaign, unit, number."""
    return (
        select(Task.campaign_id, Task.lead_unit_id, Task.number)
        .where(Task.status.in_(REGISTERED), Task.number.is_not(None), _led_by(units))
        .order_by(Task.campaign_id, Task.number)
    )


def amended_texts(units: Iterable[tuple[int, int]]) -> Select[int, int, Any, str | None]:
    """What the amended tasks of units came to say: campaign, unit, number, text; the last word of a task comes last."""
    return (
        select(Task.campaign_id, Task.lead_unit_id, Task.number, Amendment.proposed)
        .join(Task, Task.id == Amendment.task_id)
        .where(Amendment.status == AmendmentStatus.APPROVED, _led_by(units))
        .order_by(Amendment.decided_at, Amendment.id)
    )


def _led_by(units: Iterable[tuple[int, int]]) -> ColumnElement[bool]:
    """The tasks that these units lead in these campaigns: pairs of campaign and unit."""
    by_campaign: dict[int, list[int]] = defaultdict(list)
    for campaign_id, unit_id in units:
        by_campaign[campaign_id].append(unit_id)
    return or_(
        false(),
        *(
            (Task.campaign_id == campaign_id) & Task.lead_unit_id.in_(unit_ids)
            for campaign_id, unit_ids in by_campaign.items()
        ),
    )


def units_that_dropped(campaign_id: int) -> Select[int]:
    """The units whose signed edition still holds a task that was cancelled, while others of theirs stand in the list.

    The text itself is asked: in its canonical form a pledged task's number stands before its product.
    """
    sign = literal('%"number":') + cast(Task.number, String) + literal(',"product"%')
    left = aliased(Task)
    remains = exists().where(
        left.campaign_id == campaign_id,
        left.lead_unit_id == Commitment.unit_id,
        left.status.in_(REGISTERED),
    )
    return (
        select(Commitment.unit_id)
        .join(Task, (Task.lead_unit_id == Commitment.unit_id) & (Task.campaign_id == Commitment.campaign_id))
        .where(
            Commitment.campaign_id == campaign_id,
            Commitment.status == CommitmentStatus.SIGNED,
            Task.status == TaskStatus.CANCELLED,
            Commitment.content.like(sign),
            remains,
        )
        .distinct()
        .order_by(Commitment.unit_id)
    )


def waiting_for(actor: Actor) -> Select[Commitment]:
    """Frozen commitments that wait for this person in the app, in an own place or perhaps in another's.

    Those of units for which the person was ever authorised: `signing_rules` says which of them can be signed today.
    """
    mine = select(Signatory.commitment_id).where(
        Signatory.account_id == actor.account_id, ~Signatory.signature.has()
    )
    entrusted = select(Authorisation.unit_id).where(Authorisation.account_id == actor.account_id)
    return whole().where(
        Commitment.status == CommitmentStatus.FROZEN,
        or_(Commitment.id.in_(mine), Commitment.unit_id.in_(entrusted)),
    )


def declined(actor: Actor) -> Select[Commitment]:
    """Frozen commitments that somebody refuses to sign, for those who prepare them."""
    refused = select(Signatory.commitment_id).join(Signatory.declines).where(~Signatory.signature.has())
    return whole().where(
        in_scope(actor, Permission.PREPARE_COMMITMENT),
        Commitment.status == CommitmentStatus.FROZEN,
        Commitment.id.in_(refused),
    )


def signed_units(campaign_id: int, day: date) -> Select[int]:
    """The ids of units that had an edition of their commitment with every signature by the day."""
    return (
        select(Commitment.unit_id)
        .where(Commitment.campaign_id == campaign_id, Commitment.signed_on <= day)
        .group_by(Commitment.unit_id)
        .order_by(Commitment.unit_id)
    )


def units_to_prepare(actor: Actor, campaign_id: int) -> Select[Unit]:
    """Units whose tasks stand in no signed commitment as they are, or that dropped one; nothing prepared yet."""
    approved = select(Task.lead_unit_id).where(
        Task.campaign_id == campaign_id, Task.status == TaskStatus.APPROVED
    )
    under_way = select(Commitment.unit_id).where(
        Commitment.campaign_id == campaign_id,
        Commitment.status.in_([CommitmentStatus.DRAFT, CommitmentStatus.FROZEN]),
    )
    own = below(reach(actor, Permission.PREPARE_COMMITMENT, Place.UNIT))
    organised = exists().where(
        Campaign.id == campaign_id,
        Campaign.owner_unit_id.in_(
            select(Unit.id).where(below(reach(actor, Permission.PREPARE_COMMITMENT, Place.CAMPAIGN)))
        ),
    )
    return (
        select(Unit)
        .where(
            or_(Unit.id.in_(approved), Unit.id.in_(units_that_dropped(campaign_id).order_by(None))),
            Unit.id.not_in(under_way),
            own | organised,
        )
        .order_by(Unit.position, Unit.id)
    )


def newest_edition(campaign_id: int, unit_id: int) -> Select[int | None]:
    """The number of a unit's newest edition, or None."""
    return select(func.max(Commitment.edition)).where(
        Commitment.campaign_id == campaign_id, Commitment.unit_id == unit_id
    )


def units_seen(actor: Actor, campaign_id: int) -> Select[Unit]:
    """The units that have a commitment, or one to sign, and that the actor may know of, in the order of the list."""
    leads = select(Task.lead_unit_id).where(Task.campaign_id == campaign_id, Task.status.in_(REGISTERED))
    pledged = select(Commitment.unit_id).where(Commitment.campaign_id == campaign_id)
    own = below(reach(actor, Permission.SEE_COMMITMENT, Place.UNIT))
    organised = exists().where(
        Campaign.id == campaign_id,
        Campaign.owner_unit_id.in_(
            select(Unit.id).where(below(reach(actor, Permission.SEE_COMMITMENT, Place.CAMPAIGN)))
        ),
    )
    return (
        select(Unit)
        .where(or_(Unit.id.in_(leads), Unit.id.in_(pledged)), own | organised)
        .order_by(Unit.position, Unit.id)
    )


def sealed_as(beginning: str) -> Select[Commitment]:
    """The commitments whose digest begins so."""
    return whole().where(Commitment.digest.startswith(beginning, autoescape=True))


def every_signature() -> Select[Signature]:
    """All signatures of all commitments, undone ones too, in the order in which they were given."""
    return select(Signature).options(joinedload(Signature.signatory)).order_by(Signature.id)


def logged(actions: Iterable[str]) -> Select[int, str, int, str]:
    """What the log says of commitments by these acts, oldest first: number, act, commitment, what stands since."""
    return (
        select(LogEntry.number, LogEntry.action, LogEntry.subject_id, LogEntry.after)
        .where(LogEntry.subject_kind == Commitment.__tablename__, LogEntry.action.in_(list(actions)))
        .order_by(LogEntry.number)
    )


def files_filed() -> Select[StoredFile, str]:
    """The files of all filed copies, and the piles that some were parted from, each with the name of a unit."""
    copies = select(SignedCopy.file_id.label("file_id"), Commitment.unit_id.label("unit_id")).join(
        Commitment, Commitment.id == SignedCopy.commitment_id
    )
    piles = (
        select(SignedCopy.pile_id.label("file_id"), Commitment.unit_id.label("unit_id"))
        .join(Commitment, Commitment.id == SignedCopy.commitment_id)
        .where(SignedCopy.pile_id.is_not(None))
    )
    both = copies.union_all(piles).subquery()
    return (
        select(StoredFile, func.min(Unit.name))
        .join(both, both.c.file_id == StoredFile.id)
        .join(Unit, Unit.id == both.c.unit_id)
        .group_by(StoredFile.id)
        .order_by(StoredFile.id)
    )
