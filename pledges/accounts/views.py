"""One's own account; signing in and the pages of administrators stand in the modules beside."""

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, signed_in
from pledges.accounts import (
    administration,
    operations,
    posts,
    session_pages,
    sessions,
    setting_up,
    signing_in,
    unit_ends,
    unsent_pages,
)
from pledges.accounts.blueprint import blueprint
from pledges.accounts.browsers import within
from pledges.accounts.forms import PasswordForm
from pledges.accounts.notices import views as notice_pages
from pledges.accounts.proof import Proof, compare
from pledges.accounts.queries import appointments_of
from pledges.accounts.second_factor import views as second_factor_pages
from pledges.core import clock
from pledges.core.database import db

__all__ = [
    "administration",
    "blueprint",
    "notice_pages",
    "posts",
    "second_factor_pages",
    "session_pages",
    "setting_up",
    "signing_in",
    "unit_ends",
    "unsent_pages",
]


@blueprint.get("/tai-khoan")
@signed_in
def own() -> str:
    """Tài khoản của tôi."""
    actor = current_actor()
    appointments = list(db.session.scalars(appointments_of(actor.account_id)))
    return render_template(
        "accounts/own.html",
        account=sessions.own_account(),
        appointments=appointments,
        today=clock.today(),
        **notice_pages.notices(),
        **session_pages.own_sessions(),
        **second_factor_pages.state(),
    )


@blueprint.route("/tai-khoan/doi-mat-khau", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer | str:
    """Đổi mật khẩu; on first use every other page leads here."""
    account = sessions.own_account()
    form = PasswordForm.bind(account, names=operations.own_names(db.session(), account))
    forced = account.must_change_password
    proof = _compared(form)
    if form.accepts() and proof is not None:
        with form.act() as act:
            proof.demand(account, wrong="Mật khẩu hiện nay chưa đúng.", field="present_password")
            operations.change_password(
                db.session(), account, form.password.data or "", by=current_actor(), at=clock.now()
            )
            sessions.renew(account)
            act.location = url_for("site.home")
            db.session.commit()
            flash("Đã đổi mật khẩu. Các phiên khác của đồng chí đã kết thúc.", "good")
            return redirect(act.location)
    return render_template("accounts/change_password.html", form=form, forced=forced)


def _compared(form: PasswordForm) -> Proof | None:
    """The present password, compared before the form holds the right to write."""
    if request.method != "POST" or not form.validate():
        return None
    return compare(db.session(), sessions.own_account(), form.present_password.data or "", whence=within())


_FREE = frozenset(
    {"accounts.sign_out", "accounts.sign_in", "site.help_page", "static", "bootstrap.static", None}
)


def demand_new_password() -> Response | None:
    """Before each request: who signed in with a password that somebody else knows must change it first."""
    if not g.must_change_password:
        return None
    return _first("accounts.change_password", "Đồng chí cần đổi mật khẩu trước khi làm việc khác.")


def demand_second_factor() -> Response | None:
    """Before each request: who administers, outside a demo, must have a second factor first."""
    if g.actor is None or g.must_change_password or not second_factor_pages.must_enrol():
        return None
    words = "Đồng chí cần bật xác thực hai bước trước khi làm việc khác."
    return _first("accounts.enrol", words)


def _first(endpoint: str, words: str) -> Response | None:
    """Lead to the page that comes before every other; nothing where it, or one that is always open, is asked for."""
    if request.endpoint in _FREE or request.endpoint == endpoint:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(403, words)
    answer: Any = redirect(url_for(endpoint))
    return answer  # type: ignore[no-any-return]
