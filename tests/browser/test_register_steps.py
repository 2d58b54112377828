"""How much it takes to register a task with two indicators, from the first page to the receipt."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.support.browser import DESK, PHONE, Person

CLICKS, ANSWERS = 5, 9
CHARACTERS_A_MINUTE = 100
"""Of somebody who types with two fingers."""


class Counting:
    """A person whose presses and answers are counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.clicks = self.answers = self.letters = 0

    def press(self, place: Locator) -> None:
        self.clicks += 1
        place.first.click()
        self.person.judge()

    def type(self, text: str) -> None:
        """Answer the question that has the focus and go on with Enter."""
        self.answers += 1
        self.letters += len(text)
        self.person.page.keyboard.type(text)
        self.person.page.keyboard.press("Enter")

    def skip(self, until: str) -> None:
        """Go on with Enter past questions that are answered already."""
        keyboard = self.person.page.keyboard
        for _turn in range(20):
            if self.person.page.evaluate("() => document.activeElement.name || ''").endswith(until):
                return
            pressed = (
                "Enter"
                if self.person.page.evaluate("() => document.activeElement.matches('input, select')")
                else "Tab"
            )
            keyboard.press(pressed)
        raise AssertionError(f"no question {until} ahead")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_two_indicators_in_few_steps(window: Callable[..., Person], size: dict[str, int]):
    officer = window(size=size)
    officer.sign_in("officer")
    page, hand = officer.page, Counting(officer)
    hand.press(page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Phần việc"))
    hand.press(page.get_by_role("main").get_by_role("link", name="Đăng ký"))
    page.locator("[name='title']").focus()
    hand.type("Trồng cây xanh dọc đường tổ 3")
    hand.type("Hàng cây sống, có người chăm sóc")
    hand.skip("due_on")
    page.keyboard.press("ControlOrMeta+A")
    hand.type("31/12/2024")
    hand.type("Cây trồng mới")
    hand.skip("-target")
    hand.type("300")
    hand.type("cây")
    hand.press(page.get_by_role("button", name="Thêm chỉ tiêu"))
    hand.type("Hộ phân loại rác tại nguồn")
    hand.skip("-target")
    hand.type("80")
    hand.type("% hộ")
    hand.press(page.get_by_role("button", name="Xem lại trước khi gửi"))
    assert officer.h1 == "Xem lại trước khi gửi"
    hand.press(page.get_by_role("main").get_by_role("button", name="Gửi duyệt"))
    assert officer.h1 == "Đã gửi duyệt phần việc"
    assert (hand.clicks, hand.answers) == (CLICKS, ANSWERS)
    assert hand.letters / CHARACTERS_A_MINUTE < 2, "three minutes, with one to look"
