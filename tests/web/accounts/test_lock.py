"""Too many guesses shut strangers out for a while, and nobody else; the person learns of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from pledges.accounts import signing_in
from pledges.accounts.attempts import SHUT, TOO_OFTEN
from pledges.accounts.models import SignInAttempt
from pledges.accounts.rules import BY_ACCOUNT, LOCK_AFTER
from pledges.audit.models import LogEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.test_sign_in import enter


def guessed(ward: Ward, times: int, ago: timedelta = timedelta(minutes=20), browser: str = "") -> None:
    """Somebody elsewhere tried the account in vain."""
    for number in range(times):
        at = ward.now - ago - timedelta(minutes=number)
        one = SignInAttempt(username="officer_kp1", address="10.0.0.9", browser=browser, at=at)
        ward.session.add(one)
    ward.session.commit()


def test_strangers_are_shut_out_for_a_day_or_until_it_is_opened(ward: Ward, sign_in: SignIn, freeze):
    guessed(ward, LOCK_AFTER.failures - 1)
    person = sign_in("nobody")
    assert enter(person, "officer_kp1", "sai", status=200).errors == [signing_in.WRONG]
    assert ward.account("officer_kp1").locked_at == ward.now
    assert enter(person, "officer_kp1", status=200).errors == [SHUT]
    entry = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert (entry.action, entry.actor_name) == ("account.locked", "Hệ thống")

    number = ward.account("officer_kp1").id
    sign_in("admin").send(f"/quan-tri/tai-khoan/{number}/mo-lai", follow=True)
    assert enter(person, "officer_kp1").location == "/"


def test_the_lock_ends_by_itself(ward: Ward, sign_in: SignIn, freeze):
    guessed(ward, LOCK_AFTER.failures)
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [SHUT]
    freeze(ward.now + LOCK_AFTER.within)
    assert enter(sign_in("nobody"), "officer_kp1").location == "/"


def test_a_name_of_nobody_is_shut_like_any_other(ward: Ward, sign_in: SignIn):
    guessed(ward, LOCK_AFTER.failures)
    ward.session.execute(update(SignInAttempt).values(username="khong-co-ai"))
    ward.session.commit()
    assert enter(sign_in("nobody"), "khong-co-ai", status=200).errors == [SHUT]


def test_a_stranger_locks_nobody_out_of_the_own_browser(ward: Ward, sign_in: SignIn, freeze):
    own = sign_in("nobody")
    enter(own, "officer_kp1")
    own.send("/dang-xuat")
    freeze(ward.now + timedelta(hours=2))
    guessed(ward, LOCK_AFTER.failures)
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [SHUT]
    page = enter(own, "officer_kp1", follow=True)
    assert "bị nhập sai 20 lần" in page.said
    assert enter(sign_in("nobody"), "officer_kp1", status=200).errors == [SHUT]
    assert "bị nhập sai 20 lần" in own.get("/tai-khoan").text


def test_a_known_browser_knows_only_who_signed_in_from_it(ward: Ward, sign_in: SignIn):
    insider = sign_in("nobody")
    enter(insider, "officer_kp2")
    insider.send("/dang-xuat")
    guessed(ward, LOCK_AFTER.failures)
    assert enter(insider, "officer_kp1", status=200).errors == [SHUT]


def test_a_known_browser_has_no_endless_patience_either(sign_in: SignIn):
    own = sign_in("nobody")
    enter(own, "officer_kp1")
    own.send("/dang-xuat")
    for _time in range(BY_ACCOUNT.failures):
        enter(own, "officer_kp1", "sai", status=200)
    assert enter(own, "officer_kp1", status=200).errors == [TOO_OFTEN]
    assert enter(sign_in("nobody"), "officer_kp1").location == "/"


@pytest.mark.parametrize("mark", ["", "made up", "WyJhIixbXV0.aaaa.bbbb"])
def test_a_mark_that_was_not_made_here_is_none(ward: Ward, sign_in: SignIn, mark: str):
    guessed(ward, LOCK_AFTER.failures)
    person = sign_in("nobody")
    person.client.set_cookie("known-browser", mark)
    assert enter(person, "officer_kp1", status=200).errors == [SHUT]


def test_own_slips_of_a_moment_ago_are_not_told(sign_in: SignIn):
    person = sign_in("nobody")
    enter(person, "officer_kp1", "nhầm", status=200)
    assert "nhập sai" not in enter(person, "officer_kp1", follow=True).text


def test_who_signs_in_is_told_what_others_did_to_the_account(ward: Ward, sign_in: SignIn, freeze):
    enter(sign_in("nobody"), "officer_kp1")
    number = ward.account("officer_kp1").id
    freeze(ward.now + timedelta(minutes=1))
    sign_in("admin").send(f"/quan-tri/tai-khoan/{number}/ket-thuc-phien")
    freeze(ward.now + timedelta(minutes=1))
    said = enter(sign_in("nobody"), "officer_kp1", follow=True).said
    assert said.startswith("Bùi Minh Quân đã kết thúc mọi phiên đăng nhập của tài khoản này lúc")


def test_guesses_of_a_clock_that_ran_ahead_shut_nobody_out(ward: Ward, sign_in: SignIn):
    guessed(ward, LOCK_AFTER.failures, ago=-timedelta(days=400))
    assert enter(sign_in("nobody"), "officer_kp1").location == "/"
