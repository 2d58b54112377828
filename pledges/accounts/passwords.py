"""What a new password must be: long, and none of those that are tried first. No rules of what it is put together from.

People add digits, signs and capitals to a word that everybody uses; who guesses does the same. So what is compared with
the list of such words is what is left without them.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

from pledges.core.refusal import Refused
from pledges.core.text import fold

SHORTEST = 10
LONGEST = 200
LONG_NUMBER = 13
"""Fewer digits than this are a telephone's, a card's, or two days."""
FEW_LETTERS = 6
"""So many letters beside the own names are few."""
TELLING = 4
"""A name to sign in with as long as this gives a password away; "du" stands in a random one by chance."""
LONGEST_UNIT = 4
"""What is repeated, like "abcd", up to this length."""

_LIST = Path(__file__).with_name("data") / "common_passwords.txt"
_AS_LETTERS = str.maketrans(
    {"4": "a", "@": "a", "0": "o", "1": "i", "!": "i", "3": "e", "5": "s", "$": "s", "7": "t"}
)
_ENDS = re.compile(r"^[^a-z]+|[^a-z]+$")
_SIGNS = re.compile(r"[^a-z0-9]+")

EASY = (
    "Mật khẩu này nhiều người hay dùng nên bị thử trước; đồng chí chọn mật khẩu khác, dài và của riêng mình."
)
OWN_NAMES = "Mật khẩu gần như chỉ gồm tên của đồng chí hoặc đơn vị; đồng chí chọn mật khẩu khác."


class PasswordRefused(Refused):
    """A new password is too easy; the message is for the user."""


def check_password(password: str, *, username: str, names: Iterable[str] = ()) -> None:
    """Accept a new password or raise `PasswordRefused`; `names` are those of the person and of the own units."""
    if len(password) < SHORTEST:
        raise PasswordRefused(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"Mật khẩu dài nhất {LONGEST} ký tự.")
    if len(username) >= TELLING and _plain(username) in _plain(password):
        raise PasswordRefused("Mật khẩu không được chứa tên đăng nhập.")
    if is_easy(password):
        raise PasswordRefused(EASY)
    if is_of_names(password, names):
        raise PasswordRefused(OWN_NAMES)


def drawn(*, username: str, names: Iterable[str] = ()) -> str:
    """A random password of 72 bits; drawn again when chance has put the own names into it."""
    names = list(names)
    while True:
        password = secrets.token_urlsafe(9)
        with suppress(PasswordRefused):
            check_password(password, username=username, names=names)
            return password


def is_easy(password: str) -> bool:
    """Whether it is among those that are tried first: a common word with trimmings, a pattern, somebody's number."""
    plain = _plain(password)
    if not plain:
        return password.isascii()  # signs alone: a row of the keyboard
    if _is_pattern(plain) or (plain.isdigit() and len(plain) < LONG_NUMBER):
        return True
    return any(_is_common(stem) for stem in _stems(password))


def _plain(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def _is_pattern(plain: str) -> bool:
    """A few signs over and over, or a row: "121212…", "abcabc…", "abcdef…", "987654…"."""
    for length in range(1, LONGEST_UNIT + 1):
        if plain == (plain[:length] * len(plain))[: len(plain)]:
            return True
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _stems(password: str) -> Iterator[str]:
    """What is left without the digits and signs at the ends, and with those inside read as letters, too."""
    folded = fold(password)
    yield _plain(password)
    yield _plain(_ENDS.sub("", folded))
    yield _plain(_ENDS.sub("", folded).translate(_AS_LETTERS))
    yield _plain(_ENDS.sub("", folded.translate(_AS_LETTERS)))


def _is_common(stem: str) -> bool:
    """Whether it is a common word or two."""
    words = common()
    return stem in words or any(stem[:at] in words and stem[at:] in words for at in range(3, len(stem) - 2))


@cache
def common() -> frozenset[str]:
    """The words that are tried first."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_of_names(password: str, names: Iterable[str]) -> bool:
    """Whether little is left of a password without the own names and their words."""
    letters = "".join(letter for letter in _plain(password) if letter.isalpha())
    left = letters
    for name in names:
        words = [_plain(name), *map(_plain, name.split())]
        for word in sorted(filter(str.isalpha, words), key=len, reverse=True):
            if len(word) > 1:
                left = left.replace(word, " ")
    return left != letters and len(left.replace(" ", "")) < FEW_LETTERS
