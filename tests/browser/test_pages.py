"""Every page that a role can reach by links, on a desk and on a phone: no barrier, nothing wider than the window."""

import re
from collections.abc import Callable

import pytest

from tests.support.browser import DESK, PHONE, ROLES, Person

ON_PHONES = ("officer",)
"""Who works on a phone: there axe looks at the pages again; of those of others the width is held."""

NUMBER = re.compile(r"\d+")


def links(person: Person) -> list[str]:
    found = person.page.locator("a[href^='/']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return [href.partition("#")[0] for href in found]


def kind(address: str) -> str:
    """Pages of one kind differ in numbers and in what the address asks for."""
    return NUMBER.sub("0", address.partition("?")[0])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_in_reach(window: Callable[..., Person], role: str, size: dict[str, int]):
    person = window(size=size)
    person.axe = size is DESK or role in ON_PHONES
    person.sign_in(role)
    seen, waiting, faults = {kind(person.path)}, links(person), []
    while waiting:
        address = waiting.pop(0)
        if (
            kind(address) in seen
            or ".pdf" in address
            or ".xlsx" in address
            or "/tep" in address
            or "minh-chung" in address
        ):
            continue
        seen.add(kind(address))
        try:
            person.go(address)
        except AssertionError as fault:
            faults.append(str(fault))
            person.faults.clear()
        waiting += links(person)
    assert faults == [], "\n".join(faults)
    assert len(seen) > 5, seen
