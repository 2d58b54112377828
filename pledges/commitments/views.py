"""Pages of commitments: who has signed, and one commitment with everything about it."""

import logging
from http import HTTPStatus

from flask import render_template, request
from sqlalchemy.orm import Session

from pledges.access.guard import allowed, authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.audit.queries import history
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import campaign_question, chosen, url_in
from pledges.commitments import (
    authorisations,
    board,
    comparison_pages,
    preparing,
    preparing_several,
    signing,
)
from pledges.commitments.blueprint import blueprint
from pledges.commitments.ceremonies import ticking as ceremonies
from pledges.commitments.ceremonies.queries import of_campaign as ceremonies_of
from pledges.commitments.comparison import Renewal, to_renew
from pledges.commitments.content import dropped
from pledges.commitments.copies import piles
from pledges.commitments.copies import views as copies
from pledges.commitments.copies.outside import views as outside
from pledges.commitments.models import Commitment
from pledges.commitments.pledges import pledge_of
from pledges.commitments.queries import editions, whole
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, dropped_words
from pledges.commitments.signing_rules import open_ways, person_of, to_decline
from pledges.commitments.standing import Stage, signed_of
from pledges.commitments.standing_words import days_words
from pledges.commitments.story import told
from pledges.core import clock
from pledges.core.database import db
from pledges.core.filters import Wishes
from pledges.tasks.queries import of_unit_in_campaign

log = logging.getLogger(__name__)

__all__ = [
    "authorisations",
    "blueprint",
    "ceremonies",
    "comparison_pages",
    "copies",
    "outside",
    "piles",
    "preparing",
    "preparing_several",
    "signing",
]


@blueprint.get("/cam-ket")
@guard(Permission.SEE_COMMITMENT)
def listing() -> str:
    """Cam kết của các đơn vị: who has signed, who hasn't, and what is to be done."""
    actor, session, today = current_actor(), db.session(), clock.today()
    seen = list(session.scalars(seen_by(actor)))
    campaign = chosen(seen)
    units = board.standings(session, campaign, actor) if campaign else []
    wishes = Wishes.read(request.args, "Tìm đơn vị", *campaign_question(seen), *board.questions(units, today))
    organises = campaign is not None and allowed(Permission.SEE_COMMITMENT, campaign.subject())
    return render_template(
        "commitments/listing.html",
        campaign=campaign,
        wishes=wishes,
        units=units,
        shown=board.shown(units, wishes, today),
        counts=board.Counts(units, today),
        reminder=board.reminder(units, clock.now()) if organises else "",
        ceremonies=list(session.scalars(ceremonies_of(campaign.id))) if campaign and organises else [],
        day=today,
        days_words=days_words,
        url_in=url_in,
        Stage=Stage,
    )


@blueprint.get("/cam-ket/<int:commitment_id>")
@guard(Permission.SEE_COMMITMENT)
def commitment(commitment_id: int) -> str:
    """Bản cam kết: what it says, who signs, what happened to it."""
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    actor = authorise(Permission.SEE_COMMITMENT, found.subject())
    session, today = db.session(), clock.today()
    person = person_of(session, actor.account_id)
    tasks = session.scalars(of_unit_in_campaign(found.campaign_id, found.unit_id))
    signed, all_of = signed_of(found)
    gone = dropped(session, found) if found.status is CommitmentStatus.FROZEN else []
    return render_template(
        "commitments/commitment.html",
        commitment=found,
        pledge=pledge_of(found, list(tasks)),
        gone=dropped_words(gone) if gone else "",
        goes_on=works_on(found.campaign.status),
        renewal=_renewal(session, found),
        signed=signed,
        all_of=all_of,
        others=[
            one
            for one in session.scalars(editions(found.campaign_id, found.unit_id))
            if one is not found and allowed(Permission.SEE_COMMITMENT, one.subject())
        ],
        signs=bool(open_ways(session, found, person, today)),
        declines=bool(to_decline(session, found, person, today)),
        story=told(session.scalars(history("commitment", found.id))),
        CommitmentStatus=CommitmentStatus,
    )


def _renewal(session: Session, found: Commitment) -> Renewal | None:
    """Why the unit signs again, where this edition is in force and a change touched it."""
    in_force = [found] if found.status is CommitmentStatus.SIGNED else []
    return to_renew(session, in_force).get(found.unit_id)


@blueprint.app_errorhandler(BrokenSeal)
def broken_seal(broken: BrokenSeal) -> tuple[str, int]:
    """Wherever a text that lost its seal was to be shown, signed or printed: a page that says so, without it."""
    log.error("the commitment sealed as %s does not match its seal, at %s", broken.digest, request.path)
    db.session.rollback()
    return render_template("commitments/broken_seal.html", digest=broken.digest), HTTPStatus.CONFLICT
