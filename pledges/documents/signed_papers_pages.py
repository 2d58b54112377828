"""Taking the signed papers of a campaign out, as one file. A route on the blueprint of documents."""

import tempfile

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import large_answer
from pledges.core.forms.base import Form
from pledges.documents.blueprint import blueprint
from pledges.documents.packs import beside, signed
from pledges.documents.packs.rules import Asked, PackKind, drawn_at_once
from pledges.documents.papers_archive import Issue, write
from pledges.documents.printing import campaign_to_print, fonts, public_address
from pledges.documents.signed_papers import SignedPapers, gather
from pledges.files.serving import folder

ZIP = "application/zip"


class PapersForm(Form):
    """Tải hồ sơ: one button. Every press is a download of its own, and each is logged."""


@blueprint.route("/van-ban/cam-ket-da-ky", methods=["GET", "POST"])
@guard(Permission.PRINT_REPORT)
def signed_papers() -> Response | str:
    """Hồ sơ cam kết đã ký: what is in it and what is missing; a press hands it out as one ZIP."""
    campaign, actor = campaign_to_print()
    found = gather(db.session(), campaign, actor, clock.today(), public_address())
    form = PapersForm.bind()
    if found.papers and request.method == "POST" and form.validate():
        return _handed_out(campaign, actor, found)
    return render_template(
        "documents/signed_papers.html",
        form=form,
        campaign=campaign,
        found=found,
        missing=found.missing(folder()),
    )


def _handed_out(campaign: Campaign, actor: Actor, found: SignedPapers) -> Response:
    """The download is logged before a byte of it leaves; drawing and packing keep nobody from writing.

    More than is drawn in a breath is written beside the program, like any pack.
    """
    at = clock.now()
    after = {"papers": len(found.papers), "files": len(found.filed)}
    entry = record(db.session(), "commitment.papers_downloaded", campaign, by=actor, at=at, after=after)
    issue = Issue(", ".join(filter(None, (actor.name, actor.post))), at, entry.number, entry.hash)
    if not drawn_at_once(PackKind.COMMITMENTS, len(found.papers), found.size):
        asked = Asked(today=clock.today(), items=(), signed=entry.number)
        number = signed.ask(db.session(), campaign, found, issue, by=actor, asked=asked).id
        db.session.commit()
        beside.wake(anew=True)
        return redirect(url_for("documents.job", job_id=number))
    db.session.commit()
    target = tempfile.TemporaryFile(dir=current_app.config["INSTANCE"])  # noqa: SIM115 - closed when it was sent
    try:
        write(found, issue, folder(), fonts(), target)
    except BaseException:
        target.close()
        raise
    return large_answer(target, ZIP, f"{found.folder}.zip")
