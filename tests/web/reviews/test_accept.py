"""Accepting a report: its figures count from then on."""

import pytest

from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report
from tests.support.critic import SignIn
from tests.support.files import png, upload
from tests.support.ward import Ward


def url(report: Report):
    return f"/bao-cao/{report.id}/duyet"


def sent(ward: Ward, **words: str) -> Report:
    return ward.report(ward.task(), "2024-09", [30, 60], status="submitted", **words)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("leader", 200),
        ("leader2", 200),
        ("officer_kp1", 403),
        ("head_kp1", 403),
        ("clerk", 403),
        ("officer_kp2", 403),
        ("outsider", 403),
        ("admin", 403),
    ],
)
def test_who_accepts(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(sent(ward)), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(sent(ward)), status=302).location


def test_a_report_that_is_not_there_is_not_found(sign_in: SignIn):
    sign_in("leader").get("/bao-cao/999/duyet", status=404)


def test_the_figures_stand_beside_what_stood_before_and_the_files(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-08", [74, 55])
    period = ward.period("2024-09").id
    officer = sign_in("officer_kp1")
    sheet = {
        f"value_{task.indicators[0].id}": "30",
        f"value_{task.indicators[1].id}": "60",
        "narrative": "Đổ ngõ 12",
        "evidence": upload(png(), "Ngõ 12.png"),
    }
    officer.send(f"/phan-viec/{task.id}/bao-cao/{period}", sheet, button="Xem lại trước khi gửi")
    sent_to = officer.send(f"/phan-viec/{task.id}/bao-cao/{period}/gui").location
    page = sign_in("leader").get(sent_to.replace("/bien-nhan", "/duyet"))
    assert page.table()[1][1:] == ["450", "74", "+30", "104", "23%"]
    assert page.table()[2][1:] == ["80", "55", "60", "60", "67%"]
    assert "Đổ ngõ 12" in page.text
    assert "Ngõ 12.png" in page.text


def test_accepted_figures_count(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    page = sign_in("leader").send(url(report), {"note": "Làm tốt"}, follow=True)
    assert page.said.startswith("Đã duyệt báo cáo tháng 9/2024 của phần việc 1.")
    ward.settle()
    event = report.rounds[-1].events[-1]
    assert (event.kind, event.reason, event.by_name) == (
        ReportEventKind.ACCEPTED,
        "Làm tốt",
        "Trần Quốc Hưng",
    )
    text = sign_in("officer_kp1").get(f"/phan-viec/{report.task_id}").text
    assert "Nếu duyệt số liệu đang chờ" not in text


def test_a_verdict_leads_to_the_next_report_as_the_queue_has_them(ward: Ward, sign_in: SignIn):
    behind = ward.report(ward.task("KP2"), "2024-09", [10, 25], status="submitted")
    good = ward.report(ward.task("KP3"), "2024-09", [440, 78], status="submitted")
    leader = sign_in("leader")
    page = leader.get(url(behind))
    assert "1/2 báo cáo chờ duyệt" in page.text, "the gravest is the first"
    assert page.link("Mục sau") == url(good)
    page = leader.send(url(behind), follow=True)
    assert page.said.endswith("Còn 1 báo cáo đang chờ.")
    assert "1/1 báo cáo chờ duyệt" in page.text
    page = leader.send(f"/bao-cao/{good.id}/tra-lai", {"reason": "Thiếu ảnh"}, follow=True)
    assert page.said.endswith("Không còn báo cáo nào đang chờ.")
    assert page.h1 == "Chờ đồng chí duyệt"


def test_a_filtered_queue_is_gone_through_as_it_was_filtered(ward: Ward, sign_in: SignIn):
    mine = ward.report(ward.task("KP2"), "2024-09", [10, 25], status="submitted")
    ward.report(ward.task("KP3"), "2024-09", [10, 25], status="submitted")
    unit = ward.unit("KP2").id
    page = sign_in("leader").get(f"{url(mine)}?don-vi={unit}")
    assert "1/1 báo cáo chờ duyệt" in page.text
    assert page.link("Về hàng chờ") == f"/duyet?don-vi={unit}"


def test_three_clicks_accept_once(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    form = leader.get(url(report)).form()
    assert {leader.send_form(form).location for _click in range(3)} == {"/duyet"}
    ward.settle()
    assert [event.kind.value for event in report.rounds[-1].events] == ["submitted", "accepted"]


def test_two_leaders_at_once_judge_once(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    first, second = sign_in("leader"), sign_in("leader2")
    late = second.get(url(report)).form()
    first.send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Thiếu ảnh"})
    page = second.send_form(late, {"note": "Số liệu rõ, đề nghị phát huy"}, status=200)
    assert "Báo cáo này không ở bước chờ duyệt Trần Quốc Hưng đã trả lại lúc" in page.text
    assert "vừa được người khác sửa" not in page.text
    assert "Ghi chú cho đơn vị Số liệu rõ, đề nghị phát huy" in page.text, "what was typed can be copied"
    assert page.forms == []
    ward.settle()
    assert [event.kind.value for event in report.rounds[-1].events] == ["submitted", "returned"]


@pytest.mark.parametrize("status", ["draft", "returned", "accepted"])
def test_only_what_waits_is_judged(ward: Ward, sign_in: SignIn, status: str):
    report = ward.report(ward.task(), "2024-09", [30, 60], status=status)
    page = sign_in("leader").get(url(report))
    assert "Báo cáo này không ở bước chờ duyệt" in page.text
    assert page.forms == []


@pytest.mark.parametrize("part", ["entered", "sent"])
def test_nobody_accepts_an_own_entry(ward: Ward, sign_in: SignIn, part: str):
    report = sent(ward)
    number = ward.account("leader").id
    if part == "entered":
        report.rounds[0].entered_by_id = number
    else:
        report.rounds[0].events[0].by_id = number
    ward.session.commit()
    page = sign_in("leader").get(url(report), status=403)
    assert "không tự duyệt nội dung do chính mình lập" in page.text
    sign_in("leader2").get(url(report))


def test_an_ended_session_leads_back(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    form = leader.get(url(report)).form()
    with leader.client.session_transaction() as cookie:
        cookie["seen"] = 0
    asked = leader.send_form(form, {"note": "Làm tốt"}, status=401)
    who = {"username": "leader", "password": "con đường hoa số 5"}
    page = leader.send_form(asked.form("/dang-nhap"), who, follow=True)
    assert page.form().fields["note"] == ["Làm tốt"]
    leader.send_form(page.form())
    ward.settle()
    assert report.rounds[-1].events[-1].reason == "Làm tốt"
