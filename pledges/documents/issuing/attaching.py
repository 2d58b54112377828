"""Bản ký của văn bản: the signed PDF or the scan that came back, filed and put aside. Routes of documents."""

from flask import Response as FileAnswer
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.commitments import scans
from pledges.core import clock
from pledges.core.database import db
from pledges.core.numbers import two_digits
from pledges.documents.blueprint import blueprint
from pledges.documents.issuing import filing
from pledges.documents.issuing.forms import AsideForm, AttachForm
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.rules import name_of
from pledges.documents.issuing.signed_copies import Came, Desk, examined
from pledges.documents.issuing.steps import Answer
from pledges.documents.models import Attachment, Document
from pledges.documents.rules import AttachmentKind
from pledges.files.serving import answer, folder
from pledges.files.signed import roots


@blueprint.route("/van-ban/<int:document_id>/nop-ban-ky", methods=["GET", "POST"])
@guard(Permission.ISSUE_DOCUMENT)
def attach(document_id: int) -> Answer:
    """Nộp bản ký: the PDF signed elsewhere, or scans of the paper with its stamp."""
    found = found_or_404(document_id)
    actor = authorise(Permission.ISSUE_DOCUMENT, found.subject(), see=Permission.SEE_DOCUMENT)
    form = AttachForm.bind()
    scans.keep(form, "files", by=actor, at=clock.now(), beside=True)
    form.came = _examined(form, found)
    if form.accepts():
        with form.act() as act:
            found, kind = found_or_404(document_id), AttachmentKind(form.kind.data)
            looked = bool(form.compared.data)
            count = filing.attach(
                db.session(), found, form.came, kind, compared=looked, by=actor, at=clock.now()
            )
            act.location = url_for("documents.document", document_id=document_id, _anchor="ban-ky")
            db.session.commit()
            flash(f"Đã lưu {two_digits(count)} tệp vào hồ sơ văn bản.", "good")
            return redirect(act.location)
    name = name_of(found.kind, found.number, found.symbol)
    page = render_template(
        "documents/issuing/attach.html", form=form, document=found, name=name, kept=scans.kept(form)
    )
    return page if found.status.issued else (page, 409)


def _examined(form: AttachForm, found: Document) -> list[Came]:
    """The files that came with what was found in them, before any turn to write is taken: reading takes seconds.

    What is not taken is told beside the field, and chosen anew.
    """
    came = [Came(stored, name) for stored, name in scans.kept(form)]
    if request.method != "POST" or not form.kind.data or not found.status.issued:
        return came
    desk = Desk(folder(), roots.certificates(current_app.config["TRUST_ROOTS"]))
    kind, session = AttachmentKind(form.kind.data), db.session()
    seen = [examined(session, found, one, kind, desk, at=clock.now()) for one in came]
    session.rollback()
    form.files.process_errors += [f"{one.name}: {one.refused}" for one in seen if one.refused]
    taken = [one for one in seen if not one.refused]
    if len(taken) < len(seen):
        form.kept.data = scans.seal([(one.stored.id, one.name) for one in taken])
    return taken


@blueprint.get("/van-ban/<int:document_id>/ban-ky/<int:attachment_id>")
@guard(Permission.SEE_DOCUMENT)
def attachment(document_id: int, attachment_id: int) -> FileAnswer:
    """Bản ký đã nộp, byte for byte."""
    found = found_or_404(document_id)
    authorise(Permission.SEE_DOCUMENT, found.subject())
    filed = _of(found, attachment_id)
    return answer(filed.file, filed.name)


@blueprint.route("/van-ban/<int:document_id>/ban-ky/<int:attachment_id>/bo-ra", methods=["GET", "POST"])
@guard(Permission.ISSUE_DOCUMENT)
def put_attachment_aside(document_id: int, attachment_id: int) -> Response | str:
    """Bỏ ra ngoài một bản nộp nhầm, with the reason; it stays readable."""
    found = found_or_404(document_id)
    actor = authorise(Permission.ISSUE_DOCUMENT, found.subject(), see=Permission.SEE_DOCUMENT)
    filed = _of(found, attachment_id)
    form = AsideForm.bind(found)
    if form.accepts():
        with form.act() as act:
            reason = form.reason.data or ""
            filing.put_aside(db.session(), found, filed, reason, by=actor, at=clock.now())
            act.location = url_for("documents.document", document_id=found.id)
            db.session.commit()
            flash("Đã bỏ ra ngoài; tệp vẫn được giữ cùng lý do.", "good")
            return redirect(act.location)
    name = name_of(found.kind, found.number, found.symbol)
    return render_template(
        "documents/issuing/put_aside.html", form=form, document=found, name=name, attachment=filed
    )


def _of(found: Document, attachment_id: int) -> Attachment:
    filed = next((one for one in found.attachments if one.id == attachment_id), None)
    if filed is None:
        abort(404)
    return filed
