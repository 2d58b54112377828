"""Phạm vi quản trị: which accounts and units an administrator may touch, and which only see.

An account is seen when one of its posts lies in the own tree. To reset its password, close or rename it is more:
who does that could act in every post that it holds, so all of them must lie in the own tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from pledges.access.guard import authorise
from pledges.access.permissions import Permission, Place, Subject, reach
from pledges.access.roles import Actor
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_of, managed_by
from pledges.core import clock
from pledges.core.database import db
from pledges.units.models import Unit
from pledges.units.queries import alive_on, below

ELSEWHERE = (
    "Người này còn giữ chức vụ ở đơn vị ngoài phạm vi quản trị của đồng chí, nên chỉ quản trị cấp trên mới thực hiện "
    "được việc này."
)
OWN = "Đồng chí không tự thực hiện việc này với tài khoản của mình; nhờ quản trị khác."


@dataclass(frozen=True)
class Managed:
    """An account before an administrator: the posts in the own tree, and whether there are others that count."""

    account: Account
    posts: tuple[Appointment, ...]
    held_elsewhere: bool
    own: bool

    @property
    def wholly(self) -> bool:
        """Whether the administrator may act on the account itself, not only on posts in the own tree."""
        return not self.held_elsewhere and not self.own


def paths(actor: Actor) -> tuple[str, ...]:
    """The units at and below which the actor manages accounts."""
    return reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT)


def within(path: str, above: Iterable[str]) -> bool:
    """Whether a unit lies at or below one of the others."""
    return any(path.startswith(one) for one in above)


def managed(actor: Actor, account_id: int) -> Managed:
    """The account, when it concerns the administrator; 404 to all others. Posts of other trees are not shown."""
    account = db.session.scalars(managed_by(actor).where(Account.id == account_id)).first()
    if account is None:
        abort(404)
    own, today = paths(actor), clock.today()
    posts = list(db.session.scalars(appointments_of(account.id)))
    here = tuple(held for held in posts if within(held.unit.path, own))
    # The place of an account is that of its posts; one that has none yet lies where it was made.
    authorise(Permission.MANAGE_ACCOUNTS, Subject(unit_path=here[0].unit.path if here else own[0]))
    elsewhere = any(held.valid_to is None or held.valid_to >= today for held in posts if held not in here)
    return Managed(account, here, elsewhere, own=account.id == actor.account_id)


def wholly_managed(actor: Actor, account_id: int) -> Account:
    """The account, when the administrator may act on the account itself; else 403 with the reason."""
    found = managed(actor, account_id)
    if found.own:
        raise Forbidden(OWN)
    if found.held_elsewhere:
        raise Forbidden(ELSEWHERE)
    return found.account


def units_offered(actor: Actor) -> list[Unit]:
    """The units in which the actor may give posts today, in the order of the official list."""
    return list(db.session.scalars(alive_on(clock.today()).where(below(paths(actor)))))


def unit_in_reach(actor: Actor, unit_id: int) -> Unit | None:
    """The unit, when it lies in the own tree."""
    return db.session.scalars(select(Unit).where(Unit.id == unit_id, below(paths(actor)))).first()
