"""Simulated users: officers register and report, leaders review, clerks print; each waits between two acts."""

import queue
import random
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from tests.faults.browsing import Act, Browser, Ended, Ledger, Refused
from tests.faults.office import PASSWORD, Office

SIGN_IN = "/dang-nhap"
GOING_HOME = 60.0
"""Seconds in which everybody ends what was begun."""
_ID = re.compile(r"/(?:phan-viec|bao-cao)/(\d+)")


def number_in(location: str) -> int:
    """The record that an address names."""
    found = _ID.search(location)
    assert found, location
    return int(found[1])


@dataclass
class Desks:
    """What lies ready for others: tasks and reports to review, and approved tasks back at their officer."""

    tasks: "queue.SimpleQueue[tuple[int, str]]" = field(default_factory=queue.SimpleQueue)
    reports: "queue.SimpleQueue[int]" = field(default_factory=queue.SimpleQueue)
    approved: "dict[str, queue.SimpleQueue[int]]" = field(default_factory=dict)


class User(threading.Thread):
    """One person at one browser, who goes on until the crowd goes home."""

    def __init__(self, name: str, crowd: "Crowd") -> None:
        super().__init__(name=name, daemon=True)
        self.crowd, self.office, self.desks = crowd, crowd.office, crowd.desks
        self.chance = random.Random(name)  # noqa: S311 - no secret
        again = partial(self.chance.uniform, *crowd.again)
        self.browser = Browser(crowd.port, crowd.ledger, crowd.ended, again)
        self.count = 0

    def run(self) -> None:
        """Sign in, then work."""
        try:
            self.rest()
            form = self.browser.get(SIGN_IN).form(SIGN_IN)
            act = Act("sign-in", self.name)
            self.browser.send(act, SIGN_IN, form | {"username": self.name, "password": PASSWORD})
            self.crowd.arrived.release()
            while True:
                self.rest()
                self.work()
        except Ended:
            return
        except Refused:
            return
        except Exception:  # noqa: BLE001 - told at the end
            self.crowd.ledger.faults.append(f"{self.name}: {traceback.format_exc(limit=3)}")

    def rest(self) -> None:
        """Think, for as long as people do: mostly briefly, sometimes long."""
        if self.crowd.ended.wait(self.chance.expovariate(1 / self.crowd.think)):
            raise Ended

    def work(self) -> None:
        """One thing that this person does."""
        raise Ended

    def act(self, kind: str, key: str, path: str, **typed: str) -> str:
        """Open a page, fill in its form, send it; where it leads."""
        form = self.browser.get(path).form(path)
        self.rest()
        return self.browser.send(Act(kind, key), path, form | typed)


class Officer(User):
    """Cán bộ: registers tasks, sends them, reports on what was approved, sends the reports."""

    def work(self) -> None:
        """Report where something waits to be reported, else register another task."""
        try:
            task = self.desks.approved[self.name].get_nowait()
        except queue.Empty:
            self.register()
        else:
            self.report(task)

    def register(self) -> None:
        """Register a task and send it to be approved."""
        self.count += 1
        title = f"Phần việc {self.count} của {self.name}"
        days = {
            "start_on": f"{self.office.today - timedelta(days=20):%d/%m/%Y}",
            "due_on": f"{self.office.today + timedelta(days=60):%d/%m/%Y}",
        }
        indicator = {"label": "Đường hoa", "baseline": "0", "target": "450", "measure": "m"}
        typed = {
            "title": title,
            "product": "Đường hoa, có biển tên",
            "act": "draft",
            **days,
            **{f"indicators-0-{name}": value for name, value in indicator.items()},
        }
        task = number_in(self.act("task", title, "/phan-viec/dang-ky", **typed))
        self.act("task sent", str(task), f"/phan-viec/{task}/gui-duyet")
        self.desks.tasks.put((task, self.name))

    def report(self, task: int) -> None:
        """Write the month's report and send it."""
        path = f"/phan-viec/{task}/bao-cao/{self.office.period_id}"
        form = self.browser.get(path).form(path)
        self.rest()
        value = next(name for name in form if name.startswith("value_"))
        words = f"Đã trồng của phần việc {task}."
        typed = {value: "120", "narrative": words, "act": "draft"}
        self.browser.send(Act("report", words), path, form | typed)
        location = self.act("report sent", str(task), f"{path}/gui")
        self.desks.reports.put(number_in(self.report_at(location, task)))

    def report_at(self, location: str, task: int) -> str:
        """The address of the report that was sent."""
        if "/bao-cao/" in location and not location.startswith("/phan-viec/"):
            return location
        page = self.browser.get(f"/phan-viec/{task}").text
        found = re.search(r'href="(/bao-cao/\d+)', page)
        assert found, f"{location}: no report on the page of task {task}"
        return found[1]


class Leader(User):
    """Lãnh đạo: approves tasks, accepts reports, looks at the board."""

    def work(self) -> None:
        """What lies on the desk, else the board."""
        try:
            task, officer = self.desks.tasks.get_nowait()
        except queue.Empty:
            pass
        else:
            self.act("task approved", str(task), f"/phan-viec/{task}/duyet")
            self.desks.approved[officer].put(task)
            return
        try:
            report = self.desks.reports.get_nowait()
        except queue.Empty:
            self.browser.get("/theo-doi")
        else:
            self.act("report accepted", str(report), f"/bao-cao/{report}/duyet")


class Clerk(User):
    """Văn thư: prints."""

    def work(self) -> None:
        """Draw the progress report, or read the list of tasks."""
        path = "/van-ban/bao-cao-tien-do.pdf" if self.chance.random() < self.crowd.printing else "/phan-viec"
        answer = self.browser.get(path)
        if path.endswith(".pdf") and answer.status == 200:
            assert answer.body.startswith(b"%PDF"), answer.said
            self.count += 1


KINDS: dict[str, Callable[[str, "Crowd"], User]] = {"officers": Officer, "leaders": Leader, "clerks": Clerk}


@dataclass
class Crowd:
    """Everybody of an office at work with one server.

    `think` seconds lie between two acts of a person on average; what got no answer is tried again after `again`.
    """

    office: Office
    port: int
    think: float
    again: tuple[float, float] = (0.05, 0.05)
    printing: float = 0.2
    ledger: Ledger = field(default_factory=Ledger)
    desks: Desks = field(default_factory=Desks)
    ended: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    users: list[User] = field(default_factory=list)

    @contextmanager
    def at_work(self) -> Iterator[Ledger]:
        """Let them come, work, and go home at the end, each after what was begun."""
        self.desks.approved = {name: queue.SimpleQueue() for name in self.office.officers}
        self.users = [
            kind(name, self) for place, kind in KINDS.items() for name in getattr(self.office, place)
        ]
        for user in self.users:
            user.start()
        try:
            yield self.ledger
        finally:
            self.ended.set()
            ends = time.monotonic() + GOING_HOME
            for user in self.users:
                user.join(max(0.0, ends - time.monotonic()))

    @property
    def printed(self) -> int:
        """How many documents were drawn."""
        return sum(user.count for user in self.users if isinstance(user, Clerk))
