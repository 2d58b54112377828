"""The box of the top bar: reached by a key, used without scripts, its finds without barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browser import DESK, PHONE, Person

WORDS = ("khu pho", "duong", "dduwowngf khong co gi", "")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("role", ["officer", "clerk", "administrator"])
def test_what_is_found_has_no_barrier(window: Callable[..., Person], role: str, size: dict[str, int]):
    person = window(size=size)
    person.sign_in(role)
    for words in WORDS:
        person.go(f"/tim?q={words.replace(' ', '+')}")
    person.go("/tim?q=khu&loai=phan-viec")


def test_a_slash_leads_to_the_box(window: Callable[..., Person]):
    person = window()
    person.sign_in("leader")
    page = person.page
    page.keyboard.press("/")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.type("so/7")
    expect(page.locator("#find-q")).to_have_value("so/7")
    page.locator("#find-q").fill("số 7")
    with person.leaving():
        page.keyboard.press("Enter")
    assert person.h1 == "Tìm “số 7”"
    person.follow("Thu ngân sách")
    assert person.path.startswith("/phan-viec/")


def test_the_box_works_without_scripts_and_on_a_phone(window: Callable[..., Person]):
    person = window(size=PHONE, scripts=False)
    person.sign_in("officer")
    person.place("Tìm")
    person.fill("Từ cần tìm", "DUONG HOA")
    person.press("Tìm")
    person.sees("Phần việc")


def test_the_menu_of_the_list_closes_on_escape(window: Callable[..., Person]):
    person = window()
    person.sign_in("clerk")
    person.go("/phan-viec")
    menu = person.page.locator("details.menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Xuất Excel")).to_be_visible()
    person.judge()
    person.page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Xuất Excel")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
