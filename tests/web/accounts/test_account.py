"""The page of one account."""

from datetime import date

import pytest

from pledges.access.roles import Role
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.accounts.people import add, administrator, give, post_of


def page_of(ward: Ward, username: str) -> str:
    return f"/quan-tri/tai-khoan/{ward.account(username).id}"


def test_it_shows_facts_posts_and_history(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(page_of(ward, "officer_kp1"))
    assert page.h1 == "Nguyễn Thị Lan"
    assert "Tên đăng nhập officer_kp1" in page.text
    assert "Khu phó Khu phố 1 Khu phố 1 Cán bộ · từ 1/1/2023 đến nay" in page.text
    story = [words(entry) for box in page.of_class("timeline") for entry in page.all("li", within=box)]
    assert story[0].startswith("Đã giao chức vụ")
    assert "Vai trò: Cán bộ" in story[0]
    assert story[1].startswith("Đã lập tài khoản")


def test_it_says_when_somebody_last_signed_in_but_lists_no_sign_ins(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    assert "Chưa đăng nhập lần nào" in admin.get(page_of(ward, "officer_kp1")).text
    typed = {"username": "officer_kp1", "password": "con đường hoa số 5"}
    sign_in("nobody").send("/dang-nhap", typed)
    page = admin.get(page_of(ward, "officer_kp1"))
    assert "Đăng nhập gần nhất 9:30 ngày 15/10/2024" in page.text.replace("09:30", "9:30")
    assert "Đã đăng nhập" not in page.text


def test_a_renamed_person_tells_both_names(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    admin.send(f"{page_of(ward, 'officer_kp1')}/sua", {"name": "Nguyễn Thị Lan Anh"})
    page = admin.get(page_of(ward, "officer_kp1"))
    assert "Tên: trước: Nguyễn Thị Lan → sau: Nguyễn Thị Lan Anh" in page.text
    assert "Bùi Minh Quân, Quản trị hệ thống · " in page.text


@pytest.mark.parametrize("username", ["outsider", "admin_hp"])
def test_people_of_another_tree_are_unknown(ward: Ward, sign_in: SignIn, username: str):
    administrator(ward)
    sign_in("admin").get(page_of(ward, username), status=404)


def test_the_administrator_of_another_tree_knows_nobody_here(ward: Ward, sign_in: SignIn):
    administrator(ward)
    stranger = sign_in("admin_hp")
    here = page_of(ward, "officer_kp1")
    for url in ("", "/sua", "/dat-lai-mat-khau", "/dong", "/mo-lai", "/giao-chuc-vu"):
        stranger.get(here + url, status=404)
    stranger.get(f"/quan-tri/chuc-vu/{post_of(ward, 'officer_kp1').id}/ket-thuc", status=404)


@pytest.mark.parametrize("url", ["/quan-tri/tai-khoan/9999", "/quan-tri/chuc-vu/9999/ket-thuc"])
def test_what_is_not_there_is_unknown(sign_in: SignIn, url: str):
    sign_in("admin").get(url, status=404)


def test_who_also_holds_a_post_elsewhere_is_shown_without_it_and_can_not_be_acted_on(
    ward: Ward, sign_in: SignIn
):
    account = add(ward, "hai", "Mạc Hai Nơi", "KP1", post="Khu phó")
    give(ward, account, "HP", Role.ADMINISTRATOR, "Quản trị Hồng Phong")
    admin, here = sign_in("admin"), page_of(ward, "hai")
    page = admin.get(here)
    assert "Khu phó" in page.text
    assert "Quản trị Hồng Phong" not in page.html
    assert "Còn chức vụ ở đơn vị ngoài phạm vi quản trị" in page.text
    assert [
        link.text for link in page.links if link.text in {"Sửa", "Đặt lại mật khẩu", "Đóng tài khoản"}
    ] == []
    for url in ("/sua", "/dat-lai-mat-khau", "/dong", "/mo-lai"):
        assert "ngoài phạm vi quản trị" in admin.get(here + url, status=403).text
    admin.get(f"{here}/giao-chuc-vu")


def test_a_post_elsewhere_that_is_over_binds_nobody(ward: Ward, sign_in: SignIn):
    account = add(ward, "cu", "Mạc Đã Chuyển", "KP1", post="Khu phó")
    give(ward, account, "HP", Role.LEADER, "Chủ tịch cũ", until=date(2024, 10, 14))
    sign_in("admin").get(f"{page_of(ward, 'cu')}/dat-lai-mat-khau")


def test_a_post_elsewhere_that_begins_later_binds_already(ward: Ward, sign_in: SignIn):
    account = add(ward, "sap", "Mạc Sắp Chuyển", "KP1", post="Khu phó")
    give(ward, account, "HP", Role.LEADER, "Chủ tịch mới", since=date(2024, 11, 1))
    sign_in("admin").get(f"{page_of(ward, 'sap')}/dat-lai-mat-khau", status=403)


def test_an_administrator_below_can_not_act_on_the_one_above(ward: Ward, sign_in: SignIn):
    administrator(ward, "KP1", "admin_kp1")
    lower = sign_in("admin_kp1")
    lower.get(page_of(ward, "admin"), status=404)
    lower.get(page_of(ward, "officer_kp2"), status=404)
    give(ward, ward.account("admin"), "KP1", Role.OFFICER, "Cán bộ Khu phố 1")
    lower.get(page_of(ward, "admin"))
    lower.get(f"{page_of(ward, 'admin')}/dat-lai-mat-khau", status=403)


def test_nobody_acts_on_the_own_account(ward: Ward, sign_in: SignIn):
    admin, own = sign_in("admin"), page_of(ward, "admin")
    page = admin.get(own)
    assert "Đây là tài khoản của đồng chí" in page.text
    for url in ("/sua", "/dat-lai-mat-khau", "/dong", "/mo-lai", "/giao-chuc-vu"):
        assert "nhờ quản trị khác" in admin.get(own + url, status=403).text


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "leader", "clerk"])
def test_others_get_403(ward: Ward, sign_in: SignIn, name: str):
    here = page_of(ward, "officer_kp1")
    for url in ("", "/sua", "/dat-lai-mat-khau", "/dong", "/mo-lai", "/giao-chuc-vu"):
        sign_in(name).get(here + url, status=403)


def test_nobody_is_asked_to_sign_in(ward: Ward, sign_in: SignIn):
    assert sign_in("nobody").get(page_of(ward, "admin"), status=302).location.startswith("/dang-nhap")
