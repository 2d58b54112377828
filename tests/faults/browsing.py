"""A simulated browser, and the ledger of what a server acknowledged to anybody."""

import http.client
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

import lxml.html

ACKNOWLEDGED = frozenset({302, 303})
TOLD_TO_WAIT = frozenset({503, 507})
_PATIENCE = 60.0
_AGAIN = 0.05


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    location: str
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode(errors="replace")

    def form(self, action: str) -> dict[str, str]:
        """What the form of this address holds; a page without it is a fault of the test."""
        for form in lxml.html.fromstring(self.text).forms:
            if urlsplit(form.action or action).path == action:
                return dict(form.form_values())
        message = f"no form for {action} on a page with {self.status}: {self.said}"
        raise LookupError(message)

    @property
    def said(self) -> str:
        """The words of the page's beginning."""
        words = " ".join(lxml.html.fromstring(self.text).text_content().split()) if self.body else ""
        return words[-400:]


class Cut(Exception):
    """The server was killed before it answered."""


class Ended(Exception):
    """The crowd goes home."""


@dataclass
class Act:
    """One sending of a form: what it is called in the database, and how it went; `at` is when that was known."""

    kind: str
    key: str
    tries: int = 0
    waited: float | None = None
    at: float = math.inf

    @property
    def acknowledged(self) -> bool:
        """Whether the server said that it was done."""
        return self.waited is not None


@dataclass
class Ledger:
    """Everything that was sent, whoever sent it, and everything that should not have come back."""

    acts: list[Act] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cuts: int = 0
    told_to_wait: int = 0
    pages: int = 0
    flying: set[int] = field(default_factory=set)
    """The acts that are under way now."""

    def acknowledged(self) -> list[Act]:
        """What the server said was done."""
        return [act for act in list(self.acts) if act.acknowledged]

    def so_far(self) -> "Ledger":
        """As it stands now, while people go on writing into it."""
        return replace(self, acts=[replace(act) for act in list(self.acts)], faults=list(self.faults))

    def before(self, moment: float) -> "Ledger":
        """With what was acknowledged before a moment, and no other act."""
        now = self.so_far()
        return replace(now, acts=[act for act in now.acts if act.acknowledged and act.at < moment])


class Browser:
    """One person's browser: keeps cookies, sends again what was cut off."""

    def __init__(
        self, port: int, ledger: Ledger, ended: threading.Event, again: Callable[[], float] = lambda: _AGAIN
    ) -> None:
        """`again` gives the seconds after which a person tries again what got no answer."""
        self.port, self.ledger, self.ended, self.again = port, ledger, ended, again
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Fetch a page, however often the server is killed meanwhile."""
        while True:
            try:
                answer = self._ask("GET", path)
            except Cut:
                self._wait()
                continue
            if answer.status in TOLD_TO_WAIT:
                self.ledger.told_to_wait += 1
                self._wait()
                continue
            self.ledger.pages += 1
            self._judge("GET", path, answer)
            return answer

    def send(self, act: Act, path: str, fields: Mapping[str, str]) -> str:
        """Send a form until it is acknowledged, and write that down; where it leads.

        The same fields go again after each kill: the form's key makes one act of them.
        """
        self.ledger.acts.append(act)
        while True:
            act.tries += 1
            self.ledger.flying.add(id(act))
            try:
                answer = self._ask("POST", path, fields)
            except Cut:
                self._wait()
                continue
            finally:
                self.ledger.flying.discard(id(act))
            if answer.status in ACKNOWLEDGED:
                act.at = time.monotonic()
                act.waited = answer.seconds
                return answer.location
            if answer.status not in TOLD_TO_WAIT:
                self.ledger.faults.append(f"POST {path} {act.kind}: {answer.status} {answer.said}")
                raise Refused(path)
            self.ledger.told_to_wait += 1
            self._wait()

    def _wait(self) -> None:
        if self.ended.wait(self.again()):
            raise Ended

    def _judge(self, method: str, path: str, answer: Answer) -> None:
        if answer.status >= 500 or "database is locked" in answer.text:
            self.ledger.faults.append(f"{method} {path}: {answer.status} {answer.said}")

    def _ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Ask once; raises `Cut` when the server goes before it has answered."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        begun = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as cut:
            self.ledger.cuts += 1
            raise Cut from cut
        finally:
            connection.close()
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        location = answer.headers.get("Location", "")
        return Answer(answer.status, location, content, time.monotonic() - begun)


class Refused(Exception):
    """A form was not accepted: the ledger says why."""
