"""Returning a report, with the reason that the unit reads."""

import json

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.core.base import Base
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report
from pledges.progress.remarks import remarks_on
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
    assert page.errors[0].startswith("Chưa ghi lý do trả lại: đồng chí ghi lý do chung, hoặc ý kiến")
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


def test_a_remark_on_a_line_stands_beside_its_field_and_wherever_the_return_is_told(
    ward: Ward, sign_in: SignIn
):
    report = sent(ward)
    line = report.task.indicators[0]
    sign_in("leader").send(url(report), {f"remark_{line.id}": "Kèm biên bản nghiệm thu"})
    ward.settle()
    event = report.rounds[-1].events[-1]
    assert [(one.indicator_id, one.words) for one in event.remarks] == [(line.id, "Kèm biên bản nghiệm thu")]
    assert event.reason == f"“{line.label}”: Kèm biên bản nghiệm thu."
    assert remarks_on(report) == {line.id: "Kèm biên bản nghiệm thu"}
    officer = sign_in("officer_kp1")
    form = f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}"
    for place in (form, f"/bao-cao/{report.id}", f"/phan-viec/{report.task_id}"):
        assert "Kèm biên bản nghiệm thu" in officer.get(place).text
    entry = audit_of(ward, report)
    assert json.loads(entry.after)["remarks"] == {str(line.id): "Kèm biên bản nghiệm thu"}


def test_the_leader_sees_what_became_of_the_remark(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    line = report.task.indicators[0]
    sign_in("leader").send(url(report), {"reason": "Sai số", f"remark_{line.id}": "Đo lại"})
    ward.report(report.task, "2024-09", [28, 60], status="submitted", at=ward.now)
    text = sign_in("leader2").get(f"/bao-cao/{report.id}/duyet").text
    assert "Lãnh đạo đã yêu cầu: Đo lại" in text
    assert "Lần 1 ghi: 30" in text
    ward.settle()
    assert remarks_on(report) == {}, "sent again, nothing is left to answer"


def test_after_five_returns_all_reasons_are_in_sight(ward: Ward, sign_in: SignIn):
    task = ward.task()
    reasons = ["Thiếu ảnh", "Sai số mét", "Chưa có danh sách", "Nhầm kỳ", "Thiếu chữ ký"]
    leader = sign_in("leader")
    for number, reason in enumerate(reasons, 1):
        report = ward.report(task, "2024-09", [30 + number, 60], status="submitted", at=ward.now)
        remark = {f"remark_{task.indicators[0].id}": f"Ý kiến lần {number}"}
        leader.send(url(report), {"reason": reason} | remark)
    last = ward.report(task, "2024-09", [40, 60], status="submitted", at=ward.now)
    pages = {
        f"/bao-cao/{last.id}": "officer_kp1",
        f"/phan-viec/{task.id}": "officer_kp1",
        f"/bao-cao/{last.id}/duyet": "leader",
        f"/bao-cao/{last.id}/tra-lai": "leader",
    }
    for page, name in pages.items():
        text = sign_in(name).get(page).text
        for number, reason in enumerate(reasons, 1):
            assert reason in text, page
            assert f"Ý kiến lần {number}" in text, page


@pytest.mark.parametrize("act", ["duyet", "tra-lai"])
def test_a_reviewer_who_leaves_half_way_changes_nothing(ward: Ward, sign_in: SignIn, act: str):
    report = sent(ward)
    leader = sign_in("leader")
    before = everything(ward)
    leader.get("/duyet")
    page = leader.get(f"/bao-cao/{report.id}/{act}")
    assert page.forms, "the question was open"
    leader.get("/duyet/nhieu", muc=report.id)
    leader.get("/")
    assert everything(ward) == before


def test_enter_in_a_line_only_shows_the_page_again(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    field = f"remark_{report.task.indicators[0].id}"
    page = sign_in("leader").send(url(report), {field: "Đo lại"}, button="Xem lại", status=200)
    assert page.form().fields[field] == ["Đo lại"]
    ward.settle()
    assert report.rounds[-1].events[-1].kind is ReportEventKind.SUBMITTED


def audit_of(ward: Ward, report: Report) -> LogEntry:
    told = select(LogEntry).where(LogEntry.action == "report.returned", LogEntry.subject_id == report.id)
    return ward.session.scalars(told).one()


def everything(ward: Ward) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the sessions' own."""
    ward.settle()
    return {
        name: [tuple(row) for row in ward.session.execute(table.select())]
        for name, table in Base.metadata.tables.items()
    }
