"""A ceremony in a hall, for tests: opened on the day of the small world."""

from datetime import date

from pledges.commitments.ceremonies import operations
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.operations import CeremonyEntry
from pledges.commitments.models import Commitment, Signatory
from tests.support.ward import Ward

PLACE = "Hội trường UBND phường"


def entry(ward: Ward, **changes: object) -> CeremonyEntry:
    """What is entered of a ceremony."""
    said: dict[str, object] = {
        "held_on": ward.day,
        "place": PLACE,
        "certified_by": "Vũ Thị Thư",
        "certified_post": "Văn thư",
    }
    return CeremonyEntry(**(said | changes))  # type: ignore[arg-type]


def opened(ward: Ward, *, held_on: date | None = None) -> Ceremony:
    """A ceremony that goes on."""
    said = entry(ward, held_on=held_on or ward.day)
    made = operations.open_ceremony(ward.session, ward.campaign, said, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return made


def tick(ward: Ward, ceremony: Ceremony, *places: Signatory) -> None:
    """What the clerk saw signed."""
    operations.tick(ward.session, ceremony, places, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()


def untick(ward: Ward, ceremony: Ceremony, place: Signatory) -> bool:
    """What the clerk ticked by mistake."""
    undone = operations.untick(ward.session, ceremony, place, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return undone


def close(ward: Ward, ceremony: Ceremony) -> None:
    """The ceremony is over."""
    operations.close(ward.session, ceremony, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()


def signed(commitment: Commitment) -> list[bool]:
    """Which of the places are signed."""
    return [one.signature is not None for one in commitment.signatories]
