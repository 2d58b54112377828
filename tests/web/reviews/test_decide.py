"""A leader's decision on an obstacle."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.accounts.models import Appointment
from pledges.followups.rules import FollowUpSource
from pledges.progress.calendar import StepRefused
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.reviews import operations
from pledges.tasks.amending.models import Amendment
from tests.support.amending import propose
from tests.support.critic import SignIn
from tests.support.ward import Ward


def raised(ward: Ward) -> Obstacle:
    ward.report(ward.task(), "2024-09", [30, 60], obstacle="Thiếu đá dăm", next_step="Xin 20 m³")
    return ward.session.scalars(select(Obstacle)).one()


def url(obstacle: Obstacle):
    return f"/vuong-mac/{obstacle.id}/quyet-dinh"


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
def test_who_decides(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(raised(ward)), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(raised(ward)), status=302).location


def test_what_is_asked_for_is_in_sight(ward: Ward, sign_in: SignIn):
    text = sign_in("leader").get(url(raised(ward))).text
    for words in ("Thiếu đá dăm", "Xin 20 m³", "Khu phố 1", "báo cáo tháng 9/2024", "31/12/2024"):
        assert words in text


@pytest.mark.parametrize("decision", list(Decision))
def test_the_decision_and_its_reason_are_told_to_the_unit(ward: Ward, sign_in: SignIn, decision: Decision):
    obstacle = raised(ward)
    said = {"decision": decision, "reason": "Lý do rõ"}
    said |= {"due_on": "15/2/2025"} if decision is Decision.EXTEND else {}
    handed = {"unit": ward.unit("KP2").id, "done_by": "30/11/2024"}
    said |= handed if decision is Decision.REASSIGN else {}
    page = sign_in("leader").send(url(obstacle), said, follow=True)
    assert page.said.startswith("Đã ghi quyết định về phần việc Bê tông hóa")
    assert page.h1 == "Chờ đồng chí duyệt"
    text = sign_in("officer_kp1").get(f"/phan-viec/{obstacle.report.task_id}").text
    assert f"vướng mắc: {decision.label.lower()} Lý do rõ" in text
    assert f"{decision.label}, Trần Quốc Hưng quyết định" in text
    assert "Vướng mắc chờ quyết định" not in text
    home = sign_in("mate_kp1").get("/")
    assert f"Lãnh đạo đã quyết định về vướng mắc ({decision.label.lower()}): Bê tông hóa" in home.text
    assert f"/phan-viec/{obstacle.report.task_id}#vuong-mac-{obstacle.id}" in [one.url for one in home.links]
    assert "quyết định về vướng mắc" not in sign_in("officer_kp2").get("/").text
    ward.settle()
    assert (obstacle.decision, obstacle.decided_by_name) == (decision, "Trần Quốc Hưng")


def test_a_decision_leads_to_the_next_obstacle(ward: Ward, sign_in: SignIn):
    first = raised(ward)
    ward.report(ward.task("KP2"), "2024-09", [30, 60], obstacle="Thiếu người")
    leader = sign_in("leader")
    assert "1/2 vướng mắc chờ quyết định" in leader.get(url(first)).text
    page = leader.send(url(first), {"decision": "help", "reason": "Cấp đá"}, follow=True)
    assert page.said.endswith("Còn 1 vướng mắc đang chờ.")
    assert "Thiếu người" in page.text


def test_a_choice_and_a_reason_are_needed(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    page = sign_in("leader").send(url(obstacle), status=200)
    assert len(page.errors) == 2
    page = sign_in("leader").send(url(obstacle), {"reason": "Có lý do"}, status=200)
    assert len(page.errors) == 1
    assert page.form().fields["reason"] == ["Có lý do"]


def test_two_leaders_decide_once(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    first, second = sign_in("leader"), sign_in("leader2")
    late = second.get(url(obstacle)).form()
    first.send(url(obstacle), {"decision": "help", "reason": "Cấp đá"})
    page = second.send_form(late, {"decision": "refuse", "reason": "Không đủ căn cứ"}, status=200)
    assert "Đã quyết định: hỗ trợ" in page.text
    assert "Trần Quốc Hưng quyết định" in page.text
    assert "Cấp đá" in page.text
    assert page.forms == []
    assert "Vướng mắc này đã được Trần Quốc Hưng quyết định lúc" in page.text
    assert "vừa được người khác sửa" not in page.text
    typed = page.text.partition("Nội dung đồng chí vừa nhập, chưa ghi")[2]
    assert "Quyết định Không chấp thuận Nội dung, lý do Không đủ căn cứ" in typed, "to be copied"
    ward.settle()
    assert obstacle.decision is Decision.HELP


def test_what_came_too_late_is_readable_though_it_says_too_little(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    late = sign_in("leader2").get(url(obstacle)).form()
    sign_in("leader").send(url(obstacle), {"decision": "help", "reason": "Cấp đá"})
    page = sign_in("leader2").send_form(late, {"reason": "Chưa chọn gì"}, status=200)
    assert "Nội dung, lý do Chưa chọn gì" in page.text
    assert page.errors == [], "nothing is asked where nothing can be answered"
    assert "vừa nhập" not in sign_in("leader2").get(url(obstacle)).text


def test_two_clicks_decide_once(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    leader = sign_in("leader")
    form = leader.get(url(obstacle)).form()
    sent = {"decision": "help", "reason": "Cấp đá"}
    assert len({leader.send_form(form, sent).location for _click in range(2)}) == 1


def test_nobody_decides_on_an_own_entry(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    obstacle.report.rounds[0].entered_by_id = ward.account("leader").id
    ward.session.commit()
    sign_in("leader").get(url(obstacle), status=403)


def test_more_time_is_an_amendment_that_another_leader_approves(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    page = sign_in("leader").get(url(obstacle))
    assert "chờ một người khác duyệt: Đỗ Hải Yến, Phó Chủ tịch" in page.text, "who can approve is said before"
    said = {"decision": "extend", "reason": "Mưa kéo dài", "due_on": "15/2/2025"}
    page = sign_in("leader").send(url(obstacle), said, follow=True)
    assert "chờ lãnh đạo khác duyệt" in page.said
    ward.settle()
    amendment = obstacle.amendment
    assert amendment.after["due_on"] == "2025-02-15"
    assert (amendment.on_behalf_of, amendment.from_paper) == (
        "Nguyễn Thị Lan",
        "Báo cáo tháng 9/2024 gửi ngày 22 tháng 9 năm 2024",
    )
    assert obstacle.report.task.due_on == date(2024, 12, 31), "nothing changes before the approval"
    sign_in("leader").get(f"/dieu-chinh/{amendment.id}/duyet", status=403)
    sign_in("leader2").send(f"/dieu-chinh/{amendment.id}/duyet")
    ward.settle()
    assert obstacle.report.task.due_on == date(2025, 2, 15)
    text = sign_in("officer_kp1").get(f"/phan-viec/{obstacle.report.task_id}").text
    assert "Hạn mới: đề nghị điều chỉnh Đã duyệt điều chỉnh" in text


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        ("", "Gia hạn thì nhập hạn mới."),
        ("31/12/2024", "Hạn mới phải sau hạn hiện nay (31/12/2024)."),
        ("1/7/2025", "Sau ngày kết thúc phong trào (30/6/2025)."),
    ],
)
def test_more_time_needs_a_day_that_the_task_can_have(ward: Ward, sign_in: SignIn, due_on: str, words: str):
    said = {"decision": "extend", "reason": "Mưa kéo dài", "due_on": due_on}
    page = sign_in("leader").send(url(raised(ward)), said, status=200)
    assert page.errors[0].endswith(words)
    ward.settle()
    assert ward.session.scalars(select(Amendment)).all() == []


def test_more_time_waits_while_another_amendment_does(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    propose(ward, obstacle.report.task, title="Bê tông hóa đường ngõ")
    ward.session.commit()
    assert "đang có một đề nghị điều chỉnh chờ duyệt" in sign_in("leader").get(url(obstacle)).text
    said = {"decision": "extend", "reason": "Mưa kéo dài"}
    sign_in("leader").send(url(obstacle), said, status=200)
    ward.settle()
    assert obstacle.open


def test_a_promise_is_followed_up(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    clerk = next(
        one for one in ward.session.scalars(select(Appointment)) if one.account_id == ward.account("clerk").id
    )
    said = {"decision": "help", "reason": "Cấp 20 m³ đá", "owner": clerk.id, "done_by": "30/10/2024"}
    sign_in("leader").send(url(obstacle), said)
    ward.settle()
    followed = obstacle.follow_up
    assert (followed.source, followed.text) == (FollowUpSource.OBSTACLE, "Hỗ trợ: Cấp 20 m³ đá")
    assert (followed.owner_id, followed.due_on) == (clerk.account_id, date(2024, 10, 30))
    assert followed.task_id == obstacle.report.task_id
    text = sign_in("leader").get(f"/phan-viec/{obstacle.report.task_id}").text
    assert "Vũ Thị Thư, xong trước 30/10/2024" in text


def test_a_day_without_anybody_is_asked_about(ward: Ward, sign_in: SignIn):
    said = {"decision": "help", "reason": "Cấp đá", "done_by": "30/10/2024"}
    page = sign_in("leader").send(url(raised(ward)), said, status=200)
    assert "Đã ghi ngày phải xong: đồng chí chọn người hoặc đơn vị thực hiện." in page.errors


def test_what_another_unit_takes_over_stands_in_its_inbox(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    said = {
        "decision": "reassign",
        "reason": "KP2 có xe",
        "unit": ward.unit("KP2").id,
        "done_by": "30/11/2024",
    }
    sign_in("leader").send(url(obstacle), said)
    ward.settle()
    followed = obstacle.follow_up
    assert (followed.source, followed.unit, followed.task) == (
        FollowUpSource.OBSTACLE,
        ward.unit("KP2"),
        obstacle.report.task,
    )
    home = sign_in("officer_kp2").get("/")
    assert "Giao đơn vị khác: KP2 có xe" in home.text, "though its day is far away"
    assert obstacle.report.task.title in home.text
    assert f"/viec-can-theo-doi/{followed.id}" in [one.url for one in home.links]
    sign_in("officer_kp2").get(f"/viec-can-theo-doi/{followed.id}")
    assert "Giao đơn vị khác: KP2 có xe" not in sign_in("officer_kp1").get("/").text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ["Giao đơn vị khác thì chọn đơn vị nhận việc.", "Giao đơn vị khác thì nhập ngày phải xong."]),
        ({"unit": "KP2"}, ["Giao đơn vị khác thì nhập ngày phải xong."]),
        (
            {"unit": "KP1", "done_by": "30/11/2024"},
            ["Khu phố 1 đang chủ trì phần việc này; chọn đơn vị khác."],
        ),
    ],
)
def test_handing_over_needs_the_unit_and_the_day(
    ward: Ward, sign_in: SignIn, said: dict[str, str], words: list[str]
):
    obstacle = raised(ward)
    sent = {"decision": "reassign", "reason": "KP2 có xe", **said}
    if "unit" in said:
        sent["unit"] = str(ward.unit(said["unit"]).id)
    page = sign_in("leader").send(url(obstacle), sent, status=200)
    assert sorted(one.rpartition(": ")[2] for one in page.errors) == sorted(words)
    with pytest.raises(StepRefused, match="chọn đơn vị nhận việc và ngày phải xong"):
        operations.decide(
            ward.session, obstacle, Decision.REASSIGN, "KP2 có xe", by=ward.actor("leader"), at=ward.now
        )


def test_refusing_names_nobody(ward: Ward, sign_in: SignIn):
    obstacle = raised(ward)
    unit = ward.unit("KP2").id
    sign_in("leader").send(url(obstacle), {"decision": "refuse", "reason": "Tự cân đối", "unit": unit})
    ward.settle()
    assert obstacle.follow_up is None
