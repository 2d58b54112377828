"""Every page that a role can reach by links, on a desk and on a phone: no barrier, nothing wider than the window."""

import re
from collections.abc import Callable

import pytest

from tests.support.barriers import BARRIERS
from tests.support.browser import DESK, PHONE, ROLES, Person

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


def look(person: Person, role: str, act: Callable[[], None]) -> list[str]:
    """What is wrong with the page after the act."""
    person.axe = person.page.viewport_size == DESK or role in ON_PHONES
    try:
        act()
    except AssertionError as fault:
        person.faults.clear()
        return [str(fault)]
    return []


def turn(person: Person) -> None:
    """Have the window get the other width."""
    person.page.evaluate(SETTLED)
    person.judge()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_reach(window: Callable[..., Person], role: str):
    """Each is opened at the width that the one before it was left at, and judged at the other one too."""
    person, size = window(), DESK
    person.sign_in(role)
    seen, waiting, faults = {kind(person.path)}, links(person), []
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen or any(part in address for part in NO_PAGES):
            continue
        seen.add(kind(address))
        faults += look(person, role, lambda address=address: person.go(address))
        size = PHONE if size is DESK else DESK
        person.page.set_viewport_size(size)
        faults += look(person, role, lambda: turn(person))
        waiting += links(person)
    assert faults == [], "\n".join(faults)
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
