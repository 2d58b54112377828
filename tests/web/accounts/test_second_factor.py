"""The second factor: turning it on, the second step of signing in, recovery codes, a lost phone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from pledges.accounts.attempts import TOO_OFTEN
from pledges.accounts.models import SignInAttempt, SignInProof
from pledges.accounts.rules import BY_ACCOUNT, PROOF_LASTS
from pledges.accounts.second_factor.models import RecoveryCode, SecondFactor
from pledges.accounts.second_factor.views import WRONG
from pledges.accounts.signing_in import LATE, WRONG_CODE
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.core.forms.unsent import UnsentForm
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import PASSWORD, code, give_second_factor
from tests.web.accounts.factors import CODE, ENROL, enrol, secret_on, shown
from tests.web.accounts.test_set_up import run

DOOR, STEP = "/dang-nhap", "/dang-nhap/ma-xac-nhan"
OFF, CODES = "/tai-khoan/xac-thuc-hai-buoc/tat", "/tai-khoan/xac-thuc-hai-buoc/ma-du-phong"


@pytest.fixture
def lan(ward: Ward) -> str:
    """An officer whose phone makes codes."""
    give_second_factor(ward.session, ward.account("officer_kp1"))
    ward.session.commit()
    return "officer_kp1"


def first_step(person: Critic, username: str) -> Page:
    return person.send(DOOR, {"username": username, "password": PASSWORD}, status=200)


def is_out(person: Critic) -> bool:
    return person.get("/tai-khoan", status=None).location.startswith(DOOR)


def acts(ward: Ward) -> list[str]:
    return list(ward.session.scalars(select(LogEntry.action).order_by(LogEntry.number.desc()).limit(2)))


def test_it_is_on_after_a_code_and_gives_ten_codes_once(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    page = enrol(person)
    codes = CODE.findall(page.text)
    assert page.h1 == "Mã dự phòng"
    assert len(set(codes)) == 10
    assert acts(ward)[0] == "account.second_factor_set"
    own = person.get("/tai-khoan")
    assert "còn 10 mã dự phòng chưa dùng" in own.text
    assert not CODE.search(own.text)
    kept = [
        *ward.session.scalars(select(RecoveryCode.digest)),
        *ward.session.scalars(select(SecondFactor.sealed)),
    ]
    assert not any(code in digest for code in codes for digest in kept)


def test_neither_secret_nor_codes_lie_open_in_database_or_log(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    page = person.get(ENROL)
    secret = secret_on(page)
    person.send_form(page.form(ENROL), {"password": PASSWORD, "one_time_code": shown(secret)}, status=200)
    assert secret not in ward.session.get_one(SecondFactor, ward.account("officer_kp1").id).sealed
    assert not [one for one in ward.session.scalars(select(LogEntry)) if secret in one.after + one.note]


def test_the_picture_is_there_without_any_script(sign_in: SignIn):
    html = sign_in("officer_kp1").get(ENROL).html
    assert '<img src="data:image/svg+xml' in html


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"password": "sai"}, "Mật khẩu chưa đúng."),
        ({"one_time_code": "000000"}, "Mã chưa đúng."),
        ({"one_time_code": ""}, "Chưa nhập ô này."),
    ],
)
def test_what_is_wrong_keeps_the_same_secret_on_the_page(
    ward: Ward, sign_in: SignIn, typed: dict[str, str], words: str
):
    person = sign_in("officer_kp1")
    page = person.get(ENROL)
    right = {"password": PASSWORD, "one_time_code": shown(secret_on(page))}
    again = person.send_form(page.form(ENROL), {**right, **typed}, status=200)
    assert any(words in error for error in again.errors)
    assert secret_on(again) == secret_on(page)
    assert ward.session.get(SecondFactor, ward.account("officer_kp1").id) is None


def test_a_secret_sealed_for_another_is_not_taken(sign_in: SignIn):
    page, mate = sign_in("officer_kp1").get(ENROL), sign_in("mate_kp1")
    theirs = {"sealed": page.form(ENROL).fields["sealed"][0], "password": PASSWORD}
    again = mate.send(ENROL, {**theirs, "one_time_code": shown(secret_on(page))}, status=200, forge=True)
    assert any("Mã chưa đúng." in error for error in again.errors)


def test_password_alone_opens_nothing(lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    page = first_step(person, lan)
    assert page.h1 == "Nhập mã xác nhận"
    assert is_out(person)


def test_the_code_opens_and_only_once(ward: Ward, lan: str, sign_in: SignIn):
    first, second, now = sign_in("nobody"), sign_in("nobody"), code()
    assert (
        first.send_form(first_step(first, lan).form(), {"one_time_code": f"{now[:3]} {now[3:]}"}).location
        == "/"
    )
    assert not is_out(first)
    again = second.send_form(first_step(second, lan).form(), {"one_time_code": now}, status=200)
    assert again.errors == [WRONG_CODE]
    assert ward.session.scalar(select(func.count()).select_from(SignInProof)) == 1


@pytest.mark.parametrize("steps", [-2, 2])
def test_codes_of_other_minutes_open_nothing(lan: str, sign_in: SignIn, steps: int):
    person = sign_in("nobody")
    page = person.send_form(first_step(person, lan).form(), {"one_time_code": code(steps * 2)}, status=200)
    assert page.errors == [WRONG_CODE]


def test_a_recovery_code_opens_once(ward: Ward, sign_in: SignIn):
    typed = CODE.findall(enrol(sign_in("officer_kp1")).text)[3]
    person, again = sign_in("nobody"), sign_in("nobody")
    page = person.send_form(
        first_step(person, "officer_kp1").form(), {"one_time_code": typed.upper()}, follow=True
    )
    assert page.h1 == "Việc của tôi"
    assert "còn 9 mã" in person.get("/tai-khoan").text
    refused = again.send_form(first_step(again, "officer_kp1").form(), {"one_time_code": typed}, status=200)
    assert refused.errors == [WRONG_CODE]


def test_codes_are_counted_like_passwords(ward: Ward, lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    page = first_step(person, lan)
    for _time in range(BY_ACCOUNT.failures - 1):
        page = person.send_form(page.form(), {"one_time_code": "000000"}, status=200)
        assert page.errors == [WRONG_CODE]
    assert person.send_form(page.form(), {"one_time_code": code()}, status=200).errors == [TOO_OFTEN]
    assert ward.session.scalar(select(func.count()).select_from(SignInAttempt)) == BY_ACCOUNT.failures


def test_the_first_step_is_used_up(ward: Ward, lan: str, sign_in: SignIn):
    person, copy = sign_in("nobody"), sign_in("nobody")
    page = first_step(person, lan)
    with person.client.session_transaction() as mine, copy.client.session_transaction() as stolen:
        stolen.update(mine)
    person.send_form(page.form(), {"one_time_code": code()})
    again = copy.send_form(page.form(), {"one_time_code": code(1)}, status=200)
    assert again.errors == [LATE]
    assert is_out(copy)


def test_the_first_step_does_not_wait_for_ever(ward: Ward, lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    page = first_step(person, lan)
    ward.session.execute(update(SignInProof).values(at=clock.real() - PROOF_LASTS))
    ward.session.commit()
    again = person.send_form(page.form(), {"one_time_code": code()}, status=200)
    assert (again.h1, again.errors) == ("Đăng nhập", [LATE])
    assert person.get(STEP, status=302).location == DOOR


def test_who_typed_no_password_has_no_second_step(lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    assert person.get(STEP, status=302).location == DOOR
    assert person.post(STEP, {"one_time_code": code()}, status=200).h1 == "Đăng nhập"


def test_a_new_password_ends_what_was_half_done(ward: Ward, lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    page = first_step(person, lan)
    sign_in("admin").send(f"/quan-tri/tai-khoan/{ward.account(lan).id}/dat-lai-mat-khau", status=200)
    assert person.send_form(page.form(), {"one_time_code": code()}, status=200).errors == [LATE]


def test_turning_off_needs_password_and_code(ward: Ward, lan: str, sign_in: SignIn):
    person = sign_in(lan)
    for typed in (
        {"password": "sai", "one_time_code": code()},
        {"password": PASSWORD, "one_time_code": "000000"},
    ):
        page = person.send(OFF, typed, status=200)
        assert page.errors == [WRONG]
        assert page.text.count(WRONG) == 2, "above the form, and beside its field"
    page = person.send(OFF, {"password": PASSWORD, "one_time_code": code()}, follow=True)
    assert page.said == "Đã tắt xác thực hai bước."
    assert sign_in("nobody").send(DOOR, {"username": lan, "password": PASSWORD}).location == "/"


def test_guessing_the_code_within_is_counted_too(lan: str, sign_in: SignIn):
    person = sign_in(lan)
    for _time in range(BY_ACCOUNT.failures):
        person.send(OFF, {"password": PASSWORD, "one_time_code": "000000"}, status=200)
    assert person.send(OFF, {"password": PASSWORD, "one_time_code": code()}, status=200).errors == [TOO_OFTEN]


def test_new_codes_replace_the_old_ones(ward: Ward, sign_in: SignIn):
    person = sign_in("admin")
    first = CODE.findall(person.send(CODES, {"password": PASSWORD, "one_time_code": code()}, status=200).text)
    second = CODE.findall(
        person.send(CODES, {"password": PASSWORD, "one_time_code": code(1)}, status=200).text
    )
    assert len(set(first + second)) == 20
    assert ward.session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_who_administers_must_have_one_before_anything_else(ward: Ward, sign_in: SignIn):
    ward.session.delete(ward.session.get_one(SecondFactor, ward.account("admin").id))
    ward.session.commit()
    person = sign_in("admin")
    for url in ("/", "/quan-tri/tai-khoan", "/tai-khoan"):
        assert person.get(url, status=302).location == ENROL
    assert person.post("/quan-tri/don-vi/lap", {}, status=403).h1 == "Chưa có quyền thực hiện"
    person.get("/tro-giup")
    assert enrol(person).h1 == "Mã dự phòng"
    assert person.get("/quan-tri/tai-khoan").h1 == "Tài khoản"


def test_who_must_change_the_password_does_that_first(ward: Ward, sign_in: SignIn):
    ward.session.delete(ward.session.get_one(SecondFactor, ward.account("admin").id))
    ward.account("admin").must_change_password = True
    ward.session.commit()
    assert sign_in("admin").get("/", status=302).location == "/tai-khoan/doi-mat-khau"


def test_a_demo_leads_nobody_there(ward: Ward, sign_in: SignIn):
    ward.session.delete(ward.session.get_one(SecondFactor, ward.account("admin").id))
    ward.session.commit()
    ward.app.config["DEMO"] = True
    assert sign_in("admin").get("/quan-tri/tai-khoan").h1 == "Tài khoản"


def test_an_administrator_helps_who_lost_the_phone_and_it_is_told(
    ward: Ward, lan: str, sign_in: SignIn, freeze
):
    theirs = sign_in("nobody")
    theirs.send_form(first_step(theirs, lan).form(), {"one_time_code": code()})
    freeze(ward.now + timedelta(minutes=1))
    url = f"/quan-tri/tai-khoan/{ward.account(lan).id}/dat-lai-xac-thuc"
    for who, status in (("leader", 403), ("mate_kp1", 403), ("outsider", 403)):
        sign_in(who).get(url, status=status)
    page = sign_in("admin").send(url, follow=True)
    assert page.said == "Đã đặt lại xác thực hai bước của Nguyễn Thị Lan."
    assert is_out(theirs)
    freeze(ward.now + timedelta(minutes=1))
    told = sign_in("nobody").send(DOOR, {"username": lan, "password": PASSWORD}, follow=True).said
    assert told.startswith("Bùi Minh Quân đã đặt lại xác thực hai bước của tài khoản này lúc")


def test_there_is_nothing_to_reset_where_none_is(ward: Ward, sign_in: SignIn):
    url = f"/quan-tri/tai-khoan/{ward.account('officer_kp1').id}/dat-lai-xac-thuc"
    assert sign_in("admin").send(url, status=200).errors == ["Tài khoản này chưa bật xác thực hai bước."]
    own = f"/quan-tri/tai-khoan/{ward.account('admin').id}/dat-lai-xac-thuc"
    sign_in("admin").get(own, status=403)


def test_the_console_helps_the_only_administrator(ward: Ward, sign_in: SignIn):
    done = run(ward, "reset-second-factor", "admin")
    assert done.exit_code == 0, done.output
    person = sign_in("nobody")
    assert person.send(DOOR, {"username": "admin", "password": PASSWORD}).location == "/"
    assert person.get("/", status=302).location == ENROL
    assert run(ward, "reset-second-factor", "admin").exit_code == 1
    assert "không có tài khoản" in run(ward, "reset-second-factor", "khong-co").output


def test_another_servers_key_opens_nothing_and_breaks_nothing(ward: Ward, lan: str, sign_in: SignIn):
    person = sign_in("nobody")
    page = first_step(person, lan)
    ward.session.execute(update(SecondFactor).values(sealed="AAAA" * 20))
    ward.session.commit()
    assert person.send_form(page.form(), {"one_time_code": code()}, status=200).errors == [WRONG_CODE]


def test_the_pages_are_for_who_is_signed_in(sign_in: SignIn):
    for url in (ENROL, OFF, CODES):
        assert sign_in("nobody").get(url, status=302).location.startswith(DOOR)


def test_no_code_is_kept_with_what_was_typed_when_the_session_ended(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    page = person.get(CODES)
    person.client.delete_cookie("session")
    typed = {"password": PASSWORD, "one_time_code": "k7fm-x2qp-9whd"}
    asked = person.send_form(page.form(CODES), typed, status=401)
    person.send_form(asked.form(DOOR), {"username": "officer_kp1", "password": PASSWORD})
    assert not [row for row in ward.session.scalars(select(UnsentForm)) if "9whd" in row.fields]
