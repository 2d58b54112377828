"""Rules of signing in: how often one may try, for how long what holds, and what a name must be."""

import re
from dataclasses import dataclass
from datetime import timedelta

from pledges.core.refusal import Refused

ONE_TIME_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""The letters of a password that is read off paper: none that is mistaken for another (l and 1, o and 0)."""
ONE_TIME_GROUPS, ONE_TIME_GROUP = 3, 4
"""A one-time password is 3 groups of 4 letters: 60 bits."""

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,48})[a-z0-9]")


class UsernameRefused(Refused):
    """A name to sign in with can't be taken; the message is for the user."""


def check_username(username: str) -> None:
    """Accept a name to sign in with or raise `UsernameRefused`: what every keyboard types and nobody misreads."""
    if not _USERNAME.fullmatch(username):
        raise UsernameRefused(
            "Tên đăng nhập gồm 3 đến 50 chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới; "
            "bắt đầu và kết thúc bằng chữ cái hoặc chữ số."
        )


@dataclass(frozen=True)
class Throttle:
    """How many failures within how long are borne before the door stays shut until the oldest is forgotten."""

    failures: int
    within: timedelta


BY_ACCOUNT = Throttle(5, timedelta(minutes=15))
"""For one account from one known browser, or from all strange ones together."""
BY_ADDRESS = Throttle(30, timedelta(minutes=15))
"""For strange browsers of one address, whatever the accounts."""
LOCK_AFTER = Throttle(20, timedelta(days=1))
"""So many failures in a day keep that known browser, or all strange ones, away from the account until they are old."""
ATTEMPTS_KEPT = timedelta(days=30)
"""How long a person can still be told of attempts at the own account."""

SET_RIGHT = timedelta(minutes=2)
"""By so much a clock may go back that asks a time server."""
PROOF_LASTS = timedelta(minutes=10)
"""How long after the password the code may be typed."""
ONE_TIME_LASTS = timedelta(hours=72)
"""How long the password on a slip opens."""
SEEN_EVERY = timedelta(minutes=5)
"""How often at most it is noted that a session is used."""
BROWSER_KNOWN = timedelta(days=180)
"""How long a browser stays known to an account after the last sign-in from it."""
BROWSERS_ACCOUNTS = 12
"""How many accounts a browser is known to at most: a shared computer of an office."""


@dataclass(frozen=True)
class Whence:
    """Nơi nhập: the address, and the mark of a browser (or session) that the account is known from; "" if strange."""

    address: str
    browser: str = ""


_BROWSERS = (
    ("Cốc Cốc", "coc_coc"),
    ("Edge", "edg"),
    ("Opera", "opr/"),
    ("Samsung Internet", "samsungbrowser"),
    ("Firefox", "firefox"),
    ("Firefox", "fxios"),
    ("Chrome", "chrom"),
    ("Chrome", "crios"),
    ("Safari", "safari"),
)
"""Name → what stands in the browser's own words; those that also call themselves another come first."""
_SYSTEMS = (
    ("Android", "android"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Windows", "windows"),
    ("máy Mac", "mac os"),
    ("Linux", "linux"),
)


def browser_in_words(user_agent: str) -> str:
    """What a browser says of itself, as people say it ("Chrome trên Windows"); nothing else of it is kept."""
    said = user_agent.casefold()
    browser = next((name for name, sign in _BROWSERS if sign in said), "Trình duyệt khác")
    system = next((name for name, sign in _SYSTEMS if sign in said), "")
    return f"{browser} trên {system}" if system else browser
