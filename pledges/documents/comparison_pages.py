"""A unit's signed pledge against its tasks as they are today, on paper. Route on the blueprint of documents."""

from flask import abort

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.commitments.comparison import against_now
from pledges.commitments.models import Commitment
from pledges.commitments.queries import whole
from pledges.core import clock
from pledges.core.database import db
from pledges.documents.blueprint import blueprint
from pledges.documents.comparison import sheet_of
from pledges.documents.printing import Answer, printed


@blueprint.get("/van-ban/so-sanh-cam-ket/<int:commitment_id>.pdf")
@guard(Permission.SEE_COMMITMENT)
def comparison(commitment_id: int) -> Answer:
    """Đã cam kết so với hiện nay: each task of the frozen text beside what it says today, and who allowed that."""
    found = db.first_or_404(whole().where(Commitment.id == commitment_id))
    authorise(Permission.SEE_COMMITMENT, found.subject())
    if found.digest is None:
        abort(404)
    compared = against_now(db.session(), found)
    name = f"So sánh cam kết {found.unit.name}.pdf"
    return printed(sheet_of(found, compared, clock.today()), name)
