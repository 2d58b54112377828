"""A whole journey without a mouse: every step is reached by Tab, every focus is seen, Enter and Space do the rest."""

from collections.abc import Callable

from playwright.sync_api import Error, Locator

from tests.browser import journeys
from tests.support.browser import Person

MOST_STOPS = 200
IS_FOCUSED = "element => element === document.activeElement"
SHOWS_FOCUS = """() => {
  const element = document.activeElement;
  const seen = one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1;
  };
  return seen(element) || seen(element.parentElement) || (element.labels && [...element.labels].some(seen));
}"""
IN_SIGHT = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return top && (top.contains(element) || element.contains(top) || [...element.labels || []].includes(top));
}"""
"""The page may still be scrolling to it; a bar that stays in place must not lie over it."""


class Typist:
    """Somebody who has only the keyboard."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.keyboard = person.page.keyboard

    def reach(self, target: Locator) -> None:
        """Press Tab until the focus is there, unless it is already; every stop on the way must be in sight."""
        page = self.person.page
        if target.evaluate(IS_FOCUSED):
            return
        for _stop in range(MOST_STOPS):
            self.keyboard.press("Tab")
            where = page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)")
            assert page.evaluate(SHOWS_FOCUS), f"{page.url}: no sign of the focus on {where}"
            self.demand_in_sight(where)
            if target.evaluate(IS_FOCUSED):
                return
        raise AssertionError(f"{page.url}: {target} is not reached by Tab")

    def demand_in_sight(self, where: str) -> None:
        """What has the focus can be seen, at the latest when the page has come to rest."""
        try:
            self.person.page.wait_for_function(IN_SIGHT, timeout=3000)
        except Error:
            raise AssertionError(f"{self.person.page.url}: the focus is out of sight on {where}") from None

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reach a link or button that leads to another page, and press it."""
        self.reach(target)
        with self.person.leaving():
            self.keyboard.press(key)

    def type(self, name: str, text: str) -> None:
        """Reach a field by its name and type."""
        self.reach(self.person.page.locator(f"main [name='{name}']"))
        self.keyboard.press("Control+A")
        self.keyboard.type(text)


def test_register_and_approve_without_a_mouse(window: Callable[..., Person]):
    title = "Lập tổ tự quản vệ sinh môi trường"
    officer = window()
    officer.go("/dang-nhap")
    page, hands = officer.page, Typist(officer)
    hands.press(page.locator("form[action='/dung-thu/can-bo'] button"))
    hands.press(page.locator("nav").get_by_role("link", name="Phần việc"))
    hands.press(page.locator("main").get_by_role("link", name="Đăng ký").first)
    hands.type("title", title)
    hands.type("product", "Tổ tự quản có quy chế")
    hands.type("due_on", "30/11/2024")
    hands.type("indicators-0-label", "Tổ tự quản ra mắt")
    hands.type("indicators-0-target", "3")
    hands.type("indicators-0-measure", "tổ")
    hands.reach(page.get_by_role("button", name="Thêm chỉ tiêu"))
    officer.page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelectorAll('[data-row]').length === 2")
    assert page.evaluate("() => document.activeElement.name").endswith("-label"), "the new row has the focus"
    hands.keyboard.type("Buổi tổng vệ sinh")
    second = page.locator("[data-row]").nth(1)
    for name, text in (("target", "12"), ("measure", "buổi")):
        hands.reach(second.locator(f"[name$='-{name}']"))
        hands.keyboard.type(text)
    hands.press(page.get_by_role("button", name="Xem lại trước khi gửi"))
    hands.press(page.get_by_role("button", name="Gửi duyệt"), "Space")
    task = officer.path.removesuffix("/bien-nhan")
    leader = window()
    leader.go("/dang-nhap")
    page, hands = leader.page, Typist(leader)
    hands.press(page.locator("form[action='/dung-thu/lanh-dao'] button"))
    hands.press(page.locator("nav").get_by_role("link", name="Duyệt"))
    hands.press(page.locator("main").get_by_role("link", name=title).first)
    hands.press(page.get_by_role("button", name="Duyệt vào danh mục"))
    leader.go(task)
    leader.sees("Đã duyệt")


def test_enter_in_a_line_keeps_the_rows(window: Callable[..., Person]):
    """Without scripts Enter presses a form's first button: that must not be the one that drops an indicator."""
    officer = window(scripts=False)
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Phần việc gửi bằng phím Enter", wait_for_row=False)
    with officer.leaving():
        officer.page.locator("[name='title']").press("Enter")
    officer.sees("Hộ tham gia chăm sóc cây")


def test_the_first_tab_leads_past_the_bar(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")
    assert officer.page.evaluate("() => document.activeElement.id") == "main"
