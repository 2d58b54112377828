"""The draft of an address, with all that its pages show."""

from flask import abort

from pledges.core.database import db
from pledges.documents.drafting import queries
from pledges.documents.models import Document


def draft_or_404(document_id: int) -> Document:
    """The document with what its editor shows, issued or not."""
    found = db.session.scalars(queries.whole(document_id)).first()
    if found is None:
        abort(404)
    return found
