"""Signing in and out, and one's own account."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, open_to_all, signed_in
from pledges.accounts import operations, sessions
from pledges.accounts.forms import PasswordForm, SignInForm, SignOutForm
from pledges.accounts.models import Account
from pledges.accounts.queries import appointments_of, by_username
from pledges.core import clock
from pledges.core.database import db
from pledges.core.refusal import Refused

blueprint = Blueprint("accounts", __name__)

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
TOO_OFTEN = "Đã nhập sai nhiều lần. Đồng chí chờ 15 phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."
LOCKED = "Tài khoản đang bị khóa. Đồng chí nhờ quản trị mở khóa."


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@open_to_all(because="đây là nơi đăng nhập")
def sign_in() -> Answer | str:
    """Đăng nhập."""
    form = SignInForm.bind({"next": request.args.get("tiep", "")})
    if form.accepts():
        with form.act() as act:
            account = _checked(form)
            actor = sessions.actor_today(account)
            operations.note_success(db.session(), account, by=actor, at=clock.now())
            kept = sessions.keep(db.session(), account, form.kept.data, at=clock.now())
            act.location = kept or sessions.local_path(form.next.data)
            sessions.start(account)
            db.session.commit()
            return redirect(act.location)
    return render_template("accounts/sign_in.html", form=form)


def _checked(form: SignInForm) -> Account:
    """The account whose name and password were given; a failure is counted, in a transaction of its own."""
    username, address, now = (form.username.data or "").lower(), request.remote_addr or "", clock.now()
    account = db.session.scalars(by_username(username)).first()
    if operations.throttled(db.session(), username=username, address=address, at=now):
        raise Refused(TOO_OFTEN)
    if not operations.password_fits(account, form.password.data or ""):
        db.session.rollback()
        operations.note_failure(db.session(), account, username=username, address=address, at=now)
        db.session.commit()
        raise Refused(WRONG)
    assert account is not None  # noqa: S101 - password_fits says no without one
    if not account.open:
        raise Refused(LOCKED)
    return account


def ask_to_sign_in(_needed: Exception) -> Answer | tuple[str, int]:
    """A page that needs a session: lead to the sign-in; what was typed travels with it."""
    if request.method != "POST":
        target = request.full_path.rstrip("?")
        return redirect(url_for("accounts.sign_in", tiep=None if request.path == "/" else target))
    form = SignInForm(None, data={"kept": sessions.pack() or "", "next": request.path})
    return render_template("accounts/sign_in.html", form=form, ended=True), 401


@blueprint.post("/dang-xuat")
@open_to_all(because="ai cũng có thể rời phiên của mình")
def sign_out() -> Answer:
    """Đăng xuất."""
    form = SignOutForm.bind()
    if form.validate():
        sessions.end()
        flash("Đồng chí đã đăng xuất.", "info")
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("accounts.own"))


@blueprint.get("/tai-khoan")
@signed_in
def own() -> str:
    """Tài khoản của tôi."""
    actor = current_actor()
    appointments = list(db.session.scalars(appointments_of(actor.account_id)))
    return render_template("accounts/own.html", account=g.account, appointments=appointments, today=clock.today())


@blueprint.route("/tai-khoan/doi-mat-khau", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer | str:
    """Đổi mật khẩu; on first use every other page leads here."""
    account: Account = g.account
    form = PasswordForm.bind(account)
    if form.accepts():
        with form.act() as act:
            if not operations.password_fits(account, form.present_password.data or ""):
                raise Refused("Mật khẩu hiện nay chưa đúng.")
            operations.change_password(
                db.session(), account, form.password.data or "", by=current_actor(), at=clock.now()
            )
            act.location = url_for("site.home")
            db.session.commit()
            sessions.renew(account)
            flash("Đã đổi mật khẩu. Các phiên khác của đồng chí đã kết thúc.", "good")
            return redirect(act.location)
    return render_template("accounts/change_password.html", form=form, forced=account.must_change_password)


def demand_new_password() -> Response | None:
    """Before each request: who signed in with a password that somebody else knows must change it first."""
    account: Account | None = g.get("account")
    free = {"accounts.change_password", "accounts.sign_out", "accounts.sign_in", "site.help_page", None}
    if account is None or not account.must_change_password or request.endpoint in free:
        return None
    if request.endpoint in {"static", "bootstrap.static"}:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(403, "Đồng chí cần đổi mật khẩu trước khi làm việc khác.")
    answer: Any = redirect(url_for("accounts.change_password"))
    return answer  # type: ignore[no-any-return]
