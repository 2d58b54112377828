"""Returning a report, with the reason that the unit reads."""

import pytest

from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report
from tests.support.critic import SignIn
from tests.support.ward import Ward


def url(report: Report):
    return f"/bao-cao/{report.id}/tra-lai"


def sent(ward: Ward) -> Report:
    return ward.report(ward.task(), "2024-09", [30, 60], status="submitted")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("leader", 200),
        ("leader2", 200),
        ("officer_kp1", 403),
        ("clerk", 403),
        ("head_kp1", 403),
        ("outsider", 403),
    ],
)
def test_who_returns(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(sent(ward)), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(sent(ward)), status=302).location


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(ward: Ward, sign_in: SignIn, reason: str):
    report = sent(ward)
    page = sign_in("leader").send(url(report), {"reason": reason}, status=200)
    assert "Chưa ghi lý do trả lại." in page.errors
    ward.settle()
    assert report.rounds[-1].events[-1].kind is ReportEventKind.SUBMITTED


def test_the_unit_reads_the_reason_wherever_it_looks(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    page = sign_in("leader").send(url(report), {"reason": "Kèm danh sách\nvị trí cây gãy"}, follow=True)
    assert page.said.startswith("Đã trả lại báo cáo tháng 9/2024 của phần việc 1.")
    ward.settle()
    assert report.rounds[-1].events[-1].reason == "Kèm danh sách\nvị trí cây gãy"
    officer = sign_in("officer_kp1")
    form = f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}"
    for place in (form, "/bao-cao", f"/bao-cao/{report.id}", f"/phan-viec/{report.task_id}"):
        assert "Kèm danh sách vị trí cây gãy" in officer.get(place).text


def test_two_clicks_return_once(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    form = leader.get(url(report)).form()
    assert {leader.send_form(form, {"reason": "Thiếu ảnh"}).location for _click in range(2)} == {"/duyet"}
    ward.settle()
    assert len(report.rounds[-1].events) == 2


def test_nobody_returns_an_own_entry(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    report.rounds[0].entered_by_id = ward.account("leader").id
    ward.session.commit()
    sign_in("leader").get(url(report), status=403)


def test_what_was_accepted_is_not_returned(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    first, second = sign_in("leader"), sign_in("leader2")
    late = second.get(url(report)).form()
    first.send(f"/bao-cao/{report.id}/duyet")
    page = second.send_form(late, {"reason": "Thiếu ảnh"}, status=200)
    assert "Báo cáo này không ở bước chờ duyệt" in page.text
    ward.settle()
    assert report.rounds[-1].events[-1].kind is ReportEventKind.ACCEPTED
