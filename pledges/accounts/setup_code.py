"""Mã thiết lập: what shows that the first administrator can read the server's console.

Made from SECRET_KEY, so that every process of the server knows it and nothing is kept; it opens nothing but the page
of setting up, which is gone once somebody has an account.
"""

import hashlib
import hmac

from pledges.accounts.rules import ONE_TIME_ALPHABET, ONE_TIME_GROUP, ONE_TIME_GROUPS


def setup_code(secret_key: str) -> str:
    """The code of an instance, as the console tells it: "k7fm-x2qp-9whd"."""
    raw = hmac.new(secret_key.encode(), b"setting up", hashlib.sha256).digest()
    letters = [ONE_TIME_ALPHABET[byte % len(ONE_TIME_ALPHABET)] for byte in raw]
    groups = range(0, ONE_TIME_GROUPS * ONE_TIME_GROUP, ONE_TIME_GROUP)
    return "-".join("".join(letters[at : at + ONE_TIME_GROUP]) for at in groups)


def is_setup_code(secret_key: str, typed: str) -> bool:
    """Whether this is the code, whatever the capitals, blanks and hyphens."""
    plain = "".join(letter for letter in typed.casefold() if letter.isalnum())
    return hmac.compare_digest(setup_code(secret_key).replace("-", "").encode(), plain.encode())
