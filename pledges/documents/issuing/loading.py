"""The document of an address, with all that its pages show."""

from flask import abort

from pledges.core.database import db
from pledges.documents.issuing import queries
from pledges.documents.models import Document


def found_or_404(document_id: int) -> Document:
    """The document with all that its pages show."""
    found = db.session.scalars(queries.whole(document_id)).first()
    if found is None:
        abort(404)
    return found
