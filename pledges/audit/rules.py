"""How a log entry is sealed: canonical text, SHA-256, and the hash of the entry before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

GENESIS = "0" * 64
"""The hash that the first entry names as its predecessor."""


@dataclass(frozen=True)
class Sealed:
    """What the hash of an entry covers: everything the entry says, and the entry before it."""

    number: int
    at: datetime
    actor_id: int
    actor_name: str
    actor_post: str
    action: str
    subject_kind: str
    subject_id: int
    note: str
    before: str
    after: str
    previous: str

    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return hashlib.sha256(canonical(self.__dict__).encode()).hexdigest()


def plain(value: Any) -> Any:  # noqa: PLR0911 - one return a kind
    """A value as JSON can hold it for ever: Decimals as their digits, days and instants in ISO form."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    return value


def canonical(value: Any) -> str:
    """One text for one content: sorted keys, no spaces, UTF-8 letters as they are."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Fault:
    """The first entry at which the chain breaks, and how."""

    number: int
    reason: str


def first_fault(entries: Iterable[tuple[Sealed, str]]) -> Fault | None:
    """The first entry whose number, predecessor or hash is not what the chain demands; None when it is whole.

    `entries` gives what each entry says and the hash it carries, in the order of their numbers.
    """
    previous, expected = GENESIS, 1
    for sealed, carried in entries:
        if sealed.number != expected:
            return Fault(expected, f"thiếu mục số {expected}, gặp mục số {sealed.number}")
        if sealed.previous != previous:
            return Fault(sealed.number, "không nối đúng với mục đứng trước")
        if sealed.digest() != carried:
            return Fault(sealed.number, "nội dung không khớp với mã niêm phong")
        previous, expected = carried, expected + 1
    return None
