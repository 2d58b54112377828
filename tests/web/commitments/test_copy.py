"""A filed copy of a signed paper, as it is given back."""

import pytest
from sqlalchemy import select

from pledges.commitments.models import Commitment, SignedCopy
from tests.support.critic import SignIn
from tests.support.files import PDF, upload
from tests.support.ward import Ward


@pytest.fixture
def scanned(ward: Ward, sign_in: SignIn, of_three: Commitment) -> str:
    """Where the scan is."""
    sent = {
        "signatories": [str(of_three.signatories[0].id)],
        "signed_on": "15/10/2024",
        "place": "Hội trường",
    }
    sign_in("clerk").send(f"/cam-ket/{of_three.id}/ky-giay", sent | {"scan": upload(PDF, "x.pdf")})
    ward.settle()
    return f"/cam-ket/{of_three.id}/ban-da-ky/{ward.session.scalars(select(SignedCopy.id)).one()}"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("officer_kp1", 200),
        ("head_kp1", 200),
        ("leader", 200),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 404),
    ],
)
def test_who_gets_it(sign_in: SignIn, scanned: str, name: str, status: int):
    sign_in(name).get(scanned, status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, scanned: str):
    assert "/dang-nhap" in sign_in("nobody").get(scanned, status=302).location


def test_it_comes_as_what_it_is(sign_in: SignIn, scanned: str):
    answer = sign_in("clerk").get(scanned)
    assert answer.bytes == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="ban-da-ky-khu-pho-1.pdf"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_number_that_was_never_given_is_nothing(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sign_in("clerk").get(f"/cam-ket/{of_three.id}/ban-da-ky/1", status=404)


def test_the_copy_of_another_commitment_is_not_served(ward: Ward, sign_in: SignIn, scanned: str):
    other = ward.commitment("KP2", "frozen")
    sign_in("clerk").get(f"/cam-ket/{other.id}/ban-da-ky/{scanned.rsplit('/', 1)[1]}", status=404)
