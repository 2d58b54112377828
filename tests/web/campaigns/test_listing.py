"""The list of campaigns."""

import pytest

from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "leader", "clerk"])
def test_members_see_the_campaign_with_its_count_and_step(ward: Ward, sign_in: SignIn, name: str):
    ward.task()
    page = sign_in(name).get("/phong-trao")
    (_, row) = page.table()
    assert row[0].startswith("Phong trào thi đua chào mừng Đại hội Đảng các cấp")
    assert row[1:] == ["UBND", "29/3/2024 – 30/6/2025", "1/6", "Đang thực hiện"]


@pytest.mark.parametrize("name", ["leader", "clerk"])
def test_who_organises_may_make_another(sign_in: SignIn, name: str):
    assert sign_in(name).get("/phong-trao").link("Lập phong trào") == "/phong-trao/lap"


def test_an_officer_is_not_offered_to(sign_in: SignIn):
    assert "Lập phong trào" not in sign_in("officer_kp1").get("/phong-trao").text


def test_a_stranger_sees_none(sign_in: SignIn):
    assert "Chưa có phong trào thi đua nào" in sign_in("outsider").get("/phong-trao").text


@pytest.mark.parametrize("name", ["admin", "ended"])
def test_who_has_no_right_gets_403(sign_in: SignIn, name: str):
    sign_in(name).get("/phong-trao", status=403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get("/phong-trao", status=302).location.startswith("/dang-nhap")


def test_the_number_of_queries_does_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    leader = sign_in("leader")
    leader.get("/phong-trao")  # whatever is asked once and kept
    with count_queries() as few:
        leader.get("/phong-trao")
    for number in range(10):
        create_another(ward, f"HK-{number}")
    with count_queries() as many:
        page = leader.get("/phong-trao")
    assert len(page.table()) == 12
    assert len(many) == len(few)


def titles(page: Page) -> list[str]:
    return [row[0].split("HK-")[0].strip() for row in page.table()[1:]]


def test_search_filter_and_order(ward: Ward, sign_in: SignIn):
    for code, title in (("HK-D", "Đường hoa"), ("HK-A", "Ấm áp"), ("HK-E", "Dân vận")):
        create_another(ward, code).title = title
    ward.session.commit()
    clerk = sign_in("clerk")
    whole = clerk.get("/phong-trao", xep="ten")
    assert titles(whole)[:3] == ["Ấm áp", "Dân vận", "Đường hoa"]
    assert titles(clerk.get("/phong-trao", q="duong")) == ["Đường hoa"]
    assert titles(clerk.get("/phong-trao", q="hk-a")) == ["Ấm áp"]
    assert len(titles(clerk.get("/phong-trao", buoc="draft"))) == 3
    assert len(titles(clerk.get("/phong-trao", nam="2025"))) == 4
    assert titles(clerk.get("/phong-trao", buoc="draft", q="hoa")) == ["Đường hoa"]
    none = clerk.get("/phong-trao", q="không có", xep="ten")
    assert "Không có phong trào nào như đồng chí tìm" in none.text
    assert none.link("Bỏ lọc") == "/phong-trao?xep=ten"
