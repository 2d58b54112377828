"""Đã cam kết so với hiện nay: the page. Routes on the blueprint of commitments."""

from flask import render_template

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.commitments.blueprint import blueprint
from pledges.commitments.comparison import against_now
from pledges.commitments.models import Commitment
from pledges.commitments.queries import whole
from pledges.core import clock
from pledges.core.database import db
from pledges.tasks.amending.rules import ChangeKind


@blueprint.get("/cam-ket/<int:commitment_id>/so-sanh")
@guard(Permission.SEE_COMMITMENT)
def comparison(commitment_id: int) -> str:
    """So sánh: each task as it was pledged beside as it is now, what changed, who allowed it and why."""
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    authorise(Permission.SEE_COMMITMENT, found.subject())
    return render_template(
        "commitments/comparison.html",
        commitment=found,
        comparison=against_now(db.session(), found),
        today=clock.today(),
        ChangeKind=ChangeKind,
    )
