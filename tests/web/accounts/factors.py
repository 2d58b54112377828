"""Second factors in tests: a phone that reads the page of turning one on."""

import re

import pyotp

from pledges.core import clock
from tests.support.critic import Critic
from tests.support.page import Page
from tests.support.world import PASSWORD

ENROL = "/tai-khoan/xac-thuc-hai-buoc/bat"
SECRET = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")
CODE = re.compile(r"\b(?:[a-z2-9]{4}-){2}[a-z2-9]{4}\b")


def secret_on(page: Page) -> str:
    """What a person types into the phone."""
    found = SECRET.search(page.text)
    assert found
    return found[0].replace(" ", "")


def shown(secret: str, steps: int = 0) -> str:
    """What the phone shows."""
    return str(pyotp.TOTP(secret).at(clock.real(), counter_offset=steps))


def enrol(person: Critic, password: str = PASSWORD) -> Page:
    """Turn the second factor on; the page of recovery codes."""
    page = person.get(ENROL)
    typed = {"password": password, "one_time_code": shown(secret_on(page))}
    return person.send_form(page.form(ENROL), typed, status=200)
