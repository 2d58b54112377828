"""What a unit's commitment begins with: the edition before it, else the campaign's terms and who signs for the unit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.campaigns.terms import filled
from pledges.commitments.models import Commitment
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from pledges.core.text import fold
from pledges.units.models import Unit
from pledges.units.rules import UnitKind

COPIES = 2
"""One is kept by the unit, one by who organises."""

CELL, HEAD, FRONT = "Bí thư chi bộ", "Khu trưởng", "Trưởng ban công tác Mặt trận"
"""Who signs for a khu phố, in this order."""

_BODIES = {
    UnitKind.PARTY_COMMITTEE: "{unit}",
    UnitKind.PEOPLE_COUNCIL: "{unit}",
    UnitKind.PEOPLE_COMMITTEE: "{unit}",
    UnitKind.FRONT: "Ban Thường trực {unit}",
    UnitKind.UNION: "Ban Thường vụ {unit}",
}


def entry_for(
    campaign: Campaign, unit: Unit, known: Sequence[Commitment], heads: Iterable[Appointment], today: date
) -> CommitmentEntry:
    """What a new commitment of the unit begins with; `known` are its editions, the newest first."""
    heads = _each_once(heads)
    if known:
        return _as_before(known[0], {held.account_id for held in heads}, today)
    return CommitmentEntry(
        place=campaign.area.name.removeprefix("Phường ").removeprefix("Xã "),
        dated_on=campaign.launched_on or today,
        terms=terms_for(campaign, unit),
        copies=COPIES,
        witness=campaign.presider,
        witness_post=campaign.presider_post,
        signatories=tuple(signatories_for(unit, heads)),
    )


def terms_for(campaign: Campaign, unit: Unit) -> str:
    """The campaign's terms with the unit in them; the year is that of the launch."""
    began = campaign.launched_on or campaign.starts_on
    return filled(campaign.terms, unit=unit.name, campaign=campaign.title, year=began.year)


def body_of(unit: Unit) -> str:
    """The collective body in whose name a unit's head signs, as printed after TM.; "" for one's own name."""
    words = _BODIES.get(unit.kind, "").format(unit=unit.name)
    return words.replace("Mặt trận Tổ quốc", "MTTQ")


def signatories_for(unit: Unit, heads: Iterable[Appointment]) -> list[SignatoryEntry]:
    """Who signs for a unit: its heads; those of a khu phố in the order of their posts, blanks where nobody is known."""
    heads = _each_once(heads)
    if unit.kind is UnitKind.NEIGHBOURHOOD:
        return _of_neighbourhood(unit, heads)
    body = body_of(unit)
    if not heads and unit.head_position:
        return [SignatoryEntry("", unit.head_position, None, body)]
    return [replace(_of_head(held), on_behalf_of=body) for held in heads]


def _of_neighbourhood(unit: Unit, heads: list[Appointment]) -> list[SignatoryEntry]:
    posts = [CELL, *(part.strip() for part in (unit.head_position or HEAD).split(",")), FRONT]
    rows: list[SignatoryEntry] = []
    for post in dict.fromkeys(posts):
        held = next((one for one in heads if fold(post) in fold(one.post)), None)
        row = _of_head(held) if held is not None else SignatoryEntry("", post)
        if row not in rows:  # who holds two of the posts signs once
            rows.append(row)
    return rows + [row for row in map(_of_head, heads) if row not in rows]


def _of_head(held: Appointment) -> SignatoryEntry:
    """The head; an account that is named by its post has no name of a person."""
    name = held.account.name
    named_by_post = held.post in name or name in held.post
    return SignatoryEntry("" if named_by_post else name, held.post, held.account_id)


def _each_once(heads: Iterable[Appointment]) -> list[Appointment]:
    return list({held.account_id: held for held in heads}.values())


def _as_before(edition: Commitment, heads: set[int], today: date) -> CommitmentEntry:
    """What the edition says; whoever is a head no more signs on paper, unless another is chosen.

    So does who is named a second time: an account signs in one place.
    """
    free = set(heads)
    return CommitmentEntry(
        place=edition.place,
        dated_on=today,
        terms=edition.terms,
        copies=edition.copies,
        witness=edition.witness,
        witness_post=edition.witness_post,
        signatories=tuple(
            SignatoryEntry(one.name, one.post, _taken(one.account_id, free), one.on_behalf_of)
            for one in edition.signatories
        ),
        in_order=edition.in_order,
    )


def _taken(account_id: int | None, free: set[int]) -> int | None:
    """The account, which is free no more; None when it was not."""
    if account_id is None or account_id not in free:
        return None
    free.discard(account_id)
    return account_id
