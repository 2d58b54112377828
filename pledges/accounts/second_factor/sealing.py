"""The key under which secrets of second factors lie in the database.

It is made from SECRET_KEY, which lies outside the database: a copy of the database alone (a backup without the key, a
stolen dump) neither makes codes nor tells recovery codes. Who has both the database and the key, or runs code on the
server, does; with another SECRET_KEY every second factor has to be set anew.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def _key(secret_key: str, use: str) -> bytes:
    """A key for one use; SECRET_KEY is random itself, so that one keyed hash is enough."""
    return hmac.new(secret_key.encode(), f"second factor: {use}".encode(), hashlib.sha256).digest()


def seal(secret_key: str, account_id: int, secret: str) -> str:
    """The secret, sealed for this account: another's row can't be put in its place."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(secret_key, "secret")).encrypt(nonce, secret.encode(), str(account_id).encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(secret_key: str, account_id: int, sealed: str) -> str | None:
    """The secret; None for what was not sealed for this account under this key."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
        cipher = AESGCM(_key(secret_key, "secret"))
        return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], str(account_id).encode()).decode()
    except (ValueError, InvalidTag):
        return None


def digest(secret_key: str, account_id: int, code: str) -> str:
    """What is kept of a recovery code: of 60 bits at random, so that one keyed hash is enough."""
    said = f"{account_id} {code}".encode()
    return hmac.new(_key(secret_key, "recovery"), said, hashlib.sha256).hexdigest()
