"""The day on which a unit ends, and what follows from it."""

from datetime import date

import pytest

from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator


def page_of(ward: Ward, code: str) -> str:
    return f"/quan-tri/don-vi/{ward.unit(code).id}/ket-thuc"


def test_it_names_what_follows(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(page_of(ward, "UBND"))
    assert page.h1 == "Ngày kết thúc của đơn vị"
    assert "03 chức vụ đang giữ ở đơn vị mất quyền theo" in page.text
    assert "Vũ Thị Thư: Văn thư UBND phường" in page.text
    assert "01 đơn vị trực thuộc vẫn hoạt động, trừ khi kết thúc cùng ngày: VP - TK." in page.text
    alone = sign_in("admin").get(page_of(ward, "KP3"))
    assert "hiện không ai giữ chức vụ" in alone.text
    assert "không có đơn vị trực thuộc nào đang hoạt động" in alone.text
    assert "with_below" not in alone.form().names


def test_posts_lose_their_right_the_day_after(ward: Ward, sign_in: SignIn, freeze):
    page = sign_in("admin").send(page_of(ward, "KP2"), {"valid_to": "20/10/2024"}, follow=True)
    assert page.said == "Khu phố 2 hoạt động đến hết ngày 20/10/2024."
    officer = sign_in("officer_kp2")
    officer.get("/phan-viec")
    freeze(date(2024, 10, 21))
    officer.get("/phan-viec", status=403)
    assert (
        "Đã kết thúc ngày 20/10/2024"
        in sign_in("admin").get(page_of(ward, "KP2").removesuffix("/ket-thuc")).text
    )


@pytest.mark.parametrize("together", [True, False])
def test_units_below_end_with_it_if_asked(ward: Ward, sign_in: SignIn, together: bool):
    typed = {"valid_to": "31/12/2024", "with_below": "y" if together else None}
    sign_in("admin").send(page_of(ward, "UBND"), typed)
    assert ward.unit("UBND").valid_to == date(2024, 12, 31)
    assert ward.unit("VPTK").valid_to == (date(2024, 12, 31) if together else None)


def test_an_earlier_end_below_stays(ward: Ward, sign_in: SignIn):
    ward.unit("VPTK").valid_to = date(2024, 11, 30)
    ward.session.commit()
    sign_in("admin").send(page_of(ward, "UBND"), {"valid_to": "31/12/2024", "with_below": "y"})
    assert ward.unit("VPTK").valid_to == date(2024, 11, 30)


def test_an_end_can_be_taken_back(ward: Ward, sign_in: SignIn):
    sign_in("admin").send(page_of(ward, "KP2"), {"valid_to": "10/10/2024"})
    page = sign_in("admin").send(page_of(ward, "KP2"), {"valid_to": ""}, follow=True)
    assert page.said == "Khu phố 2 tiếp tục hoạt động, không có ngày kết thúc."
    sign_in("officer_kp2").get("/phan-viec")


def test_it_does_not_end_before_it_began(ward: Ward, sign_in: SignIn):
    ward.unit("KP2").valid_from = date(2024, 1, 1)
    ward.session.commit()
    page = sign_in("admin").send(page_of(ward, "KP2"), {"valid_to": "31/12/2023"}, status=200)
    assert page.errors == ["Ngày kết thúc không được trước ngày bắt đầu hoạt động."]


def test_nobody_ends_in_the_past_the_unit_by_which_he_administers(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").send(page_of(ward, "HK"), {"valid_to": "14/10/2024"}, status=200)
    assert "Đồng chí đang quản trị chính đơn vị này" in page.errors[0]
    sign_in("admin").send(page_of(ward, "HK"), {"valid_to": "15/10/2024"})
    administrator(ward, "HL", "admin_hl")
    sign_in("admin_hl").send(page_of(ward, "HK"), {"valid_to": "14/10/2024"})
    sign_in("admin").get("/quan-tri/don-vi", status=403)


def test_strangers_do_not_know_it_and_others_may_not(ward: Ward, sign_in: SignIn):
    administrator(ward)
    sign_in("admin_hp").get(page_of(ward, "KP1"), status=404)
    sign_in("admin").get(page_of(ward, "HP"), status=404)
    sign_in("admin").get("/quan-tri/don-vi/9999/ket-thuc", status=404)
    for name in ("officer_kp1", "head_kp1", "leader", "clerk"):
        sign_in(name).get(page_of(ward, "KP1"), status=403)
    assert sign_in("nobody").get(page_of(ward, "KP1"), status=302).location.startswith("/dang-nhap")
