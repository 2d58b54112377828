"""What is done about personal data: a request is made and answered, what is due is removed. The caller commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.audit.operations import record
from pledges.core.clock import day_of
from pledges.core.database import note_checked, take_turn
from pledges.upkeep.personal.models import DataRequest
from pledges.upkeep.personal.rules import (
    HIDDEN,
    RequestKind,
    RequestOutcome,
    RequestRefused,
    deadline_on,
)


@dataclass(frozen=True, kw_only=True)
class RequestEntry:
    """What is asked for, when it was received, and from which paper where another enters it."""

    kind: RequestKind
    words: str
    received_at: datetime
    from_paper: str = ""


def ask(session: Session, account: Account, entry: RequestEntry, *, by: Actor, at: datetime) -> DataRequest:
    """Write a request down. What the person says stays out of the log: it may be what is to be deleted."""
    request = DataRequest(
        account=account,
        kind=entry.kind,
        words=entry.words,
        received_at=entry.received_at,
        due_at=entry.received_at + deadline_on(day_of(entry.received_at)).within,
        from_paper=entry.from_paper,
        entered_by_id=by.account_id,
        entered_by_name=by.name,
    )
    session.add(request)
    after = {"account": account.username, "request_kind": entry.kind.label, "from_paper": entry.from_paper}
    record(session, "data_request.made", request, by=by, at=at, after=after)
    return request


def answer(
    session: Session, request: DataRequest, outcome: RequestOutcome, words: str, *, by: Actor, at: datetime
) -> None:
    """Answer a request, once; raises `RequestRefused` for one that somebody has answered."""
    take_turn(session)
    session.refresh(request)
    if not request.open:
        raise RequestRefused(f"Yêu cầu này đã được {request.answered_by_name} giải quyết.")
    request.answered_at, request.outcome, request.answer = at, outcome, words
    request.answered_by_id, request.answered_by_name = by.account_id, by.name
    after = {"account": request.account.username, "outcome": outcome.label}
    record(session, "data_request.answered", request, by=by, at=at, after=after)


def remove_contacts(session: Session, accounts: Iterable[Account], *, by: Actor, at: datetime) -> int:
    """Blank telephone and e-mail of accounts; the log keeps that it was done, not what stood there. How many."""
    count = 0
    for account in accounts:
        note_checked(session, account)  # the page named the account; no form says what it was
        before = {name: HIDDEN for name in ("phone", "email") if getattr(account, name)}
        account.phone = account.email = ""
        after = dict.fromkeys(before, "")
        record(session, "account.contacts_removed", account, by=by, at=at, before=before, after=after)
        count += 1
    return count
