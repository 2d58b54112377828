"""The own sessions: which there are, ending one, signing out everywhere; an administrator ends all."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from pledges.accounts.models import AccountSession
from pledges.accounts.rules import SEEN_EVERY
from pledges.audit.models import LogEntry
from pledges.core import clock
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import PASSWORD

OWN, EVERYWHERE = "/tai-khoan", "/tai-khoan/dang-xuat-moi-noi"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def is_out(person: Critic) -> bool:
    return person.get(OWN, status=None).location.startswith("/dang-nhap")


def newest(ward: Ward) -> AccountSession:
    return ward.session.scalars(select(AccountSession).order_by(AccountSession.id.desc()).limit(1)).one()


def end_page(ward: Ward) -> str:
    return f"/tai-khoan/phien/{newest(ward).id}/ket-thuc"


def sessions_on(page: Page) -> str:
    return page.text[page.text.index("Nơi đang đăng nhập") : page.text.index("Đăng xuất mọi nơi")]


def test_the_page_lists_where_the_account_is_signed_in_and_nobody_else_is(ward: Ward, sign_in: SignIn):
    sign_in("mate_kp1")
    other = sign_in("nobody")
    other.client.environ_base |= {"HTTP_USER_AGENT": EDGE, "REMOTE_ADDR": "10.0.0.9"}
    other.send("/dang-nhap", {"username": "officer_kp1", "password": PASSWORD})
    said = sessions_on(sign_in("officer_kp1").get(OWN))
    assert "Edge trên Windows" in said
    assert "10.0.0.9" in said
    assert said.count("phiên này") == 1
    assert said.count("lưu, gửi gần nhất vừa mới đây") == 2
    assert EDGE not in newest(ward).browser


def test_one_that_is_ended_is_out_and_the_others_are_not(ward: Ward, sign_in: SignIn):
    here, elsewhere = sign_in("officer_kp1"), sign_in("officer_kp1")
    page = here.send(end_page(ward), follow=True)
    assert page.said.startswith("Đã kết thúc phiên")
    assert is_out(elsewhere)
    assert not is_out(here)


def test_the_own_one_is_left_by_signing_out(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    assert person.get(end_page(ward), status=302).location == "/dang-xuat"


@pytest.mark.parametrize("who", ["mate_kp1", "admin", "outsider"])
def test_nobody_ends_anothers(ward: Ward, sign_in: SignIn, who: str):
    theirs = sign_in("officer_kp1")
    url = end_page(ward)
    sign_in(who).get(url, status=404)
    assert not is_out(theirs)
    assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")


def test_everywhere_is_everywhere(ward: Ward, sign_in: SignIn):
    here, elsewhere, mate = sign_in("officer_kp1"), sign_in("officer_kp1"), sign_in("mate_kp1")
    page = here.send(EVERYWHERE, follow=True)
    assert (page.h1, page.said) == ("Đăng nhập", "Đồng chí đã đăng xuất ở mọi nơi.")
    assert is_out(here)
    assert is_out(elsewhere)
    assert not is_out(mate)
    entry = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert (entry.action, entry.actor_name) == ("account.sessions_ended", "Nguyễn Thị Lan")


def test_an_administrator_ends_all_of_an_account(ward: Ward, sign_in: SignIn):
    theirs, number = sign_in("officer_kp1"), ward.account("officer_kp1").id
    url = f"/quan-tri/tai-khoan/{number}/ket-thuc-phien"
    for who in ("leader", "mate_kp1", "clerk"):
        sign_in(who).get(url, status=403)
    page = sign_in("admin").send(url, follow=True)
    assert page.said == "Đã kết thúc mọi phiên của Nguyễn Thị Lan."
    assert is_out(theirs)
    assert "Đã kết thúc mọi phiên đăng nhập của tài khoản" in page.text


def test_not_of_people_elsewhere_and_not_the_own(ward: Ward, sign_in: SignIn):
    admin = sign_in("admin")
    admin.get(f"/quan-tri/tai-khoan/{ward.account('outsider').id}/ket-thuc-phien", status=404)
    admin.get(f"/quan-tri/tai-khoan/{ward.account('admin').id}/ket-thuc-phien", status=403)


def test_a_cookie_without_its_row_opens_nothing(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    ward.session.delete(newest(ward))
    ward.session.commit()
    assert is_out(person)


def test_a_row_of_another_account_opens_nothing(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    ward.session.execute(update(AccountSession).values(account_id=ward.account("leader").id))
    ward.session.commit()
    assert is_out(person)


def test_reading_notes_nothing_and_sending_now_and_then(ward: Ward, sign_in: SignIn, count_queries):
    person = sign_in("officer_kp1")
    long_ago = clock.real() - SEEN_EVERY * 3
    ward.session.execute(update(AccountSession).values(started_at=long_ago, seen_at=long_ago))
    ward.session.commit()
    person.get(OWN)
    assert newest(ward).seen_at == long_ago
    person.post("/luu-tam", {}, status=None)
    noted = newest(ward).seen_at
    assert clock.real() - noted < timedelta(minutes=1)
    with count_queries() as count:
        person.post("/luu-tam", {}, status=None)
    assert not [one for one in count.statements if "UPDATE account_session" in one]


def test_signing_in_anew_ends_the_session_that_was_there(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    first = newest(ward).id
    person.send("/dang-nhap", {"username": "officer_kp1", "password": PASSWORD})
    assert newest(ward).id != first
    assert ward.session.get(AccountSession, first) is None


def test_rows_that_no_cookie_can_open_any_more_are_cleaned_up(ward: Ward, sign_in: SignIn):
    sign_in("leader")
    old = clock.real() - timedelta(hours=9)
    ward.session.execute(update(AccountSession).values(started_at=old, seen_at=old))
    ward.session.commit()
    sign_in("officer_kp1")
    assert len(list(ward.session.scalars(select(AccountSession)))) == 1


def test_the_key_itself_is_not_kept(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    with person.client.session_transaction() as cookie:
        assert newest(ward).key_digest != cookie["session"]
        assert len(newest(ward).key_digest) == 64
