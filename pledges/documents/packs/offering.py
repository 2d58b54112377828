"""What can be put into a pack: the items of each kind that the reader may see, in the order of the list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.roll import of_campaign as roll_of
from pledges.commitments.rules import CommitmentStatus
from pledges.core.dates import format_date
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.packs import queries
from pledges.documents.packs.rules import Item, PackKind
from pledges.documents.report_forms import owed_in
from pledges.documents.rules import DocumentStatus, PaperKind
from pledges.progress.models import Period
from pledges.units.models import Unit


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the page asks before it offers items: the day, the period, the year, and what to leave out."""

    today: date
    as_of: date
    period: Period | None = None
    blank: bool = False
    waiting: bool = False
    accepted: bool = False
    year: int | None = None
    paper: PaperKind | None = None


def items_of(
    session: Session, campaign: Campaign, actor: Actor, kind: PackKind, choice: Choice
) -> list[Item]:
    """The items of a pack, in the order in which they are bound."""
    return list(_OFFERS[kind](session, campaign, actor, choice))


def _commitments(session: Session, campaign: Campaign, _actor: Actor, choice: Choice) -> Iterator[Item]:
    """The edition of each unit that waits to be signed, else the one in force."""
    for line in roll_of(session, campaign).called:
        if line.commitment_id is None or line.status is None:
            continue
        if choice.waiting and line.status is not CommitmentStatus.FROZEN:
            continue
        yield Item(line.commitment_id, line.name, line.block, line.status.label)


def _unit_reports(session: Session, campaign: Campaign, actor: Actor, _choice: Choice) -> Iterator[Item]:
    return map(_unit, session.scalars(queries.units_leading(campaign.id, actor)))


def _report_forms(session: Session, campaign: Campaign, actor: Actor, choice: Choice) -> Iterator[Item]:
    if choice.blank or choice.period is None:
        yield from _unit_reports(session, campaign, actor, choice)
        return
    for one in owed_in(session, campaign, choice.period, actor, choice.today).owed:
        yield _unit(one.unit)


def _issued(session: Session, campaign: Campaign, actor: Actor, choice: Choice) -> Iterator[Item]:
    if choice.year is None:
        return
    for one in session.scalars(queries.issued(campaign.id, actor, choice.year, choice.paper)):
        size = one.file.size if one.file is not None else 0
        said = f"{said_of(one)}: {one.abstract}"
        yield Item(one.id, said, one.kind.label, one.status.label, size=size, taken=holds(one))


def _evidence(session: Session, campaign: Campaign, actor: Actor, choice: Choice) -> Iterator[Item]:
    """The units with evidence, and how much of it."""
    period_id = choice.period.id if choice.period is not None else None
    found = queries.evidence_by_unit(campaign.id, actor, period_id=period_id, accepted=choice.accepted)
    for number, name, block, files, size in session.execute(found):
        yield Item(number, name, block, papers=files, size=int(size))


def said_of(document: Document) -> str:
    """An issued document in a line: "Báo cáo số 05/BC-UBND ngày 15/10/2024"."""
    said = name_of(document.kind, document.number, document.symbol)
    return f"{said} ngày {format_date(document.issued_on)}" if document.issued_on else said


def holds(document: Document) -> bool:
    """Whether an issued document was neither replaced nor withdrawn."""
    return document.status is DocumentStatus.ISSUED


def _unit(unit: Unit) -> Item:
    return Item(unit.id, unit.name, unit.block)


Offer = Callable[[Session, Campaign, Actor, Choice], Iterator[Item]]

_OFFERS: Mapping[PackKind, Offer] = {
    PackKind.COMMITMENTS: _commitments,
    PackKind.UNIT_REPORTS: _unit_reports,
    PackKind.REPORT_FORMS: _report_forms,
    PackKind.ISSUED: _issued,
    PackKind.EVIDENCE: _evidence,
}
