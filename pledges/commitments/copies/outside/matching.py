"""Whose signature each signature of a PDF is: proposed by name, decided by a person, doubtful or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import whole
from pledges.commitments.copies.outside.rules import proposals, refusal, same_person
from pledges.commitments.models import Commitment
from pledges.commitments.signing_rules import Way, covers
from pledges.core import clock
from pledges.files.signed.rules import Findings, PdfSignature, Sameness, doubts


@dataclass(frozen=True)
class Match:
    """A signature of the file, and the place among the signatories that it fills."""

    signature: PdfSignature
    way: Way

    @property
    def doubts(self) -> list[str]:
        """What the app can't know of this match by itself, in words."""
        holder, signer = self.signature.name, signer_of(self.way)
        found = doubts(self.signature)
        if not same_person(holder, signer):
            named = f"người ký là {signer}" if signer else f"vị trí {self.way.signatory.post} chưa ghi họ tên"
            found.append(f"Chứng thư đứng tên {holder or 'không rõ ai'}, {named}.")
        return found


def ways(session: Session, commitment: Commitment) -> list[Way]:
    """The places that are still to be signed, each by its holder, then by those who are authorised to."""
    free = [one for one in commitment.signatories if one.signature is None]
    authorised = list(session.scalars(whole().where(Authorisation.unit_id == commitment.unit_id)))
    return [Way(one) for one in free] + [
        Way(one, authorisation) for one in free for authorisation in authorised if covers(authorisation, one)
    ]


def signer_of(way: Way) -> str:
    """The name of the person who signs there."""
    return way.authorisation.account.name if way.authorisation else way.signatory.name


def words_of(way: Way) -> str:
    """The place in a list of choices."""
    if way.authorisation is None:
        return way.signatory.label
    return f"{signer_of(way)}, {way.capacity.prefix} {way.signatory.post} (theo {way.authorisation.paper})"


def refusals(commitment: Commitment, findings: Findings) -> dict[int, str]:
    """Why signatures of the file can't count, by their place in it; those that can are left out."""
    frozen_on = (
        clock.day_of(commitment.frozen_at) if commitment.frozen_at else clock.day_of(findings.checked_at)
    )
    filed_on = clock.day_of(findings.checked_at)
    said = {
        number: refusal(one, frozen_on=frozen_on, by=filed_on)
        for number, one in enumerate(findings.signatures)
    }
    return {number: words for number, words in said.items() if words}


def proposed(signatures: Sequence[PdfSignature], offered: Sequence[Way]) -> dict[str, str]:
    """For each signature's mark the key of the place that its holder's name fits; nobody takes a place twice."""
    return proposals(
        {one.mark: one.name for one in signatures}, [(way.key, signer_of(way)) for way in offered]
    )


def same_text_proven(findings: Findings) -> bool:
    """Whether the file is known to hold the frozen text, without anybody's word for it."""
    return findings.sameness is not Sameness.UNPROVEN


def day_of(signature: PdfSignature, findings: Findings) -> date:
    """The day on which a signature counts as given: its own, or the day on which the file came."""
    return signature.signed_on or clock.day_of(findings.checked_at)
