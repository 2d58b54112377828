"""The page of one unit."""

import pytest

from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.accounts.people import administrator


def page_of(ward: Ward, code: str) -> str:
    return f"/quan-tri/don-vi/{ward.unit(code).id}"


def test_it_shows_facts_units_below_and_history(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(page_of(ward, "UBND"))
    assert page.h1 == "Ủy ban nhân dân phường Hà Khánh"
    for said in ("Mã UBND", "Đơn vị cấp trên Phường Hà Khánh", "Khối I. Khối Đảng - chính quyền"):
        assert said in page.text
    assert "Bộ phận Văn phòng - Thống kê" in page.text
    story = [words(entry) for box in page.of_class("timeline") for entry in page.all("li", within=box)]
    assert len(story) == 1
    assert story[0].startswith("Đã lập đơn vị")
    assert "Loại: Ủy ban nhân dân" in story[0]


def test_only_units_right_below_are_listed(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(page_of(ward, "HK"))
    below = [words(one) for one in page.all("a", within=page.of_class("held")[0])]
    assert "Ủy ban nhân dân phường Hà Khánh" in below
    assert "Bộ phận Văn phòng - Thống kê" not in below


def test_it_leads_to_the_people_of_the_unit(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    page = admin.get(admin.get(page_of(ward, "KP2")).link("Tài khoản có chức vụ"))
    assert [row[0] for row in page.table()[1:]] == ["Hoàng Thị Ánh"]


def test_a_change_is_told_with_before_and_after(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    admin.send(f"{page_of(ward, 'KP1')}/sua", {"head_position": "Tổ trưởng", "document_style": "front"})
    page = admin.get(page_of(ward, "KP1"))
    assert "Chức vụ người đứng đầu: trước: Khu trưởng → sau: Tổ trưởng" in page.text
    assert "→ sau: Văn bản của Mặt trận Tổ quốc" in page.text


@pytest.mark.parametrize("code", ["HL", "HP", "HP-KP1"])
def test_units_beyond_the_own_tree_are_unknown(ward: Ward, sign_in: SignIn, code: str):
    sign_in("admin").get(page_of(ward, code), status=404)
    sign_in("admin").get(f"{page_of(ward, code)}/sua", status=404)


def test_strangers_do_not_know_it_and_others_may_not(ward: Ward, sign_in: SignIn):
    administrator(ward)
    for url in ("", "/sua"):
        sign_in("admin_hp").get(page_of(ward, "KP1") + url, status=404)
        for name in ("officer_kp1", "mate_kp1", "head_kp1", "leader", "clerk"):
            sign_in(name).get(page_of(ward, "KP1") + url, status=403)
        assert sign_in("nobody").get(page_of(ward, "KP1") + url, status=302).location.startswith("/dang-nhap")
    sign_in("admin").get("/quan-tri/don-vi/9999", status=404)
