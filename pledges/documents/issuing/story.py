"""What happened to a document, in words, newest first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pledges.audit.models import LogEntry
from pledges.audit.words import WORDS
from pledges.core.dates import format_instant

_TONES = {
    "document.submitted": "sent",
    "document.returned": "back",
    "document.issued": "good",
    "document.replaced": "off",
    "document.withdrawn": "back",
    "document.attached": "good",
    "document.attached_again": "good",
    "document.attachment_put_aside": "off",
    "document.print_refused": "back",
}
_UNTOLD = frozenset({"document.print_kept"})
"""Acts that belong to another, which is told."""
_OTHERWISE = {
    "document.replaced": "đã được thay thế bằng văn bản mới",
    "document.print_refused": "không in được: tệp lưu bị mất hoặc đã đổi",
}
"""Words where the record's own page says it in another way than a list of acts."""


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
    """The log of one document in words; the entries come oldest first."""
    return [_happening(entry) for entry in entries if entry.action not in _UNTOLD][::-1]


def _happening(entry: LogEntry) -> Happening:
    words = _OTHERWISE.get(entry.action, WORDS[entry.action])
    posts = entry.actor_post.split("; ")
    named = not entry.actor_post or entry.actor_name in posts
    return Happening(
        words=words[0].upper() + words[1:],
        who=entry.actor_name if named else f"{entry.actor_name}, {entry.actor_post}",
        at_text=format_instant(entry.at),
        at_iso=entry.at.isoformat(timespec="seconds"),
        tone=_TONES.get(entry.action, "draft"),
        reason=entry.note,
    )


def signatures_told(entries: Iterable[LogEntry]) -> dict[str, list[str]]:
    """What was found of the signatures of each signed PDF when it was filed, by the file's SHA-256."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.action in {"document.attached", "document.attached_again"}:
            said = json.loads(entry.after)
            found |= {sha256: said.get("signatures", []) for sha256 in said.get("files", [])}
    return found
