"""Questions about who tends the server."""

from datetime import date

from sqlalchemy import Select, select

from pledges.access.roles import Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import held_on
from pledges.units.models import Unit


def administered(day: date) -> Select[str]:
    """The paths of the units that somebody administers on the day, a unit before those below it."""
    return (
        select(Unit.path)
        .distinct()
        .join(Appointment, Appointment.unit_id == Unit.id)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.role == Role.ADMINISTRATOR, Account.closed_at.is_(None), held_on(day))
        .order_by(Unit.path)
    )
