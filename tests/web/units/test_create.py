"""Making a unit."""

import pytest
from sqlalchemy import func, select

from pledges.units.models import Unit
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator

PAGE = "/quan-tri/don-vi/lap"


def typed(ward: Ward, **changed: str) -> dict[str, str]:
    facts = {
        "name": "Khu phố 4", "short_name": "Khu 4", "code": "kp4", "kind": "neighbourhood",
        "parent_id": str(ward.unit("HK").id), "block": "IV. Các khu phố", "head_position": "Khu trưởng",
    }  # fmt: skip
    return {**facts, **changed}


def test_it_stands_below_its_parent(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").send(PAGE, typed(ward), follow=True)
    assert (page.h1, page.said) == ("Khu phố 4", "Đã lập Khu phố 4.")
    made = ward.unit("KP4")
    assert made.path == f"{ward.unit('HK').path}{made.id}/"
    assert (made.position, made.document_style, made.valid_from) == (10, "state", None)


def test_it_is_offered_for_posts_at_once(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    admin.send(PAGE, typed(ward))
    offered = admin.get("/quan-tri/tai-khoan/lap").form().offered["unit"]
    assert str(ward.unit("KP4").id) in offered


def test_the_parent_of_the_address_is_chosen_and_blocks_are_suggested(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(f"{PAGE}?cap-tren={ward.unit('UBND').id}")
    assert page.form().fields["parent_id"] == [str(ward.unit("UBND").id)]
    blocks = [one.get("value") for one in page.all("option", within=page.by_id("goi-y-khoi"))]
    assert blocks == ["I. Khối Đảng - chính quyền", "II. Mặt trận Tổ quốc và đoàn thể", "IV. Các khu phố"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Chưa nhập ô này."),
        ({"parent_id": ""}, "Chưa nhập ô này."),
        ({"kind": ""}, "Chưa nhập ô này."),
        ({"code": "kp1"}, "Mã KP1 đang là của Khu phố 1."),
        ({"code": "khu phố"}, "Mã đơn vị gồm tối đa 20"),
        ({"position": "một"}, "Phải là số nguyên từ 0 trở lên"),
        ({"valid_from": "30/2/2024"}, "Tháng 2 năm 2024 không có ngày 30."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    ward: Ward, sign_in: SignIn, changed: dict[str, str], words: str
):
    before = ward.session.scalar(select(func.count()).select_from(Unit))
    page = sign_in("admin").send(PAGE, typed(ward, **changed), status=200)
    assert any(words in error for error in page.errors), page.errors
    assert ward.session.scalar(select(func.count()).select_from(Unit)) == before


def test_nobody_makes_a_unit_beyond_the_own_tree(ward: Ward, sign_in: SignIn):
    administrator(ward)
    person = sign_in("admin_hp")
    assert person.get(PAGE).form().offered["parent_id"] == {
        "", str(ward.unit("HP").id), str(ward.unit("HP-KP1").id),
    }  # fmt: skip
    page = person.send(PAGE, typed(ward), status=200, forge=True)
    assert any("không còn trong danh sách" in error for error in page.errors)


def test_sent_twice_it_makes_one(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    form = admin.get(PAGE).form()
    assert len({admin.send_form(form, typed(ward)).location for _time in range(3)}) == 1
    assert ward.session.scalar(select(func.count()).where(Unit.name == "Khu phố 4")) == 1


@pytest.mark.parametrize("name", ["officer_kp1", "leader", "clerk"])
def test_others_get_403(sign_in: SignIn, name: str):
    sign_in(name).get(PAGE, status=403)
