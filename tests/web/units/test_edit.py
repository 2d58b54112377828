"""Changing a unit: its facts, its place in the tree, its begin."""

from datetime import date

import pytest

from pledges.access.roles import Role
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator, give


def page_of(ward: Ward, code: str) -> str:
    return f"/quan-tri/don-vi/{ward.unit(code).id}/sua"


def test_every_fact_can_be_changed(ward: Ward, sign_in: SignIn):
    typed = {
        "name": "Tổ dân phố 1", "short_name": "Tổ 1", "code": "tdp1", "kind": "office", "block": "V. Khác",
        "position": "99", "head_position": "Tổ trưởng", "document_style": "front", "valid_from": "1/3/2020",
    }  # fmt: skip
    page = sign_in("admin").send(page_of(ward, "KP1"), typed, follow=True)
    assert (page.h1, page.said) == ("Tổ dân phố 1", "Đã lưu thông tin đơn vị.")
    unit = ward.unit("TDP1")
    assert (unit.short_name, unit.kind, unit.block, unit.position) == ("Tổ 1", "office", "V. Khác", 99)
    assert (unit.head_position, unit.document_style, unit.valid_from) == (
        "Tổ trưởng",
        "front",
        date(2020, 3, 1),
    )


def test_what_hangs_below_moves_along_and_rights_with_it(ward: Ward, sign_in: SignIn):
    head = ward.account("head_kp1")
    give(ward, head, "MTTQ", Role.LEADER, "Chủ tịch UBMTTQ")
    sign_in("admin").send(page_of(ward, "UBND"), {"parent_id": ward.unit("MTTQ").id})
    assert ward.unit("VPTK").path == f"{ward.unit('MTTQ').path}{ward.unit('UBND').id}/{ward.unit('VPTK').id}/"


def test_a_unit_never_hangs_below_itself(ward: Ward, sign_in: SignIn):
    offered = sign_in("admin").get(page_of(ward, "UBND")).form().offered["parent_id"]
    assert str(ward.unit("UBND").id) not in offered
    assert str(ward.unit("VPTK").id) not in offered
    typed = {"parent_id": ward.unit("VPTK").id}
    page = sign_in("admin").send(page_of(ward, "UBND"), typed, status=200, forge=True)
    assert any("không còn trong danh sách" in error for error in page.errors)


@pytest.mark.parametrize("code", ["HL", "HP"])
def test_nobody_hangs_a_unit_beyond_the_own_tree(ward: Ward, sign_in: SignIn, code: str):
    typed = {"parent_id": ward.unit(code).id}
    page = sign_in("admin").send(page_of(ward, "KP1"), typed, status=200, forge=True)
    assert any("không còn trong danh sách" in error for error in page.errors)


def test_where_the_topmost_unit_hangs_is_not_its_administrators_to_say(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    assert "parent_id" not in admin.get(page_of(ward, "HK")).form().names
    admin.send(page_of(ward, "HK"), {"short_name": "HK", "parent_id": ward.unit("DU").id}, forge=True)
    assert ward.unit("HK").short_name == "HK"
    assert ward.unit("HK").parent.code == "HL"


def test_a_parent_that_ended_is_still_offered(ward: Ward, sign_in: SignIn):
    ward.unit("UBND").valid_to = date(2024, 10, 1)
    ward.session.commit()
    page = sign_in("admin").get(page_of(ward, "VPTK"))
    assert page.form().fields["parent_id"] == [str(ward.unit("UBND").id)]


def test_a_unit_at_work_can_not_be_sent_into_the_future(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").send(page_of(ward, "HK"), {"valid_from": "16/10/2024"}, status=200)
    assert page.errors == ["Ngày bắt đầu của đơn vị đang hoạt động không được sau hôm nay."]


def test_it_does_not_begin_after_its_end(ward: Ward, sign_in: SignIn):
    ward.unit("KP1").valid_to = date(2024, 10, 1)
    ward.session.commit()
    page = sign_in("admin").send(page_of(ward, "KP1"), {"valid_from": "2/10/2024"}, status=200)
    assert page.errors == ["Ngày bắt đầu không được sau ngày kết thúc."]


def test_a_code_of_another_unit_is_refused_and_the_own_one_is_not(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").send(page_of(ward, "KP1"), {"code": "KP2"}, status=200)
    assert page.errors == ["Mã KP2 đang là của Khu phố 2."]
    sign_in("admin").send(page_of(ward, "KP1"), {"short_name": "K1"})
    assert ward.unit("KP1").short_name == "K1"


def test_two_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    administrator(ward, "HK", "admin2")
    mine, theirs = sign_in("admin"), sign_in("admin2")
    page = mine.get(page_of(ward, "KP1"))
    theirs.send(page_of(ward, "KP1"), {"block": "V. Khác", "parent_id": ward.unit("UBND").id})
    conflict = mine.send_form(page.form(), {"block": "VI. Khác nữa"}, status=409)
    assert "Lấy của người kia: V. Khác" in conflict.text
    assert "Lấy của người kia: Ủy ban nhân dân phường Hà Khánh" in conflict.text
    mine.send_form(conflict.form(), {"choose-block": "mine", "choose-parent_id": "theirs"})
    assert (ward.unit("KP1").block, ward.unit("KP1").parent.code) == ("VI. Khác nữa", "UBND")
