"""Signing in and out, and one's own account; the pages of administrators stand in the modules beside."""

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, open_to_all, signed_in
from pledges.accounts import administration, operations, posts, sessions, setting_up, unit_ends, unsent_pages
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import PasswordForm, SignInForm, SignOutForm
from pledges.accounts.models import Account
from pledges.accounts.notices import views as notice_pages
from pledges.accounts.proof import TOO_OFTEN, prove
from pledges.accounts.queries import appointments_of, by_username
from pledges.core import clock
from pledges.core.database import db, take_turn
from pledges.core.refusal import Refused

__all__ = [
    "administration",
    "blueprint",
    "notice_pages",
    "posts",
    "setting_up",
    "unit_ends",
    "unsent_pages",
]

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
LOCKED = "Tài khoản đang bị khóa. Đồng chí nhờ quản trị mở khóa."


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@open_to_all(because="đây là nơi đăng nhập")
def sign_in() -> Answer | str:
    """Đăng nhập."""
    form = SignInForm.bind({"next": request.args.get("tiep", "")})
    if form.accepts():
        with form.act() as act:
            account = _proven(form.username.data or "", form.password.data or "", wrong=WRONG)
            if not account.open:
                raise Refused(LOCKED)
            operations.note_success(db.session(), account, by=sessions.actor_today(account), at=clock.now())
            kept = sessions.keep(db.session(), account, form.kept.data, at=clock.now())
            act.location = sessions.local_path(kept or form.next.data)
            sessions.start(account)
            db.session.commit()
            return redirect(act.location)
    return render_template("accounts/sign_in.html", form=form)


def _proven(username: str, password: str, *, wrong: str) -> Account:
    """The account of the name, when the password is its own; raises `Refused` otherwise.

    The attempt is counted and committed before the password is looked at, and no transaction is open while it is:
    that takes a tenth of a second, in which nobody else could write.
    """
    session, address, now = db.session(), request.remote_addr or "", clock.now()
    session.rollback()
    counted = operations.count_attempt(session, username=username, address=address, at=now)
    session.commit()
    if not counted:
        raise Refused(TOO_OFTEN)
    account = session.scalars(by_username(username)).first()
    known = account.password_hash if account else None
    session.rollback()
    if not operations.password_is(known, password):
        operations.lock_after_failures(session, username=username, at=now)
        session.commit()
        raise Refused(wrong)
    return _still(session, username, known, wrong)


def _still(session: Session, username: str, known: str | None, wrong: str) -> Account:
    """The account, unless its password was changed while it was being checked."""
    take_turn(session)
    account = session.scalars(by_username(username).with_for_update()).one()
    if account.password_hash != known:
        raise Refused(wrong)
    return account


def ask_to_sign_in(_needed: Exception) -> Answer | tuple[str, int]:
    """A page that needs a session: lead to the sign-in; what was typed travels with it."""
    if request.method != "POST":
        target = request.full_path.rstrip("?")
        return redirect(url_for("accounts.sign_in", tiep=None if request.path == "/" else target))
    form = SignInForm(None, data={"kept": sessions.pack() or "", "next": request.path})
    return render_template("accounts/sign_in.html", form=form, ended=True), 401


@blueprint.route("/dang-xuat", methods=["GET", "POST"])
@open_to_all(because="ai cũng có thể rời phiên của mình")
def sign_out() -> Answer | str:
    """Đăng xuất; asks once more when the press came from a page of another session."""
    form = SignOutForm.bind()
    if request.method == "POST" and form.validate():
        sessions.end(db.session())
        db.session.commit()
        flash("Đồng chí đã đăng xuất.", "info")
        return redirect(url_for("accounts.sign_in"))
    if g.actor is None:
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/sign_out.html", form=form)


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
    )


@blueprint.route("/tai-khoan/doi-mat-khau", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer | str:
    """Đổi mật khẩu; on first use every other page leads here."""
    account = sessions.own_account()
    form = PasswordForm.bind(account)
    forced = account.must_change_password
    if form.accepts():
        with form.act() as act:
            typed, address = form.present_password.data or "", request.remote_addr or ""
            prove(db.session(), account, typed, address=address, wrong="Mật khẩu hiện nay chưa đúng.")
            operations.change_password(
                db.session(), account, form.password.data or "", by=current_actor(), at=clock.now()
            )
            act.location = url_for("site.home")
            db.session.commit()
            sessions.renew(account)
            flash("Đã đổi mật khẩu. Các phiên khác của đồng chí đã kết thúc.", "good")
            return redirect(act.location)
    return render_template("accounts/change_password.html", form=form, forced=forced)


def demand_new_password() -> Response | None:
    """Before each request: who signed in with a password that somebody else knows must change it first."""
    free = {"accounts.change_password", "accounts.sign_out", "accounts.sign_in", "site.help_page", None}
    if not g.must_change_password or request.endpoint in free:
        return None
    if request.endpoint in {"static", "bootstrap.static"}:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(403, "Đồng chí cần đổi mật khẩu trước khi làm việc khác.")
    answer: Any = redirect(url_for("accounts.change_password"))
    return answer  # type: ignore[no-any-return]
