"""A leader's decision on an obstacle."""

import pytest
from sqlalchemy import select

from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
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
    page = sign_in("leader").send(url(obstacle), {"decision": decision, "reason": "Lý do rõ"}, follow=True)
    assert page.said.startswith("Đã ghi quyết định về phần việc Bê tông hóa")
    assert page.h1 == "Chờ đồng chí duyệt"
    text = sign_in("officer_kp1").get(f"/phan-viec/{obstacle.report.task_id}").text
    assert f"vướng mắc: {decision.label.lower()} Lý do rõ" in text
    assert "Vướng mắc chờ quyết định" not in text
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
    page = second.send_form(late, {"decision": "refuse", "reason": "Không"}, status=200)
    assert "Đã quyết định: hỗ trợ “Cấp đá” Trần Quốc Hưng" in page.text
    assert page.forms == []
    ward.settle()
    assert obstacle.decision is Decision.HELP


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
