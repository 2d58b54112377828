"""Closing an account and opening it again; the last administrator stays."""

from datetime import date

from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator, post_of


def page_of(ward: Ward, username: str, act: str = "dong") -> str:
    return f"/quan-tri/tai-khoan/{ward.account(username).id}/{act}"


def test_a_closed_account_is_out_and_comes_back_with_its_posts(ward: Ward, sign_in: SignIn):
    admin, theirs = sign_in("admin"), sign_in("officer_kp1")
    asked = admin.get(page_of(ward, "officer_kp1"))
    assert "Khu phó Khu phố 1, Khu phố 1 (Cán bộ)" in asked.text
    page = admin.send(page_of(ward, "officer_kp1"), follow=True)
    assert page.said == "Đã đóng tài khoản của Nguyễn Thị Lan."
    assert "Đã đóng từ" in page.text
    assert theirs.get("/tai-khoan", status=302).location.startswith("/dang-nhap")

    page = admin.send(page_of(ward, "officer_kp1", "mo-lai"), follow=True)
    assert "Đã mở lại tài khoản" in page.said
    assert ward.account("officer_kp1").open
    assert theirs.get("/tai-khoan", status=302).location.startswith("/dang-nhap")


def test_what_is_done_already_is_said(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    assert admin.send(page_of(ward, "officer_kp1", "mo-lai"), status=200).errors == ["Tài khoản này đang mở."]
    admin.send(page_of(ward, "officer_kp1"))
    assert admin.send(page_of(ward, "officer_kp1"), status=200).errors == ["Tài khoản này đã đóng rồi."]


def test_the_last_administrator_of_a_unit_can_not_be_closed(ward: Ward, sign_in: SignIn):
    administrator(ward, "HL", "admin_hl")
    administrator(ward, "HP", "admin_hp")
    administrator(ward, "HL", "admin_hl2")
    above = sign_in("admin_hl")
    above.send(page_of(ward, "admin_hp"))
    above.send(page_of(ward, "admin_hl2"))
    assert not ward.account("admin_hl2").open
    assert ward.account("admin_hl").open


def test_who_is_not_the_last_only_by_a_post_that_ends_stays(ward: Ward, sign_in: SignIn):
    administrator(ward, "HK", "admin2")
    page = page_of(ward, "admin")
    post_of(ward, "admin2").valid_to = date(2024, 12, 31)
    ward.session.commit()
    answer = sign_in("admin2").send(page, status=200)
    assert answer.errors[0].startswith("Đây là người quản trị cuối cùng của Phường Hà Khánh.")
    assert ward.account("admin").open


def test_of_two_for_good_one_may_go(ward: Ward, sign_in: SignIn):
    administrator(ward, "HK", "admin2")
    sign_in("admin2").send(page_of(ward, "admin"))
    assert not ward.account("admin").open
