"""Phiên đăng nhập: where an account is signed in, ending one session or all; administrators end all of an account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, guard, signed_in
from pledges.access.permissions import Permission
from pledges.accounts import operations, sessions
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import SessionsForm
from pledges.accounts.models import AccountSession
from pledges.accounts.queries import number_of_sessions, sessions_of
from pledges.accounts.reach import wholly_managed
from pledges.core import clock
from pledges.core.database import db

_COARSE = timedelta(minutes=10)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """A session as its owner reads it."""

    id: int
    browser: str
    address: str
    since: str
    used: str
    mine: bool


def own_sessions() -> dict[str, Any]:
    """What the own account's page says of its sessions, this one first."""
    mine = sessions.own_session()
    rows = db.session.scalars(sessions_of(current_actor().account_id, sessions.oldest()))
    shown = sorted(_shown(rows, mine), key=lambda one: not one.mine)
    return {"own_session": mine, "sessions": shown}


def _shown(rows: Any, mine: AccountSession | None) -> Iterator[Shown]:
    now = clock.real()
    for row in rows:
        yield Shown(
            row.id,
            row.browser,
            row.address,
            began_in_words(row.started_at, now),
            in_coarse_words(now - row.seen_at),
            mine=row is mine,
        )


def began_in_words(started_at: datetime, now: datetime) -> str:
    """When a session began, which no session does longer ago than a day: by the machine's clock, like its end."""
    at = clock.local(started_at)
    day = "hôm nay" if clock.day_of(now) == at.date() else "hôm qua"
    return f"{at:%H:%M} {day}"


def in_coarse_words(ago: timedelta) -> str:
    """How long ago, as far as it matters: sessions note their use only now and then."""
    if ago < _COARSE:
        return "vừa mới đây"
    if ago < _HOUR:
        return f"khoảng {ago // _COARSE * 10} phút trước"
    return f"khoảng {ago // _HOUR} giờ trước"


@blueprint.route("/tai-khoan/phien/<int:session_id>/ket-thuc", methods=["GET", "POST"])
@signed_in
def end_session(session_id: int) -> Answer | str:
    """Kết thúc một phiên của mình at another browser."""
    row = db.session.get(AccountSession, session_id)
    if row is None or row.account_id != current_actor().account_id:
        abort(404)
    form, mine = SessionsForm.bind(), sessions.own_session()
    if row is mine:
        return redirect(url_for("accounts.sign_out"))
    if form.accepts():
        with form.act() as act:
            act.location = url_for("accounts.own", _anchor="phien")
            words = f"Đã kết thúc phiên {row.browser}."
            db.session.delete(row)
            db.session.commit()
            flash(words, "good")
            return redirect(act.location)
    shown = next(iter(_shown([row], mine)))
    return render_template("accounts/end_session.html", form=form, shown=shown)


@blueprint.route("/tai-khoan/dang-xuat-moi-noi", methods=["GET", "POST"])
@signed_in
def sign_out_everywhere() -> Answer | str:
    """Đăng xuất mọi nơi, here too."""
    form = SessionsForm.bind()
    if form.accepts():
        with form.act() as act:
            account = sessions.own_account()
            act.location = url_for("accounts.sign_in")
            operations.end_sessions_of(db.session(), account, by=current_actor(), at=clock.now())
            sessions.leave()
            db.session.commit()
            flash("Đồng chí đã đăng xuất ở mọi nơi.", "info")
            return redirect(act.location)
    return render_template("accounts/sign_out_everywhere.html", form=form, **own_sessions())


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/ket-thuc-phien", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def end_sessions(account_id: int) -> Answer | str:
    """Kết thúc mọi phiên của một tài khoản: a computer was left behind, a phone was lost."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = SessionsForm.bind()
    if form.accepts():
        with form.act() as act:
            operations.end_sessions_of(db.session(), account, by=actor, at=clock.now())
            act.location = url_for("accounts.account", account_id=account.id)
            db.session.commit()
            flash(f"Đã kết thúc mọi phiên của {account.name}.", "good")
            return redirect(act.location)
    open_now = db.session.scalar(number_of_sessions(account.id, sessions.oldest()))
    return render_template("accounts/end_sessions.html", form=form, account=account, open_now=open_now)
