"""Setting a new password for somebody else."""

from datetime import timedelta

from pledges.accounts.rules import ONE_TIME_LASTS
from pledges.accounts.signing_in import EXPIRED, WRONG
from pledges.core.dates import format_instant
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.support.world import PASSWORD
from tests.web.accounts.test_create import ONE_TIME


def page_of(ward: Ward) -> str:
    return f"/quan-tri/tai-khoan/{ward.account('officer_kp1').id}/dat-lai-mat-khau"


def test_the_old_one_and_the_open_sessions_end_and_the_slip_opens(ward: Ward, sign_in: SignIn):
    theirs = sign_in("officer_kp1")
    slip = sign_in("admin").send(page_of(ward), status=200)
    password = ONE_TIME.search(slip.text).group()
    assert theirs.get("/tai-khoan", status=302).location.startswith("/dang-nhap")
    old = sign_in("nobody").send("/dang-nhap", {"username": "officer_kp1", "password": PASSWORD}, status=200)
    assert old.errors == [WRONG]
    fresh = sign_in("nobody")
    fresh.send("/dang-nhap", {"username": "officer_kp1", "password": password})
    assert fresh.get("/", status=302).location == "/tai-khoan/doi-mat-khau"


def test_the_slip_names_the_address_that_people_reach_from_their_own_machines(ward: Ward, sign_in: SignIn):
    ward.app.config["PUBLIC_ADDRESS"] = "https://thidua.example.vn"
    slip = sign_in("admin").send(page_of(ward), status=200)
    assert "Địa chỉ https://thidua.example.vn/dang-nhap" in slip.text


def test_an_administrator_sees_that_the_slip_has_expired(ward: Ward, sign_in: SignIn):
    admin, shown = sign_in("admin"), page_of(ward).removesuffix("/dat-lai-mat-khau")
    admin.send(page_of(ward), status=200)
    assert "Chưa đổi mật khẩu trên phiếu" in admin.get(shown).text
    ward.account("officer_kp1").password_expires_at = ward.now
    ward.session.commit()
    assert "Mật khẩu trên phiếu đã hết hạn" in admin.get(shown).text


def test_each_time_another_one(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    slips = [ONE_TIME.search(admin.send(page_of(ward), status=200).text).group() for _time in range(2)]
    assert slips[0] != slips[1]


def test_it_opens_a_locked_account(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").locked_at = ward.now
    ward.session.commit()
    page = sign_in("admin").get(page_of(ward))
    assert "tài khoản đang tạm khóa với máy lạ sẽ được mở" in page.text
    sign_in("admin").send(page_of(ward), status=200)
    assert ward.account("officer_kp1").locked_at is None


def test_a_closed_account_is_opened_first(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").closed_at = ward.now
    ward.session.commit()
    page = sign_in("admin").send(page_of(ward), status=200)
    assert page.errors == ["Tài khoản đã đóng: mở lại trước khi đặt lại mật khẩu."]


def test_a_page_that_is_only_looked_at_changes_nothing(ward: Ward, sign_in: SignIn):
    before = ward.account("officer_kp1").password_hash
    sign_in("admin").get(page_of(ward))
    assert ward.account("officer_kp1").password_hash == before


def test_the_slip_says_until_when_and_is_nothing_after_that(ward: Ward, sign_in: SignIn, freeze):
    slip = sign_in("admin").send(page_of(ward), status=200)
    assert f"Dùng được đến {format_instant(ward.now + ONE_TIME_LASTS)}" in slip.text
    typed = {"username": "officer_kp1", "password": ONE_TIME.search(slip.text).group()}
    freeze(ward.now + ONE_TIME_LASTS - timedelta(minutes=1))
    assert sign_in("nobody").send("/dang-nhap", typed).location == "/"
    freeze(ward.now + timedelta(minutes=1))
    assert sign_in("nobody").send("/dang-nhap", typed, status=200).errors == [EXPIRED]
    wrong = sign_in("nobody").send("/dang-nhap", {**typed, "password": "sai"}, status=200)
    assert wrong.errors == [WRONG]


def test_the_own_new_password_does_not_expire(ward: Ward, sign_in: SignIn, freeze):
    password = ONE_TIME.search(sign_in("admin").send(page_of(ward), status=200).text).group()
    person, new = sign_in("nobody"), "bến phà cũ có cây đa"
    person.send("/dang-nhap", {"username": "officer_kp1", "password": password})
    changed = {"present_password": password, "password": new, "password_again": new}
    person.send("/tai-khoan/doi-mat-khau", changed)
    freeze(ward.now + ONE_TIME_LASTS * 2)
    again = sign_in("nobody").send("/dang-nhap", {"username": "officer_kp1", "password": new})
    assert again.location == "/"
