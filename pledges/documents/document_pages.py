"""The pages of one document as pictures: of an issued one those of the kept print. Routes on the blueprint."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, abort, render_template, request

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting.composing import paper_of
from pledges.documents.issuing.kept import PrintLost, note_lost, print_of
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pictures import DOTS, DRAWN, PageSize, picture_of, sizes_of
from pledges.documents.printing import PNG, Answer, fonts, unprintable
from pledges.documents.sheets.paper import Ready
from pledges.files.serving import folder


@blueprint.get("/van-ban/<int:document_id>/xem")
@guard(Permission.SEE_DOCUMENT)
def document_pages(document_id: int) -> Answer:
    """Xem bản in: the pages of a document; where the kept print is lost, the sentence that says so."""
    found, actor = _found(document_id)
    pages: Sequence[PageSize] = ()
    lost: PrintLost | None = None
    try:
        pages = sizes_of(_print_of(found))
    except PrintLost as gone:
        lost = gone
    except GlyphMissingError as missing:
        return unprintable(missing, Ready(paper_of(found)))
    name = name_of(found.kind, found.number, found.symbol)
    page = render_template("documents/document_pages.html", document=found, name=name, pages=pages, lost=lost)
    if lost is not None:
        db.session.rollback()
        note_lost(document_id, lost, by=actor)
    return page


@blueprint.get("/van-ban/<int:document_id>/trang/<int:page>.png")
@guard(Permission.SEE_DOCUMENT)
def document_picture(document_id: int, page: int) -> Answer:
    """Một trang của văn bản."""
    found, _actor = _found(document_id)
    try:
        content = _print_of(found)
        mark = f"{found.file.sha256}-{DOTS}-{page}" if found.status.issued and found.file is not None else ""
        if mark and mark in request.if_none_match:
            return _kept(Response(status=HTTPStatus.NOT_MODIFIED), mark)
        picture = picture_of(content, page)
    except (PrintLost, GlyphMissingError):
        picture = None
    answer = file_answer(picture or abort(404), PNG, f"trang-{page}.png")
    return _kept(answer, mark) if mark else answer


def _kept(answer: Response, mark: str) -> Response:
    """Let the browser keep a page of what never changes; it asks each time whether it still may show it."""
    answer.set_etag(mark)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _found(document_id: int) -> tuple[Document, Actor]:
    found = found_or_404(document_id)
    return found, authorise(Permission.SEE_DOCUMENT, found.subject())


def _print_of(found: Document) -> bytes:
    """The kept print of an issued document; of a draft what it says now."""
    return print_of(found, folder()) if found.status.issued else DRAWN.of(Ready(paper_of(found)), fonts())
