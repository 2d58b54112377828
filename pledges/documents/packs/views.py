"""Pages of packs: asking for one, how far it has come, fetching it, giving it up. Routes on documents' blueprint."""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, current_app, redirect, render_template, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.selection import selected, url_in
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import kept_answer
from pledges.documents.blueprint import blueprint
from pledges.documents.packs import beside, drawing, operations, queries
from pledges.documents.packs.asking import asking
from pledges.documents.packs.forms import AgainForm, AskForm, CancelForm
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import (
    KEPT_FOR,
    LISTED_FOR,
    Item,
    JobStatus,
    PackKind,
    drawn_at_once,
    file_name,
)
from pledges.documents.packs.shelf import PackShelf, shelf_of
from pledges.documents.printing import campaign_to_print

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """How a pack stands: until when it can be fetched, and whether its drawer died."""

    job: PrintJob
    until: datetime | None
    died: bool

    @property
    def ready(self) -> bool:
        """Whether it can be fetched."""
        return self.job.status is JobStatus.DONE and self.until is not None

    @property
    def expired(self) -> bool:
        """Whether it could be fetched, and no more can."""
        return self.job.status is JobStatus.DONE and self.until is None

    @property
    def goes_on(self) -> bool:
        """Whether something may happen to it by itself."""
        return not self.job.status.over and not self.died

    @property
    def hours_left(self) -> int:
        """So many hours it can still be fetched, the one that has begun among them; a demo's clock stands still."""
        return math.ceil((self.until - clock.real()) / timedelta(hours=1)) if self.until is not None else 0

    @property
    def size(self) -> int:
        """Its bytes, where it can be fetched."""
        return _shelf().file(self.job).stat().st_size if self.ready else 0


@blueprint.get("/van-ban/tap")
@guard(Permission.PRINT_REPORT)
def packs() -> str:
    """Tập in: which there are, and those that I asked for."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is not None:
        authorise(Permission.PRINT_REPORT, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    _shelf().tidy()  # what could be fetched for a day is gone after it, though nobody asks for another pack
    since = clock.now() - LISTED_FOR
    jobs = db.session.scalars(queries.own_since(actor.account_id, since))
    return render_template(
        "documents/packs/packs.html",
        campaign=campaign,
        kinds=list(PackKind),
        standings=[_standing(job) for job in jobs],
        kept_hours=KEPT_FOR.total_seconds() // 3600,
        listed_days=LISTED_FOR.days,
        url_in=url_in,
    )


@blueprint.route("/van-ban/tap/<string:path>", methods=["GET", "POST"])
@guard(Permission.PRINT_REPORT)
def pack_ask(path: str) -> Response | str:
    """Lập tập: which papers of which units, in one PDF or a ZIP; few are there at once, many are drawn beside."""
    kind = PackKind.of_path(path) or abort(404)
    campaign, actor = campaign_to_print()
    wanted = asking(kind, campaign, actor)
    form = AskForm.bind(
        {"items": [one.id for one in wanted.items if one.taken], "binding": kind.bindings[0].value},
        kind=kind,
        items=wanted.items,
    )
    if form.accepts():
        with form.act() as act:
            items = form.items.records
            entry = wanted.entry(items, form.chosen_binding, duplex=form.duplex.data)
            made = operations.ask(db.session(), campaign, entry, by=actor, at=clock.now())
            act.location = url_for("documents.job", job_id=made.id)
            number = made.id
            db.session.commit()
            return _begun(number, kind, items)
    return render_template(
        "documents/packs/ask.html",
        form=form,
        campaign=campaign,
        kind=kind,
        wanted=wanted,
        groups=_groups(form),
    )


def _begun(number: int, kind: PackKind, items: Sequence[Item]) -> Response:
    """Draw a small pack now and hand it out; let a large one be drawn beside, and show how far it has come."""
    papers, size = sum(one.papers for one in items), sum(one.size for one in items)
    if drawn_at_once(kind, papers, size):
        try:
            drawing.draw(number)
            _shelf().tidy()
            found = db.session.get_one(PrintJob, number)
            place = "job_file" if found.status is JobStatus.DONE else "job"
            return redirect(url_for(f"documents.{place}", job_id=number))
        except OperationalError:  # others write for long: it was asked for, so it is drawn beside
            log.warning("pack %s could not be drawn at once", number, exc_info=True)
            db.session.rollback()
    beside.wake(anew=True)
    return redirect(url_for("documents.job", job_id=number))


@blueprint.get("/van-ban/tap/<int:job_id>")
@guard(Permission.PRINT_REPORT)
def job(job_id: int) -> str:
    """Tập in đã yêu cầu: how far it has come; the page asks anew by itself while something happens."""
    found = _own(job_id)
    if not found.status.over:
        beside.wake()  # whoever drew it may have died, or the machine was started anew
    return _shown(found)


@blueprint.get("/van-ban/tap/<int:job_id>/tep")
@guard(Permission.PRINT_REPORT)
def job_file(job_id: int) -> Response:
    """Tệp của tập: a PDF opens in the browser, a ZIP is saved; 404 when it isn't there any more."""
    found = _own(job_id)
    if not _standing(found).ready:
        abort(404)
    name = f"{file_name(found.name)}.{found.binding.value}"
    return kept_answer(_shelf().file(found), found.binding.media_type, name)


@blueprint.post("/van-ban/tap/<int:job_id>/huy")
@guard(Permission.PRINT_REPORT)
def job_cancel(job_id: int) -> Response | str:
    """Hủy tập: nothing of it stays."""
    found = _own(job_id)
    form = CancelForm.bind()
    if form.accepts():
        with form.act() as act:
            operations.cancel(db.session(), found, at=clock.now())
            act.location = url_for("documents.job", job_id=job_id)
            db.session.commit()
            return redirect(act.location)
    return _shown(found, cancel=form)


@blueprint.post("/van-ban/tap/<int:job_id>/lap-lai")
@guard(Permission.PRINT_REPORT)
def job_again(job_id: int) -> Response | str:
    """Lập lại: a pack that failed, was given up or has expired."""
    found = _own(job_id)
    form = AgainForm.bind()
    if form.accepts():
        with form.act() as act:
            operations.again(db.session(), found, by=current_actor(), at=clock.now())
            act.location = url_for("documents.job", job_id=job_id)
            db.session.commit()
            beside.wake(anew=True)
            return redirect(act.location)
    return _shown(found, again=form)


def _shown(found: PrintJob, *, cancel: CancelForm | None = None, again: AgainForm | None = None) -> str:
    before = 0 if found.status.over else db.session.scalar(queries.how_many_before(found.id)) or 0
    return render_template(
        "documents/packs/job.html",
        standing=_standing(found),
        before=before,
        job=found,
        cancel=cancel or CancelForm.bind(),
        again=again or AgainForm.bind(),
    )


def _own(job_id: int) -> PrintJob:
    """The pack, for whoever asked for it; nobody else learns that it is there."""
    found: PrintJob = db.first_or_404(queries.own(current_actor().account_id).where(PrintJob.id == job_id))
    authorise(Permission.PRINT_REPORT, found.campaign.subject(), see=Permission.SEE_CAMPAIGN)
    return found


def _standing(found: PrintJob) -> Standing:
    shelf = _shelf()
    died = found.status is JobStatus.DRAWING and shelf.deserted(found.id)
    return Standing(found, shelf.until(found), died)


def _groups(form: AskForm) -> list[tuple[str, list[tuple[object, Item]]]]:
    """The boxes to tick under the name of their block or kind, in the order of the list."""
    groups: dict[str, list[tuple[object, Item]]] = {}
    for box, item in zip(form.items, form.items.offered.values(), strict=True):
        groups.setdefault(item.group, []).append((box, item))
    return list(groups.items())


def _shelf() -> PackShelf:
    return shelf_of(current_app.config["INSTANCE"])
