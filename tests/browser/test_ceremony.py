"""A hall: the clerk's laptop by keyboard alone, a second laptop, and the screen behind them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from pledges.commitments.ceremonies import operations
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from tests.support import hall
from tests.support.browser import Person, at_window
from tests.support.critic import Critic
from tests.support.live import serving
from tests.support.ward import Ward
from tests.web.commitments import people

FOCUSED = "() => document.activeElement.closest('[data-stop]')?.id"


@pytest.fixture
def three(ward: Ward) -> Commitment:
    """A unit of three, beside one of one."""
    ward.commitment("KP2", "frozen")
    return people.of_three(ward)


@pytest.fixture
def held(ward: Ward, three: Commitment) -> Ceremony:
    return hall.opened(ward)


@pytest.fixture
def clerk(ward: Ward, browser: Browser) -> Iterator[Callable[[], Person]]:
    """`clerk()`: the clerk at another laptop."""
    with serving(ward.app) as live, ExitStack() as stack:

        def open_window() -> Person:
            person = stack.enter_context(at_window(browser, live.address))
            person.enter(Critic(ward, "clerk").cookie)
            return person

        yield open_window


def test_the_roll_by_keyboard_and_the_screen_in_the_hall(
    ward: Ward, held: Ceremony, three: Commitment, clerk: Callable[[], Person]
):
    places = [f"cho-{one.id}" for one in three.signatories]
    url = f"/cam-ket/le-ky/{held.id}"
    ward.settle()
    first, second, screen = clerk(), clerk(), clerk()
    first.go(url)
    second.go(url)
    screen.go(f"{url}/man-hinh")
    expect(screen.page.locator("#hall-counts")).to_contain_text("0/2")

    page, keyboard = first.page, first.page.keyboard
    keyboard.type("khu pho 1")
    expect(page.get_by_label("Tìm đơn vị, người ký")).to_have_value("khu pho 1")
    expect(page.locator("[data-unit]:visible")).to_have_count(1)
    keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == places[0]
    for place in places[:2]:
        assert page.evaluate(FOCUSED) == place
        keyboard.press("Space")
        expect(page.locator(f"#{place}")).to_contain_text("Ký trên giấy lúc")
        assert page.evaluate(FOCUSED) == place, "the focus stays where it was"
        keyboard.press("Space")  # a second press undoes nothing
        keyboard.press("j")
    expect(page.locator("#roll-counts")).to_contain_text("2/4")

    other = second.page.locator(f"#{places[2]}")
    expect(second.page.locator(f"#{places[0]}")).to_contain_text("Ký trên giấy lúc")
    other.get_by_role("button", name="Đã ký").dblclick()
    expect(other.get_by_role("button", name="Bỏ đánh dấu")).to_be_visible()
    for seen in (page.locator("#roll-counts"), screen.page.locator("#hall-counts")):
        expect(seen).to_contain_text("1/2")
    expect(screen.page.locator("#hall-units .complete")).to_contain_text("Khu phố 1")

    other.get_by_role("button", name="Bỏ đánh dấu").click()
    expect(screen.page.locator("#hall-counts")).to_contain_text("0/2")
    expect(page.locator(f"#{places[2]}").get_by_role("button", name="Đã ký")).to_be_visible()
    ward.settle()
    assert hall.signed(three) == [True, True, False]
    hall.close(ward, held)
    expect(screen.page.locator("#hall-counts")).to_contain_text("Lễ ký đã kết thúc")


def test_a_refusal_stands_beside_the_pressed_row_and_its_button_comes_back(
    ward: Ward, held: Ceremony, three: Commitment, clerk: Callable[[], Person]
):
    """The ceremony was put off to tomorrow at another desk, a moment before the press."""
    place = f"#cho-{three.signatories[0].id}"
    url = f"/cam-ket/le-ky/{held.id}"
    ward.settle()
    laptop = clerk()
    laptop.page.route("**/trang-thai", lambda route: route.fulfill(status=304))
    laptop.go(url)
    tomorrow = hall.entry(ward, held_on=ward.day + timedelta(days=1))
    operations.edit(ward.session, held, tomorrow, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    row = laptop.page.locator(place)
    button = row.get_by_role("button", name="Đã ký")
    button.click()
    expect(row.locator(".roll-refused")).to_have_text(
        "Lễ ký ghi ngày 16/10/2024, chưa đến ngày nên chưa đánh dấu được."
    )
    expect(button).not_to_have_attribute("data-busy", "")
    expect(button).not_to_have_attribute("aria-disabled", "true")
