"""The list of accounts: who is in it for whom, search, order, filters, pages."""

from datetime import date, timedelta

import pytest

from pledges.access.roles import Role
from pledges.core import clock
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.accounts.people import add, administrator, give

PAGE = "/quan-tri/tai-khoan"


def names(page: Page) -> list[str]:
    return [row[0] for row in page.table()[1:]]


def test_an_administrator_sees_the_people_of_the_own_tree_by_given_name(sign_in: SignIn):
    page = sign_in("admin").get(PAGE)
    assert page.h1 == "Tài khoản"
    assert names(page) == [
        "Hoàng Thị Ánh", "Lê Văn Bình", "Phạm Văn Đức", "Trần Quốc Hưng", "Nguyễn Thị Lan", "Đinh Văn Nghỉ",
        "Bùi Minh Quân", "Vũ Thị Thư", "Đỗ Hải Yến",
    ]  # fmt: skip


def test_an_administrator_of_another_ward_sees_only_that_one(ward: Ward, sign_in: SignIn):
    administrator(ward)
    assert names(sign_in("admin_hp").get(PAGE)) == ["Tạ Thị Hậu", "Ngô Văn Ngoài"]


def test_an_administrator_above_sees_all(ward: Ward, sign_in: SignIn):
    administrator(ward, "HL", "admin_hl")
    assert len(names(sign_in("admin_hl").get(PAGE))) == 11


def test_who_never_had_a_post_is_seen_where_the_account_was_made(ward: Ward, sign_in: SignIn):
    administrator(ward)
    administrator(ward, "HL", "admin_hl")
    add(ward, "moi", "Cao Thị Mới", by="admin_hp")
    add(ward, "la", "Kim Thị Lạ")
    assert "Cao Thị Mới" in names(sign_in("admin_hp").get(PAGE))
    assert "Cao Thị Mới" in names(sign_in("admin_hl").get(PAGE))
    assert "Cao Thị Mới" not in names(sign_in("admin").get(PAGE))
    assert all("Kim Thị Lạ" not in names(sign_in(who).get(PAGE)) for who in ("admin", "admin_hp", "admin_hl"))


def test_posts_of_another_tree_are_not_shown(ward: Ward, sign_in: SignIn):
    give(ward, ward.account("officer_kp1"), "HP", Role.LEADER, "Chủ tịch Hồng Phong")
    page = sign_in("admin").get(PAGE, q="lan")
    assert names(page) == ["Nguyễn Thị Lan"]
    assert "Chủ tịch Hồng Phong" not in page.html
    assert "Khu phó Khu phố 1, Khu 1" in page.text


def test_posts_that_ended_are_not_shown_and_later_ones_say_when(ward: Ward, sign_in: SignIn):
    give(ward, ward.account("ended"), "KP2", Role.OFFICER, "Thư ký Khu phố 2", since=date(2024, 11, 1))
    page = sign_in("admin").get(PAGE, q="nghi")
    assert "Khu phó Khu phố 1" not in page.text
    assert "Thư ký Khu phố 2, Khu 2 Cán bộ, từ 1/11/2024" in page.text


@pytest.mark.parametrize("typed", ["anh", "ÁNH", "hoang thi", "officer_kp2", "A\u0301nh"])
def test_search_heeds_neither_case_nor_accents(sign_in: SignIn, typed: str):
    assert "Hoàng Thị Ánh" in names(sign_in("admin").get(PAGE, q=typed))


def test_the_spelling_that_was_typed_comes_first(ward: Ward, sign_in: SignIn):
    add(ward, "an1", "Trần Văn Ân", "KP1")
    add(ward, "an2", "Trần Văn An", "KP1")
    assert names(sign_in("admin").get(PAGE, q="văn ân")) == ["Trần Văn Ân", "Trần Văn An"]


def test_signs_in_the_search_are_just_signs(sign_in: SignIn):
    page = sign_in("admin").get(PAGE, q="%_")
    assert "Không có tài khoản nào phù hợp" in page.text


def test_locked_and_closed_ones_are_marked_and_can_be_picked(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").locked_at = ward.now - timedelta(hours=23)
    ward.account("mate_kp1").locked_at = ward.now - timedelta(hours=25)
    ward.account("officer_kp2").closed_at = clock.at(date(2024, 10, 14))
    ward.session.commit()
    person = sign_in("admin")
    assert [row[3] for row in person.get(PAGE, **{"tinh-trang": "khoa"}).table()[1:]] == [
        "Tạm khóa với máy lạ"
    ]
    assert names(person.get(PAGE, **{"tinh-trang": "dong"})) == ["Hoàng Thị Ánh"]
    assert len(names(person.get(PAGE, **{"tinh-trang": "mo"}))) == 8
    assert len(names(person.get(PAGE, **{"tinh-trang": "gi-do"}))) == 9


def test_it_can_be_narrowed_to_a_unit_of_the_own_tree(ward: Ward, sign_in: SignIn):
    person = sign_in("admin")
    assert names(person.get(PAGE, **{"don-vi": ward.unit("KP2").id})) == ["Hoàng Thị Ánh"]
    assert len(names(person.get(PAGE, **{"don-vi": ward.unit("HP").id}))) == 9


def test_long_lists_come_in_pages_that_keep_the_filter(ward: Ward, sign_in: SignIn):
    for number in range(35):
        add(ward, f"nhieu{number:02}", f"Người Thứ {number:02}", "KP3")
    person = sign_in("admin")
    first = person.get(PAGE, q="nguoi thu")
    assert len(names(first)) == 30
    second = person.get(first.link("Sau"))
    assert len(names(second)) == 5
    assert "35 tài khoản" in second.text
    person.get(f"{PAGE}?page=9", status=404)


def test_more_people_ask_no_more_of_the_database(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    person = sign_in("admin")
    with count_queries() as few:
        person.get(PAGE)
    for number in range(15):
        add(ward, f"nhieu{number:02}", f"Người Thứ {number:02}", "KP3")
    with count_queries() as many:
        person.get(PAGE)
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["officer_kp1", "head_kp1", "leader", "clerk", "ended"])
def test_others_get_403(sign_in: SignIn, name: str):
    sign_in(name).get(PAGE, status=403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(PAGE, status=302).location.startswith("/dang-nhap")


def test_the_places_of_administration_lead_to_each_other(sign_in: SignIn):
    person = sign_in("admin")
    places = {
        "Tài khoản": PAGE,
        "Đơn vị": "/quan-tri/don-vi",
        "Nhật ký": "/quan-tri/nhat-ky",
        "Dữ liệu cá nhân": "/quan-tri/du-lieu-ca-nhan",
        "Máy chủ": "/quan-tri/may-chu",
    }
    for heading, url in places.items():
        page = person.get(url)
        below = page.of_class("places-below")[0]
        assert {words(one): one.get("href") for one in page.all("a", within=below)} == places
        assert [words(one) for one in page.all("a", within=below) if one.get("aria-current")] == [heading]


def test_by_role_and_in_other_orders(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")

    def names(**wishes: str) -> list[str]:
        return [row[1] for row in admin.get("/quan-tri/tai-khoan", **wishes).table()[1:]]

    assert names(**{"vai-tro": "clerk"}) == ["clerk"]
    assert "ended" not in names(**{"vai-tro": "officer"}), "the post ended"
    everybody = names(xep="dang-nhap")
    assert everybody == sorted(everybody)
    assert set(everybody) == set(names()) == set(names(xep="moi-lap"))
