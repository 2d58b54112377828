"""Making an account: the slip with the one-time password, and the first post."""

import re

import pytest
from sqlalchemy import select

from pledges.accounts.models import Appointment
from pledges.audit.models import LogEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator

PAGE = "/quan-tri/tai-khoan/lap"
ONE_TIME = re.compile(r"\b(?:[a-km-np-z2-9]{4}-){2}[a-km-np-z2-9]{4}\b")


def test_the_slip_opens_the_account_once_and_the_password_must_be_changed(ward: Ward, sign_in: SignIn):
    typed = {
        "name": "Cao Thị Mới",
        "username": "Moi.CaoThi",
        "phone": "0203 3825 111",
        "email": "moi@halong.gov.vn",
    }
    slip = sign_in("admin").send(PAGE, typed, status=200)
    assert slip.h1 == "Phiếu giao tài khoản"
    assert "Cao Thị Mới" in slip.text
    assert "http://localhost/dang-nhap" in slip.text
    password = ONE_TIME.search(slip.text).group()
    account = ward.account("moi.caothi")
    assert (account.name, account.phone, account.must_change_password) == (
        "Cao Thị Mới",
        "0203 3825 111",
        True,
    )

    fresh = sign_in("nobody")
    fresh.send("/dang-nhap", {"username": "moi.caothi", "password": password})
    assert fresh.get("/", status=302).location == "/tai-khoan/doi-mat-khau"


def test_the_password_stands_nowhere_but_on_the_slip(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    slip = admin.send(PAGE, {"name": "Cao Thị Mới", "username": "moi"}, status=200)
    password = ONE_TIME.search(slip.text).group()
    for entry in ward.session.scalars(select(LogEntry)):
        assert password not in entry.before + entry.after + entry.note
    assert password not in "".join(link.url for link in slip.links)
    assert password not in slip.headers.get("Set-Cookie", "")
    assert slip.headers["Cache-Control"] == "no-store"
    number = ward.account("moi").id
    assert password not in admin.get(f"/quan-tri/tai-khoan/{number}").html
    with admin.client.session_transaction() as cookie:
        assert password not in str(dict(cookie))


def test_sent_twice_it_makes_one_account_and_shows_it(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    page = admin.get(PAGE)
    typed = {"name": "Cao Thị Mới", "username": "moi"}
    admin.send_form(page.form(), typed, status=200)
    again = admin.send_form(page.form(), typed, follow=True)
    assert again.h1 == "Cao Thị Mới"


def test_the_first_post_is_given_in_the_same_breath(ward: Ward, sign_in: SignIn):
    typed = {"name": "Cao Thị Mới", "username": "moi", "unit": ward.unit("KP3").id, "role": "leader"}
    slip = sign_in("admin").send(PAGE, typed, status=200)
    held = ward.session.scalars(
        select(Appointment).where(Appointment.account_id == ward.account("moi").id)
    ).one()
    assert (held.unit.code, held.role, held.post, held.valid_from) == (
        "KP3",
        "leader",
        "Khu trưởng",
        ward.day,
    )
    assert "Khu trưởng, Khu phố 3 (Lãnh đạo)" in slip.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Chưa nhập ô này."),
        ({"username": "Mới"}, "Tên đăng nhập gồm 3 đến 50 chữ cái không dấu"),
        ({"username": "a b c"}, "Tên đăng nhập gồm 3 đến 50 chữ cái không dấu"),
        ({"username": "officer_kp1"}, "Tên đăng nhập officer_kp1 đã có người dùng; đồng chí chọn tên khác."),
        ({"username": "OFFICER_KP1"}, "Tên đăng nhập officer_kp1 đã có người dùng; đồng chí chọn tên khác."),
        ({"phone": "gọi sau"}, "Số điện thoại chỉ gồm chữ số"),
        ({"email": "moi"}, "Địa chỉ thư điện tử có dạng"),
        ({"role": "officer"}, "Chọn đơn vị giữ chức vụ."),
        ({"unit": "KP1"}, "Chọn vai trò trong chương trình."),
        ({"unit": "KP1", "role": "officer"}, "Ghi chức vụ, ví dụ"),
        ({"unit": "KP1", "role": "officer", "post": "Khu phó", "since": ""}, "Ghi ngày bắt đầu giữ chức vụ."),
        (
            {"unit": "KP1", "role": "officer", "post": "Khu phó", "since": "32/1/2024"},
            "Tháng 1 năm 2024 không có ngày 32.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    ward: Ward, sign_in: SignIn, changed: dict[str, str], words: str
):
    typed = {"name": "Cao Thị Mới", "username": "moi", **changed}
    if "unit" in changed:
        typed["unit"] = str(ward.unit(changed["unit"]).id)
    page = sign_in("admin").send(PAGE, typed, status=200)
    assert page.h1 == "Lập tài khoản"
    assert any(words in error for error in page.errors), page.errors
    assert page.form().fields["name"] == [typed["name"]]


def test_posts_are_offered_in_the_own_tree_only(ward: Ward, sign_in: SignIn):
    administrator(ward)
    offered = sign_in("admin_hp").get(PAGE).form().offered["unit"]
    assert offered == {"", str(ward.unit("HP").id), str(ward.unit("HP-KP1").id)}
    typed = {
        "name": "Kẻ Leo Thang",
        "username": "leo",
        "unit": ward.unit("UBND").id,
        "role": "leader",
        "post": "CT",
    }
    page = sign_in("admin_hp").send(PAGE, typed, status=200, forge=True)
    assert any("không còn trong danh sách" in error for error in page.errors)


@pytest.mark.parametrize("name", ["officer_kp1", "leader", "clerk"])
def test_others_get_403(sign_in: SignIn, name: str):
    sign_in(name).get(PAGE, status=403)
