"""What happened to a commitment, in words, newest first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pledges.accounts.authorisations.rules import Capacity
from pledges.audit.models import LogEntry
from pledges.audit.words import WORDS
from pledges.commitments.rules import SigningWay
from pledges.core.dates import format_instant

_TONES = {
    "commitment.frozen": "sent",
    "commitment.signed": "good",
    "commitment.completed": "good",
    "commitment.superseded": "off",
    "commitment.withdrawn": "off",
    "commitment.declined": "back",
    "authorisation.recorded": "good",
    "authorisation.ended": "off",
}
_FILED = {
    None: "Đã lưu bản đã ký",
    True: "Đã lưu tệp PDF ký số",
    False: "Đã lưu tệp PDF, không được tính",
}
"""By whether a signature of the file can count; a scan has none."""


@dataclass(frozen=True)
class Happening:
    """One thing that happened, as the timeline shows it."""

    words: str
    who: str
    at_text: str
    at_iso: str
    tone: str
    reason: str = ""


def told(entries: Iterable[LogEntry]) -> list[Happening]:
    """The log of one commitment, or of an authorisation, in words; the entries come oldest first."""
    return [_happening(entry) for entry in entries][::-1]


def _happening(entry: LogEntry) -> Happening:
    words = WORDS[entry.action]
    words = words[0].upper() + words[1:]
    if entry.action == "commitment.signed":
        words = _signature(json.loads(entry.after))
    elif entry.action == "commitment.copy_filed":
        words = _FILED[json.loads(entry.after).get("can_count")]
    posts = entry.actor_post.split("; ")
    who = entry.actor_name if entry.actor_name in posts else f"{entry.actor_name}, {entry.actor_post}"
    return Happening(
        words=words,
        who=who,
        at_text=format_instant(entry.at),
        at_iso=entry.at.isoformat(timespec="seconds"),
        tone=_TONES.get(entry.action, "draft"),
        reason=entry.note,
    )


def _signature(after: dict[str, Any]) -> str:
    way = SigningWay(after["way"]).label
    signed = f"{after['signatory']}: {way[0].lower()}{way[1:]}"
    if "capacity" not in after:
        return signed
    deputy = ", ".join(filter(None, (after["signer"], after["signer_post"])))
    return f"{signed}, {deputy} ký {Capacity(after['capacity']).prefix} theo {after['paper']}"
