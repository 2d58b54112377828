"""The signed-in session: who acts in a request, for how long, and what was typed when it ended.

Flask-Login keeps the session's cookie; nobody is remembered beyond it, because office computers are shared.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, flash, g, request, url_for
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from pledges.access.guard import current_actor
from pledges.access.roles import Actor
from pledges.accounts import attempts, operations
from pledges.accounts.browsers import address, digest_of
from pledges.accounts.models import Account, AccountSession
from pledges.accounts.queries import actor_of, appointments_of, done_by_others, sign_ins
from pledges.accounts.readers import Reader, reader
from pledges.accounts.rules import SEEN_EVERY, SET_RIGHT, Whence, browser_in_words
from pledges.accounts.second_factor.models import SecondFactor
from pledges.audit.models import LogEntry
from pledges.audit.operations import record
from pledges.audit.words import WORDS
from pledges.core import clock
from pledges.core.database import SAFE_METHODS, db
from pledges.core.dates import format_instant
from pledges.core.forms import unsent
from pledges.core.forms.receipts import account_of, forget_old
from pledges.core.forms.sending import address_of_this_page
from pledges.core.forms.unsent import Page, Typing
from pledges.core.text import upper_first

_KEY_BYTES = 24
_KEPT_FOR = timedelta(days=1)
"""How long a sign-in form may lie open with what was typed in it: nobody sees it, and the key may have changed."""

login = LoginManager()


class SessionUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login knows of an account: its number."""

    def __init__(self, identity: str, reader: Reader | None = None) -> None:
        self.id = identity
        self.reader = reader


@login.user_loader  # type: ignore[untyped-decorator]
def _load(identity: str) -> SessionUser | None:
    key = cookie.get("session")
    if not identity.isdecimal() or key is None or _ended():
        return None
    found = reader(db.session(), int(identity), digest_of(key))
    return SessionUser(identity, found) if found is not None else None


def _ended() -> bool:
    """Whether the session is too old, or lay idle for too long; by the machine's clock, not the demo's."""
    since, seen = cookie.get("since"), cookie.get("seen")
    if since is None or seen is None:
        return True
    now = clock.real().timestamp()
    idle = timedelta(minutes=current_app.config["IDLE_MINUTES"]).total_seconds()
    whole: float = current_app.permanent_session_lifetime.total_seconds()
    if min(now - since, now - seen) < -SET_RIGHT.total_seconds():
        return True  # else the clock's going back would lengthen it
    return bool(now - since > whole or now - seen > idle)


def oldest() -> datetime:
    """When the oldest session began that can still go on."""
    return clock.real() - current_app.permanent_session_lifetime


def start(account: Account, *, previous_at: datetime | None = None, failures: int = 0) -> None:
    """Begin a session for the account; whatever the cookie held before is gone. The caller commits."""
    session, now, key = db.session(), clock.real(), secrets.token_urlsafe(_KEY_BYTES)
    leave()
    login_user(SessionUser(str(account.id)))
    cookie["session"] = key
    cookie["since"] = cookie["seen"] = now.timestamp()
    session.execute(sa.delete(AccountSession).where(AccountSession.started_at < oldest()))
    session.add(
        AccountSession(
            key_digest=digest_of(key),
            account_id=account.id,
            started_at=now,
            seen_at=now,
            address=address(),
            browser=browser_in_words(request.user_agent.string),
            previous_at=previous_at,
            failures=failures,
        )
    )
    g.actor = actor_today(account)
    g.must_change_password, g.log_head = account.must_change_password, None
    g.has_second_factor = session.get(SecondFactor, account.id) is not None


def begin(account: Account, whence: Whence, *, at: datetime) -> None:
    """Sign in: into the log, with what the person should know of the time since the last sign-in. The caller commits.

    What is told stands on the next page, and the number of failed attempts with the session.
    """
    session, name = db.session(), account.username
    last = session.scalars(sign_ins(account.id).limit(1)).first()
    since = last.at if last is not None else None
    failures = attempts.told(session, name, since=since, whence=whence, at=at)
    done = list(session.scalars(done_by_others(account.id, since))) if since else []
    attempts.forget(session, name, whence=whence)
    record(session, "account.signed_in", account, by=actor_today(account), at=at)
    start(account, previous_at=since, failures=failures)
    for words in warnings(failures, done):
        flash(words, "warn")


def warnings(failures: int, done: Iterable[LogEntry]) -> Iterator[str]:
    """What a person reads after signing in: attempts that failed, and what others did to the account."""
    if failures:
        yield (
            f"Từ lần đăng nhập trước, tài khoản này bị nhập sai {failures} lần. "
            "Không phải đồng chí nhập thì báo quản trị và đổi mật khẩu."
        )
    for entry in reversed(list(done)):
        who, when, done_what = upper_first(entry.actor_name), format_instant(entry.at), WORDS[entry.action]
        whose = "này" if done_what.endswith("tài khoản") else "của đồng chí"
        yield f"{who} {done_what} {whose} lúc {when}. Đồng chí không biết việc này thì hỏi lại quản trị."


def renew(account: Account) -> None:
    """Go on in a new session when all others have ended; what it knew of the last sign-in stays. The caller commits."""
    own = own_session()
    previous_at, failures = (own.previous_at, own.failures) if own is not None else (None, 0)
    operations.end_sessions(db.session(), account)
    start(account, previous_at=previous_at, failures=failures)


def own_session() -> AccountSession | None:
    """The session of this browser."""
    return _row(cookie.get("session"))


def _row(key: str | None) -> AccountSession | None:
    asked = sa.select(AccountSession).where(AccountSession.key_digest == digest_of(key or ""))
    return db.session.scalars(asked).first()


def leave() -> None:
    """End the session of this browser for good, if there is one, and forget all that its cookie held; no commit."""
    key = cookie.get("session")
    if key is not None:
        ended = AccountSession.key_digest == digest_of(key)
        db.session.execute(sa.delete(AccountSession).where(ended))
    logout_user()
    cookie.clear()
    g.actor = None


def own_account() -> Account:
    """The account of who is signed in."""
    return db.session.get_one(Account, current_actor().account_id)


def actor_today(account: Account) -> Actor:
    """The person with the posts held today, in units that exist today."""
    day = clock.today()
    appointments = db.session.scalars(appointments_of(account.id))
    return actor_of(account, [held for held in appointments if held.alive(day) and held.unit.alive(day)])


def load_actor() -> None:
    """Before each request: who acts."""
    g.actor = g.log_head = None
    g.must_change_password = g.has_second_factor = False
    if request.endpoint in {"static", "bootstrap.static"}:
        return
    if current_user.is_authenticated:
        known: Reader = current_user.reader
        g.actor, g.must_change_password, g.log_head = known.actor, known.must_change_password, known.log_head
        g.has_second_factor = known.has_second_factor
        if request.method not in SAFE_METHODS:
            _note_seen(known)
        if not request.if_none_match:  # a page that asks whether it is still new is no sign of somebody there
            cookie["seen"] = clock.real().timestamp()


def _note_seen(known: Reader) -> None:
    """Note that the session is used, in a transaction of its own before the request's, now and then.

    Pages that are only read note nothing: they must neither wait for a writer nor fail when nothing can be written.
    """
    now = clock.real()
    if now - known.seen_at < SEEN_EVERY:
        return
    used = sa.update(AccountSession).where(AccountSession.id == known.session_id)
    db.session.execute(used.values(seen_at=now))
    db.session.commit()


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept form")


def pack() -> str | None:
    """What an ended session's request brought, sealed for the sign-in form to carry; None when there is nothing."""
    key = request.form.get("form_key")
    account_id = account_of(key)
    fields = unsent.worth_keeping(request.form.items(multi=True))
    page = unsent.unseal(request.form.get(unsent.PAGE)) or Page(address_of_this_page(), "")
    if not account_id:
        return None
    seen, window = unsent.read_seen(request.form.get(unsent.SEEN))
    typing = Typing(account_id, str(key), page, fields, seen, window)
    try:
        typing.stored()
    except unsent.TooMuch:
        return None  # it could not be kept after signing in, and would only stand in the way of that
    return str(_serializer().dumps(asdict(typing)))


def unpack(sealed: str | None) -> Typing | None:
    """What `pack` sealed, if it is whole and not older than a day."""
    if not sealed:
        return None
    try:
        content: dict[str, Any] = _serializer().loads(sealed, max_age=int(_KEPT_FOR.total_seconds()))
    except BadSignature:
        return None
    pairs = [(name, value) for name, value in content["fields"]]
    return Typing(**content | {"page": Page(**content["page"]), "fields": pairs})


def keep(session: Session, account: Account, sealed: str | None, *, at: datetime) -> str | None:
    """Put what was typed by before the account; the address that shows it again. Another person's stays away."""
    typing = unpack(sealed)
    forget_old(session, at=at)
    if typing is None or typing.account_id != account.id:
        return None
    row = unsent.save(session, typing, at=at)
    return row.url if row is not None else typing.page.path


def local_path(target: str | None) -> str:
    """The page to go to after signing in: one of this site, else the first.

    Browsers drop tabs and line ends from an address and read a backslash as a slash: what they would make of the
    target is what is judged.
    """
    clean = "".join(letter for letter in target or "" if letter.isprintable() and not letter.isspace())
    if not clean.startswith("/") or clean.startswith("//") or "\\" in clean:
        return url_for("site.home")
    return clean


def init(app: Flask) -> None:
    """Tie the sessions to the application."""
    login.init_app(app)
    app.before_request(load_actor)
