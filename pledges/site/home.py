"""What waits for a person today, gravest first, and what that person did lately."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.queries import acts_of
from pledges.audit.words import WORDS
from pledges.core.dates import format_instant

MOST = 8


@dataclass(frozen=True)
class Waiting:
    """Something that waits for me: one press from done."""

    title: str
    url: str
    status: Any
    action: str
    text: str = ""
    reason: str = ""
    due: str = ""
    hot: bool = False


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """What waits for the person, gravest first."""
    return []


def lately(session: Session, actor: Actor) -> list[dict[str, str]]:
    """The person's last acts, newest first."""
    entries = session.scalars(acts_of(actor.account_id).limit(MOST))
    return [{"words": WORDS[entry.action], "at_text": format_instant(entry.at), "url": url_for("site.home")} for entry in entries]
