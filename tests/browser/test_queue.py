"""The leaders' queue by keyboard alone: through the items, to a decision, and on to the next that waits."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser import journeys
from tests.browser.test_keyboard import IN_SIGHT, SHOWS_FOCUS
from tests.support.browser import PHONE, Person

REST = 700
"""Milliseconds after which a decision's page takes a press for its own."""
FOCUSED = "() => document.activeElement.textContent.trim()"


def registered(window: Callable[..., Person], word: str, count: int) -> None:
    """Tasks of an officer whose titles begin with the word, sent to the leaders."""
    officer = window()
    officer.axe = False  # other tests look at these pages
    officer.sign_in("officer")
    for number in range(1, count + 1):
        journeys.register(officer, f"{word} {number}")


def queue(window: Callable[..., Person], word: str) -> Person:
    leader = window()
    leader.sign_in("leader")
    leader.go(f"/duyet?q={word}")
    return leader


def press(leader: Person, key: str) -> None:
    """Press a key that leads to another page."""
    with leader.leaving():
        leader.page.keyboard.press(key)


def box(leader: Person, title: str) -> Locator:
    return leader.page.get_by_role("checkbox", name=f"Đánh dấu: {title}")


def test_through_the_queue_and_two_decisions_without_a_mouse(window: Callable[..., Person]):
    registered(window, "Phím", 3)
    leader = queue(window, "phím")
    page, keyboard = leader.page, leader.page.keyboard
    for key, title in (
        ("j", "Phím 1"),
        ("j", "Phím 2"),
        ("ArrowDown", "Phím 3"),
        ("j", "Phím 3"),
        ("k", "Phím 2"),
    ):
        keyboard.press(key)
        assert page.evaluate(FOCUSED) == title, key
        assert page.evaluate(SHOWS_FOCUS)
        assert page.evaluate(IN_SIGHT)
    keyboard.press("x")
    expect(box(leader, "Phím 2")).to_be_checked()
    expect(page.get_by_role("button", name="Duyệt các mục đã đánh dấu (1)")).to_be_visible()
    keyboard.press("x")
    expect(box(leader, "Phím 2")).not_to_be_checked()
    press(leader, "d")
    leader.sees("2/3 phần việc chờ duyệt")
    keyboard.press("d")
    assert page.evaluate(FOCUSED) == "Duyệt vào danh mục"
    press(leader, "Enter")
    leader.sees("Còn 2 phần việc chờ duyệt.")
    leader.sees("Phím 3")
    press(leader, "k")
    leader.sees("1/2 phần việc chờ duyệt")
    press(leader, "t")
    assert leader.h1 == "Trả lại phần việc"
    page.locator("[name='remark_product']").focus()
    keyboard.type("Chưa đếm được")
    keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.name") == "remark_lead_unit", "Enter decides nothing"
    page.get_by_role("button", name="Trả lại cho").focus()
    press(leader, "Enter")
    leader.sees("Còn 1 phần việc chờ duyệt.")


def test_keys_belong_to_the_field_in_which_they_are_typed(window: Callable[..., Person]):
    leader = queue(window, "")
    page, keyboard = leader.page, leader.page.keyboard
    before = page.url
    page.locator("#loc-q").focus()
    keyboard.type("jkdtxo?")
    expect(page.locator("#loc-q")).to_have_value("jkdtxo?")
    assert page.url == before
    assert not page.locator("[data-key-help]").evaluate("help => help.open")


def test_the_keys_are_told_and_can_be_turned_off(window: Callable[..., Person]):
    leader = queue(window, "")
    page, keyboard = leader.page, leader.page.keyboard
    keyboard.press("?")
    expect(page.get_by_text("đánh dấu", exact=False).last).to_be_visible()
    page.get_by_role("button", name="Tắt phím tắt").press("Enter")
    page.locator("h1").click()
    keyboard.press("j")
    assert page.evaluate("() => document.activeElement.closest('[data-queue-item]')") is None
    page.reload()
    keyboard.press("?")
    page.get_by_role("button", name="Bật phím tắt").press("Enter")
    page.locator("h1").click()
    keyboard.press("j")
    assert page.evaluate("() => Boolean(document.activeElement.closest('[data-queue-item]'))")


def test_the_second_of_two_clicks_decides_nothing_more(window: Callable[..., Person]):
    registered(window, "Bấm đúp", 2)
    leader = queue(window, "bam dup")
    leader.follow("Bấm đúp 1")
    with leader.page.expect_navigation():
        leader.page.get_by_role("button", name="Duyệt vào danh mục").click()
    leader.page.get_by_role("button", name="Duyệt vào danh mục").click()  # at once, on the page that came
    leader.sees("1/1 phần việc chờ duyệt")
    leader.page.wait_for_timeout(REST)
    leader.press("Duyệt vào danh mục")
    leader.sees("Không còn phần việc nào chờ duyệt.")


def test_several_at_once_without_scripts_on_a_phone(window: Callable[..., Person]):
    registered(window, "Cả loạt", 3)
    leader = window(size=PHONE, scripts=False)
    leader.sign_in("leader")
    leader.go("/duyet?q=ca+loat")
    for number in (1, 3):
        box(leader, f"Cả loạt {number}").check()
    leader.press("Duyệt các mục đã đánh dấu")
    leader.sees("Xem lại 02 phần việc trước khi duyệt")
    leader.press("Duyệt các phần việc được đánh dấu")
    leader.sees("Đã duyệt 02 phần việc vào danh mục")
    found = re.findall(
        r"Số (\d+) Cả loạt (\d)", leader.page.get_by_role("main").inner_text().replace("\n", " ")
    )
    assert [title for _number, title in found] == ["1", "3"]
    assert int(found[1][0]) == int(found[0][0]) + 1, "in the order shown"


def test_remarks_on_a_phone_are_folded_until_one_is_written(window: Callable[..., Person]):
    registered(window, "Gập lại", 1)
    leader = window(size=PHONE)
    leader.sign_in("leader")
    leader.go("/duyet?q=gap+lai")
    leader.press_in(leader.page.locator("[data-queue-item] [data-key='t']"))
    remark = leader.page.locator("[name='remark_product']")
    expect(remark).to_be_hidden()
    leader.page.locator("summary").filter(has_text="Ghi ý kiến: Sản phẩm").click()
    remark.press_sequentially("Chưa đếm được")
    leader.page.keyboard.press("Enter")
    assert leader.page.evaluate("() => document.activeElement.name") == "reason", "past what is folded away"
    leader.page.set_viewport_size({"width": 844, "height": 390})
    expect(leader.page.locator("[name='remark_title']")).to_be_visible()
    leader.page.set_viewport_size(PHONE)
    expect(remark).to_be_visible()
    expect(leader.page.locator("[name='remark_title']")).to_be_hidden()
    leader.press("Trả lại cho")
    leader.sees("Đã trả lại cho")
