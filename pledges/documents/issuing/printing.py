"""Papers of one document: the kept print, a draft as it would be printed, and what Word and Excel open."""

from http import HTTPStatus

from flask import abort, render_template

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting.composing import paper_of
from pledges.documents.issuing.kept import PrintLost, note_lost, print_of, unchanged
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.rules import name_of
from pledges.documents.issuing.succession import mark_of
from pledges.documents.models import Document
from pledges.documents.pdf.marking import marked
from pledges.documents.printing import PDF, Answer, filed, fonts, printed
from pledges.documents.sheets.paper import Paper, Ready
from pledges.documents.sheets.record import read
from pledges.files.serving import folder


@blueprint.get("/van-ban/<int:document_id>.pdf")
@guard(Permission.SEE_DOCUMENT)
def document_pdf(document_id: int) -> Answer:
    """Bản in: of an issued document the bytes that were kept, never drawn again; of a draft what it says now."""
    document = found_or_404(document_id)
    actor = authorise(Permission.SEE_DOCUMENT, document.subject())
    if not document.status.issued:
        return printed(Ready(paper_of(document)), f"{file_name(document)}.pdf")
    try:
        return file_answer(print_of(document, folder()), PDF, f"{file_name(document)}.pdf")
    except PrintLost as lost:
        return _lost(document, lost, actor)


@blueprint.get("/van-ban/<int:document_id>/ban-danh-dau.pdf")
@guard(Permission.SEE_DOCUMENT)
def marked_pdf(document_id: int) -> Answer:
    """Bản đánh dấu of a document that is in force no longer: the kept print, and over its pages what became of it."""
    document = found_or_404(document_id)
    actor = authorise(Permission.SEE_DOCUMENT, document.subject())
    mark = mark_of(db.session(), document)
    if mark is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        content = print_of(document, folder())
    except PrintLost as lost:
        return _lost(document, lost, actor)
    name = f"{file_name(document)} ({document.status.label.lower()}).pdf"
    return file_answer(marked(content, *mark, fonts()), PDF, name)


def _lost(document: Document, lost: PrintLost, actor: Actor) -> Answer:
    """Why there is no print; noted in the log."""
    number = document.id
    page = render_template("documents/issuing/lost.html", document=document, sentence=str(lost))
    db.session.rollback()
    note_lost(number, lost, by=actor)
    return page, HTTPStatus.GONE if lost.gone else HTTPStatus.CONFLICT


@blueprint.get("/van-ban/<int:document_id>.docx")
@guard(Permission.SEE_DOCUMENT)
def document_docx(document_id: int) -> Answer:
    """The document as Word opens it, to be worked on further; its print alone is what was issued."""
    document = found_or_404(document_id)
    authorise(Permission.SEE_DOCUMENT, document.subject())
    return filed(Ready(said_by(document)), file_name(document), "docx")


@blueprint.get("/van-ban/<int:document_id>.xlsx")
@guard(Permission.SEE_DOCUMENT)
def document_xlsx(document_id: int) -> Answer:
    """The document's tables as Excel opens them."""
    document = found_or_404(document_id)
    authorise(Permission.SEE_DOCUMENT, document.subject())
    return filed(Ready(said_by(document)), file_name(document), "xlsx")


def said_by(document: Document) -> Paper:
    """What the document says: as it was frozen, or as the draft stands now; 409 for a text that was changed since."""
    if not document.status.issued:
        return paper_of(document)
    frozen = read(document.paper) if unchanged(document) else None
    if not isinstance(frozen, Paper):
        abort(HTTPStatus.CONFLICT)
    return frozen


def file_name(document: Document) -> str:
    """The name of its files, without the ending: "Báo cáo số 05-BC-UBND"."""
    name = name_of(document.kind, document.number, document.symbol).replace("/", "-")
    day = document.issued_on or document.as_of
    return f"{name} {day.isoformat()}"
