"""Việc của tôi: what waits for a person today, gravest first, and what that person did lately."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.accounts.queries import appointments_of
from pledges.audit.queries import newest_first
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import works_on
from pledges.core.dates import format_instant
from pledges.core.forms.unsent import UnsentForm, of_account
from pledges.site import inbox, queries
from pledges.site.acts import Act, lately
from pledges.site.results import Registrations, registrations
from pledges.site.waits.kinds import Wait

_LOOKED_AT = 50
"""So many of the newest entries of the log are checked whenever an administrator opens the page."""


@dataclass(frozen=True)
class LogState:
    """Tình trạng nhật ký: how many entries, the newest one, and whether the last ones are whole."""

    entries: int
    at_text: str
    seal: str
    whole: bool
    looked_at: int


@dataclass(frozen=True)
class Desk:
    """Everything the first page says.

    `begun`: what was typed and not sent, the newest first. `registers`: whether tasks can be registered. `ask` names
    whom a person without a post may ask; None for all others.
    """

    waits: list[Wait]
    begun: list[UnsentForm]
    acts: list[Act]
    registrations: Registrations
    registers: bool = False
    log: LogState | None = None
    ask: list[str] | None = None

    @property
    def count(self) -> int:
        """How many things wait."""
        return inbox.count(self.waits)


def desk(session: Session, actor: Actor, today: date) -> Desk:
    """A person's desk, in a number of queries that does not grow with what lies on it."""
    campaigns = list(session.scalars(seen_by(actor)))
    open_ids = [campaign.id for campaign in campaigns if works_on(campaign.status)]
    return Desk(
        waits=inbox.of(session, actor, today),
        begun=list(session.scalars(of_account(actor.account_id))),
        acts=lately(session, actor, campaigns),
        registrations=registrations(session, actor, open_ids, today),
        registers=bool(open_ids) and may_somewhere(actor, Permission.ENTER_TASK),
        log=_log(session) if may_somewhere(actor, Permission.SEE_LOG) else None,
        ask=None if actor.holdings else _administrators(session, actor, today),
    )


def _administrators(session: Session, actor: Actor, today: date) -> list[str]:
    """The administrators of the units in which the person had a post; of all, when there never was one."""
    had = [post.unit.path for post in session.scalars(appointments_of(actor.account_id))]
    found = list(session.scalars(queries.administrators(today)))
    near = [post for post in found if any(path.startswith(post.unit.path) for path in had)]
    return list(dict.fromkeys(f"{post.account.name} ({post.unit.name})" for post in near or found))


def _log(session: Session) -> LogState | None:
    entries = list(session.scalars(newest_first().limit(_LOOKED_AT)))
    if not entries:
        return None
    newest = entries[0]
    linked = all(
        later.previous == earlier.hash and later.number == earlier.number + 1
        for later, earlier in pairwise(entries)
    )
    return LogState(
        entries=newest.number,
        at_text=format_instant(newest.at),
        seal=newest.hash,
        whole=linked and all(entry.sealed().digest() == entry.hash for entry in entries),
        looked_at=len(entries),
    )
