"""Máy chủ: the administrator's page, a backup at once, and a sealed one to take along.

For administrators whom nobody administers from above: a backup holds everything of everybody.
"""

from flask import Flask, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, current_actor_or_none, guard
from pledges.access.permissions import Permission, Subject, may, may_somewhere
from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.audit.operations import record
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import large_answer
from pledges.upkeep import beside, shelf
from pledges.upkeep.blueprint import blueprint
from pledges.upkeep.forms import BackUpForm, DownloadForm
from pledges.upkeep.personal import views as personal_pages
from pledges.upkeep.places import Place
from pledges.upkeep.queries import administered
from pledges.upkeep.rules import BackupKind, megabytes
from pledges.upkeep.standing import late, standing

__all__ = ["blueprint", "personal_pages"]

TAR = "application/x-tar"


@blueprint.get("/quan-tri/may-chu")
@guard(Permission.TEND_SERVER)
def server() -> str:
    """Máy chủ: room, backups and their rehearsals, the log, versions, what a crash left."""
    _authorise()
    return render_template("upkeep/server.html", standing=standing(db.session(), _app()))


@blueprint.route("/quan-tri/may-chu/sao-luu", methods=["GET", "POST"])
@guard(Permission.TEND_SERVER)
def back_up() -> Response | str:
    """Sao lưu ngay: a process beside takes it; the page of the server shows how far it is."""
    actor = _authorise()
    form = BackUpForm.bind()
    if form.accepts():
        with form.act() as act:
            account = db.session.get_one(Account, actor.account_id)
            record(db.session(), "account.backup_asked", account, by=actor, at=clock.now())
            act.location = url_for("upkeep.server")
            db.session.commit()
            beside.begin(_app(), BackupKind.BY_HAND)
            return redirect(act.location)
    place = Place.of(current_app.config)
    return render_template("upkeep/back_up.html", form=form, place=place)


@blueprint.route("/quan-tri/may-chu/ban-sao-luu/<string:name>", methods=["GET", "POST"])
@guard(Permission.TEND_SERVER)
def download(name: str) -> Response | str:
    """Tải bản sao lưu: a sealed one; logged before a byte leaves."""
    actor = _authorise()
    kept = shelf.named(Place.of(current_app.config).backups, name)
    if kept is None or not kept.sealed:
        abort(404)
    form = DownloadForm.bind()
    if form.accepts():
        file = kept.path.open("rb")
        account = db.session.get_one(Account, actor.account_id)
        after = {"name": name, "size": kept.size}
        record(db.session(), "account.backup_downloaded", account, by=actor, at=clock.now(), after=after)
        db.session.commit()
        return large_answer(file, TAR, name)
    return render_template("upkeep/download.html", form=form, kept=kept)


def _authorise() -> Actor:
    return authorise(Permission.TEND_SERVER, _server())


def _server() -> Subject:
    """The server lies at the units that nobody administers from above: those of the actor first."""
    paths = list(db.session.scalars(administered(clock.today())))
    tops = [one for one in paths if not any(one != above and one.startswith(above) for above in paths)]
    subjects = [Subject(unit_path=one) for one in tops]
    return next((one for one in subjects if may(current_actor(), Permission.TEND_SERVER, one)), Subject())


def tends_server() -> bool:
    """Whether the page is for the present actor."""
    actor = current_actor_or_none()
    return (
        actor is not None
        and may_somewhere(actor, Permission.TEND_SERVER)
        and may(actor, Permission.TEND_SERVER, _server())
    )


def backups_late() -> bool:
    """Whether the present actor should be told that the last good backup is too old; a demo's data is nobody's."""
    return tends_server() and not current_app.config["DEMO"] and late(Place.of(current_app.config))


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return] # noqa: SLF001 - for a process


def init(app: Flask) -> None:
    """Let templates ask who tends the server, and whether backups are late."""
    app.jinja_env.filters["megabytes"] = megabytes
    app.jinja_env.globals.update(tends_server=tends_server, backups_late=backups_late)
