"""The questions above a list: beside the search where there is room, folded where there is not, never in the way."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import DESK, PHONE, Person


def test_on_a_narrow_screen_all_questions_fold_and_come_back(window: Callable[..., Person]):
    clerk = window(size=PHONE)
    clerk.sign_in("clerk")
    clerk.go("/phan-viec?q=khu")
    unit, page = clerk.page.locator("#loc-don-vi"), clerk.page
    expect(unit).to_be_hidden()
    expect(page.locator("table.tasks")).to_be_visible()
    page.locator("summary").filter(has_text="Bộ lọc (").click()
    unit.select_option(label="Khu phố 1")
    page.locator(".filters-row").get_by_role("button", name="Lọc").click()
    clerk.sees("Đơn vị: Khu phố 1")
    assert "don-vi=" in page.url
    assert "q=khu" in page.url
    page.set_viewport_size(DESK)
    expect(unit).to_be_visible()
    expect(page.locator("summary").filter(has_text="Thêm bộ lọc (")).to_be_visible()
    clerk.follow("Bỏ điều kiện Đơn vị: Khu phố 1")
    assert "don-vi=" not in page.url
    clerk.sees("“khu”")
