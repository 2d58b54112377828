"""Where somebody types from: an address, and whether the account was signed in to from this very browser before.

A browser that an account has signed in from keeps a sealed mark. It opens nothing; it only lets the person's own
typing be told from a stranger's, so that the stranger can't use up the person's attempts.
"""

import hashlib
import hmac
import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from pledges.accounts.rules import BROWSER_KNOWN, BROWSERS_ACCOUNTS, Whence

WITHIN = "within"
_MARK_BYTES = 12


def digest_of(key: str) -> str:
    """What is kept of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def address() -> str:
    """The address that the request came from."""
    return request.remote_addr or ""


def at_the_door(username: str) -> Whence:
    """Whence somebody tries to sign in to the account of the name."""
    mark, names = _known()
    return Whence(address(), mark if _name(username) in names else "")


def within() -> Whence:
    """Whence who is signed in proves again to be the same: no stranger's guesses at the door count there."""
    return Whence(address(), WITHIN)


def remember(response: Response, username: str) -> Response:
    """Let the browser be known to the account from now on."""
    mark, names = _known()
    mine = _name(username)
    kept = [mine, *(name for name in names if name != mine)][:BROWSERS_ACCOUNTS]
    response.set_cookie(
        _cookie_name(),
        str(_serializer().dumps([mark or secrets.token_urlsafe(_MARK_BYTES), kept])),
        max_age=BROWSER_KNOWN,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _known() -> tuple[str, list[str]]:
    try:
        longest = int(BROWSER_KNOWN.total_seconds())
        mark, names = _serializer().loads(request.cookies.get(_cookie_name(), ""), max_age=longest)
    except BadSignature:
        return "", []
    return str(mark), list(names)


def _cookie_name() -> str:
    name: str = current_app.config["SESSION_COOKIE_NAME"]
    return f"{name.removesuffix('session')}known-browser"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known browser")


def _name(username: str) -> str:
    """An account's name as the cookie holds it: nobody who finds the cookie reads who works at the computer."""
    key, name = str(current_app.secret_key).encode(), username.strip().lower().encode()
    return hmac.new(key, b"known browser of " + name, hashlib.sha256).hexdigest()[:16]
