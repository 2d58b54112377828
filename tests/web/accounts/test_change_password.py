"""Changing the own password."""

import pytest
from sqlalchemy import select

from pledges.accounts.attempts import TOO_OFTEN
from pledges.accounts.rules import BY_ACCOUNT
from pledges.accounts.signing_in import WRONG
from pledges.audit.models import LogEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.support.world import CHEAP_HASH, PASSWORD

PAGE = "/tai-khoan/doi-mat-khau"
NEW = "bến phà cũ có cây đa"


def typed(present: str = PASSWORD, new: str = NEW, again: str | None = None) -> dict[str, str]:
    return {"present_password": present, "password": new, "password_again": again or new}


def test_the_new_one_opens_and_the_others_sessions_end(ward: Ward, sign_in: SignIn):
    ward.account("officer_kp1").must_change_password = True
    ward.session.commit()
    here, elsewhere = sign_in("officer_kp1"), sign_in("officer_kp1")
    page = here.send(PAGE, typed(), follow=True)
    assert "Các phiên khác của đồng chí đã kết thúc" in page.said
    assert page.h1 == "Việc của tôi"
    assert elsewhere.get("/tai-khoan", status=302).location.startswith("/dang-nhap")
    assert not ward.account("officer_kp1").must_change_password
    fresh = sign_in("nobody").send("/dang-nhap", {"username": "officer_kp1", "password": NEW})
    assert fresh.location == "/"
    old = sign_in("nobody").send("/dang-nhap", {"username": "officer_kp1", "password": PASSWORD}, status=200)
    assert old.errors == [WRONG]


def test_neither_the_log_nor_the_page_holds_a_password(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").send(PAGE, typed(new="ngắn"), status=200)
    assert "ngắn" not in page.html.replace("câu ngắn", "")
    sign_in("officer_kp1").send(PAGE, typed())
    for entry in ward.session.scalars(select(LogEntry)):
        assert NEW not in entry.before + entry.after + entry.note
        assert PASSWORD not in entry.before + entry.after + entry.note


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("ngắn quá", None, "Mật khẩu cần ít nhất 10 ký tự."),
        ("matkhau123", None, "nhiều người hay dùng"),
        ("aaaaaaaaaaaa", None, "nhiều người hay dùng"),
        ("nguyễn lan khu phố 1", None, "tên của đồng chí hoặc đơn vị"),
        ("officer_kp1 2024", None, "không được chứa tên đăng nhập"),
        (NEW, "bến phà cũ có cây đề", "Hai lần nhập mật khẩu chưa giống nhau."),
        ("x" * 201, None, "dài nhất 200 ký tự"),
    ],
)
def test_an_easy_one_is_refused_beside_the_field(sign_in: SignIn, new: str, again: str | None, words: str):
    page = sign_in("officer_kp1").send(PAGE, typed(new=new, again=again), status=200)
    assert any(words in error for error in page.errors)


def test_guessing_the_present_one_is_counted(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    for _time in range(BY_ACCOUNT.failures):
        page = person.send(PAGE, typed(present="sai mất rồi"), status=200)
        assert page.errors == ["Mật khẩu hiện nay chưa đúng."]
    assert person.send(PAGE, typed(), status=200).errors == [TOO_OFTEN]
    assert ward.account("officer_kp1").password_hash == CHEAP_HASH


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(PAGE, status=302).location.startswith("/dang-nhap")
