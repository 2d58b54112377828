"""Lễ ký: the papers of a campaign's signing, in the order in which the units are called up."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies import roll as rolls
from pledges.commitments.content import sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import whole
from pledges.commitments.rules import CommitmentStatus
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
    called = [
        unit.commitment_id
        for unit in rolls.of_campaign(session, campaign).called
        if unit.commitment_id is not None and status in {None, unit.status}
    ]
    found: Mapping[int, Commitment] = {
        one.id: one for one in session.scalars(whole().where(Commitment.id.in_(called)))
    }
    seals = seals_of(session, found.values())
    papers = []
    for commitment_id in called:
        commitment = found[commitment_id]
        content = sealed_content(commitment)
        seal = seals.get(commitment.id, NO_SEAL)
        sheet = sheet_of(commitment, content, today, seal, public_address)
        papers.append(Bound(content["unit"]["name"], sheet))
    if not papers:
        return None
    return Pack(
        name=f"Bản cam kết thi đua của các đơn vị - {campaign.title}",
        author=campaign.owner.name,
        papers=tuple(papers),
    )
