"""Signing out ends the session, for a copy of its cookie too."""

from sqlalchemy import func, select

from pledges.accounts.models import AccountSession
from tests.support.critic import Critic, SignIn
from tests.support.ward import Ward

OUT = "/dang-xuat"


def leave(person: Critic):
    page = person.get(OUT)
    return person.send_form(page.form(OUT))


def test_it_ends_the_session(sign_in: SignIn):
    person = sign_in("officer_kp1")
    page = person.follow(leave(person))
    assert (page.h1, page.said) == ("Đăng nhập", "Đồng chí đã đăng xuất.")
    assert person.get("/tai-khoan", status=302).location.startswith("/dang-nhap")


def test_a_copy_of_the_cookie_opens_nothing_afterwards(ward: Ward, sign_in: SignIn):
    person, copy, other = sign_in("officer_kp1"), sign_in("nobody"), sign_in("officer_kp1")
    with person.client.session_transaction() as mine, copy.client.session_transaction() as stolen:
        stolen.update(mine)
    assert copy.get("/tai-khoan").h1 == "Tài khoản của tôi"
    leave(person)
    assert copy.get("/tai-khoan", status=302).location.startswith("/dang-nhap")
    other.get("/tai-khoan")
    assert ward.session.scalar(select(func.count()).select_from(AccountSession)) == 1


def test_a_press_from_a_page_of_another_session_is_asked_again(sign_in: SignIn):
    person = sign_in("officer_kp1")
    page = person.post(OUT, {}, status=200)
    assert "vẫn đang đăng nhập" in page.text
    person.get("/tai-khoan")
    assert person.send_form(page.form(OUT)).location == "/dang-nhap"


def test_nobody_has_nothing_to_leave(sign_in: SignIn):
    assert sign_in("nobody").get(OUT, status=302).location == "/dang-nhap"
    assert sign_in("nobody").post(OUT, {}).location == "/dang-nhap"
