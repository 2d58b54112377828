"""Giving a post: to whom, where, and from when to when."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.accounts.models import Appointment
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import add, administrator


def page_of(ward: Ward, username: str) -> str:
    return f"/quan-tri/tai-khoan/{ward.account(username).id}/giao-chuc-vu"


def posts(ward: Ward, username: str) -> list[Appointment]:
    number = ward.account(username).id
    return list(ward.session.scalars(select(Appointment).where(Appointment.account_id == number)))


def test_the_post_is_held_from_its_day_on(ward: Ward, sign_in: SignIn, freeze):
    officer = sign_in("officer_kp2")
    officer.get("/duyet", status=403)
    typed = {
        "unit": ward.unit("UBND").id,
        "role": "leader",
        "post": "Phó Chủ tịch UBND",
        "since": "16/10/2024",
    }
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, follow=True)
    assert page.said == "Đã giao chức vụ Phó Chủ tịch UBND cho Hoàng Thị Ánh."
    officer.get("/duyet", status=403)
    freeze(date(2024, 10, 16))
    officer.get("/duyet")


def test_a_leader_without_words_gets_the_post_of_the_units_head(ward: Ward, sign_in: SignIn):
    typed = {"unit": ward.unit("KP3").id, "role": "leader"}
    sign_in("admin").send(page_of(ward, "officer_kp2"), typed)
    assert [held.post for held in posts(ward, "officer_kp2") if held.unit.code == "KP3"] == ["Khu trưởng"]


def test_heads_posts_are_suggested(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(page_of(ward, "officer_kp2"))
    suggested = {one.get("value") for one in page.all("option", within=page.by_id("goi-y-chuc-vu"))}
    assert suggested == {"Bí thư", "Chủ tịch UBND", "Công chức VP - TK", "Chủ tịch UBMTTQ", "Khu trưởng"}


def test_the_unit_of_the_address_is_chosen(ward: Ward, sign_in: SignIn):
    number = ward.unit("KP3").id
    page = sign_in("admin").get(f"{page_of(ward, 'officer_kp2')}?don-vi={number}")
    assert page.form().fields["unit"] == [str(number)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"unit": ""}, "Chưa nhập ô này."),
        ({"role": None}, "Chưa nhập ô này."),
        ({"post": ""}, "Ghi chức vụ"),
        ({"since": ""}, "Chưa nhập ô này."),
        ({"until": "1/1/2020"}, "Ngày kết thúc không được trước ngày bắt đầu."),
    ],
)
def test_what_is_missing_is_said(ward: Ward, sign_in: SignIn, changed: dict[str, str], words: str):
    typed = {"unit": ward.unit("KP3").id, "role": "officer", "post": "Thư ký", **changed}
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, status=200)
    assert any(words in error for error in page.errors), page.errors


def test_the_same_post_twice_in_one_time_is_refused(ward: Ward, sign_in: SignIn):
    typed = {
        "unit": ward.unit("KP2").id,
        "role": "officer",
        "post": "Khu phó Khu phố 2",
        "since": "1/11/2024",
    }
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, status=200)
    assert "đã được giao đúng chức vụ này ở Khu phố 2" in page.errors[0]
    sign_in("admin").send(page_of(ward, "officer_kp2"), {**typed, "until": "31/12/2022", "since": "1/1/2022"})


def test_a_unit_that_did_not_exist_then_is_refused(ward: Ward, sign_in: SignIn):
    ward.unit("KP3").valid_from = date(2024, 1, 1)
    ward.session.commit()
    typed = {"unit": ward.unit("KP3").id, "role": "officer", "post": "Thư ký", "since": "1/1/2023"}
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, status=200)
    assert page.errors == ["Khu phố 3 không còn hoặc chưa hoạt động vào ngày bắt đầu giữ chức vụ."]


def test_only_units_of_the_own_tree_that_are_alive_are_offered(ward: Ward, sign_in: SignIn):
    ward.unit("KP3").valid_to = date(2024, 10, 14)
    ward.session.commit()
    offered = sign_in("admin").get(page_of(ward, "officer_kp2")).form().offered["unit"]
    codes = ("HK", "DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2")
    assert offered - {""} == {str(ward.unit(code).id) for code in codes}


@pytest.mark.parametrize("unit", ["HL", "HP", "HP-KP1"])
@pytest.mark.parametrize("role", ["administrator", "leader"])
def test_nobody_gives_a_post_beyond_the_own_tree(ward: Ward, sign_in: SignIn, unit: str, role: str):
    typed = {"unit": ward.unit(unit).id, "role": role, "post": "Leo thang"}
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, status=200, forge=True)
    assert any("không còn trong danh sách" in error for error in page.errors)
    assert len(posts(ward, "officer_kp2")) == 1


def test_an_administrator_of_a_unit_reaches_no_higher(ward: Ward, sign_in: SignIn):
    administrator(ward, "KP1", "admin_kp1")
    offered = sign_in("admin_kp1").get(page_of(ward, "officer_kp1")).form().offered["unit"]
    assert offered == {"", str(ward.unit("KP1").id)}


def test_nobody_gives_himself_a_post(ward: Ward, sign_in: SignIn):
    sign_in("admin").get(page_of(ward, "admin"), status=403)
    sign_in("admin").post(page_of(ward, "admin"), {}, status=403)


def test_a_closed_account_gets_none(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp2").closed_at = ward.now
    ward.session.commit()
    typed = {"unit": ward.unit("KP3").id, "role": "officer", "post": "Thư ký"}
    page = sign_in("admin").send(page_of(ward, "officer_kp2"), typed, status=200)
    assert page.errors == ["Tài khoản đã đóng: mở lại trước khi giao chức vụ."]


def test_sent_twice_it_gives_one_post(ward: Ward, sign_in: SignIn):
    add(ward, "moi", "Cao Thị Mới", by="admin")
    admin = sign_in("admin")
    page = admin.get(page_of(ward, "moi"))
    typed = {"unit": ward.unit("KP3").id, "role": "officer", "post": "Thư ký"}
    answers = {admin.send_form(page.form(), typed).location for _time in range(3)}
    assert answers == {f"/quan-tri/tai-khoan/{ward.account('moi').id}"}
    assert len(posts(ward, "moi")) == 1
