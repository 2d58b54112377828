"""The application under fire: who asks at each door, what the pages' forms hold, which arguments the doors read."""

import re
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pledges.progress.models import Period
from tests.doors import table
from tests.doors.conftest import House
from tests.doors.knocking import Knocker, address, rules_of
from tests.doors.places import KP1
from tests.fuzz.hearing import hearing
from tests.fuzz.judging import Finding, Log
from tests.fuzz.records import Records
from tests.fuzz.results import Results
from tests.fuzz.sending import Sent, encoded
from tests.fuzz.verdicts import TOLD, Judge, endpoint_of
from tests.support.page import Page, PageForm, elements, read_form

PEOPLE = ("officer_kp1", "clerk", "leader", "admin", "head_kp1", "nobody")
"""Who asks: at each door the first whom it lets in."""
ALWAYS = ("q", "page", "phong-trao", "ngay", "giu", "xep", "next")
"""Arguments tried at every door besides those that it reads."""
TYPED = frozenset({"text", "search", "tel", "email", "number", "date", "url", ""})
TO_REPORT = frozenset({"progress.report", "progress.unit_report", "progress.submit", "progress.attach"})


@dataclass(frozen=True, eq=False)
class Door:
    """An address, and who asks for it."""

    rule: Rule
    url: str
    person: str


@dataclass(frozen=True)
class Blank:
    """A form of a page as a browser gets it."""

    door: Door
    form: PageForm
    typed: frozenset[str]
    """The fields that people type words into."""
    uploads: tuple[str, ...]
    """The fields that take files."""
    places: tuple[str, ...]
    """Every field that can be sent, typed, chosen or hidden; without the token and the button."""

    @property
    def url(self) -> str:
        """Where it sends."""
        return self.form.action or self.door.url


class Range:
    """The house as a target: asks, judges each answer, and has the house be what it was."""

    def __init__(
        self, house: House, log: Log, records: Callable[[Flask], Records], *, undoes: bool = True
    ) -> None:
        self.house, self.log, self.results, self.undoes = house, log, Results(), undoes
        self.app = house.ward.app
        house.restored.restore()
        self.people = {name: Knocker(house.ward, name) for name in PEOPLE}
        house.ward.settle()
        house.restored.keep()
        self.judge = Judge(self.app, records(self.app), log, self.results)
        self._doors: dict[str, list[Door]] = {}
        self._blanks: dict[Door, list[Blank]] = {}
        self._heard: dict[Door, list[str]] = {}

    def begin_anew(self) -> Results:
        """What was tried and found so far; from now on it is counted anew."""
        ended, self.results = self.results, Results()
        self.judge.results = self.results
        return ended

    def close(self) -> None:
        """Give everything back."""
        self.judge.close()
        self.house.restored.restore()

    def doors(self, method: str = "GET") -> list[Door]:
        """Every door of the method that somebody opens, asked for the records of Khu phố 1."""
        if method not in self._doors:
            self._doors[method] = self._found(method)
        return list(self._doors[method])

    def _found(self, method: str) -> list[Door]:
        known, found = table.kept(), []
        for rule in rules_of(self.app):
            row = known.get((rule.endpoint, method))
            url = address(self.app, rule, self.house.places, KP1) if row is not None else None
            if row is None or url is None:
                continue
            opens = (who for letters in ("y", "!>") for who in PEOPLE if row.cells[who][0] in letters)
            found.append(Door(rule, url, next(opens, "clerk")))
            if rule.endpoint in TO_REPORT:
                found.append(Door(rule, self._to_report(rule), "officer_kp1"))
        return found

    def _to_report(self, rule: Rule) -> str:
        """The address for a month that nothing was reported of: those of the doors have their reports."""
        known = self.house.places.of[KP1]
        months = select(Period.id).where(
            Period.campaign_id == known["campaign_id"], Period.start_on == date(2024, 10, 1)
        )
        known = known | {"period_id": self.house.ward.session.scalars(months).one()}
        self.house.ward.settle()
        values = {name: known[name] for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, values)

    def blanks(self, door: Door) -> list[Blank]:
        """The forms of a page that change something."""
        if door not in self._blanks:
            self._listen(door)
        return self._blanks[door]

    def heard(self, door: Door) -> list[str]:
        """The arguments that a door reads of its address."""
        if door not in self._heard:
            self._listen(door)
        return self._heard[door]

    def _listen(self, door: Door) -> None:
        """Open a door plainly, once: what its page asks, and what it reads of its address."""
        before = self.judge.records.version()
        with hearing(self.app) as asked:
            answer = self._open(door.person, "GET", door.url)
            page = Page(door.url, answer)
            answer.close()
        shown = page.is_html and answer.status_code == HTTPStatus.OK
        found = [_blank(door, form) for form in elements(page.main, "form")] if shown else []
        self._blanks[door] = [one for one in found if one.form.method == "post"]
        self._heard[door] = sorted(asked | set(ALWAYS))
        self._undo(before)
        self.log.taken()

    def endpoint_at(self, url: str) -> str:
        """Which door a form sends to."""
        return str(self.app.url_map.bind("localhost").match(urlsplit(url).path, method="POST")[0])

    def _open(self, person: str, method: str, url: str, **more: Any) -> TestResponse:
        knocker = self.people[person]
        headers = {**knocker.headers, **more.pop("headers", {})}
        return knocker.client.open(url, method=method, headers=headers, **more)

    def ask(self, door: Door, url: str, what: str) -> TestResponse | None:
        """Open an address, and judge the answer."""
        return self._judged(what, door.person, "GET", url, None)

    def send(self, blank: Blank, sent: Sent, what: str, about: str = "") -> TestResponse | None:
        """Send a form, and judge the answer; `about` tells a finding which kind of file it was."""
        found = len(self.results.findings)
        answer = self._judged(
            what, blank.door.person, "POST", blank.url, sent, data=sent.body, content_type=sent.kind
        )
        if about:
            told = [replace(one, sent=f"{about}: {one.sent}") for one in self.results.findings[found:]]
            self.results.findings[found:] = told
        endpoint = endpoint_of(self.app, answer)
        self.results.forms.add((blank.door.rule.endpoint, endpoint))
        self.results.fields |= {(endpoint, re.sub("[0-9]+", "0", name)) for name in sent.hostile}
        return answer

    def throw(self, person: str, url: str, what: str, **more: Any) -> TestResponse | None:
        """Send a body of any kind, and judge the answer."""
        return self._judged(what, person, "POST", url, None, **more)

    def _judged(
        self, what: str, person: str, method: str, url: str, sent: Sent | None, **more: Any
    ) -> TestResponse | None:
        results, answer, faults = self.results, None, []
        results.tried[what] += 1
        before = self.judge.records.version()
        begun = time.thread_time()
        try:
            answer = self._open(person, method, url, **more)
            answer.get_data()
            answer.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            faults.append(("an exception", "".join(_short_trace(error))))
        took = time.thread_time() - begun
        endpoint = endpoint_of(self.app, answer)
        results.endpoints |= {endpoint} - {""}
        results.slowest = max(results.slowest, (took, f"{method} {url[:TOLD]}"))
        results.statuses[str(answer.status_code) if answer is not None else "exception"] += 1
        faults += self.judge.faults(answer, endpoint, sent, took, before)
        told = _told(sent, more)
        results.findings += [
            Finding(kind, method, url[:2000], person, told, detail[-2500:]) for kind, detail in faults
        ]
        self._undo(before)
        return answer

    def _undo(self, before: str) -> None:
        """Have the house be what it was; where that can't be had, what it is now counts."""
        if self.undoes:
            self.house.restored.restore()
        else:
            self.judge.settle(before)


def _short_trace(error: Exception) -> list[str]:
    return traceback.format_exception(error)[-12:]


def _told(sent: Sent | None, more: dict[str, Any]) -> str:
    if sent is None:
        return (
            repr({name: one[:TOLD] if isinstance(one, (str, bytes)) else one for name, one in more.items()})
            if more
            else ""
        )
    fields = {name: [value[:TOLD] for value in values] for name, values in sent.typed.items()}
    files = [(one.field, one.name[:TOLD], one.content[:40], len(one.content)) for one in sent.files]
    return repr((fields, files, encoded(sent.fields)[:3000]))


def _blank(door: Door, element: Any) -> Blank:
    form = read_form(element, door.url)
    typed, uploads = set(), []
    for one in elements(element, "input", "textarea"):
        name, kind = one.get("name") or "", (one.get("type") or "").lower()
        if not name or one.get("disabled") is not None or one.get("readonly") is not None:
            continue
        if kind == "file":
            uploads.append(name)
        elif one.tag == "textarea" or kind in TYPED:
            typed.add(name)
    places = sorted(form.names - {"csrf_token", *uploads})
    return Blank(door, form, frozenset(typed), tuple(uploads), tuple(places))


def path_with(rule: Rule, url: str, value: bytes) -> str:
    """The address of a door with something else in the place of what it names."""
    written = quote_from_bytes(value, safe="")
    return re.sub("<[^>]+>", lambda _found: written, rule.rule) if rule.arguments else url + written
