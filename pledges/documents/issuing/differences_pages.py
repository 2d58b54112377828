"""What two documents say differently: a page. A route on the blueprint of documents."""

from flask import abort, render_template, request

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.documents.blueprint import blueprint
from pledges.documents.issuing.differing import differences as between
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.printing import said_by
from pledges.documents.issuing.rules import name_of

WHOLE = "tat-ca"
"""The argument that also shows what is the same."""


@blueprint.get("/van-ban/<int:document_id>/khac-voi/<int:other_id>")
@guard(Permission.SEE_DOCUMENT)
def differences(document_id: int, other_id: int) -> str:
    """Khác với văn bản trước: block by block, word by word, cell by cell; a draft as it stands now."""
    found, other = found_or_404(document_id), found_or_404(other_id)
    authorise(Permission.SEE_DOCUMENT, found.subject())
    authorise(Permission.SEE_DOCUMENT, other.subject())
    if found is other:
        abort(404)
    return render_template(
        "documents/issuing/differences.html",
        document=found,
        other=other,
        name=name_of(found.kind, found.number, found.symbol),
        other_name=name_of(other.kind, other.number, other.symbol),
        found=between(said_by(other), said_by(found)),
        whole=request.args.get(WHOLE) == "1",
    )
