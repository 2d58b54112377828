"""The secret of a calendar feed. Plain Python."""

import hashlib
import re
import secrets

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_BYTES = 32


def new_secret() -> str:
    """A secret that nobody guesses: 43 signs of 256 bits."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str | None:
    """What is kept of a secret: its SHA-256; None for a text that was never one."""
    return hashlib.sha256(secret.encode()).hexdigest() if _SECRET.fullmatch(secret) else None
