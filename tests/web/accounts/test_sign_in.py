"""Signing in: who gets in, who is kept out and with which words, and where it leads."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from pledges.accounts import operations, signing_in
from pledges.accounts.attempts import TOO_OFTEN
from pledges.accounts.models import Account, SignInAttempt
from pledges.accounts.rules import ATTEMPTS_KEPT, BY_ACCOUNT, BY_ADDRESS, LOCK_AFTER
from pledges.accounts.sessions import local_path
from pledges.audit.models import LogEntry
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import PASSWORD, code

PAGE = "/dang-nhap"


def enter(person: Critic, username: str, password: str = PASSWORD, **more: Any) -> Page:
    return person.send(PAGE, {"username": username, "password": password}, **more)


def test_the_right_password_leads_to_the_first_page_and_into_the_log(ward: Ward, sign_in: SignIn):
    person = sign_in("nobody")
    assert enter(person, "officer_kp1").location == "/"
    assert person.get("/tai-khoan").h1 == "Tài khoản của tôi"
    entry = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert (entry.action, entry.actor_name) == ("account.signed_in", "Nguyễn Thị Lan")


@pytest.mark.parametrize("typed", ["OFFICER_KP1", "  officer_kp1 "])
def test_capitals_and_blanks_of_a_phone_do_no_harm(sign_in: SignIn, typed: str):
    assert enter(sign_in("nobody"), typed).location == "/"


@pytest.mark.parametrize("username", ["officer_kp1", "khong-co-ai"])
def test_a_wrong_password_and_a_strange_name_get_the_same_words(sign_in: SignIn, username: str):
    page = enter(sign_in("nobody"), username, "sai mật khẩu rồi", status=200)
    assert page.errors == [signing_in.WRONG]
    assert page.form(PAGE).fields["username"] == [username]
    assert "sai mật khẩu rồi" not in page.html


@pytest.mark.parametrize("username", ["officer_kp1", "khong-co-ai", "ended"])
def test_every_name_costs_one_hash(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, username: str
):
    ward.account("ended").closed_at = ward.now
    ward.session.commit()
    checked: list[bool] = []
    real = operations.check_password_hash

    def watched(known: str, password: str) -> bool:
        checked.append(known.startswith("scrypt:"))
        return real(known, password)

    monkeypatch.setattr(operations, "check_password_hash", watched)
    enter(sign_in("nobody"), username, "sai mật khẩu rồi", status=200)
    assert checked == [True]


def test_the_hash_of_nobody_costs_what_a_new_one_does():
    method = operations.generate_password_hash("x").partition("$")[0]
    assert operations.NOBODYS_HASH.startswith(f"{method}$")


def test_no_transaction_is_open_while_a_password_is_checked(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    def while_somebody_writes(known: str | None, password: str) -> bool:
        ward.session.connection().exec_driver_sql("UPDATE unit SET position = position")
        ward.session.commit()
        return True

    monkeypatch.setattr(operations, "password_is", while_somebody_writes)
    assert enter(sign_in("nobody"), "officer_kp1").location == "/"


@pytest.mark.parametrize("username", ["officer_kp1", "khong-co-ai"])
def test_after_five_failures_even_the_right_password_waits(
    ward: Ward, sign_in: SignIn, freeze, username: str
):
    person = sign_in("nobody")
    for _time in range(BY_ACCOUNT.failures):
        assert enter(person, username, "sai", status=200).errors == [signing_in.WRONG]
    assert enter(person, username, status=200).errors == [TOO_OFTEN]
    freeze(ward.now + BY_ACCOUNT.within)
    if username == "officer_kp1":
        assert enter(person, username).location == "/"
        assert ward.session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_one_address_can_not_try_many_names(ward: Ward, sign_in: SignIn):
    for number in range(BY_ADDRESS.failures):
        ward.session.add(SignInAttempt(username=f"ten{number}", address="127.0.0.1", at=ward.now))
    ward.session.commit()
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [TOO_OFTEN]
    elsewhere = sign_in("nobody")
    elsewhere.client.environ_base["REMOTE_ADDR"] = "10.0.0.9"
    assert enter(elsewhere, "officer_kp1").location == "/"


def test_attempts_that_count_no_more_are_forgotten(ward: Ward, sign_in: SignIn):
    old = ward.now - LOCK_AFTER.within
    ward.session.add(SignInAttempt(username="ai-do", address="10.0.0.9", at=old))
    ward.session.add(SignInAttempt(username="officer_kp2", address="10.0.0.9", at=old))
    ward.session.add(SignInAttempt(username="leader", address="10.0.0.9", at=ward.now - ATTEMPTS_KEPT))
    ward.session.commit()
    enter(sign_in("nobody"), "officer_kp1", "sai", status=200)
    kept = ward.session.scalars(select(SignInAttempt.username).order_by(SignInAttempt.username))
    assert list(kept) == ["officer_kp1", "officer_kp2"]


def test_a_page_without_its_token_counts_as_no_attempt(ward: Ward, sign_in: SignIn):
    page = sign_in("nobody").post(PAGE, {"username": "officer_kp1", "password": "sai"}, status=200)
    assert any("gửi lại" in words for words in page.errors)
    assert ward.session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_a_closed_account_says_so_only_to_who_knows_the_password(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").closed_at = ward.now
    ward.session.commit()
    assert enter(sign_in("nobody"), "officer_kp1", "sai", status=200).errors == [signing_in.WRONG]
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [signing_in.CLOSED]


def test_a_password_changed_while_it_was_checked_opens_nothing(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    def meanwhile(known: str | None, password: str) -> bool:
        ward.session.execute(update(Account).values(password_hash="scrypt:changed"))
        ward.session.commit()
        return True

    monkeypatch.setattr(operations, "password_is", meanwhile)
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [signing_in.WRONG]


def test_the_cookie_from_before_is_not_the_session(sign_in: SignIn):
    person = sign_in("nobody")
    person.get(PAGE)
    with person.client.session_transaction() as before:
        before["planted"] = "by somebody else"
        token = before["csrf"]
    enter(person, "officer_kp1")
    with person.client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf") != token
        assert after["_user_id"]


def test_a_double_click_signs_in_twice(sign_in: SignIn):
    first, second = sign_in("nobody"), sign_in("nobody")
    page = first.get(PAGE)
    with first.client.session_transaction() as mine, second.client.session_transaction() as copy:
        copy.update(mine)
    typed = {"username": "officer_kp1", "password": PASSWORD}
    assert first.send_form(page.form(PAGE), typed).location == "/"
    assert second.send_form(page.form(PAGE), typed).location == "/"
    assert second.get("/tai-khoan").h1 == "Tài khoản của tôi"


def test_it_leads_to_the_page_that_was_wanted(sign_in: SignIn):
    person = sign_in("nobody")
    wanted = person.get("/quan-tri/nhat-ky?loai=unit", status=302)
    assert wanted.location == "/dang-nhap?tiep=/quan-tri/nhat-ky?loai%3Dunit"
    asked = person.send(wanted.location, {"username": "admin", "password": PASSWORD}, status=200)
    assert person.send_form(asked.form(), {"one_time_code": code()}).location == "/quan-tri/nhat-ky?loai=unit"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/\u200b/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ],
)
def test_it_never_leads_to_another_site(ward: Ward, sign_in: SignIn, target: str):
    with ward.app.test_request_context():
        assert local_path(target) == "/"
    person = sign_in("nobody")
    typed = {"username": "officer_kp1", "password": PASSWORD, "next": target}
    assert person.send(PAGE, typed).location == "/"


def test_who_holds_no_post_any_more_sees_only_the_own_account(sign_in: SignIn):
    person = sign_in("nobody")
    enter(person, "ended")
    assert "Khu phó Khu phố 1" in person.get("/tai-khoan").text
    assert [link.text for link in person.get("/").links if link.url.startswith("/phan-viec")] == []
    for url in ("/phan-viec", "/cam-ket", "/theo-doi", "/quan-tri/tai-khoan", "/quan-tri/nhat-ky"):
        person.get(url, status=403)


def test_who_uses_a_password_that_others_know_must_change_it_first(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").must_change_password = True
    ward.session.commit()
    person = sign_in("nobody")
    enter(person, "officer_kp1")
    for url in ("/", "/phan-viec", "/tai-khoan"):
        assert person.get(url, status=302).location == "/tai-khoan/doi-mat-khau"
    assert person.post("/phan-viec/dang-ky", {}, status=403).h1 == "Chưa có quyền thực hiện"
    assert "Mật khẩu hiện nay do người khác đặt" in person.get("/tai-khoan/doi-mat-khau").text
    person.get("/tro-giup")


def test_what_was_typed_when_the_session_ended_comes_back(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    page = admin.get("/quan-tri/don-vi/lap")
    admin.client.delete_cookie("session")
    asked = admin.send_form(page.form(), {"name": "Khu phố 6", "short_name": "Khu 6"}, status=401)
    assert "vẫn được giữ" in asked.text
    typed = {"username": "admin", "password": PASSWORD}
    second = admin.send_form(asked.form(PAGE), typed, status=200)
    back = admin.send_form(second.form(), {"one_time_code": code()}, follow=True)
    assert back.form().fields["name"] == ["Khu phố 6"]


def test_what_was_typed_never_comes_to_another_person(sign_in: SignIn):
    admin = sign_in("admin")
    page = admin.get("/quan-tri/don-vi/lap")
    admin.client.delete_cookie("session")
    asked = admin.send_form(page.form(), {"name": "Khu phố 6"}, status=401)
    typed = {"username": "officer_kp1", "password": PASSWORD}
    landed = admin.send_form(asked.form(PAGE), typed)
    assert "giu=" not in landed.location
