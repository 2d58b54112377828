"""The tree of units: whose, in which order, searched and filtered."""

from datetime import date

import pytest

from pledges.access.roles import NOBODY
from pledges.units import operations
from pledges.units.rules import UnitKind
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.accounts.people import administrator

PAGE = "/quan-tri/don-vi"


def codes(page: Page) -> list[str]:
    return [row[1] for row in page.table()[1:]]


def depths(page: Page) -> list[str]:
    return [one.get("class", "") for one in page.all("th") if one.get("scope") == "row"]


def test_the_own_tree_stands_in_the_order_of_the_list(sign_in: SignIn):
    page = sign_in("admin").get(PAGE)
    assert page.h1 == "Đơn vị"
    assert codes(page) == ["HK", "DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3"]
    assert depths(page) == [f"depth-{depth}" for depth in (0, 1, 1, 2, 1, 1, 1, 1)]
    assert "cấp 3: Bộ phận Văn phòng - Thống kê" in page.text


def test_equal_places_in_the_list_are_ordered_by_name(ward: Ward, sign_in: SignIn):
    for code, name in (("KP1", "Khu Đông"), ("KP2", "Khu Dâu"), ("KP3", "Khu Ân")):
        ward.unit(code).name, ward.unit(code).position = name, 50
    ward.session.commit()
    assert codes(sign_in("admin").get(PAGE))[-3:] == ["KP3", "KP2", "KP1"]


def test_each_administrator_sees_the_own_tree(ward: Ward, sign_in: SignIn):
    administrator(ward)
    administrator(ward, "HL", "admin_hl")
    assert codes(sign_in("admin_hp").get(PAGE)) == ["HP", "HP-KP1"]
    assert len(codes(sign_in("admin_hl").get(PAGE))) == 11


def test_ended_ones_are_shown_when_asked_for_and_marked(ward: Ward, sign_in: SignIn):
    ward.unit("KP2").valid_to = date(2024, 10, 14)
    ward.unit("KP3").valid_from = date(2025, 1, 1)
    ward.unit("KP1").valid_to = date(2024, 10, 15)
    ward.session.commit()
    admin = sign_in("admin")
    assert codes(admin.get(PAGE))[-1] == "KP1"
    page = admin.get(PAGE, hien="tat-ca")
    states = {row[1]: row[4] for row in page.table()[1:]}
    assert states["KP2"] == "Kết thúc 14/10/2024"
    assert states["KP3"] == "Từ 1/1/2025"
    assert states["KP1"] == "đến 15/10/2024"
    assert states["DU"] == "đang hoạt động"
    assert "Tất cả (thêm 2)" in page.text


@pytest.mark.parametrize("typed", ["mat tran", "MẶT TRẬN", "mttq"])
def test_search_heeds_neither_case_nor_accents(sign_in: SignIn, typed: str):
    assert codes(sign_in("admin").get(PAGE, q=typed)) == ["MTTQ"]


def test_nothing_found_is_said(sign_in: SignIn):
    assert "Không có đơn vị nào phù hợp" in sign_in("admin").get(PAGE, q="%_%").text


def test_a_long_tree_comes_in_pages(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    admin = sign_in("admin")
    with count_queries() as few:
        admin.get(PAGE)
    for number in range(100):
        operations.create(
            ward.session, code=f"T{number:03}", name=f"Tổ dân phố {number:03}", short_name=f"Tổ {number}",
            kind=UnitKind.NEIGHBOURHOOD, parent=ward.unit("HK"), by=NOBODY, at=ward.now,
        )  # fmt: skip
    ward.session.commit()
    with count_queries() as many:
        first = admin.get(PAGE)
    assert len(codes(first)) == 100
    assert len(many) == len(few)
    assert len(codes(admin.get(first.link("Sau")))) == 8
    admin.get(PAGE, page=7, status=404)


@pytest.mark.parametrize("name", ["officer_kp1", "head_kp1", "leader", "clerk", "ended"])
def test_others_get_403(sign_in: SignIn, name: str):
    sign_in(name).get(PAGE, status=403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(PAGE, status=302).location.startswith("/dang-nhap")


def test_narrowed_by_kind_and_block_and_ordered_by_name(ward: Ward, sign_in: SignIn):
    for code, name in (("KP1", "Khu Đông"), ("KP2", "Khu Dâu"), ("KP3", "Khu Ân")):
        ward.unit(code).name = name
    ward.session.commit()
    admin = sign_in("admin")
    assert codes(admin.get(PAGE, loai="office")) == ["VPTK"]
    assert codes(admin.get(PAGE, khoi="IV. Các khu phố", xep="ten")) == ["KP3", "KP2", "KP1"]
    assert codes(admin.get(PAGE, khoi="không có", loai="gì đó")) == codes(admin.get(PAGE))
    assert admin.get(PAGE, loai="office").link("Bỏ lọc") == PAGE
