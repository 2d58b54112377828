"""The overview by keyboard: arrows move through the grid, block rows too, and turn the slides of the meeting room."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import Person

ROW = "() => document.activeElement.closest('tr').querySelector('th').innerText"
FOCUSED = "() => document.activeElement.innerText"


def test_arrows_move_through_the_grid_and_turn_the_slides(window: Callable[..., Person]):
    person = window()
    person.sign_in("leader")
    person.go("/theo-doi")
    page, keys = person.page, person.page.keyboard
    grid = page.locator("table[data-grid]")
    task = grid.locator("tr", has_text="Số hóa hồ sơ đảng viên")
    task.locator("td.num a").focus()
    keys.press("ArrowUp")
    assert page.evaluate(ROW).startswith("I. Khối Đảng"), "the mean of the block, in the same column"
    keys.press("ArrowDown")
    keys.press("Home")
    assert page.evaluate(FOCUSED).startswith("Số hóa hồ sơ")
    keys.press("ArrowRight")
    assert "Tháng 4/2024" in page.evaluate(FOCUSED)
    keys.press("ArrowUp")
    assert page.evaluate(FOCUSED) == "T4", "a block has no cell of a month"

    person.go("/theo-doi/man-hinh")
    for key, heading in (
        ("ArrowRight", "Tình trạng các phần việc"),
        ("PageDown", "Cần quan tâm trước (1/6)"),
        ("ArrowLeft", "Tình trạng các phần việc"),
    ):
        keys.press(key)
        expect(page.locator("h1")).to_have_text(heading)
    assert page.url.endswith("trang=2"), "a reload shows the same slide"
    person.judge()
    person.go("/theo-doi/man-hinh?trang=3")
    first = page.locator(".screen-list b").first
    assert (
        first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        >= 0.024 * page.viewport_size["width"] * 0.98
    )
    expect(page.locator("header.top")).to_be_hidden()
    keys.press("Escape")
    expect(page.locator("h1")).to_have_text("Bảng theo dõi")


def test_the_screen_asks_quietly_and_says_when_it_could_not(window: Callable[..., Person]):
    person = window()
    person.sign_in("leader")
    page = person.page
    person.axe = False
    page.clock.install()
    person.go("/theo-doi/man-hinh")
    page.clock.run_for(61_000)
    expect(page.locator("[data-said]")).to_contain_text("Cập nhật lúc")
    page.context.clear_cookies()
    page.clock.run_for(61_000)
    expect(page.locator("[data-said]")).to_contain_text("Chưa cập nhật được")
    expect(page.locator("h1")).to_have_text("Số liệu chung")
    expect(page.locator(".screen-figures")).to_be_visible()


def test_a_board_in_sight_asks_whether_it_is_still_new(window: Callable[..., Person]):
    person = window()
    person.sign_in("leader")
    page, answers = person.page, []
    page.on(
        "response", lambda one: answers.append(one.status) if one.request.resource_type == "fetch" else None
    )
    page.clock.install()
    person.go("/theo-doi?tinh-trang=cham")
    note = page.locator("[data-fresh]")
    with page.expect_response("**/theo-doi?*"):
        page.clock.run_for(61_000)
    assert answers == [304]
    expect(note).to_be_hidden()
    note.evaluate("one => { one.dataset.fresh = 'the tag of a page before something changed'; }")
    page.clock.run_for(61_000)
    expect(note).to_be_visible()
    expect(note.locator("a")).to_have_attribute("href", page.url)
