"""Pages of signed PDFs: handing one in, and what its check found. Routes on the blueprint of commitments."""

from http import HTTPStatus

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from pledges.access.guard import allowed, authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.commitments.blueprint import blueprint
from pledges.commitments.copies.outside import matching, operations
from pledges.commitments.copies.outside.examination import examine
from pledges.commitments.copies.outside.forms import MatchForm, OutsideForm
from pledges.commitments.models import Commitment, SignedCopy
from pledges.commitments.queries import whole
from pledges.commitments.rules import CommitmentStatus, CopyKind
from pledges.commitments.signing_rules import not_open
from pledges.core import clock
from pledges.core.database import db
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.files import operations as files
from pledges.files.serving import folder
from pledges.files.signed import findings as texts
from pledges.files.signed import roots
from pledges.files.signed.rules import Findings, doubts

Answer = Response | str | tuple[str, int]
LONGEST_NAME = 200


@blueprint.route("/cam-ket/<int:commitment_id>/ky-so", methods=["GET", "POST"])
@guard(Permission.FILE_SIGNED_PDF)
def outside(commitment_id: int) -> Answer:
    """Nộp tệp PDF ký số: checked as soon as it comes, and kept byte for byte, good or bad."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.FILE_SIGNED_PDF, found.subject(), see=Permission.SEE_COMMITMENT)
    form = OutsideForm.bind()
    examined = _examined(form, found)
    if form.accepts() and examined:
        with form.act() as act:
            copy = _file(found, *examined, form.pdf.data.filename, actor)
            act.location = url_for("commitments.outside_copy", commitment_id=commitment_id, copy_id=copy.id)
            db.session.commit()
            flash("Đã nhận tệp và kiểm chữ ký số; kết quả ở dưới đây.", "good")
            return redirect(act.location)
    if words := not_open(db.session(), found):
        return render_template("commitments/not_now.html", commitment=found, words=words, form=form), 409
    return render_template(
        "commitments/outside.html", form=form, commitment=found, earlier=_signed_pdfs(found)
    )


def _examined(form: OutsideForm, found: Commitment) -> tuple[bytes, Findings] | None:
    """The file that came with what its check found, before any turn to write is taken: the check takes seconds.

    Only a form that was rendered for this very person is believed: its key says so.
    """
    upload = form.pdf.data
    came = isinstance(upload, FileStorage) and upload.filename
    if request.method != "POST" or not came or not form.form_key.data or found.digest is None:
        return None
    content = upload.stream.read()
    trusted = roots.certificates(current_app.config["TRUST_ROOTS"])
    try:
        return content, examine(db.session(), found, content, trusted, at=clock.now())
    except Refused as refused:
        form.pdf.process_errors.append(str(refused))
        return None


def _file(found: Commitment, content: bytes, findings: Findings, name: str, actor: Actor) -> SignedCopy:
    session, at = db.session(), clock.now()
    stored = files.store(session, folder(), content, by=actor, at=at)
    name = clean_line(name)[-LONGEST_NAME:]
    copy = operations.file_pdf(session, found, stored, name, findings, by=actor, at=at)
    session.flush()
    return copy


@blueprint.route("/cam-ket/<int:commitment_id>/ky-so/<int:copy_id>", methods=["GET", "POST"])
@guard(Permission.SEE_COMMITMENT)
def outside_copy(commitment_id: int, copy_id: int) -> Answer:
    """Kết quả kiểm tệp PDF ký số, and whose signatures in it are recorded."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.SEE_COMMITMENT, found.subject())
    if request.method == "POST":
        authorise(Permission.FILE_SIGNED_PDF, found.subject(), see=Permission.SEE_COMMITMENT)
    copy = next((one for one in _signed_pdfs(found, aside=True) if one.id == copy_id), None)
    if copy is None:
        abort(HTTPStatus.NOT_FOUND)
    findings = texts.read(copy.findings or "")
    form = _match_form(found, copy, findings)
    if form.accepts():
        with form.act() as act:
            number = len(form.matches)
            _record(form, copy, actor)
            act.location = url_for("commitments.outside_copy", commitment_id=commitment_id, copy_id=copy_id)
            db.session.commit()
            flash(f"Đã ghi nhận {number} chữ ký số.", "good")
            return redirect(act.location)
    return _page(form, found, copy, findings)


def _page(form: MatchForm, found: Commitment, copy: SignedCopy, findings: Findings) -> str:
    refused, used = matching.refusals(found, findings), operations.recorded(db.session(), findings)
    named = {one.id: one.label for one in found.signatories}
    open_now = _open_now(found, copy)
    counts = [one for number, one in enumerate(findings.signatures) if number not in refused]
    return render_template(
        "commitments/outside_copy.html",
        form=form,
        commitment=found,
        copy=copy,
        findings=findings,
        refused=refused,
        recorded={mark: named.get(one.signatory_id, one.signer_name) for mark, one in used.items()},
        waiting=[one for one in counts if one.mark not in used] if open_now else [],
        offers=open_now and allowed(Permission.FILE_SIGNED_PDF, found.subject()),
    )


def _open_now(found: Commitment, copy: SignedCopy) -> bool:
    """Whether signatures of the copy may be recorded now."""
    frozen = found.status is CommitmentStatus.FROZEN and not not_open(db.session(), found)
    return frozen and copy.aside_at is None


def _match_form(found: Commitment, copy: SignedCopy, findings: Findings) -> MatchForm:
    """The form for the signatures that can count and don't yet; an officer is asked of those that are proven."""
    may_vouch = allowed(Permission.VOUCH_FOR_SIGNED_PDF, found.subject())
    refused, used = matching.refusals(found, findings), operations.recorded(db.session(), findings)
    text_proven = matching.same_text_proven(findings)
    signatures = [
        one
        for number, one in enumerate(findings.signatures if _open_now(found, copy) else ())
        if number not in refused and one.mark not in used
        if may_vouch or (text_proven and not doubts(one))
    ]
    offered = matching.ways(db.session(), found)
    return MatchForm.bind(
        found,
        signatures=signatures,
        ways=offered,
        proposed=matching.proposed(signatures, offered),
        text_proven=text_proven,
        may_vouch=may_vouch,
    )


def _record(form: MatchForm, copy: SignedCopy, actor: Actor) -> None:
    operations.record_matches(
        db.session(),
        copy,
        form.matches,
        compared=form.may_vouch and bool(form.compared.data),
        vouched=form.may_vouch and bool(form.vouched.data),
        by=actor,
        at=clock.now(),
    )


def _signed_pdfs(found: Commitment, *, aside: bool = False) -> list[SignedCopy]:
    return [one for one in found.filed if one.kind is CopyKind.SIGNED_PDF and (aside or one.aside_at is None)]


def _commitment(commitment_id: int) -> Commitment:
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    return found
