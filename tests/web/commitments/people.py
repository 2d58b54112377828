"""Signatories for tests of commitments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pledges.access.roles import Role
from pledges.accounts import operations as accounts
from pledges.accounts.authorisations import operations as authorisations
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.operations import AuthorisationEntry
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.queries import appointments_of
from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from tests.support import world
from tests.support.ward import Ward

FRONT = "front_kp1"
PASSWORD = world.PASSWORD

ONLY_THE_CLERK = [
    ("clerk", 200),
    ("leader", 403),
    ("officer_kp1", 403),
    ("mate_kp1", 403),
    ("head_kp1", 403),
    ("officer_kp2", 403),
    ("outsider", 403),
    ("admin", 403),
]
"""Who comes to the pages on which papers and ceremonies are kept."""
ONLY_THE_HEAD = [
    ("head_kp1", 200),
    ("officer_kp1", 403),
    ("mate_kp1", 403),
    ("leader", 403),
    ("clerk", 403),
    ("officer_kp2", 404),
    ("outsider", 404),
]
"""Who comes to the pages on which Khu phố 1 signs; the head alone is named there."""


def second_head(ward: Ward) -> None:
    """Another leader of Khu phố 1, who signs too."""
    account = world.add_account(ward.session, FRONT, "Trịnh Văn Mặt", at=ward.now)
    accounts.appoint(
        ward.session, account, ward.unit("KP1"), Role.LEADER, "Trưởng ban công tác Mặt trận",
        since=date(2023, 1, 1), by=ward.actor("admin"), at=ward.now,
    )  # fmt: skip
    ward.session.commit()


def entry(ward: Ward, signatories: Sequence[SignatoryEntry], *, in_order: bool = True) -> CommitmentEntry:
    """A commitment as it is entered."""
    return CommitmentEntry(
        place="Hà Khánh", dated_on=date(2024, 10, 10), terms=ward.campaign.terms, copies=2,
        witness="Trần Quốc Hưng", witness_post="Chủ tịch UBND phường", signatories=tuple(signatories),
        in_order=in_order,
    )  # fmt: skip


def of_three(ward: Ward, *, in_order: bool = True) -> Commitment:
    """A frozen commitment of Khu phố 1: two who may sign in the app, and one who signs on paper alone."""
    second_head(ward)
    ward.task()
    head, front = ward.account("head_kp1"), ward.account(FRONT)
    rows = (
        SignatoryEntry(head.name, "Bí thư chi bộ, Khu trưởng", head.id),
        SignatoryEntry(front.name, "Trưởng ban công tác Mặt trận", front.id),
        SignatoryEntry("", "Chi hội trưởng Phụ nữ"),
    )
    return _frozen(ward, entry(ward, rows, in_order=in_order))


def frozen(
    ward: Ward, signatories: Sequence[tuple[str, str | None]], *, unit: str = "KP1", in_order: bool = True
) -> Commitment:
    """A frozen commitment signed in these posts, each by who has the account of that name, if anybody."""
    ward.task(unit)
    rows = []
    for post, name in signatories:
        account = ward.account(name) if name else None
        rows.append(SignatoryEntry(account.name if account else "", post, account.id if account else None))
    return _frozen(ward, entry(ward, rows, in_order=in_order), unit)


def _frozen(ward: Ward, said: CommitmentEntry, unit: str = "KP1") -> Commitment:
    clerk = ward.actor("clerk")
    made = commitments.prepare(ward.session, ward.campaign, ward.unit(unit), said, by=clerk, at=ward.now)
    commitments.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    return made


def authorised(ward: Ward, deputy: str, principal_post: str, **said: Any) -> Authorisation:
    """The clerk records an authorisation of Khu phố 1 for somebody's first post."""
    account = ward.account(deputy)
    post = ward.session.scalars(appointments_of(account.id)).first()
    assert post is not None
    facts = {
        "unit": ward.unit("KP1"), "principal_post": principal_post, "account": account, "post": post.post,
        "capacity": Capacity.FOR_HEAD, "paper": "Quyết định số 12/QĐ-UBND ngày 1/3/2024",
        "valid_from": date(2024, 10, 1), "valid_to": date(2024, 12, 31),
    }  # fmt: skip
    entry = AuthorisationEntry(**{**facts, **said})
    made = authorisations.note_down(ward.session, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return made
