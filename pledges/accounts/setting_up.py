"""Thiết lập lần đầu: an instance without any account asks who administers it, once."""

from typing import Any

from flask import Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import open_to_all
from pledges.accounts import sessions
from pledges.accounts.administrators import POST, AlreadySetUp, Person, Root, empty
from pledges.accounts.administrators import set_up as make_first
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import SetUpForm
from pledges.core import clock
from pledges.core.database import db
from pledges.units.rules import DocumentStyle, UnitKind

_DONE = "pledges.set_up"
_FREE = frozenset(
    {
        "accounts.set_up",
        "static",
        "bootstrap.static",
        "site.alive",
        "site.health",
        "site.metrics",
        "site.help_page",
        "site.patterns",
        None,
    }
)
_USUAL = {"kind": UnitKind.WARD, "document_style": DocumentStyle.STATE, "post": POST}


@blueprint.route("/thiet-lap", methods=["GET", "POST"])
@open_to_all(because="khi kho chưa có ai thì chưa ai đăng nhập được; có người rồi thì trang này không còn")
def set_up() -> Answer | str:
    """Thiết lập lần đầu."""
    if not _nobody_yet():
        abort(404)
    form = SetUpForm.bind(_USUAL, open_to_anybody=current_app.config["DEMO"])
    if form.accepts():
        with form.act() as act:
            try:
                account = make_first(db.session(), _root(form), _person(form), at=clock.now())
            except AlreadySetUp:
                db.session.rollback()
                abort(404)
            act.location = url_for("units.listing")
            sessions.start(account)
            db.session.commit()
            flash(_next_words(), "good")
            return redirect(act.location)
    return render_template("accounts/set_up.html", form=form)


def _next_words() -> str:
    """What comes next; outside a demo who administers is first led to the second factor."""
    first = "" if current_app.config["DEMO"] else "bật xác thực hai bước cho tài khoản này, rồi "
    return f"Đã thiết lập. Tiếp theo: {first}lập các đơn vị, lập tài khoản và giao chức vụ."


def _root(form: SetUpForm) -> Root:
    return Root(
        code=form.code.data or "",
        name=form.unit_name.data or "",
        short_name=form.short_name.data or "",
        kind=form.kind.data,
        document_style=form.document_style.data,
    )


def _person(form: SetUpForm) -> Person:
    return Person(
        username=form.username.data or "",
        name=form.name.data or "",
        password=form.password.data or "",
        post=form.post.data or "",
    )


def _nobody_yet() -> bool:
    """Whether nobody has an account; once somebody has, the database is asked no more (accounts are never removed)."""
    if current_app.extensions.get(_DONE):
        return False
    nobody = empty(db.session())
    current_app.extensions[_DONE] = not nobody
    return nobody


def demand_set_up() -> Response | None:
    """Before each request: an instance without any account leads to its set-up."""
    if request.endpoint in _FREE or g.actor is not None or not _nobody_yet():
        return None
    answer: Any = redirect(url_for("accounts.set_up"), 303)
    return answer  # type: ignore[no-any-return]
