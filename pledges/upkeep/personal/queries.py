"""Questions about requests, and about what is due for removal."""

from datetime import date, datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import managed_by
from pledges.units.models import Unit
from pledges.units.queries import below
from pledges.upkeep.personal.models import DataRequest


def whole() -> Select[DataRequest]:
    """Requests with their persons: those that wait first, the first due first; then the newest answered."""
    return (
        select(DataRequest)
        .options(joinedload(DataRequest.account))
        .order_by(DataRequest.answered_at.is_not(None), DataRequest.due_at, DataRequest.id)
    )


def own(account_id: int) -> Select[DataRequest]:
    """The requests of one person."""
    return whole().where(DataRequest.account_id == account_id)


def managed(actor: Actor) -> Select[DataRequest]:
    """The requests of the people whom the administrator manages."""
    people = managed_by(actor).with_only_columns(Account.id)
    return whole().where(DataRequest.account_id.in_(people))


def waiting(actor: Actor) -> Select[DataRequest]:
    """Those that the administrator should answer: nobody answers the own one."""
    return managed(actor).where(DataRequest.answered_at.is_(None), DataRequest.account_id != actor.account_id)


def contacts_due(actor: Actor, closed_by: datetime, day: date) -> Select[Account]:
    """Closed accounts with a telephone or e-mail that should be gone, none of which another tree still counts on."""
    paths = reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT)
    elsewhere = (
        exists()
        .where(
            Appointment.account_id == Account.id,
            Appointment.valid_to.is_(None) | (Appointment.valid_to >= day),
            Appointment.unit_id.not_in(select(Unit.id).where(below(paths))),
        )
        .correlate(Account)
    )
    return (
        managed_by(actor)
        .where(
            Account.closed_at <= closed_by,
            (Account.phone != "") | (Account.email != ""),
            ~elsewhere,
        )
        .order_by(Account.closed_at, Account.id)
    )
