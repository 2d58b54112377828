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


def test_the_terms_of_the_campaign_come_again(ward: Ward, sign_in: SignIn):
    """Nothing is recorded, and whatever else was typed stays."""
    made = ward.commitment()
    ward.campaign.terms = "{đơn vị} thực hiện đúng hạn.\nBáo cáo hằng tháng."
    ward.session.commit()
    clerk = sign_in("clerk")
    typed = {"terms": "Viết tay.", "witness": "Ông Sáu"}
    page = clerk.send(f"/cam-ket/{made.id}/sua", typed, button="Lấy lại theo mẫu của phong trào", status=200)
    fields = page.form().fields
    assert fields["terms"] == ["Khu phố 1 thực hiện đúng hạn.\nBáo cáo hằng tháng."]
    assert fields["witness"] == ["Ông Sáu"]
    ward.settle()
    assert made.terms == "Thực hiện đúng nội dung đã đăng ký."
    clerk.send_form(page.form())
    ward.settle()
    assert made.terms.startswith("Khu phố 1 thực hiện đúng hạn.")


def test_without_terms_of_the_campaign_there_is_no_such_button(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    ward.campaign.terms = ""
    ward.session.commit()
    page = sign_in("clerk").get(f"/cam-ket/{made.id}/sua")
    assert "Lấy lại theo mẫu của phong trào" not in page.text


def test_what_is_missing_is_said_with_the_place_to_mend_it(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    made.witness = made.witness_post = ""
    ward.session.commit()
    page = sign_in("clerk").get(f"/cam-ket/{made.id}/sua")
    assert "Đã đủ để chốt và ký" in page.text
    assert "Chưa ghi bên chứng kiến" in page.text
    assert "#witness" in [link.url for link in page.links]


def test_what_is_typed_is_shown_again(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    clerk = sign_in("clerk")
    clerk.send(f"/cam-ket/{made.id}/sua", {"place": "", "witness": "Ông Sáu"}, status=200)
    page = clerk.get(f"/cam-ket/{made.id}/sua")
    assert page.form().fields["witness"] == ["Ông Sáu"]
    assert "chưa lưu vào bản cam kết" in page.text


def test_what_was_typed_wrong_is_not_called_complete(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    page = sign_in("clerk").send(f"/cam-ket/{made.id}/sua", {"place": ""}, status=200)
    assert page.errors == ["Chưa nhập địa danh."]
    assert "Đã đủ để chốt và ký" not in page.text


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
    page = mine.send_form(form, {"place": "Của tôi"}, status=409)
    assert "Của tôi" in page.text, "what was typed can be read and copied"
    ward.settle()
    assert made.place == "Hà Khánh"
