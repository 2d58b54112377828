"""Firing at the house: the application as the doors have it, and every kind of run with its share."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pledges.site import navigation
from tests.doors.conftest import House
from tests.doors.knocking import Knocker, rules_of
from tests.fuzz import runs
from tests.fuzz.house import ALWAYS, Range
from tests.fuzz.judging import FAULT, listening
from tests.fuzz.results import Results
from tests.fuzz.sending import URLENCODED, encoded
from tests.fuzz.words import drawn, values
from tests.support.page import Page

Run = Callable[[Range, int, int], None]
RUNS: dict[str, Run] = {
    "forms": runs.forms,
    "uploads": runs.uploads,
    "addresses": runs.addresses,
    "bodies": runs.bodies,
}
"""In this order: what the forms' pages are opened for tells which arguments they read, too."""
SHARES = {"addresses": 0.3, "forms": 0.45, "uploads": 0.15, "bodies": 0.1}


@contextmanager
def ranged(house: House) -> Iterator[Range]:
    """The house as a target; the counts of the bar are left out, for they cost more than the pages."""
    with pytest.MonkeyPatch.context() as patch, listening() as log:
        patch.setattr(navigation, "how_many_wait", lambda _actor: sa.select(sa.literal(0)))
        target = Range(house, log)
        yield target
        target.close()


def fired(house: House, requests: int, seed: int) -> Iterator[tuple[str, Results, float]]:
    """So many hostile requests in all: each kind with what was tried and found, and the seconds it took."""
    with ranged(house) as target:
        for kind, fire in RUNS.items():
            begun = time.monotonic()
            fire(target, int(requests * SHARES[kind]), seed)
            yield kind, target.begin_anew(), round(time.monotonic() - begun, 1)


def asked_of(app: Flask, people: Mapping[str, Knocker], addresses: int, forms: int, seed: int) -> list[str]:
    """What goes wrong where lists and blank forms of any database are asked for, and sent; nothing is undone."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    doors = [rule.rule for rule in rules_of(app) if not rule.arguments and "GET" in (rule.methods or ())]
    doors = [url for url in doors if not url.startswith(("/suc-khoe", "/dang-xuat"))]
    drawing, found = iter(drawn(values(), (addresses + forms) * 4, seed)), []
    with listening() as log:
        for turn in range(addresses + forms):
            url, person = dice.choice(doors), people[dice.choice(sorted(people))]
            asked = encoded([(name, next(drawing)) for name in dice.sample(ALWAYS, 3)]).decode()
            answer = person.client.get(url if turn >= addresses else f"{url}?{asked}", headers=person.headers)
            if turn >= addresses:
                found += _filled_in(person, url, answer, drawing)
            if answer.status_code >= FAULT:
                found.append(f"GET {url}?{asked}: {answer.status_code}")
            found += [f"{url}?{asked}: {line}" for line in log.taken()]
            answer.close()
    return found


def _filled_in(person: Knocker, url: str, answer: TestResponse, drawing: Iterator[bytes]) -> list[str]:
    """The forms of a page, each with something hostile in every text that people type."""
    page = Page(url, answer)
    if not page.is_html or answer.status_code != HTTPStatus.OK:
        return []
    found = []
    for form in (one for one in page.forms if one.method == "post"):
        fields = [
            (name, value.encode() if value or name in {"csrf_token", "form_key"} else next(drawing))
            for name, several in form.fields.items()
            for value in several
            if name != "csrf_token"
        ]
        body = encoded([*fields, ("csrf_token", person.token.encode())])
        sent = person.client.post(
            form.action or url, data=body, content_type=URLENCODED, headers=person.headers
        )
        if sent.status_code >= FAULT:
            found.append(f"POST {form.action or url} {body[:2000]!r}: {sent.status_code}")
        sent.close()
    return found
