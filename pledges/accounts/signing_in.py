"""Đăng nhập, bước hai, đăng xuất: who gets in, who is kept out and with which words."""

import secrets

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import open_to_all
from pledges.accounts import attempts, operations, sessions
from pledges.accounts.blueprint import blueprint
from pledges.accounts.browsers import at_the_door, digest_of, remember
from pledges.accounts.forms import CodeForm, SignInForm, SignOutForm
from pledges.accounts.models import Account, SignInProof
from pledges.accounts.queries import by_username, proven
from pledges.accounts.rules import PROOF_LASTS
from pledges.accounts.second_factor import operations as second_factor
from pledges.accounts.second_factor.models import SecondFactor
from pledges.core import clock
from pledges.core.database import db, take_turn
from pledges.core.forms.base import Act
from pledges.core.refusal import Refused

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
CLOSED = "Tài khoản đã đóng. Đồng chí nhờ quản trị mở lại."
EXPIRED = "Mật khẩu dùng một lần trên phiếu đã hết hạn. Đồng chí nhờ quản trị đặt lại mật khẩu."
WRONG_CODE = (
    "Mã chưa đúng hoặc đã dùng. Đồng chí nhập mã đang hiện trên điện thoại, hoặc một mã dự phòng chưa dùng."
)
LATE = "Đã quá 10 phút từ khi nhập mật khẩu. Đồng chí đăng nhập lại."

_KEY_BYTES = 24


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@open_to_all(because="đây là nơi đăng nhập")
def sign_in() -> Answer | str:
    """Đăng nhập."""
    form = SignInForm.bind({"next": request.args.get("tiep", "")})
    if form.accepts():
        with form.act() as act:
            account = _proven(form.username.data or "", form.password.data or "")
            if not account.open:
                raise Refused(CLOSED)
            if account.password_expires_at is not None and account.password_expires_at <= clock.now():
                raise Refused(EXPIRED)
            if db.session.get(SecondFactor, account.id) is not None:
                return _ask_for_code(account, form)
            return _enter(act, account, form)
    return render_template("accounts/sign_in.html", form=form)


def _proven(username: str, password: str) -> Account:
    """The account of the name, when the password is its own; raises `Refused` otherwise.

    The attempt is counted and committed before the password is looked at, and no transaction is open while it is:
    that takes a tenth of a second, in which nobody else could write.
    """
    session, whence, now = db.session(), at_the_door(username), clock.now()
    session.rollback()
    words = attempts.count(session, username=username, whence=whence, at=now)
    session.commit()
    if words:
        raise Refused(words)
    account = session.scalars(by_username(username)).first()
    known = account.password_hash if account else None
    session.rollback()
    if not operations.password_is(known, password):
        attempts.lock_when_too_many(session, username=username, whence=whence, at=now)
        session.commit()
        raise Refused(WRONG)
    return _still(session, username, known)


def _still(session: Session, username: str, known: str | None) -> Account:
    """The account, unless its password was changed while it was being checked."""
    take_turn(session)
    account = session.scalars(by_username(username).with_for_update()).one()
    if account.password_hash != known:
        raise Refused(WRONG)
    return account


def _enter(act: Act, account: Account, form: SignInForm | CodeForm) -> Answer:
    """Begin the session, and lead to what was typed before, to the page that was wanted, or to the first."""
    sessions.begin(account, at_the_door(account.username), at=clock.now())
    kept = sessions.keep(db.session(), account, form.kept.data, at=clock.now())
    act.location = sessions.local_path(kept or form.next.data)
    db.session.commit()
    return remember(redirect(act.location), account.username)


def _ask_for_code(account: Account, form: SignInForm) -> str:
    """The password was right: note it under a key that this browser alone has, and ask for the code."""
    key, now, session = secrets.token_urlsafe(_KEY_BYTES), clock.real(), db.session()
    sessions.leave()
    cookie["proof"] = key
    session.execute(sa.delete(SignInProof).where(SignInProof.at < now - PROOF_LASTS))
    session.add(SignInProof(key_digest=digest_of(key), account_id=account.id, at=now))
    session.commit()
    asked = CodeForm(None, data={"kept": form.kept.data, "next": form.next.data})
    return render_template("accounts/second_step.html", form=asked)


@blueprint.route("/dang-nhap/ma-xac-nhan", methods=["GET", "POST"])
@open_to_all(because="đây là bước hai của đăng nhập")
def second_step() -> Answer | str:
    """Nhập mã xác nhận: the second step, for who has just typed the right password in this browser."""
    form, account = CodeForm.bind(), _of_first_step()
    if account is None:
        return _begin_again(form)
    if form.accepts():
        with form.act() as act:
            _accept_code(account.id, form.one_time_code.data or "")
            return _enter(act, db.session.get_one(Account, account.id), form)
    return render_template("accounts/second_step.html", form=form)


def _of_first_step() -> Account | None:
    """Whose password was typed in this browser a moment ago."""
    digest = digest_of(str(cookie.get("proof")))
    return db.session.scalars(proven(digest, clock.real() - PROOF_LASTS)).first()


def _begin_again(form: CodeForm) -> Answer | str:
    if request.method != "POST":
        return redirect(url_for("accounts.sign_in"))
    again = SignInForm(None, data={"kept": form.kept.data, "next": form.next.data})
    again.refuse(LATE)
    return render_template("accounts/sign_in.html", form=again)


def _accept_code(account_id: int, code: str) -> None:
    """Accept a code or raise `Refused`; counted like a password, and the first step's proof is used up with it."""
    session, now = db.session(), clock.now()
    username = session.get_one(Account, account_id).username
    whence = at_the_door(username)
    session.rollback()
    words = attempts.count(session, username=username, whence=whence, at=now)
    session.commit()
    if words:
        raise Refused(words)
    take_turn(session)
    account = session.get_one(Account, account_id, with_for_update=True)
    if not second_factor.opens(session, account, code, at=clock.real()):
        session.rollback()
        attempts.lock_when_too_many(session, username=username, whence=whence, at=now)
        session.commit()
        raise Refused(WRONG_CODE, "one_time_code")
    if _of_first_step() is None:
        raise Refused(LATE)
    session.execute(sa.delete(SignInProof).where(SignInProof.account_id == account_id))


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
        sessions.leave()
        db.session.commit()
        flash("Đồng chí đã đăng xuất.", "info")
        return redirect(url_for("accounts.sign_in"))
    if g.actor is None:
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/sign_out.html", form=form)
