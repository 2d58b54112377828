"""Questions about authorisations that commitments and campaigns alone can answer: whose, and what came of them."""

from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from pledges.access.permissions import Permission, Place, Subject, reach
from pledges.access.roles import Actor, Role
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import whole
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on, heads_of
from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.core.text import fold
from pledges.units.models import Unit
from pledges.units.queries import ancestry, below, listed
from pledges.units.rules import UnitKind

PERMISSION = Permission.MANAGE_AUTHORISATIONS


def managed_units(actor: Actor) -> Select[Unit]:
    """The units whose authorisations the actor keeps: the own ones and those below, and those of own campaigns."""
    area = aliased(Unit)
    organisers = select(Unit.id).where(below(reach(actor, PERMISSION, Place.CAMPAIGN)))
    organised = (
        exists()
        .where(Campaign.owner_unit_id.in_(organisers))
        .where(Campaign.area_unit_id == area.id, Unit.path.startswith(area.path))
    )
    return listed().where(below(reach(actor, PERMISSION, Place.UNIT)) | organised)


def seen_by(actor: Actor) -> Select[Authorisation]:
    """The authorisations that the actor keeps; Python asks `may(actor, MANAGE_AUTHORISATIONS, …)`."""
    units = managed_units(actor).with_only_columns(Unit.id).order_by(None)
    return whole().where(Authorisation.unit_id.in_(units))


def subject_of(session: Session, unit: Unit, actor: Actor) -> Subject:
    """A unit's authorisations as permissions see them: of the several that organise, one that the actor reaches."""
    covering = [unit.path, *ancestry(unit.path)]
    area, owner = aliased(Unit), aliased(Unit)
    paths = session.scalars(
        select(owner.path)
        .select_from(Campaign)
        .join(owner, owner.id == Campaign.owner_unit_id)
        .join(area, area.id == Campaign.area_unit_id)
        .where(area.path.in_(covering))
        .order_by(owner.path)
    )
    own = reach(actor, PERMISSION, Place.CAMPAIGN)
    near = next((path for path in paths if path.startswith(own)), None)
    return Subject(unit_path=unit.path, campaign_path=near)


def principal_posts(session: Session, unit: Unit, day: date) -> list[str]:
    """Posts in which commitments of the unit are signed: those of its heads, and as its commitments name them."""
    heads = [held.post for held in session.scalars(heads_of(unit.id, day))]
    named = select(Signatory.post).join(Signatory.commitment).where(Commitment.unit_id == unit.id)
    said = session.scalars(named.order_by(Signatory.id.desc()))
    found = {fold(post): post for post in [*heads, unit.head_position, *said] if post}
    return list(found.values())


def possible_deputies(session: Session, unit: Unit, day: date, *, but: int) -> list[Appointment]:
    """Posts held on the day in the unit's ward by people who may sign in, the unit's own first; not those of `but`."""
    covering = [unit.path, *ancestry(unit.path)]
    ward = session.scalars(listed().where(Unit.path.in_(covering), Unit.kind == UnitKind.WARD)).first()
    held = session.scalars(
        appointments_on(day).where(
            below([(ward or unit).path]),
            Appointment.role != Role.ADMINISTRATOR,
            Appointment.account_id != but,
            Account.closed_at.is_(None),
        )
    )
    return sorted(held, key=lambda one: one.unit_id != unit.id)


def signed_under(authorisation_id: int) -> Select[Signature]:
    """What was signed under an authorisation and stands, newest first, with its commitment."""
    commitment = joinedload(Signature.signatory).joinedload(Signatory.commitment)
    campaign = commitment.joinedload(Commitment.campaign)
    signatories = commitment.selectinload(Commitment.signatories)
    return (
        select(Signature)
        .options(
            commitment.joinedload(Commitment.unit),
            campaign.joinedload(Campaign.owner),
            campaign.joinedload(Campaign.area),
            signatories.joinedload(Signatory.signature).joinedload(Signature.authorisation),
            signatories.selectinload(Signatory.declines),
        )
        .where(Signature.authorisation_id == authorisation_id, Signature.undone_at.is_(None))
        .order_by(Signature.id.desc())
    )


def used_on(session: Session, authorisation_id: int) -> date | None:
    """The last day on which somebody signed under it, whatever became of that."""
    newest = select(func.max(Signature.signed_on)).where(Signature.authorisation_id == authorisation_id)
    return session.scalar(newest)
