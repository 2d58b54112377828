"""Changing a commitment that is being prepared."""

import pytest

from tests.support.critic import SignIn
from tests.support.ward import Ward


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_edits(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(f"/cam-ket/{ward.commitment().id}/sua", status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(f"/cam-ket/{ward.commitment().id}/sua", status=302).location


def test_a_change_is_kept(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    typed = {"place": "Hạ Long", "signatories-0-post": "Khu trưởng", "dated_on": ""}
    page = sign_in("officer_kp1").send(f"/cam-ket/{made.id}/sua", typed, follow=True)
    assert page.said == "Đã lưu bản cam kết."
    ward.settle()
    assert (made.place, made.signatories[0].post, made.dated_on) == ("Hạ Long", "Khu trưởng", None)


def test_two_people_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    mine, clerk = sign_in("officer_kp1"), sign_in("clerk")
    form = mine.get(f"/cam-ket/{made.id}/sua").form()
    clerk.send(f"/cam-ket/{made.id}/sua", {"place": "Của văn thư", "signatories-0-post": "Của văn thư"})
    page = mine.send_form(form, {"place": "Của tôi", "witness": "Ông Sáu"}, status=409)
    choices = {"choose-place": "mine", "choose-signatories": "theirs"}
    mine.send_form(page.form(), choices)
    ward.settle()
    assert (made.place, made.witness) == ("Của tôi", "Ông Sáu")
    assert made.signatories[0].post == "Của văn thư"


def test_rows_come_without_saving(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    page = sign_in("clerk").send(f"/cam-ket/{made.id}/sua", button="Thêm người ký", status=200)
    assert "signatories-1-post" in page.form().names
    ward.settle()
    assert len(made.signatories) == 1


@pytest.mark.parametrize("status", ["frozen", "signed"])
def test_what_is_frozen_is_not_edited(ward: Ward, sign_in: SignIn, status: str):
    made = ward.commitment("KP1", status)
    page = sign_in("clerk").get(f"/cam-ket/{made.id}/sua", status=409)
    assert "đã chốt nên không sửa được nữa" in page.text
    assert page.forms == []


def test_what_was_frozen_meanwhile_is_not_edited(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    mine, clerk = sign_in("officer_kp1"), sign_in("clerk")
    form = mine.get(f"/cam-ket/{made.id}/sua").form()
    clerk.send(f"/cam-ket/{made.id}/chot")
    mine.send_form(form, {"place": "Của tôi"}, status=409)
    ward.settle()
    assert made.place == "Hà Khánh"
