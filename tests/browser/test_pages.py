"""Every page that a role can reach by links, on a desk and on a phone: no barrier, nothing wider than the window."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from tests.support.barriers import BARRIERS
from tests.support.browser import DESK, PHONE, ROLES, Person
from tests.support.builds import Looked, Source
from tests.support.shared import of_run

ON_PHONES = ("officer",)
"""Who works on a phone: there axe looks at the pages again; of those of others the width is held."""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NO_PAGES = (".pdf", ".docx", ".xlsx", ".png", "/tep", "minh-chung")
NUMBER = re.compile(r"\d+")


def links(person: Person) -> list[str]:
    found = person.page.locator("a[href^='/']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return [href.partition("#")[0] for href in found]


def kind(address: str) -> str:
    """Pages of one kind differ in numbers and in what the address asks for."""
    return NUMBER.sub("0", address.partition("?")[0])


class Round:
    """One person's look at page after page, each at the width that the one before it was left at and at the other."""

    def __init__(self, person: Person, role: str, looked: Looked) -> None:
        self.person = person
        self.on_phones = role in ON_PHONES
        self.looked = looked
        self.size = DESK
        self.faults: list[str] = []

    def look_at(self, address: str) -> list[str]:
        """Judge a page unless another role had one that is built like it; where it leads."""
        if not self.on_phones and self.looked.has(kind(address)):
            sent = self.person.context.request.get(self.person.address + address)
            page = Source(sent.text())
            if sent.ok and self.looked.knows(kind(address), page):
                return page.links
        before = len(self.faults)
        sent = self._judged(lambda: self.person.go(address))
        self.size = PHONE if self.size is DESK else DESK
        self.person.page.set_viewport_size(self.size)
        self._judged(lambda: turn(self.person))
        if len(self.faults) == before and sent:
            self.looked.note(kind(address), Source(sent.text()))
        return links(self.person)

    def _judged(self, act: Callable[[], Response | None]) -> Response | None:
        """What the act brought; what is wrong with the page then is a fault."""
        self.person.axe = self.size is DESK or self.on_phones
        try:
            return act()
        except AssertionError as fault:
            self.person.faults.clear()
            self.faults.append(str(fault))
            return None


def turn(person: Person) -> None:
    """Have the window get the other width."""
    person.page.evaluate(SETTLED)
    person.judge()


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """What any role's round of this run looked at, in whichever worker."""
    return Looked(of_run(tmp_path_factory.getbasetemp()) / "pages-looked-at")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_reach(window: Callable[..., Person], looked: Looked, role: str):
    person = window()
    person.sign_in(role)
    seen, waiting, own = {kind(person.path)}, links(person), Round(person, role, looked)
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen or any(part in address for part in NO_PAGES):
            continue
        seen.add(kind(address))
        waiting += own.look_at(address)
    assert own.faults == [], "\n".join(own.faults)
    assert len(seen) > 5, seen


FAULTS = {
    "document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=x>')": "label",
    "document.querySelector('h1').insertAdjacentHTML('afterend', '<h4>x</h4>')": "heading-order",
    "document.querySelector('main select').labels.forEach(one => one.remove())": "select-name",
    "[...document.querySelectorAll('tbody a')].at(-1).textContent = ''": "link-name",
    "[...document.querySelectorAll('tbody a')].at(-1).style.color = '#bbb'": "color-contrast",
    "[...document.querySelectorAll('tbody a')].at(-1).style.background = '#555'": "color-contrast",
}


def test_a_page_like_one_without_barriers_is_asked_for_its_own(window: Callable[..., Person]):
    leader = window()
    leader.sign_in("leader")
    for fault, rule in FAULTS.items():
        leader.go("/phan-viec")
        assert BARRIERS.of(leader.page) == []
        leader.page.evaluate(f"() => {{ {fault} }}")
        assert [one.split()[1] for one in BARRIERS.of(leader.page)] == [rule], fault
