"""Navigation by role: every place, who sees it, and what waits there."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy.orm import Session

from pledges.access.guard import current_actor_or_none
from pledges.access.permissions import Permission, may_somewhere, may_within
from pledges.access.roles import Actor
from pledges.campaigns.queries import organising_paths
from pledges.core.database import db
from pledges.reviews.queries import how_many_wait


@dataclass(frozen=True)
class Place:
    """A place in the top bar: the endpoints below it, and who sees it (anybody signed in without permissions).

    A place `until_the_first` campaign is the way to make it; afterwards the others lead there.
    """

    label: str
    endpoint: str
    features: tuple[str, ...]
    permissions: tuple[Permission, ...] = ()
    waiting: Callable[[Session, Actor], int] | None = None
    until_the_first: bool = False

    def shown_to(self, actor: Actor, organisers: list[str]) -> bool:
        """Whether the place holds anything for the actor; `organisers` are the units that organise campaigns."""
        if self.until_the_first:
            return not organisers and any(may_somewhere(actor, one) for one in self.permissions)
        return not self.permissions or any(may_within(actor, one, organisers) for one in self.permissions)


@dataclass(frozen=True)
class Link:
    """A place as a page shows it."""

    label: str
    url: str
    current: bool
    count: int | None


def to_review(session: Session, actor: Actor) -> int:
    """How many things the queue shows this leader."""
    return session.scalar(how_many_wait(actor)) or 0


DECISIONS = (
    "tasks.approve",
    "tasks.send_back",
    "tasks.approve_several",
    "tasks.approved_several",
    "tasks.approve_amendment",
    "tasks.return_amendment",
)
"""Pages of tasks that belong to the queue of what waits for a leader."""

PLACES = (
    Place("Việc của tôi", "site.home", ("site.home",)),
    Place("Bảng theo dõi", "overview.board", ("overview", "followups"), (Permission.SEE_OVERVIEW,)),
    Place(
        "Phong trào",
        "campaigns.listing",
        ("campaigns",),
        (Permission.EDIT_CAMPAIGN,),
        until_the_first=True,
    ),
    Place("Phần việc", "tasks.listing", ("tasks", "progress", "campaigns"), (Permission.SEE_TASK,)),
    Place("Cam kết", "commitments.listing", ("commitments",), (Permission.SEE_COMMITMENT,)),
    Place(
        "Duyệt",
        "reviews.queue",
        ("reviews", *DECISIONS),
        (Permission.REVIEW_REPORT, Permission.DECIDE_TASK),
        to_review,
    ),
    Place("Văn bản", "documents.listing", ("documents",), (Permission.PRINT_REPORT,)),
    Place(
        "Quản trị",
        "accounts.listing",
        ("accounts", "units", "audit", "upkeep"),
        (Permission.MANAGE_ACCOUNTS,),
    ),
)

OWN = frozenset(
    {
        "accounts.own",
        "accounts.change_password",
        "accounts.enrol",
        "accounts.turn_off",
        "accounts.new_codes",
        "accounts.second_step",
        "accounts.end_session",
        "accounts.sign_out_everywhere",
        "accounts.keep_unsent",
        "accounts.drop_unsent",
        "accounts.choose_digest",
        "accounts.make_calendar",
        "accounts.end_calendar",
        "upkeep.my_data",
        "upkeep.take_my_data",
        "upkeep.ask_data",
    }
)
"""Pages behind a person's own name, not below a place of the bar."""


def navigation() -> list[Link]:
    """The places of the signed-in person; empty when nobody is."""
    actor = current_actor_or_none()
    if actor is None:
        return []
    held = [holding.unit_path for holding in actor.holdings]
    organisers = list(db.session.scalars(organising_paths(held)))
    closest = max(map(_holds, PLACES))
    return [
        Link(
            label=place.label,
            url=url_for(place.endpoint),
            current=0 < _holds(place) == closest,
            count=place.waiting(db.session(), actor) if place.waiting else None,
        )
        for place in PLACES
        if place.shown_to(actor, organisers)
    ]


def _holds(place: Place) -> int:
    """How closely a place holds the page: 0 not at all, more where it names the very page, and not its feature."""
    endpoint = request.endpoint or ""
    if endpoint in OWN:
        return 0
    names = [one for one in place.features if endpoint == one or endpoint.startswith(f"{one}.")]
    return max(map(len, names), default=0)
