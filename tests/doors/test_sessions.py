"""Sessions that somebody else planted, numbers that somebody tries, and what signing in gives away."""

import re

import pytest
from flask.testing import FlaskClient

from pledges.accounts import operations
from tests.doors import table
from tests.doors.conftest import House
from tests.doors.filling import forms
from tests.doors.knocking import MISSING, WHOSE, Knocker, address, rules_of
from tests.doors.places import HP, KP1, KP2
from tests.support.world import PASSWORD

SIGN_IN = "/dang-nhap"


def enter(client: FlaskClient, username: str, password: str = PASSWORD) -> int:
    """Sign in as the page does."""
    fields = next(fields for _, fields in forms(client.get(SIGN_IN).get_data()) if "password" in fields)
    return client.post(SIGN_IN, data={**fields, "username": username, "password": password}).status_code


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return str(found.value)


def who(house: House, cookie: str) -> str:
    """Whom the server takes the holder of a cookie for."""
    client = house.ward.app.test_client(use_cookies=False)
    page = client.get("/tai-khoan", headers={"Cookie": f"session={cookie}"})
    names = {name: house.ward.account(name).name for name in ("officer_kp1", "outsider")}
    house.ward.settle()
    return next((name for name, full in names.items() if full in page.get_data(as_text=True)), "nobody")


def test_a_planted_cookie_of_nobody_does_not_become_the_victims(own: House):
    attacker, victim = own.ward.app.test_client(), own.ward.app.test_client()
    attacker.get(SIGN_IN)
    planted = cookie_of(attacker)
    victim.set_cookie("session", planted)
    assert enter(victim, "officer_kp1") == 302
    assert cookie_of(victim) != planted
    assert (who(own, planted), who(own, cookie_of(victim))) == ("nobody", "officer_kp1")


def test_a_planted_cookie_of_the_attackers_stays_the_attackers_or_dies(own: House):
    attacker, victim = own.ward.app.test_client(), own.ward.app.test_client()
    assert enter(attacker, "outsider") == 302
    planted = cookie_of(attacker)
    victim.set_cookie("session", planted)
    assert enter(victim, "officer_kp1") == 302
    assert who(own, cookie_of(victim)) == "officer_kp1"
    assert who(own, planted) in {"outsider", "nobody"}


def test_a_copied_cookie_ends_when_its_owner_leaves(own: House):
    client = own.ward.app.test_client()
    enter(client, "officer_kp1")
    copied = cookie_of(client)
    fields = next(iter(forms(client.get("/dang-xuat").get_data())))[1]
    assert client.post("/dang-xuat", data=fields).status_code == 302
    assert who(own, copied) == "nobody"


def test_the_cookie_is_kept_from_scripts_and_other_sites(own: House):
    client = own.ward.app.test_client()
    fields = next(fields for _, fields in forms(client.get(SIGN_IN).get_data()) if "password" in fields)
    answer = client.post(SIGN_IN, data={**fields, "username": "officer_kp1", "password": PASSWORD})
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie, cookie
        assert re.search("SameSite=(Lax|Strict)", cookie), cookie


@pytest.mark.parametrize(
    "username", ["officer_kp1", "khong-co-ai", "locked", "ended", "", "a" * 5000, "x\x00"]
)
def test_every_name_costs_the_same_number_of_hashes(
    own: House, monkeypatch: pytest.MonkeyPatch, username: str
):
    asked: list[str] = []
    real = operations.check_password_hash
    monkeypatch.setattr(
        operations, "check_password_hash", lambda known, typed: asked.append(known) or real(known, typed)
    )
    enter(own.ward.app.test_client(), username, "sai mật khẩu rồi đó")
    known = bool(username) and len(username) < 1000
    assert len(asked) == 1 or (not known and asked == []), (
        "an empty or endless name is refused before it is looked for"
    )
    assert all(one.startswith("scrypt:") for one in asked)


def told(page: str, url: str) -> str:
    """An answer without what is drawn anew for each, and without its own address."""
    plain = re.sub(r'value="[^"]*"', "", page.replace(url, "URL"))
    return re.sub(r"\b[0-9a-f]{10}\b|[0-9a-f]{16,}", "", plain)


@pytest.mark.parametrize("person", ["officer_kp1", "clerk", "outsider"])
def test_not_there_and_not_yours_are_one_answer(own: House, person: str):
    """To the letter, for each door that says 404 to both: numbers can be tried, and nothing is learned."""
    somebody, rows, compared = Knocker(own.ward, person), table.kept(), 0
    own.restored.keep()
    for rule in rules_of(own.ward.app):
        for whose in (KP1, KP2, HP):
            url = address(own.ward.app, rule, own.places, whose)
            other = address(own.ward.app, rule, own.places, MISSING)
            if not rule.arguments or "GET" not in (rule.methods or ()) or url is None or other is None:
                continue
            if rows[rule.endpoint, "GET"].cells[person][WHOSE.index(whose)] != "n":
                continue
            found = [somebody.client.get(one, headers=somebody.headers) for one in (url, other)]
            assert [one.status_code for one in found] == [404, 404], url
            first, second = (
                told(one.get_data(as_text=True), asked)
                for one, asked in zip(found, (url, other), strict=True)
            )
            assert first == second, url
            compared += 1
    assert compared > 30, compared
