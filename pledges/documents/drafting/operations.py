"""What is done with a draft: begun, edited, refreshed, discarded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.core.base import touch
from pledges.core.clock import day_of
from pledges.core.refusal import Refused
from pledges.documents.drafting.composing import filled_in, prose_of
from pledges.documents.drafting.filling import filled_of
from pledges.documents.drafting.rules import Prose, Scope
from pledges.documents.headings import symbol_by
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.queries import replacement_of
from pledges.documents.lines import kept, lines_in
from pledges.documents.models import Document, ProsePiece
from pledges.documents.rules import DocumentStatus, PaperKind
from pledges.documents.sheets.draft import Filled
from pledges.documents.sheets.paper import Recipients, Signature
from pledges.documents.sheets.record import written
from pledges.progress.models import Period
from pledges.units.models import Unit

CLOSED = "Văn bản đã trình ký hoặc đã phát hành nên không sửa được nữa; cần sửa thì đề nghị trả lại dự thảo."
NO_ABSTRACT = "Văn bản phải có trích yếu."
NOT_REPLACED = "Chỉ thay thế được văn bản đã phát hành."
REPLACED = "Đã có dự thảo thay thế văn bản này; đồng chí sửa tiếp dự thảo đó."

Places = Mapping[tuple[str, str], Prose]
"""Prose by slot and key."""


@dataclass(frozen=True, kw_only=True)
class DocumentEntry:
    """Một văn bản sắp soạn: of which kind, what it speaks of, and which issued one it is to replace."""

    campaign: Campaign
    kind: PaperKind
    scope: Scope
    replaces: Document | None = None


@dataclass(frozen=True, kw_only=True)
class DraftEntry:
    """What a clerk writes into a draft: everything that doesn't fill itself."""

    abstract: str
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    on_behalf: str = ""
    posts: tuple[str, ...] = ()
    signer_name: str = ""
    copies: int = 1
    prose: Places = field(default_factory=dict)


def begin(session: Session, entry: DocumentEntry, *, by: Actor, at: datetime) -> Document:
    """Soạn văn bản: a draft with what fills itself today; one that replaces another begins with what that says.

    Raises `Refused` for the replacement of what was never issued, or is being replaced already.
    """
    _check_replaces(session, entry.replaces)
    campaign, owner = entry.campaign, entry.campaign.owner
    filled = filled_of(session, campaign, entry.kind, entry.scope, by, day_of(at))
    document = Document(
        campaign=campaign,
        kind=entry.kind,
        issuer=owner,
        status=DocumentStatus.DRAFT,
        symbol=symbol_by(entry.kind, owner),
        unit=session.get(Unit, entry.scope.unit.id) if entry.scope.unit is not None else None,
        block=entry.scope.block,
        period=session.get(Period, entry.scope.period.id) if entry.scope.period is not None else None,
        replaces=entry.replaces,
        made_at=at,
        made_by_id=by.account_id,
        made_by_name=by.name,
    )
    _fill(document, filled, entry.scope.as_of, at)
    _write(document, _first_words(filled) if entry.replaces is None else _words_of(entry.replaces))
    session.add(document)
    record(session, "document.drafted", document, by=by, at=at, after=logged(document))
    return document


def edit(session: Session, document: Document, entry: DraftEntry, *, by: Actor, at: datetime) -> None:
    """Sửa dự thảo: raises `Refused` once it is submitted, and for a document without an abstract."""
    _check_open(document)
    if not entry.abstract.strip():
        raise Refused(NO_ABSTRACT)
    was = logged(document)
    _write(document, entry)
    before, after = differences(was, logged(document))
    if after:
        touch(document)
        record(session, "document.edited", document, by=by, at=at, before=before, after=after)


def refresh(session: Session, document: Document, scope: Scope, *, by: Actor, at: datetime) -> None:
    """Cập nhật số liệu: what fills itself is filled anew, of another day where the scope says so; prose stays.

    Abstract and addressees follow where they still say what had filled itself.
    """
    _check_open(document)
    was, old = logged(document), filled_in(document)
    new = filled_of(session, document.campaign, document.kind, scope, by, day_of(at))
    if document.abstract == old.title.abstract:
        document.abstract = new.title.abstract
    if listed_in(document.addressees) == old.addressees:
        document.addressees = kept(new.addressees)
    _fill(document, new, scope.as_of, at)
    before, after = differences(was, logged(document))
    record(session, "document.refreshed", document, by=by, at=at, before=before, after=after)


def discard(session: Session, document: Document, *, by: Actor, at: datetime) -> None:
    """Bỏ dự thảo: the log keeps what it said. Raises `Refused` once it is submitted."""
    _check_open(document)
    record(session, "document.discarded", document, by=by, at=at, before=logged(document))
    session.delete(document)


def logged(document: Document) -> dict[str, Any]:
    """What a draft says, as the log keeps it; what filled itself can be reckoned again from the figures."""
    prose = [
        f"{slot}/{key}: {said.text}{'' if said.printed else ' (không in câu tự điền)'}"
        for (slot, key), said in prose_of(document).items()
    ]
    return {
        "kind": document.kind,
        "abstract": document.abstract,
        "as_of": document.as_of,
        "unit": document.unit.code if document.unit is not None else None,
        "block": document.block,
        "period": document.period.label if document.period is not None else None,
        "addressees": list(listed_in(document.addressees)),
        "recipients": list(listed_in(document.recipients)),
        "on_behalf": document.on_behalf,
        "posts": list(listed_in(document.posts)),
        "signer_name": document.signer_name,
        "copies": document.copies,
        "prose": prose,
    }


def _check_open(document: Document) -> None:
    if not document.open:
        raise Refused(CLOSED)


def _check_replaces(session: Session, replaces: Document | None) -> None:
    if replaces is None:
        return
    if not replaces.status.replaceable:
        raise Refused(NOT_REPLACED)
    if session.scalars(replacement_of(replaces.id)).first() is not None:
        raise Refused(REPLACED)


def _fill(document: Document, filled: Filled, day: date, at: datetime) -> None:
    """Keep what filled itself; minutes are of the day of the ceremony, whenever they are written."""
    told = filled.heading.ruled_on if document.kind is PaperKind.MINUTES else day
    document.filled, document.as_of, document.refreshed_at = written(filled), told, at


def _first_words(filled: Filled) -> DraftEntry:
    """What a fresh draft says before anybody wrote into it: what the layout proposes."""
    closing = filled.closing
    lines = closing.left if isinstance(closing.left, Recipients) else closing.below
    signed = closing.right.signatures[0] if closing.right.signatures else Signature(posts=())
    return DraftEntry(
        abstract=filled.title.abstract,
        addressees=filled.addressees,
        recipients=lines_in("\n".join(lines.lines)) if lines is not None else (),
        on_behalf=signed.on_behalf,
        posts=signed.posts,
        signer_name=signed.name,
    )


def _words_of(document: Document) -> DraftEntry:
    """What an issued document says besides its figures."""
    return DraftEntry(
        abstract=document.abstract,
        addressees=listed_in(document.addressees),
        recipients=listed_in(document.recipients),
        on_behalf=document.on_behalf,
        posts=listed_in(document.posts),
        signer_name=document.signer_name,
        copies=document.copies,
        prose=prose_of(document),
    )


def _write(document: Document, entry: DraftEntry) -> None:
    document.abstract = entry.abstract.strip()
    document.addressees, document.recipients = kept(entry.addressees), kept(entry.recipients)
    document.on_behalf, document.posts = entry.on_behalf, kept(entry.posts)
    document.signer_name, document.copies = entry.signer_name, entry.copies
    known = {(one.slot, one.key): one for one in document.prose}
    for place, said in entry.prose.items():
        row = known.get(place)
        if said == Prose():
            if row is not None:
                document.prose.remove(row)
        elif row is None:
            slot, key = place
            document.prose.append(ProsePiece(slot=slot, key=key, text=said.text, printed=said.printed))
        else:
            row.text, row.printed = said.text, said.printed
