"""After a report was sent."""

import pytest

from tests.support.critic import SignIn
from tests.support.ward import Ward


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_gets_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    report = ward.report(ward.task(), "2024-09", [30, 60], status="submitted")
    sign_in(name).get(f"/bao-cao/{report.id}/bien-nhan", status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [30, 60], status="submitted")
    assert "/dang-nhap" in sign_in("nobody").get(f"/bao-cao/{report.id}/bien-nhan", status=302).location


def test_it_says_when_and_what_comes_next(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60], status="returned")
    report = ward.report(task, "2024-09", [31, 60], status="submitted", at=ward.now)
    page = sign_in("officer_kp1").get(f"/bao-cao/{report.id}/bien-nhan")
    assert "Gửi lúc 09:30 ngày 15/10/2024, lần 2." in page.text
    assert page.link("Xem báo cáo đã gửi") == f"/bao-cao/{report.id}"


def test_a_draft_has_none(ward: Ward, sign_in: SignIn):
    task = ward.task()
    report = ward.report(task, "2024-09", [30, 60], status="draft")
    page = sign_in("officer_kp1").get(f"/bao-cao/{report.id}/bien-nhan", status=302)
    assert page.location == f"/phan-viec/{task.id}/bao-cao/{report.period_id}"
