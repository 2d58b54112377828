"""Registering a task: the questions, the rows, the draft."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignStatus
from pledges.core import clock
from pledges.tasks.rules import Direction, TaskStatus
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.tasks.registering import URL, filled, tasks


def test_one_screen_makes_a_draft_and_leads_to_the_check_page(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").send(URL, filled(), button="Xem lại trước khi gửi", follow=True)

    assert page.h1 == "Xem lại trước khi gửi"
    (task,) = tasks(ward)
    assert task.status is TaskStatus.DRAFT
    assert task.lead_unit.code == "KP1"
    assert (task.start_on, task.due_on) == (date(2024, 11, 1), date(2024, 11, 30))
    (indicator,) = task.indicators
    assert (indicator.baseline, indicator.target, indicator.measure) == (Decimal(20), Decimal(120), "cây")
    assert indicator.accumulates
    assert task.entered_by_name == "Nguyễn Thị Lan"


def test_everything_of_a_task_can_be_told(ward: Ward, sign_in: SignIn):
    movement, kp2 = ward.campaign.movements[1], ward.unit("KP2")
    fields = filled(
        cooperating=[str(kp2.id)],
        state_funding="40",
        social_funding="12,5",
        movement=str(movement.id),
        row0_baseline="3",
        row0_target="1",
        row0_measure="điểm",
        row0_counting="level",
        row0_direction="down",
        row0_weight="2",
        row0_measured_from="15/11/2024",
        row0_milestones="20/11/2024: 2; 10/11/2024: 2,5",
    )
    sign_in("officer_kp1").send(URL, fields)

    (task,) = tasks(ward)
    (row,) = task.indicators
    assert [unit.code for unit in task.cooperating] == ["KP2"]
    assert (task.state_funding, task.social_funding) == (Decimal(40), Decimal("12.5"))
    assert task.movement.name == "Toàn dân bảo vệ an ninh Tổ quốc"
    assert (row.direction, row.accumulates, row.weight) == (Direction.DOWN, False, Decimal(2))
    assert row.measured_from == date(2024, 11, 15)
    assert [(mark.on.day, mark.value) for mark in row.milestones] == [(10, Decimal("2.5")), (20, Decimal(2))]


def test_an_officer_enters_for_the_own_unit_only(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    own, other = str(ward.unit("KP1").id), str(ward.unit("KP2").id)
    assert officer.get(URL).form().offered["lead_unit"] == {own}
    page = officer.send(URL, filled(lead_unit=other), status=200, forge=True)
    assert page.errors == ["Đơn vị chủ trì: Lựa chọn này không còn trong danh sách."]
    assert tasks(ward) == []


def test_a_clerk_enters_for_any_unit_that_takes_part(ward: Ward, sign_in: SignIn):
    clerk, kp3 = sign_in("clerk"), str(ward.unit("KP3").id)
    offered = clerk.get(URL).form().offered["lead_unit"]
    assert offered == {
        "",
        *(str(ward.unit(code).id) for code in ("DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3")),
    }
    assert clerk.send(URL, filled(), status=200).errors == ["Chọn đơn vị chủ trì."]
    paper = {"on_behalf_of": "Ông Hòa, Khu trưởng", "from_paper": "Phiếu đăng ký ngày 4/10/2024"}
    clerk.send(URL, filled(lead_unit=kp3, **paper))
    assert [task.lead_unit.code for task in tasks(ward)] == ["KP3"]


@pytest.mark.parametrize("name", ["leader", "head_kp1", "admin", "ended"])
def test_who_enters_no_tasks_gets_403(sign_in: SignIn, name: str):
    sign_in(name).get(URL, status=403)


def test_a_stranger_finds_no_campaign(ward: Ward, sign_in: SignIn):
    assert "Chưa có phong trào" in sign_in("outsider").get(URL).text
    sign_in("outsider").get(f"{URL}?phong-trao={ward.campaign.id}", status=404)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_rows_come_and_go_without_a_record(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, filled(), button="Thêm chỉ tiêu", status=200)
    assert page.errors == []
    second = {
        "indicators-1-label": "Tổ tự quản chăm sóc cây",
        "indicators-1-target": "3",
        "indicators-1-measure": "tổ",
    }
    page = officer.send_form(page.form(), second, button="Thêm chỉ tiêu", status=200)
    form = page.form()
    assert form.fields["indicators-1-label"] == ["Tổ tự quản chăm sóc cây"]
    assert form.fields["indicators-2-label"] == [""]
    page = officer.send_form(form, {"rows": "indicators-drop-0"}, status=200)
    form = page.form()
    assert form.fields["indicators-0-label"] == ["Tổ tự quản chăm sóc cây"]
    assert form.fields["title"] == ["Trồng cây xanh đường chính"]
    assert tasks(ward) == []
    officer.send_form(form, button="Xem lại trước khi gửi")
    assert [row.label for row in tasks(ward)[0].indicators] == ["Tổ tự quản chăm sóc cây"]


def test_two_indicators_are_kept_in_their_order(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.send(URL, filled(), button="Thêm chỉ tiêu", status=200).form()
    second = {"indicators-1-label": "Tổ tự quản", "indicators-1-target": "3", "indicators-1-measure": "tổ"}
    officer.send_form(form, second, button="Xem lại trước khi gửi")
    assert [(row.position, row.label) for row in tasks(ward)[0].indicators] == [
        (1, "Cây xanh được trồng và sống"),
        (2, "Tổ tự quản"),
    ]


def test_the_last_row_stays_and_there_are_never_more_than_twenty(sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, {"rows": "indicators-drop-0"}, status=200, forge=True)
    assert "indicators-0-label" in page.form().fields
    rows = {f"indicators-{number}-label": "Chỉ tiêu" for number in range(20)} | {"rows": "indicators-add"}
    form = officer.send(URL, rows, status=200, forge=True).form()
    assert "indicators-19-label" in form.fields
    assert "indicators-20-label" not in form.fields


def test_a_draft_may_lack_product_and_indicators(ward: Ward, sign_in: SignIn):
    fields = filled(product="", row0_label="", row0_baseline="", row0_target="", row0_measure="")
    page = sign_in("officer_kp1").send(URL, fields, button="Lưu nháp", follow=True)
    (task,) = tasks(ward)
    assert (task.product, task.indicators) == ("", [])
    assert page.h1 == "Sửa phần việc"
    assert "Đã lưu nháp" in page.said
    assert "Lưu gần nhất lúc 09:30 ngày 15/10/2024" in page.text


def test_an_answer_sent_twice_makes_one_task(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.get(URL).form()
    first = officer.send_form(form, filled())
    again = officer.send_form(form, filled())
    assert first.location == again.location
    assert len(tasks(ward)) == 1


def test_a_dead_token_keeps_every_word(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, filled() | {"csrf_token": "cũ"}, status=200, forge=True)
    assert page.form().fields["indicators-0-label"] == ["Cây xanh được trồng và sống"]
    officer.send_form(page.form())
    assert len(tasks(ward)) == 1


def test_measures_used_before_are_suggested(ward: Ward, sign_in: SignIn):
    ward.task("KP2")
    page = sign_in("officer_kp1").get(URL)
    assert [one.get("value") for one in page.all("option", within=page.by_id("measures"))] == ["% hộ", "m"]


def test_after_the_list_is_closed_it_is_a_supplement(sign_in: SignIn):
    assert "đăng ký bổ sung" in sign_in("officer_kp1").get(URL).text


def test_before_that_the_page_tells_until_when(ward: Ward, sign_in: SignIn):
    ward.campaign.status = CampaignStatus.REGISTERING
    ward.session.commit()
    page = sign_in("officer_kp1").get(URL)
    assert "Nhận đăng ký đến hết ngày 12/4/2024" in page.text
    assert "bổ sung" not in page.text


def test_a_concluded_campaign_takes_no_task_and_loses_no_word(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.get(URL).form()
    by, at = ward.actor("leader"), clock.at(date(2024, 10, 15), 9)
    campaigns.move(ward.session, ward.campaign, CampaignStatus.CONCLUDED, on=ward.day, by=by, at=at)
    ward.session.commit()
    page = officer.send_form(form, filled(), status=200)
    assert "Chưa đăng ký được Phong trào đã tổng kết nên không nhận đăng ký nữa." in page.text
    assert "Tên phần việc Trồng cây xanh đường chính" in page.text
    assert "Chưa đăng ký được" in officer.get(URL).text
    assert tasks(ward) == []
