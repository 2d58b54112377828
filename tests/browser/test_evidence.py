"""Photos of a report: stored as soon as they are chosen, while the line is cut and when the session has ended."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Route, expect

from tests.support.browser import PHONE, Person, at_window
from tests.support.critic import Critic
from tests.support.live import serving
from tests.support.ward import Ward
from tests.support.world import PASSWORD
from tests.web.progress.sheets import url

UPLOADS = "**/minh-chung"


def photo(number: int) -> dict[str, str | bytes]:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (number * 40, 90, 120)).save(out, "JPEG")
    return {"name": f"Ảnh {number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def officer(ward: Ward, browser: Browser) -> Iterator[Callable[[], Person]]:
    """`officer()`: the officer of Khu phố 1 at a phone."""
    with serving(ward.app) as live, ExitStack() as stack:

        def open_window() -> Person:
            person = stack.enter_context(at_window(browser, live.address, size=PHONE))
            person.enter(Critic(ward, "officer_kp1").cookie)
            return person

        yield open_window


def sign_in(person: Person) -> None:
    person.go("/dang-nhap")
    person.page.locator("[name='username']").fill("officer_kp1")
    person.page.locator("[name='password']").fill(PASSWORD)
    person.press("Đăng nhập")


def boxes(person: Person) -> tuple[Locator, Locator, Locator]:
    """Where files are chosen, what is stored, and what is on its way."""
    place = person.page.locator(".evidence-field")
    return (
        place.locator("input:not([capture])"),
        place.locator("[data-kept] li"),
        place.locator(".uploads li"),
    )


def test_photos_are_there_at_once_and_outlive_a_wrong_day_and_a_closed_page(
    ward: Ward, officer: Callable[[], Person]
):
    page = url(ward, ward.task())
    ward.settle()
    person = officer()
    person.go(page)
    field, kept, under_way = boxes(person)
    field.set_input_files([photo(1), photo(2), photo(3)])
    expect(kept).to_have_count(3)
    expect(under_way).to_have_count(0)
    for small in kept.locator("img").all():
        expect(small).to_have_js_property("complete", value=True)
        assert small.evaluate("image => image.naturalWidth") > 0
    person.page.locator("input[data-target]").first.fill("500")
    person.page.locator("[name^='reached_']").first.fill("31/2/2024")
    person.press("Xem lại trước khi gửi")
    person.sees("Có chỗ cần sửa")
    expect(kept).to_have_count(3)
    person.go("/bao-cao")
    person.go(page)
    expect(kept).to_have_count(3)
    kept.nth(1).get_by_role("button").click()
    expect(kept).to_have_count(2)
    expect(person.page.locator("input[data-target]").first).to_have_value("500")


def test_a_cut_line_and_an_ended_session_cost_no_photo(ward: Ward, officer: Callable[[], Person]):
    page = url(ward, ward.task())
    ward.settle()
    person = officer()
    person.go(page)
    field, kept, under_way = boxes(person)
    cut = {"line": True}

    def go(route: Route) -> None:
        route.abort("internetdisconnected") if cut["line"] else route.continue_()

    person.page.route(UPLOADS, go)
    field.set_input_files([photo(1)])
    expect(under_way).to_contain_text("chưa gửi được, đang thử lại")
    cut["line"] = False
    expect(kept).to_have_count(1)
    person.faults.clear()  # the line that was cut
    cookies = person.context.cookies()
    person.context.clear_cookies()
    field.set_input_files([photo(2)])
    expect(under_way).to_contain_text(re.compile("phiên làm việc đã hết"))
    person.context.add_cookies(cookies)  # signed in again at another window
    expect(kept).to_have_count(2)
    expect(under_way).to_have_count(0)
    person.fill("Đã làm được gì", "Đã đổ bê tông.")
    person.press("Xem lại trước khi gửi")
    assert person.path.endswith("/gui")
