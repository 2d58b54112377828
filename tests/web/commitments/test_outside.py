"""A PDF that was signed elsewhere: who hands it in, what is found, and whose signatures it holds."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.operations import SignatoryEntry
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.files.models import StoredFile
from tests.support.critic import Critic, SignIn
from tests.support.files import PDF, png, upload
from tests.support.page import Page
from tests.support.signing import Authority, Holder, sign, with_page_added
from tests.support.ward import Ward
from tests.web.commitments import people

NAMES = ("Phạm Văn Đức", "Trịnh Văn Mặt", "Đỗ Thị Hội")


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


def paper(sign_in: SignIn, commitment: Commitment) -> bytes:
    return sign_in("clerk").get(f"/van-ban/cam-ket/{commitment.id}.pdf").bytes


def url(commitment: Commitment) -> str:
    return f"/cam-ket/{commitment.id}/ky-so"


def signed(ward: Ward, content: bytes, holders: Sequence[Holder]) -> bytes:
    for holder in holders:
        content = sign(content, holder, at=ward.now)
    return content


def handed_in(someone: Critic, commitment: Commitment, content: bytes, name: str = "Đã ký.pdf") -> Page:
    return someone.send(url(commitment), {"pdf": upload(content, name)}, follow=True)


def refused(someone: Critic, commitment: Commitment, content: bytes) -> list[str]:
    return someone.send(url(commitment), {"pdf": upload(content, "tệp.pdf")}, status=200).errors


def copies(ward: Ward) -> list[SignedCopy]:
    ward.settle()
    return list(ward.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


def signatures(ward: Ward) -> list[Signature]:
    ward.settle()
    return list(ward.session.scalars(select(Signature).order_by(Signature.signatory_id)))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_hands_in(sign_in: SignIn, frozen: Commitment, name: str, status: int):
    sign_in(name).get(url(frozen), status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, frozen: Commitment):
    assert "/dang-nhap" in sign_in("nobody").get(url(frozen), status=302).location


@pytest.mark.usefixtures("trusted")
def test_three_signatories_sign_one_file(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = signed(ward, printed, holders)
    officer = sign_in("officer_kp1")
    page = handed_in(officer, frozen, content)
    assert page.said == "Đã nhận tệp và kiểm chữ ký số; kết quả ở dưới đây."
    assert "Do tổ chức trong danh sách gốc tin cậy của phường cấp" in page.text
    assert "Trên tệp có đúng mã SHA-256 của bản chốt" in page.text
    assert frozen.status is CommitmentStatus.FROZEN
    done = officer.follow(officer.send_form(page.form()))
    assert done.said == "Đã ghi nhận 3 chữ ký số."
    found = signatures(ward)
    assert [one.way for one in found] == [SigningWay.OUTSIDE] * 3
    assert [one.signer_name for one in found] == list(NAMES)
    assert {(one.signed_on, one.certified_by) for one in found} == {(ward.day, "Nguyễn Thị Lan")}
    assert frozen.status is CommitmentStatus.SIGNED
    assert done.forms == []
