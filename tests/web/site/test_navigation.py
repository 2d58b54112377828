"""The top bar: each role sees its own places, and only those that hold something for it."""

import re

import pytest

from tests.support.page import words
from tests.support.ward import Ward

PLACES = {
    "officer_kp1": ["Việc của tôi", "Bảng theo dõi", "Phần việc", "Cam kết"],
    "head_kp1": ["Việc của tôi", "Bảng theo dõi", "Phần việc", "Cam kết"],
    "leader": ["Việc của tôi", "Bảng theo dõi", "Phần việc", "Cam kết", "Duyệt", "Văn bản"],
    "clerk": ["Việc của tôi", "Bảng theo dõi", "Phần việc", "Cam kết", "Văn bản"],
    "admin": ["Việc của tôi", "Quản trị"],
    "ended": ["Việc của tôi"],
}


@pytest.mark.parametrize("person", PLACES)
def test_each_role_sees_its_places(ward: Ward, sign_in, person):
    page = sign_in(person).get("/")
    shown = page.bytes.decode()
    bar = shown[shown.index('<nav class="places"') : shown.index("</nav>")]
    assert [label for label in PLACES["leader"] + ["Quản trị"] if f">{label}" in bar] == PLACES[person]


def test_what_waits_is_counted(ward: Ward, sign_in):
    ward.task("KP1", "submitted")
    ward.report(ward.task("KP2", "committed"), "2024-09", [10, 20], "submitted")
    shown = sign_in("leader").get("/").bytes.decode()
    assert "<em>" in shown
    assert "đang chờ: </span>2</em>" in shown


def lit(page) -> list[str]:
    shown = page.bytes.decode()
    bar = shown[shown.index('<nav class="places"') : shown.index("</nav>")]
    return [label for label in PLACES["leader"] if re.search(rf'aria-current="[a-z]+"[^>]*>\s*{label}', bar)]


def test_a_decision_stands_below_the_queue(ward: Ward, sign_in):
    task, leader = ward.task("KP1", "submitted"), sign_in("leader")
    for page in (f"/phan-viec/{task.id}/duyet", f"/phan-viec/{task.id}/tra-lai", "/duyet"):
        assert lit(leader.get(page)) == ["Duyệt"], page
    assert lit(leader.get(f"/phan-viec/{task.id}")) == ["Phần việc"]
    assert lit(leader.get(f"/phong-trao/{ward.campaign.id}")) == ["Phần việc"]


def test_nobody_has_no_places(ward: Ward, sign_in):
    assert '<nav class="places"' not in sign_in("nobody").get("/dang-nhap").bytes.decode()


def test_the_whole_name_stands_in_the_menu_where_the_bar_cuts_it_off(ward: Ward, sign_in):
    ward.account("leader").name = "Nguyễn Hoàng Thị Phương Quỳnh Anh Thư"
    ward.session.commit()
    (menu,) = sign_in("leader").get("/").of_class("me-menu")
    assert words(menu).startswith("Nguyễn Hoàng Thị Phương Quỳnh Anh Thư Lãnh đạo")
