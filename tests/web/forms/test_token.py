"""A dead token shows the form with all that was typed; one click sends it."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pledges.core.forms.messages import KEPT
from pledges.tasks.models import Task
from tests.support.apps import KEY
from tests.support.critic import Critic
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"
TYPED = {
    "title": "Trồng cây xanh dọc đường Hà Khánh",
    "product": "Hàng cây “sống khỏe” & <đẹp>",
    "start_on": "15/10/2024",
    "due_on": "cuối năm",
    "state_funding": "1.5.2",
    "indicators-0-label": "Cây trồng mới",
    "indicators-0-target": "abc",
}
RIGHT = {
    "due_on": "31/12/2024",
    "state_funding": "12,5",
    "indicators-0-target": "300",
    "indicators-0-measure": "cây",
}


def forgotten(lan: Critic, _token: str) -> str | None:
    """The server's part of the token is gone: the browser signed in anew in another tab."""
    with lan.client.session_transaction() as kept:
        kept["csrf"] = "another"
    return None


def expired(lan: Critic, _token: str) -> str:
    """Rightly made, eight hours and more ago."""
    moment = "20241015000000"
    with lan.client.session_transaction() as kept:
        signed = hmac.digest(KEY.encode(), f"{kept['csrf']}{moment}".encode(), "sha1").hex()
    return f"{moment}##{signed}"


def foreign(_lan: Critic, token: str) -> str:
    return token[:-1] + ("0" if token[-1] != "0" else "1")


DEATHS: dict[str, Callable[[Critic, str], str | None]] = {
    "the session is another": forgotten,
    "its time is over": expired,
    "it was made elsewhere": foreign,
    "it is missing": lambda _lan, _token: "",
    "it is no token": lambda _lan, _token: "##",
}


@pytest.mark.parametrize("death", DEATHS)
def test_all_that_was_typed_is_there_and_one_click_sends(
    ward: Ward, sign_in: Callable[[str], Critic], death: str
):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    token = DEATHS[death](lan, form.fields["csrf_token"][0])
    dead = {} if token is None else {"csrf_token": token}
    page = lan.send_form(form, {**TYPED, **RIGHT, **dead}, button="Lưu nháp", status=200)
    assert KEPT in page.errors
    shown = page.form().fields
    assert {name: shown[name] for name in {**TYPED, **RIGHT}} == {
        name: [value] for name, value in {**TYPED, **RIGHT}.items()
    }
    assert ward.session.scalars(select(Task)).all() == []
    lan.send_form(page.form(), button="Lưu nháp")
    task = ward.session.scalars(select(Task)).one()
    assert (task.title, task.product) == (TYPED["title"], TYPED["product"])


def test_what_cannot_be_read_is_shown_as_it_was_typed(sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    page = lan.send_form(form, {**TYPED, "csrf_token": ""}, button="Lưu nháp", status=200)
    shown = page.form().fields
    assert {name: shown[name] for name in TYPED} == {name: [value] for name, value in TYPED.items()}


def test_a_token_lives_as_long_as_the_session(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    before = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    token = lan.get(REGISTER).form().fields["csrf_token"][0]
    until = datetime.strptime(token.split("##")[0], "%Y%m%d%H%M%S")  # noqa: DTZ007 - as WTForms writes it
    machine = datetime.now().replace(microsecond=0) - datetime.now(UTC).replace(microsecond=0, tzinfo=None)  # noqa: DTZ005
    life = until - machine - before
    assert life - timedelta(hours=ward.app.config["SESSION_HOURS"]) < timedelta(minutes=1)
    assert life >= timedelta(hours=ward.app.config["SESSION_HOURS"])
