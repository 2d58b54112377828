"""Knocking on the doors: who asks which address how, and what is answered."""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pledges.settings import DATABASE_FILE
from tests.doors.places import HP, KP1, KP2, Places
from tests.support.apps import KEY
from tests.support.critic import Critic
from tests.support.ward import Ward

MISSING = "none"
WHOSE = (KP1, KP2, HP, MISSING)
"""The records of Khu phố 1, of another unit of the ward, of another ward, and one that isn't there."""
PEOPLE = {
    "officer_kp1": "cán bộ Khu phố 1",
    "mate_kp1": "cán bộ khác của Khu phố 1",
    "head_kp1": "trưởng Khu phố 1",
    "officer_kp2": "cán bộ Khu phố 2",
    "leader": "lãnh đạo phường",
    "clerk": "văn thư phường",
    "admin": "quản trị phường",
    "outsider": "cán bộ phường khác",
    "hp_leader": "lãnh đạo phường khác",
    "hp_clerk": "văn thư phường khác",
    "hp_admin": "quản trị phường khác",
    "ended": "người đã thôi chức vụ",
    "locked": "tài khoản bị khóa",
    "nobody": "chưa đăng nhập",
}
ASKED = {
    "officer_kp1": WHOSE,
    "mate_kp1": (KP1, KP2, HP),
    "head_kp1": (KP1, KP2, HP),
    "officer_kp2": (KP1, KP2),
    "leader": (KP1, HP, MISSING),
    "clerk": (KP1, HP, MISSING),
    "admin": (KP1, HP, MISSING),
    "outsider": (KP1, HP, MISSING),
    "nobody": (KP1, MISSING),
}
"""Whose records each person asks for; all others ask for those of Khu phố 1 alone."""
NOWHERE = 999_983
SAYS = {
    "path": {"documents.begin": "bao-cao-tien-do", "documents.pack_ask": "ban-cam-ket"},
    "role": {},
    "filename": {"static": "css/theme.css"},
}  # fmt: skip
"""What stands in an address where no record is named, by the endpoint."""
USUAL = {
    "path": "danh-muc-phan-viec",
    "role": "can-bo",
    "filename": "css/bootstrap.min.css",
    "number": 1,
    "page": 1,
    "name": "khong-co.tar",
}
STATES = {
    "draft": ("tasks.edit", "tasks.submit", "tasks.discard", "documents.edit", "documents.refresh", "documents.discard",
              "documents.submit"),
    "submitted": ("tasks.approve", "tasks.send_back"),
    "accepted": ("progress.correct",),
    "outside": ("commitments.outside_copy",),
}  # fmt: skip
"""Endpoints that are about a record in this state."""
ONWARD, SIGN_IN, NOT_ASKED = ">", "s", "."
LEAVING = frozenset({
    ("accounts.sign_out", "GET"), ("accounts.sign_out", "POST"), ("accounts.sign_out_everywhere", "POST"),
})  # fmt: skip
"""Doors that lead to the sign-in page because that was wished for."""
LETTERS = {200: "y", 400: "!", 401: SIGN_IN, 403: "f", 404: "n", 409: "!"}


@dataclass(frozen=True)
class Knock:
    """One request, and what came of it."""

    endpoint: str
    method: str
    url: str
    whose: str
    letter: str
    answer: TestResponse


def state_of(endpoint: str) -> str:
    """The state in which the record of an endpoint is, where it isn't the usual one."""
    return next((state for state, endpoints in STATES.items() if endpoint in endpoints), "")


def address(app: Flask, rule: Rule, places: Places, whose: str) -> str | None:
    """Where somebody's record is behind a door; None where it is no other than that of Khu phố 1."""
    values = {name: _value(rule, name, places, whose) for name in rule.arguments}
    if all(name in USUAL for name in rule.arguments):
        if rule.endpoint.endswith("static") and whose != KP1:
            return None
        asked = {HP: places.of[HP]["campaign_id"], MISSING: NOWHERE}.get(whose)
        values |= {"phong-trao": asked} if asked is not None else {}
    url = app.url_map.bind("localhost").build(rule.endpoint, values)
    return None if whose == KP2 and url == address(app, rule, places, KP1) else url


def _value(rule: Rule, name: str, places: Places, whose: str) -> Any:
    """What stands in the address for one of its parameters."""
    if name in USUAL:
        return SAYS.get(name, {}).get(rule.endpoint, USUAL[name])
    if whose == MISSING:
        return "A" * 43 if name == "secret" else NOWHERE
    known = places.of[whose]
    assert name in known, f"{rule.rule}: tests/doors/records.py makes no record for <{name}>"
    return known.get(f"{name}.{state_of(rule.endpoint)}", known[name])


def letter_of(answer: TestResponse, door: tuple[str, str]) -> str:
    """What an answer comes to, in one letter; the status where no letter stands for it."""
    status, path = answer.status_code, urlsplit(answer.location or "").path
    if status == HTTPStatus.FOUND:
        return SIGN_IN if path == "/dang-nhap" and door not in LEAVING else ONWARD
    return LETTERS.get(status, str(status))


@cache
def _token(part: str, moment: str) -> str:
    signed = hmac.new(KEY.encode(), f"{part}{moment}".encode(), hashlib.sha1).hexdigest()
    return f"{moment}##{signed}"


class Knocker:
    """Somebody before the doors, with a session and a valid token."""

    def __init__(self, ward: Ward, username: str) -> None:
        critic = Critic(ward, None if username == "nobody" else username)
        with critic.client.session_transaction() as kept:
            kept["csrf"] = "0" * 40
        self.headers = {"Cookie": critic.cookie}
        self.client: FlaskClient = ward.app.test_client(use_cookies=False)
        self.token = _token("0" * 40, f"{datetime.now(UTC).year + 1}0101000000")

    def knock(self, rule: Rule, method: str, url: str, whose: str) -> Knock:
        """Ask once; a POST brings the token and nothing else."""
        data = {"csrf_token": self.token} if method == "POST" else None
        answer = self.client.open(url, method=method, data=data, headers=self.headers)
        answer.get_data()  # a file is read, and then closed
        answer.close()
        return Knock(rule.endpoint, method, url, whose, letter_of(answer, (rule.endpoint, method)), answer)


class Restored:
    """A database that is what it was after each request that changed it."""

    def __init__(self, instance: Path) -> None:
        file = instance / DATABASE_FILE
        self._here = sqlite3.connect(file)
        self._made = sqlite3.connect(":memory:")
        self.keep()

    def keep(self) -> None:
        """From now on, this is what it was: somebody has signed in."""
        self._here.backup(self._made)
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._here.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> bool:
        """Undo what others wrote since; whether there was something."""
        if self._version() == self._seen:
            return False
        self._made.backup(self._here)
        self._seen = self._version()
        return True

    def records(self, without: frozenset[str]) -> dict[str, list[str]]:
        """What is in it now, row by row, but for the index of the search and these tables."""
        tables = self._here.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [
            name for (name,) in tables if name not in without and not name.startswith(("search_", "sqlite_"))
        ]
        return {name: [repr(row) for row in self._rows(name)] for name in names}

    def _rows(self, name: str) -> list[tuple[Any, ...]]:
        return self._here.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - a name from the database itself

    def close(self) -> None:
        """Give everything back."""
        self._here.close()
        self._made.close()


def rules_of(app: Flask) -> Iterator[Rule]:
    """Every door, in the order of the table."""
    return iter(sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)))
