"""Fixtures of the tests of signed PDFs: an authority, the holders of its certificates, and what they sign."""

from pathlib import Path

import pytest

from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment
from pledges.commitments.operations import SignatoryEntry
from tests.support.critic import SignIn
from tests.support.signing import Authority, Holder
from tests.support.ward import Ward
from tests.web.commitments import people
from tests.web.commitments.outside.handing import NAMES, handed_in, paper, signed


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def holders(authority: Authority) -> list[Holder]:
    """The three signatories, each with a certificate."""
    return [authority.holder(name) for name in NAMES]


@pytest.fixture
def trusted(ward: Ward, authority: Authority, tmp_path: Path) -> None:
    """The authority is one of those that the office trusts."""
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "goc.pem").write_bytes(authority.root.pem)
    ward.app.config["TRUST_ROOTS"] = folder


@pytest.fixture
def frozen(ward: Ward) -> Commitment:
    """A frozen commitment of Khu phố 1 with three signatories, all of them named."""
    people.second_head(ward)
    ward.task()
    posts = ("Bí thư chi bộ, Khu trưởng", "Trưởng ban công tác Mặt trận", "Chi hội trưởng Phụ nữ")
    rows = [SignatoryEntry(name, post) for name, post in zip(NAMES, posts, strict=True)]
    clerk = ward.actor("clerk")
    made = commitments.prepare(
        ward.session, ward.campaign, ward.unit("KP1"), people.entry(ward, rows), by=clerk, at=ward.now
    )
    commitments.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    return made


@pytest.fixture
def printed(sign_in: SignIn, frozen: Commitment) -> bytes:
    """The commitment as it comes out of the app."""
    return paper(sign_in, frozen)


@pytest.fixture
def found_at(ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]) -> str:
    """Where the findings of a good file stand."""
    return handed_in(sign_in("clerk"), frozen, signed(ward, printed, holders[:1])).url
