"""What a person did lately, in words, with the way to each record that the person may still know of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.audit.models import LogEntry
from pledges.audit.words import KIND_WORDS, WORDS
from pledges.campaigns.models import Campaign
from pledges.commitments import deputies
from pledges.core.dates import format_instant
from pledges.documents.issuing.queries import in_scope as documents_in_scope
from pledges.documents.issuing.queries import named as documents_named
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.followups.models import FollowUp
from pledges.followups.queries import seen_by as follow_ups_seen_by
from pledges.progress.calendar import period_label
from pledges.site import named as queries
from pledges.tasks.amending.queries import named as named_amendments

MOST = 8
_READ = 40
"""So many entries are read to find records that differ: a report begun, saved and sent is one line, its last."""


@dataclass(frozen=True)
class Named:
    """A record as a line names it, and its page."""

    title: str
    url: str


@dataclass(frozen=True)
class Act:
    """One line of the timeline."""

    words: Markup
    at_text: str
    at_iso: str


Names = dict[tuple[str, int], Named]


def lately(session: Session, actor: Actor, campaigns: list[Campaign]) -> list[Act]:
    """The person's last acts, newest first; of each record the last one."""
    entries = list(_differing(session.scalars(queries.own_acts(actor).limit(_READ))))[:MOST]
    names = _names(session, actor, entries, campaigns)
    return [_told(entry, names.get((entry.subject_kind, entry.subject_id))) for entry in entries]


def _differing(entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """The newest act on each record."""
    seen: set[tuple[str, int]] = set()
    for entry in entries:
        record = entry.subject_kind, entry.subject_id
        if record not in seen:
            seen.add(record)
            yield entry


def _told(entry: LogEntry, named: Named | None) -> Act:
    words = WORDS.get(entry.action, entry.action)
    said = escape(words[:1].upper() + words[1:])
    if named is None:
        kind = KIND_WORDS.get(entry.subject_kind, "").lower()
        said += "" if " ".join(kind.split()[:2]) in words else escape(f" ({kind})")
    else:
        said += Markup(': <a href="{}">{}</a>').format(named.url, named.title)
    return Act(said, format_instant(entry.at), entry.at.isoformat(timespec="seconds"))


def _names(session: Session, actor: Actor, entries: list[LogEntry], campaigns: list[Campaign]) -> Names:
    """The records of the entries by kind and number: one query for each kind that occurs."""
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.subject_kind].add(entry.subject_id)
    found: Names = {
        ("campaign", one.id): Named(one.title, url_for("campaigns.campaign", campaign_id=one.id))
        for one in campaigns
    }
    for kind, read in _READERS.items():
        if ids[kind]:
            found |= {(kind, number): named for number, named in read(session, actor, ids[kind])}
    return found


Reader = Callable[[Session, Actor, set[int]], Iterator[tuple[int, Named]]]


def _tasks(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, title in session.execute(queries.named_tasks(actor, ids)):
        yield number, Named(title, url_for("progress.task", task_id=number))


def _reports(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, title, *called in session.execute(queries.named_reports(actor, ids)):
        named = f"{period_label(*called)}, {title}"
        yield number, Named(named, url_for("progress.view", report_id=number))


def _obstacles(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, report_id, title in session.execute(queries.named_obstacles(actor, ids)):
        yield number, Named(title, url_for("progress.view", report_id=report_id))


def _commitments(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, unit in session.execute(queries.named_commitments(actor, ids)):
        yield number, Named(unit, url_for("commitments.commitment", commitment_id=number))


def _amendments(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, title in session.execute(named_amendments(actor, ids)):
        yield number, Named(title, url_for("tasks.amendment", amendment_id=number))


def _accounts(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    if actor.account_id in ids:
        yield actor.account_id, Named(actor.name, url_for("accounts.own"))
    if may_somewhere(actor, Permission.MANAGE_ACCOUNTS):
        for number, name in session.execute(queries.named_accounts(actor, ids)):
            yield number, Named(name, url_for("accounts.account", account_id=number))


def _appointments(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    if may_somewhere(actor, Permission.MANAGE_ACCOUNTS):
        for number, account_id, name, post in session.execute(queries.named_appointments(actor, ids)):
            yield number, Named(f"{name}, {post}", url_for("accounts.account", account_id=account_id))


def _units(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    if may_somewhere(actor, Permission.MANAGE_UNITS):
        for number, name in session.execute(queries.named_units(actor, ids)):
            yield number, Named(name, url_for("units.unit", unit_id=number))


def _authorisations(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    if may_somewhere(actor, Permission.MANAGE_AUTHORISATIONS):
        for one in session.scalars(deputies.seen_by(actor).where(Authorisation.id.in_(ids))):
            url = url_for("commitments.authorisation", authorisation_id=one.id)
            yield one.id, Named(f"{one.account.name}, {one.unit.name}", url)


def _assignments(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, name, task_id, title in session.execute(queries.named_assignments(actor, ids)):
        yield number, Named(f"{name}, {title}", url_for("progress.task", task_id=task_id))


def _follow_ups(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for one in session.scalars(follow_ups_seen_by(actor).where(FollowUp.id.in_(ids))):
        yield one.id, Named(one.text, url_for("followups.follow_up", follow_up_id=one.id))


def _meetings(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, title in session.execute(queries.named_meetings(actor, ids)):
        yield number, Named(title, url_for("overview.meeting", meeting_id=number))


def _explanations(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for number, label, task_id, title in session.execute(queries.named_explanations(actor, ids)):
        yield number, Named(f"{label}, {title}", url_for("progress.task", task_id=task_id))


def _documents(session: Session, actor: Actor, ids: set[int]) -> Iterator[tuple[int, Named]]:
    for one in session.scalars(documents_named().where(documents_in_scope(actor), Document.id.in_(ids))):
        title = f"{name_of(one.kind, one.number, one.symbol)}, {one.abstract}"
        yield one.id, Named(title, url_for("documents.document", document_id=one.id))


_READERS: dict[str, Reader] = {
    "task": _tasks,
    "report": _reports,
    "obstacle": _obstacles,
    "commitment": _commitments,
    "amendment": _amendments,
    "account": _accounts,
    "appointment": _appointments,
    "unit": _units,
    "authorisation": _authorisations,
    "assignment": _assignments,
    "follow_up": _follow_ups,
    "meeting": _meetings,
    "explanation_request": _explanations,
    "document": _documents,
}
