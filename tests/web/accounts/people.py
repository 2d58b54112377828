"""People whom only the pages of administrators need, made through the operations."""

from datetime import date

from sqlalchemy import select

from pledges.access.roles import NOBODY, Role
from pledges.accounts import operations
from pledges.accounts.models import Account, Appointment
from pledges.audit.operations import record
from tests.support import world
from tests.support.ward import Ward

SINCE = date(2024, 1, 1)


def add(
    ward: Ward,
    username: str,
    name: str,
    unit: str | None = None,
    role: Role = Role.OFFICER,
    post: str = "Cán bộ",
    *,
    since: date = SINCE,
    until: date | None = None,
    by: str | None = None,
) -> Account:
    """A person, with a post if a unit is named; `by` says which administrator made the account."""
    maker = ward.actor(by) if by else NOBODY
    account = Account(
        username=username,
        name=name,
        password_hash=world.CHEAP_HASH,
        must_change_password=False,
        created_at=ward.now,
    )
    ward.session.add(account)
    record(ward.session, "account.created", account, by=maker, at=ward.now, after=operations.facts(account))
    ward.session.flush()
    if role is Role.ADMINISTRATOR:
        world.give_second_factor(ward.session, account)
    if unit is not None:
        give(ward, account, unit, role, post, since=since, until=until)
    ward.session.commit()
    return account


def give(
    ward: Ward,
    account: Account,
    unit: str,
    role: Role,
    post: str,
    *,
    since: date = SINCE,
    until: date | None = None,
) -> Appointment:
    """One more post."""
    made = operations.appoint(
        ward.session, account, ward.unit(unit), role, post, since=since, until=until, by=NOBODY, at=ward.now
    )
    ward.session.commit()
    return made


def administrator(ward: Ward, unit: str = "HP", username: str = "admin_hp") -> Account:
    """An administrator of another unit: of the other ward, unless told."""
    return add(ward, username, "Tạ Thị Hậu", unit, Role.ADMINISTRATOR, "Quản trị hệ thống")


def post_of(ward: Ward, username: str) -> Appointment:
    """The one post of a person of the world."""
    account = ward.account(username)
    return ward.session.scalars(select(Appointment).where(Appointment.account_id == account.id)).one()
