"""How a check code is written, read and led to.

Ten characters of an alphabet without letters that look like digits, drawn at random, printed in two groups of five. The
last is a check character, so that one mistyped character is told from a code that was never given.
"""

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""Twenty-nine characters, a prime number of them: none of 0, 1, I, L, O, S, U."""
LENGTH: Final = 10
PATH: Final = "/kiem-tra"

_LOOKALIKES: Final = str.maketrans({"Đ": "D"})


def new_code() -> str:
    """A code that nobody can guess: 29^9 possibilities, and the check character."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + _check(drawn)


def read_code(typed: str) -> str | None:
    """The code that somebody typed or scanned, whatever its case and signs between; None when it can't be one."""
    code = "".join(char for char in typed.upper().translate(_LOOKALIKES) if char.isalnum())
    if len(code) != LENGTH or not set(code) <= set(ALPHABET) or _check(code[:-1]) != code[-1]:
        return None
    return code


def shown(code: str) -> str:
    """The code as it is printed: "7KQ2M-9XDAB"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def check_page(public_address: str) -> str:
    """The address that people can type to check a code; empty where the office has none."""
    return f"{public_address.rstrip('/')}{PATH}" if public_address else ""


def address_of(code: str, public_address: str) -> str:
    """What the QR holds: the page of the check where the office's public address is known, else the code alone."""
    return f"{check_page(public_address)}?ma={code}" if public_address else shown(code)


def code_in(scanned: str) -> str | None:
    """The code that a scanned QR holds, an address or the code alone; None for any other QR."""
    return read_code(scanned.rpartition("ma=")[2] if f"{PATH}?ma=" in scanned else scanned)


def _check(drawn: str) -> str:
    """Catches every mistyped character and every two that changed places: the alphabet's length is prime."""
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(drawn, 1))
    return ALPHABET[total % len(ALPHABET)]
