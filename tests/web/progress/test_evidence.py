"""Files of reports: served as what they are, to who may see the report."""

import pytest
from sqlalchemy import select

from pledges.files.models import StoredFile
from pledges.files.operations import place, store
from pledges.progress import operations as progress
from pledges.progress.models import Evidence, Report
from tests.support.critic import SignIn
from tests.support.files import PDF, png
from tests.support.ward import Ward


def with_file(
    ward: Ward, content: bytes = png(), name: str = "Ảnh đường hoa.jpeg", *, sent: bool = True
) -> int:
    """The id of a file tied to a report."""
    officer = ward.actor("officer_kp1")
    report: Report = ward.report(ward.task(), "2024-09", [30, 60], status="draft")
    stored = store(ward.session, ward.app.config["INSTANCE"] / "files", content, by=officer, at=ward.now)
    progress.attach(ward.session, report, stored, name, by=officer, at=ward.now)
    if sent:
        progress.submit(ward.session, report, by=officer, at=ward.now)
    ward.session.commit()
    return ward.session.scalars(select(Evidence.id)).one()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 200),
        ("leader", 200),
        ("clerk", 200),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
    ],
)
def test_who_gets_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(f"/minh-chung/{with_file(ward)}", status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(f"/minh-chung/{with_file(ward)}", status=302).location


@pytest.mark.parametrize(
    ("name", "status"), [("officer_kp1", 200), ("clerk", 200), ("leader", 403), ("head_kp1", 403)]
)
def test_that_of_a_round_not_yet_sent_is_the_writers(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(f"/minh-chung/{with_file(ward, sent=False)}", status=status)


def test_it_comes_as_what_it_is_under_its_name(ward: Ward, sign_in: SignIn):
    answer = sign_in("leader").get(f"/minh-chung/{with_file(ward)}")
    assert answer.bytes == png()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="anh-duong-hoa.png"; '
        "filename*=UTF-8''%E1%BA%A2nh%20%C4%91%C6%B0%E1%BB%9Dng%20hoa.png"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_name_that_lies_does_not_change_what_it_is(ward: Ward, sign_in: SignIn):
    answer = sign_in("leader").get(f"/minh-chung/{with_file(ward, PDF, 'trang.html')}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "trang.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("fate", ["gone", "changed"])
def test_bytes_that_are_gone_or_changed_are_said_not_served(ward: Ward, sign_in: SignIn, fate: str):
    number = with_file(ward)
    stored = ward.session.scalars(select(StoredFile)).one()
    path = place(ward.app.config["INSTANCE"] / "files", stored.sha256)
    path.unlink() if fate == "gone" else path.write_bytes(png(9))
    page = sign_in("leader").get(f"/minh-chung/{number}", status=410)
    assert page.h1 == "Tệp không còn nguyên"
    assert "báo quản trị" in page.text
