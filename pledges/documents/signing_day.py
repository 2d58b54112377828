"""Lễ ký: the papers of a campaign's signing, in the order in which the units are called up."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies import roll as rolls
from pledges.commitments.content import sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import whole
from pledges.commitments.rules import CommitmentStatus
from pledges.core.among import among
from pledges.documents.commitments import sheet_of
from pledges.documents.seals import NO_SEAL, seals_of
from pledges.documents.sheets.pack import Bound, Pack


def pack_of(
    session: Session,
    campaign: Campaign,
    today: date,
    public_address: str,
    status: CommitmentStatus | None = None,
) -> Pack | None:
    """Every unit's commitment that is signed or to be signed, perhaps only those of one status; None without any.

    Raises `BrokenSeal` for a frozen text that somebody changed past the program.
    """
    called = called_up(session, campaign, status)
    found = {one.id: one for one in session.scalars(whole().where(among(Commitment.id, called)))}
    papers = tuple(papers_of(session, [found[number] for number in called], today, public_address))
    if not papers:
        return None
    return Pack(
        name=f"Bản cam kết thi đua của các đơn vị - {campaign.title}",
        author=campaign.owner.name,
        papers=papers,
    )


def called_up(session: Session, campaign: Campaign, status: CommitmentStatus | None = None) -> list[int]:
    """The editions that are signed or to be signed, in the order in which their units are called up."""
    return [
        unit.commitment_id
        for unit in rolls.of_campaign(session, campaign).called
        if unit.commitment_id is not None and status in {None, unit.status}
    ]


def papers_of(
    session: Session, commitments: Sequence[Commitment], today: date, public_address: str
) -> Iterator[Bound]:
    """Each edition as its own page prints it, bookmarked with its unit. Raises `BrokenSeal`."""
    seals = seals_of(session, commitments)
    for one in commitments:
        content = sealed_content(one)
        sheet = sheet_of(one, content, today, seals.get(one.id, NO_SEAL), public_address)
        yield Bound(content["unit"]["name"], sheet)
