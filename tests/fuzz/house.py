"""The application under fire: who asks at each door, what the pages' forms hold, which arguments the doors read."""

import re
import resource
import sqlite3
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pledges.settings import DATABASE_FILE
from tests.doors import table
from tests.doors.conftest import House
from tests.doors.knocking import Knocker, address, rules_of
from tests.doors.places import KP1
from tests.fuzz.hearing import Heard
from tests.fuzz.judging import FAULT, Finding, Log, digest, lost, tables_of
from tests.fuzz.results import Results
from tests.fuzz.sending import Sent, encoded
from tests.support.page import Page, PageForm, elements, read_form

PEOPLE = ("officer_kp1", "clerk", "leader", "admin", "head_kp1", "nobody")
"""Who asks: at each door the first whom it lets in."""
ALWAYS = ("q", "page", "phong-trao", "ngay", "giu", "xep", "next")
"""Arguments tried at every door besides those that it reads."""
TYPED = frozenset({"text", "search", "tel", "email", "number", "date", "url", ""})
SLOW = 10.0
"""Seconds of the processor that no single answer may take."""
AT_ONCE, MOST_MEMORY = 2.0, 300
"""Seconds of the processor and megabytes that one uploaded file may take."""
TOLD = 300
"""Letters of a value that a finding tells."""
REFUSING = frozenset({200, 400, 409, 413})
"""Statuses with which a form is shown again."""
SAYS_WHY = 'class="error-summary"'
TO_REPORT = frozenset({"progress.report", "progress.unit_report", "progress.submit", "progress.attach"})
KEPT_AT_ONCE = frozenset(
    {"stored_file", "log_entry", "evidence", "report", "report_round", "round_writer", "report_event"}
)
"""Where files may be kept before anything else is judged: what was chosen once isn't chosen anew."""
ANSWERED_AT_ONCE = frozenset({"accounts.reset_password", "accounts.make_calendar", "accounts.new_codes"})
"""Doors that answer what is carried out with a page: what it shows is shown once."""


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

    def __init__(self, house: House, log: Log) -> None:
        self.house, self.log, self.results = house, log, Results()
        self.app = house.ward.app
        house.restored.restore()
        self.people = {name: Knocker(house.ward, name) for name in PEOPLE}
        house.ward.settle()
        house.restored.keep()
        self.database = sqlite3.connect(self.app.config["INSTANCE"] / DATABASE_FILE, isolation_level=None)
        self.tables = tables_of(self.database)
        self.whole = digest(self.database, self.tables)
        self.stored = self._files()
        self.most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self._blanks: dict[Door, list[Blank]] = {}

    def close(self) -> None:
        """Give everything back."""
        self.database.close()
        self.house.restored.restore()

    def doors(self, method: str = "GET") -> list[Door]:
        """Every door of the method that somebody opens, asked for the records of Khu phố 1."""
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
        month = self.database.execute(
            "SELECT other.id FROM period AS one JOIN period AS other ON other.campaign_id = one.campaign_id "
            "WHERE one.id = ? AND other.start_on = '2024-10-01'",
            (self.house.places.of[KP1]["period_id"],),
        ).fetchone()[0]
        known = self.house.places.of[KP1] | {"period_id": month}
        values = {name: known[name] for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, values)

    def blanks(self, door: Door) -> list[Blank]:
        """The forms of a page that change something."""
        if door not in self._blanks:
            answer = self._open(door.person, "GET", door.url)
            page = Page(door.url, answer)
            found = (
                elements(page.main, "form") if page.is_html and answer.status_code == HTTPStatus.OK else []
            )
            self._blanks[door] = [
                one for one in (_blank(door, form) for form in found) if one.form.method == "post"
            ]
            self.house.restored.restore()
            self.log.taken()
        return self._blanks[door]

    def _version(self) -> int:
        return int(self.database.execute("PRAGMA data_version").fetchone()[0])

    def _open(self, person: str, method: str, url: str, **more: Any) -> TestResponse:
        knocker = self.people[person]
        headers = {**knocker.headers, **more.pop("headers", {})}
        return knocker.client.open(url, method=method, headers=headers, **more)

    def ask(self, door: Door, url: str, what: str) -> TestResponse | None:
        """Open an address, and judge the answer."""
        return self._judged(what, door.person, "GET", url, None)

    def send(self, person: str, url: str, sent: Sent, what: str, about: str = "") -> TestResponse | None:
        """Send a form, and judge the answer; `about` tells a finding which kind of file it was."""
        found = len(self.results.findings)
        answer = self._judged(what, person, "POST", url, sent, data=sent.body, content_type=sent.kind)
        if about:
            told = [replace(one, sent=f"{about}: {one.sent}") for one in self.results.findings[found:]]
            self.results.findings[found:] = told
        return answer

    def throw(self, person: str, url: str, what: str, **more: Any) -> TestResponse | None:
        """Send a body of any kind, and judge the answer."""
        return self._judged(what, person, "POST", url, None, **more)

    def _judged(
        self, what: str, person: str, method: str, url: str, sent: Sent | None, **more: Any
    ) -> TestResponse | None:
        results, answer, faults = self.results, None, []
        results.tried[what] += 1
        before = self._version()
        begun = time.thread_time()
        try:
            answer = self._open(person, method, url, **more)
            answer.get_data()
            answer.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            faults.append(("an exception", "".join(_short_trace(error))))
        took = time.thread_time() - begun
        results.slowest = max(results.slowest, (took, f"{method} {url[:TOLD]}"))
        results.statuses[str(answer.status_code) if answer is not None else "exception"] += 1
        faults += self._faults(answer, method, sent, took, before)
        told = _told(sent, more)
        results.findings += [
            Finding(kind, method, url[:2000], person, told, detail[-2500:]) for kind, detail in faults
        ]
        self.house.restored.restore()
        return answer

    def _faults_of_files(self, sent: Sent | None, took: float) -> Iterator[tuple[str, str]]:
        """A file without its row, a file that is read too long, or with too much memory."""
        most, before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, self.most
        self.most = max(most, before)
        if sent is None or not sent.files:
            return
        known = {name for (name,) in self.database.execute("SELECT sha256 FROM stored_file")}
        for one in self._files() - self.stored:
            if one.name not in known:
                yield "a file without its row", one.name
            one.unlink()
        if took > AT_ONCE * len(sent.files):
            yield "a file that takes long", f"{took:.1f} s"
        if most - before > MOST_MEMORY * len(sent.files):
            yield "a file that takes memory", f"{most - before} MB"

    def _files(self) -> set[Path]:
        return {one for one in (self.app.config["INSTANCE"] / "files").rglob("*") if one.is_file()}

    def _refused(self, answer: TestResponse) -> bool:
        """Whether nothing was carried out: who is obeyed is led on, or gets a file, or sees what is shown once."""
        if answer.status_code != HTTPStatus.OK:
            return answer.status_code >= HTTPStatus.BAD_REQUEST
        endpoint, _values = self.app.url_map.bind("localhost").match(
            answer.request.path, method=answer.request.method
        )
        once = endpoint in ANSWERED_AT_ONCE and SAYS_WHY not in answer.get_data(as_text=True)
        return answer.mimetype == "text/html" and not once

    def _faults(
        self, answer: TestResponse | None, method: str, sent: Sent | None, took: float, before: int
    ) -> Iterator[tuple[str, str]]:
        yield from self._faults_of_files(sent, took)
        yield from (("something in the log", line) for line in self.log.taken())
        if took > SLOW:
            yield "too slow", f"{took:.1f} s"
        if answer is None:
            return
        if answer.status_code >= FAULT:
            yield "a fault", f"{answer.status_code} {answer.get_data(as_text=True)[:TOLD]}"
        if (method == "GET" or self._refused(answer)) and self._version() != before:
            self.results.compared += 1
            now = digest(self.database, self.tables)
            changed = [name for name in self.tables if now[name] != self.whole[name]]
            if changed and not (sent is not None and sent.files and KEPT_AT_ONCE.issuperset(changed)):
                yield "a refused sending wrote", " ".join(changed)
        if sent is not None and answer.status_code in REFUSING and self._refused(answer):
            typed = [value for values in sent.typed.values() for value in values]
            self.results.texts += len(typed)
            kept = " ".join(str(row) for row in self.database.execute("SELECT fields FROM unsent_form"))
            shown = answer.get_data(as_text=True)
            if sent.worded and answer.status_code == HTTPStatus.OK and SAYS_WHY not in shown:
                yield "refused without a word", f"{answer.status_code}"
            gone = lost(typed, shown + kept)
            if gone:
                yield "typed and lost", f"{answer.status_code} {[one[:TOLD] for one in gone]}"


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


def heard(target: Range, door: Door) -> list[str]:
    """The arguments that a door reads of its address."""
    Heard.asked.clear()
    kind = target.app.request_class
    target.app.request_class = type("Hearing", (kind,), {"parameter_storage_class": Heard})
    try:
        target._open(door.person, "GET", door.url).close()
    finally:
        target.app.request_class = kind
        target.house.restored.restore()
        target.log.taken()
    return sorted(Heard.asked | set(ALWAYS))


def path_with(rule: Rule, url: str, value: bytes) -> str:
    """The address of a door with something else in the place of what it names."""
    written = quote_from_bytes(value, safe="")
    return re.sub("<[^>]+>", lambda _found: written, rule.rule) if rule.arguments else url + written
