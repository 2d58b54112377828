"""The papers of a signing day as PDF. Routes on the blueprint of documents."""

from flask import abort, redirect, render_template, request

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.selection import url_in
from pledges.commitments.ceremonies import queries as ceremonies
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.roll import of_campaign, of_ceremony
from pledges.commitments.rules import CommitmentStatus
from pledges.core import clock
from pledges.core.database import db
from pledges.documents import signing_day
from pledges.documents.blueprint import blueprint
from pledges.documents.calls.forms import CallListForm
from pledges.documents.calls.handing import handed_out
from pledges.documents.calls.signing import calls_of
from pledges.documents.minutes import file_name, minutes_of
from pledges.documents.packs.rules import PackKind, drawn_at_once
from pledges.documents.pdf.cards import cards
from pledges.documents.pdf.pack import pack
from pledges.documents.printing import Answer, campaign_to_print, drawn, fonts, printed, public_address
from pledges.documents.signing_roll import cards_of, roll_of

WAITING = "cho-ky"


@blueprint.get("/van-ban/cam-ket.pdf")
@guard(Permission.PRINT_REPORT)
def commitments_pack() -> Answer:
    """Tập bản cam kết của các đơn vị, in the order of the list; `ban=cho-ky` asks for those that wait to be signed.

    More than can be drawn while a browser waits are asked for as a pack.
    """
    campaign, _actor = campaign_to_print()
    status = CommitmentStatus.FROZEN if request.args.get("ban") == WAITING else None
    many = len(signing_day.called_up(db.session(), campaign, status))
    if not drawn_at_once(PackKind.COMMITMENTS, many):
        path = PackKind.COMMITMENTS.path
        return redirect(url_in(campaign, "documents.pack_ask", path=path, ban=WAITING if status else None))
    found = signing_day.pack_of(db.session(), campaign, clock.today(), public_address(), status)
    if found is None:
        abort(404)
    return drawn(lambda: pack(found, fonts()), "Bản cam kết của các đơn vị.pdf")


@blueprint.get("/van-ban/danh-sach-ky.pdf")
@guard(Permission.PRINT_REPORT)
def signing_roll() -> Answer:
    """Danh sách ký: who signs for which unit, with room to sign."""
    campaign, _actor = campaign_to_print()
    session = db.session()
    ceremony = session.scalars(ceremonies.open_in(campaign.id)).first()
    found = roll_of(campaign, of_campaign(session, campaign), ceremony, clock.today())
    return printed(found, "Danh sách ký cam kết.pdf")


@blueprint.get("/van-ban/the-ten.pdf")
@guard(Permission.PRINT_REPORT)
def place_cards() -> Answer:
    """Biển tên: two a page, to be cut and folded."""
    campaign, _actor = campaign_to_print()
    found = cards_of(campaign, of_campaign(db.session(), campaign))
    if found is None:
        abort(404)
    return drawn(lambda: cards(found, fonts()), "Biển tên.pdf")


@blueprint.route("/van-ban/goi-don-doc-ky", methods=["GET", "POST"])
@guard(Permission.PRINT_REPORT)
def call_list() -> Answer:
    """Danh sách gọi đôn đốc ký: which units lack what, and whom to phone; a press hands it out, and is logged."""
    campaign, actor = campaign_to_print()
    session = db.session()
    found = calls_of(session, campaign, of_campaign(session, campaign), clock.today())
    form = CallListForm.bind()
    if found.lines and request.method == "POST" and form.validate():
        return handed_out(campaign, found, "Danh sách gọi đôn đốc ký", by=actor)
    return render_template(
        "documents/call_list.html",
        form=form,
        campaign=campaign,
        title="In danh sách gọi đôn đốc ký",
        units=len(found.lines),
        said="chưa ký đủ bản cam kết: còn thiếu chữ ký của ai",
        back=("Văn bản", url_in(campaign, "documents.listing")),
    )


@blueprint.get("/van-ban/bien-ban-le-ky/<int:ceremony_id>.pdf")
@guard(Permission.PRINT_REPORT)
def ceremony_minutes(ceremony_id: int) -> Answer:
    """Biên bản lễ ký, with the roll of who signed and how; a draft while the ceremony goes on."""
    session = db.session()
    ceremony: Ceremony = db.first_or_404(ceremonies.whole().where(Ceremony.id == ceremony_id))
    authorise(Permission.PRINT_REPORT, ceremony.subject(), see=Permission.SEE_CAMPAIGN)
    found = minutes_of(ceremony, of_ceremony(session, ceremony), clock.today())
    return printed(found, f"{file_name(ceremony)}.pdf")
