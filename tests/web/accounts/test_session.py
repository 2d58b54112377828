"""How long a session lasts, and what ends it."""

from datetime import timedelta
from pathlib import Path

import pytest

from pledges.core import clock
from pledges.core.database import db
from tests.support import apps
from tests.support.clock import Hands
from tests.support.critic import Critic, SignIn, fill
from tests.support.databases import Database
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import DAY, PASSWORD, add_account

OWN = "/tai-khoan"


def age(person: Critic, **ages: timedelta) -> None:
    """Let the session have begun, or been used last, that long ago."""
    with person.client.session_transaction() as cookie:
        for name, old in ages.items():
            cookie[name] = clock.real().timestamp() - old.total_seconds()


def is_out(person: Critic) -> bool:
    return person.get(OWN, status=None).location.startswith("/dang-nhap")


@pytest.mark.parametrize(("idle", "out"), [(timedelta(minutes=59), False), (timedelta(minutes=61), True)])
def test_it_ends_after_an_hour_of_nothing(sign_in: SignIn, idle: timedelta, out: bool):
    person = sign_in("officer_kp1")
    age(person, seen=idle)
    assert is_out(person) is out


@pytest.mark.parametrize(("old", "out"), [(timedelta(hours=7.9), False), (timedelta(hours=8.1), True)])
def test_it_ends_after_a_working_day_whatever_is_done(sign_in: SignIn, old: timedelta, out: bool):
    person = sign_in("officer_kp1")
    age(person, since=old, seen=timedelta(minutes=1))
    assert is_out(person) is out


def test_each_page_prolongs_it(sign_in: SignIn):
    person = sign_in("officer_kp1")
    age(person, seen=timedelta(minutes=50))
    person.get(OWN)
    with person.client.session_transaction() as cookie:
        assert clock.real().timestamp() - cookie["seen"] < 60


@pytest.mark.parametrize("missing", ["since", "seen", "session"])
def test_a_session_without_its_marks_is_none(sign_in: SignIn, missing: str):
    person = sign_in("officer_kp1")
    with person.client.session_transaction() as cookie:
        del cookie[missing]
    assert is_out(person)


def test_a_closed_account_is_out_at_once(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    ward.account("officer_kp1").closed_at = ward.now
    ward.session.commit()
    assert is_out(person)


def test_who_is_in_stays_in_when_strangers_have_the_account_locked(ward: Ward, sign_in: SignIn):
    person = sign_in("officer_kp1")
    ward.account("officer_kp1").locked_at = ward.now
    ward.session.commit()
    assert not is_out(person)


def test_the_cookie_is_for_this_site_and_no_script(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(OWN)
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert page.headers["Cache-Control"] == "no-store"


def test_over_https_cookies_are_of_this_host_alone(tmp_path: Path):
    app = apps.make(tmp_path / "instance", Hands(DAY), HTTPS=True, PROXIES=1, TRUSTED_HOSTS=["thidua.vn"])
    with app.app_context():
        db.create_all()
        account = add_account(db.session(), "officer_kp1", "Nguyễn Thị Lan", at=clock.now())
        db.session.commit()
        typed = {"username": account.username, "password": PASSWORD}
    here = {"base_url": "https://thidua.vn"}
    client = app.test_client()
    form = Page("/dang-nhap", client.get("/dang-nhap", **here)).form("/dang-nhap")
    answer = client.post("/dang-nhap", data=fill(form, typed), **here)
    made = {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
    assert set(made) == {"__Host-session", "__Host-known-browser"}
    for line in made.values():
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; ")[1:])
        assert "Domain" not in line
    assert "Expires" not in made["__Host-session"]
    apps.close(app)


@pytest.mark.parametrize("key", ["%00", "a%00" * 12, "²" * 24, "a" * 24, "a" * 100_000, ""])
def test_a_key_that_keeps_nothing_shows_an_empty_form(database: Database, key: str):
    lan = Critic(database.ward(), "officer_kp1")
    assert lan.get(f"/phan-viec/dang-ky?giu={key}").form().fields["title"] == [""]
