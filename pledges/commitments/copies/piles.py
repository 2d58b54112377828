"""A pile: one scan of the papers of many units, split by page. Routes on the blueprint of commitments.

The pile is kept as soon as it could be read; nothing is filed before the clerk has confirmed what its pages are.
"""

from dataclasses import dataclass
from typing import Any

from flask import Response as FileAnswer
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.commitments.blueprint import blueprint
from pledges.commitments.copies import operations as copies
from pledges.commitments.copies import queries
from pledges.commitments.copies.forms import PagesForm, PileForm
from pledges.commitments.copies.operations import Pages
from pledges.commitments.copies.outside.counting import counts_of
from pledges.commitments.copies.rules import Proposal, come_apart, proposed, runs
from pledges.commitments.models import Commitment
from pledges.commitments.scans import PILE, seal, unseal
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.core.refusal import Refused
from pledges.files import operations as files
from pledges.files import scanned
from pledges.files.models import StoredFile
from pledges.files.rules import FileRefused, recognise
from pledges.files.serving import folder

_ARGUMENT = "tep"
_SMALL, _LARGE = 264, 1100
"""Points across a picture of a page."""
_OF_ANOTHER = "Trang này mở cho người khác hoặc đã quá cũ; đồng chí chọn lại tệp rồi gửi lại."
_ONLY_PDF = "Tệp quét của nhiều đơn vị phải là PDF; ảnh chụp thì lưu ở từng đơn vị."


@dataclass(frozen=True)
class Pile:
    """A stored scan of the campaign with the name it came under, and the seal that its address carries."""

    stored: StoredFile
    name: str
    sealed: str

    def content(self) -> bytes:
        """Its bytes."""
        return files.load(folder(), self.stored)


@blueprint.route("/cam-ket/le-ky/<int:campaign_id>/ban-quet", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_scans(campaign_id: int) -> Response | str:
    """Lưu bản quét: one file for all, or unit by unit; which units have none yet."""
    campaign, actor = _campaign(campaign_id)
    form = PileForm.bind()
    pile = _taken(form, campaign, actor)
    if pile is not None and form.accepts():
        with form.act() as act:
            act.location = url_for("commitments.ceremony_pages", campaign_id=campaign_id, tep=pile.sealed)
            db.session.commit()
            return redirect(act.location)
    commitments = list(db.session.scalars(queries.to_file_at(campaign_id)))
    return render_template(
        "commitments/copies/scans.html",
        form=form,
        campaign=campaign,
        commitments=commitments,
        counts=counts_of(db.session(), commitments),
    )


def _taken(form: PileForm, campaign: Campaign, actor: Actor) -> Pile | None:
    """The pile that came: read, then kept; None when none came or it was refused, which is told at the field.

    Nobody may wait while it is read, so that no transaction is open then.
    """
    upload = form.pile.data
    if request.method != "POST":
        return None
    if not form.form_key.data:
        form.pile.errors = [_OF_ANOTHER]
        return None
    if not (isinstance(upload, FileStorage) and upload.filename):
        form.pile.errors = ["Chưa chọn tệp."]
        return None
    content, campaign_id = upload.stream.read(), campaign.id
    db.session.rollback()
    try:
        if recognise(content).extension != "pdf":
            raise FileRefused(_ONLY_PDF)
        scanned.pages_of(content)
        stored = files.store(db.session(), folder(), content, by=actor, at=clock.now())
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.pile.errors = [str(refused)]
        return None
    return Pile(stored, upload.filename, seal([campaign_id, stored.id, upload.filename], PILE))


@blueprint.route("/cam-ket/le-ky/<int:campaign_id>/xep-trang", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_pages(campaign_id: int) -> Response | str:
    """Xếp trang: of which unit each page is, as it was read; corrected, then filed."""
    campaign, actor = _campaign(campaign_id)
    pile = _pile(campaign_id)
    content = pile.content()
    commitments = list(db.session.scalars(queries.to_file_at(campaign_id)))
    found = _proposals(campaign_id, content)
    form = PagesForm.bind(
        {"pages": [{"commitment": one.commitment_id} for one in found]},
        commitments=commitments,
        number=len(found),
    )
    if form.accepts():
        with form.act() as act:
            number = _file(form, pile, content, commitments, actor)
            act.location = url_for("commitments.ceremony_scans", campaign_id=campaign_id)
            db.session.commit()
            flash(_done(number, form.chosen), "good")
            return redirect(act.location)
    return render_template(
        "commitments/copies/pages.html",
        form=form,
        campaign=campaign,
        pile=pile,
        proposals=found,
        apart=_apart(found, commitments),
    )


def _proposals(campaign_id: int, content: bytes) -> list[Proposal]:
    rows = db.session.execute(queries.codes_in(campaign_id))
    owners = {row.code: row.record_id for row in rows}
    return proposed(scanned.pages_of(content), owners)


def _file(form: PagesForm, pile: Pile, content: bytes, commitments: list[Commitment], actor: Actor) -> int:
    by_id = {one.id: one for one in commitments}
    found = runs(form.chosen)
    parts = [
        (by_id[run.commitment_id], Pages(pile.stored, run.first, run.last), part)
        for run, part in zip(
            found, scanned.parts_of(content, [(one.first, one.last) for one in found]), strict=True
        )
    ]
    filed = copies.file_parts(db.session(), parts, pile.name, folder(), by=actor, at=clock.now())
    return len(filed)


def _done(number: int, chosen: list[int | None]) -> str:
    left = sum(one is None for one in chosen)
    units = len(set(chosen) - {None})
    words = (
        f"Đã lưu {number} bản vào hồ sơ của {units} đơn vị."
        if number
        else "Các trang này đã được lưu từ trước."
    )
    return f"{words} {left} trang chỉ giữ trong tệp gốc." if left else words


def _apart(found: list[Proposal], commitments: list[Commitment]) -> list[str]:
    apart = come_apart(runs([one.commitment_id for one in found]))
    return [one.unit.name for one in commitments if one.id in apart]


@blueprint.get("/cam-ket/le-ky/<int:campaign_id>/xep-trang/<int:number>.png")
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_page_picture(campaign_id: int, number: int) -> FileAnswer:
    """Hình của một trang trong tệp quét: small beside its question, or large enough to be read."""
    _campaign(campaign_id)
    pile = _pile(campaign_id)
    try:
        picture = scanned.picture_of(pile.content(), number, _LARGE if "lon" in request.args else _SMALL)
    except FileRefused:
        abort(404)
    return file_answer(picture, "image/png", f"trang-{number}.png")


def _pile(campaign_id: int) -> Pile:
    """The pile that the address names: of this campaign, and not older than a day."""
    sealed = request.args.get(_ARGUMENT, "")
    told: Any = unseal(sealed, PILE)
    if not isinstance(told, list) or len(told) != 3 or told[0] != campaign_id:  # noqa: PLR2004 - as it was sealed
        abort(404)
    stored = db.session.get(StoredFile, told[1])
    if stored is None:
        abort(404)
    return Pile(stored, str(told[2]), sealed)


def _campaign(campaign_id: int) -> tuple[Campaign, Actor]:
    campaign: Campaign = db.first_or_404(campaigns_listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    return campaign, actor
