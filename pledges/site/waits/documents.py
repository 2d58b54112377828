"""What waits of documents: those to be signed for leaders, to be issued for clerks, and drafts that came back."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, may, reach
from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.issuing.queries import waiting
from pledges.documents.models import Document
from pledges.documents.rules import DocumentEventKind, DocumentStatus
from pledges.site.waits.kinds import Kind, Line, Wait, bundle, since


def of_documents(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Submitted documents for whoever returns or issues them; returned drafts for whoever made them, with why."""
    if not reach(actor, Permission.SEE_DOCUMENT, Place.CAMPAIGN):
        return
    found = list(session.scalars(waiting(actor)))
    submitted = [one for one in found if one.status is DocumentStatus.SUBMITTED]
    to_pass = [one for one in submitted if may(actor, Permission.RETURN_DOCUMENT, one.subject())]
    to_issue = [one for one in submitted if may(actor, Permission.ISSUE_DOCUMENT, one.subject())]
    register = url_for("documents.register")
    lines = [_line(one, today) for one in to_pass]
    yield from bundle(Kind.SUBMITTED, "văn bản trình ký", lines, url=register, action="Xem văn bản")
    lines = [_line(one, today) for one in to_issue if one not in to_pass]
    words = "văn bản đang trình ký, ký xong thì phát hành"
    yield from bundle(Kind.TO_ISSUE, words, lines, url=register, action="Xem văn bản")
    for one in found:
        if one.status is DocumentStatus.DRAFT and one.made_by_id == actor.account_id:
            yield from _returned(one)


def _line(one: Document, today: date) -> Line:
    url = url_for("documents.document", document_id=one.id)
    note = f"chờ {one.signer_name} ký · trình {since(day_of(one.events[-1].at), today)}"
    return Line(f"{one.kind.label}: {one.abstract}", url, note)


def _returned(one: Document) -> Iterator[Wait]:
    """A draft whose last event is that it came back; one that was never submitted waits for nobody."""
    last = one.events[-1]
    if last.kind is DocumentEventKind.RETURNED:
        yield Wait(
            kind=Kind.RETURNED,
            title=f"{one.kind.label}: {one.abstract}",
            url=url_for("documents.document", document_id=one.id),
            action="Soạn tiếp",
            action_url=url_for("documents.edit", document_id=one.id),
            text=f"{last.by_name} trả lại ngày {format_date(day_of(last.at))}",
            reason=last.reason,
            order=(day_of(last.at), one.id),
        )
