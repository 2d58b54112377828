"""Codes that a phone makes every half minute (RFC 6238), and recovery codes on paper. Plain Python."""

import hmac
from datetime import datetime

import pyotp

from pledges.accounts.rules import ONE_TIME_ALPHABET

STEP = 30
"""Seconds for which a code is shown."""
DRIFT = 1
"""How many steps a phone's clock may be wrong."""
DIGITS = 6
CODES = 10
"""How many recovery codes there are."""
ISSUER = "Cam kết thi đua"
_GROUP = 4


def new_secret() -> str:
    """A secret of 160 bits, as authenticators read it."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The step whose code this is, at that moment or one step off; None for a wrong one."""
    made, now = pyotp.TOTP(secret, interval=STEP, digits=DIGITS), int(at.timestamp()) // STEP
    steps = range(now - DRIFT, now + DRIFT + 1)
    found = [step for step in steps if hmac.compare_digest(made.generate_otp(step).encode(), code.encode())]
    return found[-1] if found else None


def address(secret: str, username: str) -> str:
    """What the square picture says to an authenticator."""
    return pyotp.TOTP(secret, interval=STEP, digits=DIGITS).provisioning_uri(
        name=username, issuer_name=ISSUER
    )


def in_groups(secret: str) -> str:
    """The secret for typing: "ABCD EFGH …"."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


def plain_code(typed: str) -> str:
    """What was typed, without blanks and hyphens, in small letters."""
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def is_phones(code: str) -> bool:
    """Whether it looks like a code of a phone; else it may be a recovery code."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def is_recovery(code: str) -> bool:
    """Whether it can be a recovery code at all."""
    return bool(code) and set(code) <= set(ONE_TIME_ALPHABET)
