"""The signed-in session: who acts in a request, for how long, and what was typed when it ended.

Flask-Login keeps the session's cookie; nobody is remembered beyond it, because office computers are shared.
"""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, request, url_for
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from pledges.access.guard import current_actor
from pledges.access.roles import Actor
from pledges.accounts.models import Account, EndedSession
from pledges.accounts.queries import actor_of, appointments_of
from pledges.accounts.readers import Reader, reader
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.receipts import account_of, forget_old
from pledges.core.forms.sending import address_of_this_page
from pledges.core.forms.unsent import Page, Typing

_KEPT_FOR = timedelta(days=1)
"""How long a sign-in form may lie open with what was typed in it: nobody sees it, and the key may have changed."""

login = LoginManager()


class SessionUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login knows of an account: its number and the stamp that ends all its sessions when it changes."""

    def __init__(self, identity: str, reader: Reader | None = None) -> None:
        self.id = identity
        self.reader = reader


@login.user_loader  # type: ignore[untyped-decorator]
def _load(identity: str) -> SessionUser | None:
    number, _, stamp = identity.partition(".")
    key = cookie.get("session")
    if not number.isdecimal() or key is None or _ended():
        return None
    found = reader(db.session(), int(number), stamp, key)
    return SessionUser(identity, found) if found is not None else None


def _ended() -> bool:
    """Whether the session is too old, or lay idle for too long; by the machine's clock, not the demo's."""
    since, seen = cookie.get("since"), cookie.get("seen")
    if since is None or seen is None:
        return True
    now = clock.real().timestamp()
    idle = timedelta(minutes=current_app.config["IDLE_MINUTES"]).total_seconds()
    whole: float = current_app.permanent_session_lifetime.total_seconds()
    return bool(now - since > whole or now - seen > idle)


def start(account: Account) -> None:
    """Begin a session for the account; whatever the cookie held before is gone."""
    cookie.clear()
    login_user(SessionUser(f"{account.id}.{account.session_stamp}"))
    cookie["session"] = secrets.token_urlsafe(12)
    cookie["since"] = cookie["seen"] = clock.real().timestamp()
    g.actor = actor_today(account)
    g.must_change_password, g.log_head = account.must_change_password, None


def renew(account: Account) -> None:
    """Keep this session when the account's stamp has changed: the others end."""
    start(account)


def end(session: Session) -> None:
    """End the session for good; the caller commits."""
    now = clock.real()
    session.execute(
        sa.delete(EndedSession).where(EndedSession.at < now - current_app.permanent_session_lifetime)
    )
    key = cookie.get("session")
    if key is not None and session.get(EndedSession, key) is None:
        session.add(EndedSession(key=key, at=now))
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
    g.must_change_password = False
    if request.endpoint in {"static", "bootstrap.static"}:
        return
    if current_user.is_authenticated:
        known: Reader = current_user.reader
        g.actor, g.must_change_password, g.log_head = known.actor, known.must_change_password, known.log_head
        if not request.if_none_match:  # a page that asks whether it is still new is no sign of somebody there
            cookie["seen"] = clock.real().timestamp()


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
