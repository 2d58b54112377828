"""What was signed on paper: recorded, and its copies filed. Routes on the blueprint of commitments."""

from collections.abc import Collection

from flask import Response as FileAnswer
from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import whole as authorisations
from pledges.commitments import scans, signatures
from pledges.commitments.blueprint import blueprint
from pledges.commitments.copies import operations as copies
from pledges.commitments.copies import queries
from pledges.commitments.copies.foreign import foreign_papers
from pledges.commitments.copies.forms import AsideForm, CopyForm
from pledges.commitments.copies.outside.counting import Counted, countings
from pledges.commitments.models import Commitment, SignedCopy
from pledges.commitments.queries import whole
from pledges.commitments.rules import CopyKind, SigningWay, StepRefused
from pledges.commitments.signing import not_open
from pledges.commitments.signing_forms import PaperForm
from pledges.core import clock
from pledges.core.database import db
from pledges.files.serving import answer


@blueprint.route("/cam-ket/<int:commitment_id>/ky-giay", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def record_paper(commitment_id: int) -> Response | str | tuple[str, int]:
    """Ghi nhận chữ ký trên giấy: who, when, where, certified by whom, with the scan."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, found.subject(), see=Permission.SEE_COMMITMENT)
    form = PaperForm.bind(
        found,
        signatories=found.signatories,
        certified_by=actor.name,
        authorisations=list(
            db.session.scalars(authorisations().where(Authorisation.unit_id == found.unit_id))
        ),
    )
    scans.keep(form, "scan", by=actor, at=clock.now())
    form.foreign = foreign_papers(db.session(), found, scans.kept(form))
    if form.accepts():
        with form.act() as act:
            _record(form, found, actor)
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            number = len(form.signatories.data or ())
            db.session.commit()
            flash(f"Đã ghi nhận {number} chữ ký trên giấy.", "good")
            return redirect(act.location)
    if words := not_open(found):
        return render_template("commitments/not_now.html", commitment=found, words=words, form=form), 409
    return render_template(
        "commitments/record_paper.html", form=form, commitment=found, kept=scans.kept(form)
    )


def _record(form: PaperForm, found: Commitment, actor: Actor) -> None:
    on, at = form.signed_on.data, clock.now()
    assert on is not None  # noqa: S101 - the field is required
    seen = signatures.Seen(on=on, place=form.place.data or "", certified_by=form.certified_by.data or "")
    for signatory in form.signatories.records:
        signatures.record_on_paper(db.session(), signatory, seen, by=actor, at=at, signer=form.signer)
    for scan in scans.kept(form):
        copies.file_scan(db.session(), found, *scan, by=actor, at=at)


@blueprint.get("/cam-ket/<int:commitment_id>/ban-da-ky/<int:copy_id>")
@guard(Permission.SEE_COMMITMENT)
def copy(commitment_id: int, copy_id: int) -> FileAnswer:
    """Bản đã ký: a filed scan or signed PDF, byte for byte."""
    found = _commitment(commitment_id)
    authorise(Permission.SEE_COMMITMENT, found.subject())
    filed = _copy_of(found, copy_id)
    return answer(filed.file, f"Bản đã ký {found.unit.name}.{filed.file.extension}")


@blueprint.route("/cam-ket/<int:commitment_id>/luu-ban-ky", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def file_copy(commitment_id: int) -> Response | str:
    """Lưu bản đã ký: photographs or scans of the paper of one unit, also long after it was signed."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, found.subject(), see=Permission.SEE_COMMITMENT)
    form = CopyForm.bind()
    scans.keep(form, "photos", "files", by=actor, at=clock.now(), beside=True)
    if came := scans.kept(form):
        form.foreign = foreign_papers(db.session(), found, came)
        db.session.rollback()  # reading may have taken seconds
        found = _commitment(commitment_id)
    if form.accepts():
        with form.act() as act:
            taken = scans.kept(form)
            if not taken:
                raise StepRefused("Chưa có ảnh hay tệp nào để lưu.")
            for stored, name in taken:
                copies.file_scan(db.session(), found, stored, name, by=actor, at=clock.now())
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash(f"Đã lưu {len(taken)} tệp vào hồ sơ của {found.unit.name}.", "good")
            return redirect(act.location)
    return render_template(
        "commitments/copies/file_copy.html",
        form=form,
        commitment=found,
        kept=scans.kept(form),
        on_paper=any(one.signature and one.signature.way is SigningWay.PAPER for one in found.signatories),
    )


@blueprint.route("/cam-ket/<int:commitment_id>/ban-da-ky/<int:copy_id>/dua-ra", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def put_aside(commitment_id: int, copy_id: int) -> Response | str:
    """Đưa ra ngoài hồ sơ: a copy filed at the wrong unit, with the reason; perhaps filed at the right one."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, found.subject(), see=Permission.SEE_COMMITMENT)
    filed = _copy_of(found, copy_id)
    scan = filed.kind is CopyKind.SCAN
    others = db.session.scalars(queries.to_file_at(found.campaign_id)) if scan else ()
    form = AsideForm.bind(commitments=[one for one in others if one.id != found.id])
    if form.accepts():
        with form.act() as act:
            to = form.to.record
            copies.put_aside(db.session(), filed, form.reason.data or "", by=actor, at=clock.now(), to=to)
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash(f"Đã đưa ra ngoài hồ sơ{f' và lưu vào hồ sơ của {to.unit.name}' if to else ''}.", "good")
            return redirect(act.location)
    return render_template("commitments/copies/put_aside.html", form=form, commitment=found, copy=filed)


@blueprint.app_template_global("copies_counted")
def copies_counted(filed: Collection[SignedCopy]) -> dict[int, Counted]:
    """What each of the copies that a page lists counts for."""
    return countings(db.session(), filed)


def _copy_of(found: Commitment, copy_id: int) -> SignedCopy:
    filed = next((one for one in found.filed if one.id == copy_id), None)
    if filed is None:
        abort(404)
    return filed


def _commitment(commitment_id: int) -> Commitment:
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    return found
