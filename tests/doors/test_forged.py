"""Forged forms: every form is sent as it should be, then with a bad token, and then with every column of the database.

The first must be done, the second must change nothing, the third must do the very same as the first.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from pledges.core.base import Base
from pledges.site import navigation
from tests.doors import table
from tests.doors.conftest import House
from tests.doors.filling import Fields, forms
from tests.doors.knocking import Knocker, address, rules_of
from tests.doors.places import KP1
from tests.support.apps import KEY

SENDERS = ("officer_kp1", "clerk", "leader", "head_kp1", "admin")
BESIDE = frozenset(
    {"form_receipt", "unsent_form", "account_session", "sign_in_attempt", "sign_in_proof", "log_entry"}
)
"""Tables that note that something was sent, and no record."""
SECRETS = {"accounts.make_calendar", "accounts.reset_password", "accounts.create", "accounts.enrol"}
"""Doors that draw a secret: what they write is never the same twice."""
COLUMNS = frozenset(column.name for one in Base.metadata.sorted_tables for column in one.columns)
FORGED = COLUMNS | {
    "by",
    "at",
    "actor",
    "is_admin",
    "id",
    "entry",
    "subject",
    "next_version",
    "_method",
    "account.role",
}
"""What an attacker adds to a form, hoping that it is written: each column there is, and some that there might be."""
VALUES = {"status": "approved", "role": "administrator", "path": "/", "at": "2024-01-01T00:00:00"}


@dataclass
class Sent:
    """A form that is carried out when it is sent as it should be."""

    endpoint: str
    url: str
    fields: Fields
    sender: Knocker


def dump(house: House) -> dict[str, list[str]]:
    """Every record, but for the log's seals and what only notes that something was sent."""
    return house.restored.records(BESIDE)


@pytest.fixture(scope="module")
def done(house: House) -> Iterator[list[Sent]]:
    """The forms that are carried out, found by sending each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "how_many_wait", lambda _actor: sa.select(sa.literal(0)))
        house.restored.restore()
        senders = {person: Knocker(house.ward, person) for person in SENDERS}
        house.restored.keep()
        yield list(_carried_out(house, senders))
        house.restored.restore()


def _carried_out(house: House, senders: dict[str, Knocker]) -> Iterator[Sent]:
    rows = table.kept()
    for rule in rules_of(house.ward.app):
        url = address(house.ward.app, rule, house.places, KP1)
        if (
            url is None
            or not {"GET", "POST"} <= (rule.methods or set())
            or rule.endpoint.startswith("accounts.sign")
        ):
            continue
        let_in = (one for one in SENDERS if rows[rule.endpoint, "POST"].cells[one][0] in table.LET_IN)
        sender = senders[next(let_in, SENDERS[0])]
        answer = sender.client.get(url, headers=sender.headers)
        for action, fields in forms(answer.get_data()) if answer.mimetype == "text/html" else []:
            target = action or url
            if target.partition("?")[0] == url.partition("?")[0]:
                got = sender.client.post(target, data=fields, headers=sender.headers)
                got.get_data()
                got.close()
                if house.restored.restore() and got.status_code in {302, 303}:
                    yield Sent(rule.endpoint, target, fields, sender)


def again(house: House, one: Sent, fields: Fields) -> tuple[int, dict[str, list[str]]]:
    """Send it with these fields: the answer's status, and what is in the database then."""
    answer = one.sender.client.post(one.url, data=fields, headers=one.sender.headers)
    answer.get_data()
    answer.close()
    found = dump(house)
    house.restored.restore()
    return answer.status_code, found


def test_many_forms_are_carried_out(done: list[Sent]):
    assert len({one.endpoint for one in done}) >= 30, sorted({one.endpoint for one in done})


def tokens(one: Sent) -> dict[str, list[str]]:
    """Tokens that must not be taken, by what is wrong with them."""
    past = f"{datetime.now(UTC) - timedelta(hours=9):%Y%m%d%H%M%S}"
    later = f"{datetime.now(UTC) + timedelta(hours=9):%Y%m%d%H%M%S}"

    def made(part: str, moment: str) -> list[str]:
        signed = hmac.new(KEY.encode(), f"{part}{moment}".encode(), hashlib.sha1).hexdigest()
        return [f"{moment}##{signed}"]

    return {"missing": [], "empty": [""], "expired": made("0" * 40, past), "of another session": made("1" * 40, later),
            "not ours": [f"{later}##{'0' * 40}"]}  # fmt: skip


def test_no_form_is_carried_out_with_a_bad_token(house: House, done: list[Sent]):
    before, taken = dump(house), []
    for one in done:
        for wrong, token in tokens(one).items():
            status, after = again(house, one, {**one.fields, "csrf_token": token})
            if status in {302, 303} or after != before:
                taken.append(f"{one.endpoint} with a token that is {wrong}: {status}")
    assert taken == []


def test_no_form_is_carried_out_from_another_site(house: House, done: list[Sent]):
    """SameSite=Lax keeps the cookie back; what comes without it is nobody's, and changes nothing."""
    before, taken = dump(house), []
    client = house.ward.app.test_client(use_cookies=False)
    for one in done:
        headers = {
            "Origin": "https://example.com",
            "Sec-Fetch-Site": "cross-site",
            "Referer": "https://example.com/",
        }
        status = client.post(one.url, data=one.fields, headers=headers).status_code
        if status != 401 or dump(house) != before:
            taken.append(f"{one.endpoint}: {status}")
        house.restored.restore()
    assert taken == []


def test_no_column_is_written_because_a_form_brings_its_name(house: House, done: list[Sent]):
    written = []
    for one in done:
        if one.endpoint in SECRETS:
            continue
        extra = {
            name: [VALUES.get(name, "2" if name.endswith("id") else "zqforged")]
            for name in FORGED - set(one.fields)
        }
        as_meant, forged = again(house, one, one.fields), again(house, one, {**extra, **one.fields})
        assert as_meant[0] in {302, 303}, f"{one.endpoint} was not carried out a second time"
        if as_meant != forged:
            strange = [name for name, rows in forged[1].items() if rows != as_meant[1][name]]
            written.append(f"{one.endpoint}: {as_meant[0]} and {forged[0]}, {strange}")
    assert written == []
