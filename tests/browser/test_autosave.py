"""What is typed is saved while it is typed: in a real browser, at two computers, without a line, without a session."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser import journeys
from tests.support.browser import PHONE, Person

REGISTER, KEEP = "/phan-viec/dang-ky", "**/luu-tam"
SAVED = re.compile(r"^Đã tự lưu lúc \d\d:\d\d$")
TOO_LATE = 20_000


@pytest.fixture
def officer(window: Callable[..., Person]) -> Person:
    person = window()
    person.sign_in("officer")
    return person


def line(person: Person):
    return person.page.locator("[data-unsent]")


def begin(person: Person, title: str) -> None:
    """Open a fresh form and type a title; wait until it is saved."""
    person.go(REGISTER)
    person.fill("Tên phần việc", title)
    expect(line(person)).to_have_text(SAVED)


def begun(person: Person, title: str) -> int:
    """How many unsent forms of that title the page of a new task offers."""
    person.go(REGISTER)
    return person.page.locator(".begun li").filter(has_text=f"“{title}”").count()


def resume(person: Person, title: str) -> None:
    person.go(REGISTER)
    item = person.page.locator(".begun li").filter(has_text=f"“{title}”")
    person.press_in(item.get_by_role("link", name="Điền tiếp"))


def test_typing_is_saved_and_taken_up_at_another_computer(officer: Person, window: Callable[..., Person]):
    officer.go(REGISTER)
    journeys.fill_task(officer, "Gõ ở máy cơ quan")
    expect(line(officer)).to_have_text(SAVED)
    home = window(size=PHONE)
    home.sign_in("officer")
    resume(home, "Gõ ở máy cơ quan")
    expect(home.page.locator("[name='product']")).to_have_value("Đường ngõ có cây, có biển tên")
    expect(home.page.locator("[data-row]")).to_have_count(2)
    home.press("Xem lại trước khi gửi")
    home.sees("Hộ tham gia chăm sóc cây")
    assert begun(officer, "Gõ ở máy cơ quan") == 0


def test_who_leaves_by_a_link_at_once_loses_nothing(officer: Person):
    officer.go(REGISTER)
    officer.fill("Tên phần việc", "Rời trang ngay")
    officer.place("Việc của tôi")
    assert begun(officer, "Rời trang ngay") == 1


def test_back_after_leaving_goes_on_with_the_same_form(officer: Person):
    begin(officer, "Rời rồi quay lại")
    officer.fill("Sản phẩm", "Gõ ngay trước khi rời")
    officer.place("Việc của tôi")
    officer.page.go_back()
    officer.judge()
    expect(officer.page.locator("[name='title']")).to_have_value("Rời rồi quay lại")
    officer.fill("Sản phẩm", "Gõ tiếp sau khi quay lại")
    expect(line(officer)).to_have_text(SAVED)
    officer.page.wait_for_timeout(3000)
    officer.place("Việc của tôi")
    assert begun(officer, "Rời rồi quay lại") == 1
    resume(officer, "Rời rồi quay lại")
    expect(officer.page.locator("[name='product']")).to_have_value("Gõ tiếp sau khi quay lại")


def test_nothing_is_saved_of_a_page_that_was_only_read(officer: Person):
    sent: list[str] = []
    officer.page.on(
        "request", lambda request: sent.append(request.url) if "/luu-tam" in request.url else None
    )
    officer.go(REGISTER)
    officer.place("Việc của tôi")
    assert sent == []


def test_without_a_line_it_says_so_warns_and_tries_again(officer: Person):
    officer.go(REGISTER)
    cut = {"line": True}

    def answer(route: Route) -> None:
        route.abort("internetdisconnected") if cut["line"] else route.continue_()

    officer.page.route(KEEP, answer)
    officer.fill("Tên phần việc", "Mất mạng giữa chừng")
    expect(line(officer)).to_have_text("Chưa lưu được, đang thử lại")
    warned: list[str] = []
    officer.page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    officer.page.evaluate("location.assign('/')")
    officer.page.wait_for_timeout(500)
    assert warned == ["beforeunload"]
    assert officer.path == REGISTER
    cut["line"] = False
    expect(line(officer)).to_have_text(SAVED, timeout=TOO_LATE)
    officer.faults.clear()  # the line that was cut
    officer.place("Việc của tôi")
    assert warned == ["beforeunload"]
    assert begun(officer, "Mất mạng giữa chừng") == 1


def test_when_the_session_has_ended_it_says_so_and_sign_in_brings_it_back(officer: Person):
    officer.go(REGISTER)
    journeys.fill_task(officer, "Phiên đã hết")
    officer.context.clear_cookies()
    officer.fill("Sản phẩm", "Gõ sau khi hết phiên")
    expect(line(officer)).to_contain_text("CHƯA LƯU")
    officer.press("Lưu nháp")
    assert officer.h1 == "Đăng nhập"
    officer.press_in(officer.page.locator("form[action='/dung-thu/can-bo']").get_by_role("button"))
    officer.sees("chưa gửi")
    expect(officer.page.locator("[name='product']")).to_have_value("Gõ sau khi hết phiên")
    stored = officer.page.evaluate(
        "() => Object.keys(localStorage).length + Object.keys(sessionStorage).length"
    )
    assert stored == 0


def test_two_windows_of_one_form_keep_both_texts(officer: Person, window: Callable[..., Person]):
    begin(officer, "Hai cửa sổ")
    other = window()
    other.sign_in("officer")
    resume(other, "Hai cửa sổ")
    other.fill("Sản phẩm", "của cửa sổ thứ hai")
    expect(line(other)).to_have_text(SAVED)
    other.page.wait_for_timeout(3000)
    officer.fill("Sản phẩm", "của cửa sổ thứ nhất")
    expect(line(officer)).to_contain_text("thành bản riêng")
    assert begun(other, "Hai cửa sổ") == 2


def test_what_was_sent_is_offered_no_more(officer: Person):
    begin(officer, "Gửi xong là hết")
    journeys.fill_task(officer, "Gửi xong là hết")
    officer.press("Xem lại trước khi gửi")
    assert begun(officer, "Gửi xong là hết") == 0


def test_what_is_typed_into_a_task_is_there_when_it_is_opened_again(officer: Person):
    officer.go(REGISTER)
    journeys.fill_task(officer, "Sửa dở dang")
    officer.press("Lưu nháp")
    edit = officer.path
    officer.fill("Sản phẩm", "Sản phẩm đang sửa dở")
    officer.place("Việc của tôi")
    officer.go(edit)
    officer.sees("chưa lưu vào phần việc")
    expect(officer.page.locator("[name='product']")).to_have_value("Sản phẩm đang sửa dở")
    officer.follow("Bỏ, xem nội dung đã lưu")
    officer.press("Bỏ nội dung này")
    expect(officer.page.locator("[name='product']")).to_have_value("Đường ngõ có cây, có biển tên")


def test_without_scripts_what_is_refused_is_kept(window: Callable[..., Person]):
    plain = window(scripts=False)
    plain.sign_in("officer")
    plain.go(REGISTER)
    plain.fill("Tên phần việc", "Không có kịch bản")
    plain.fill("Ngày hoàn thành", "cuối năm")
    plain.press("Lưu nháp")
    plain.sees("Đã tự lưu lúc")
    assert begun(plain, "Không có kịch bản") == 1


def test_enter_goes_on_and_a_share_is_a_level(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("clerk")
    officer.go(REGISTER)
    keyboard, focused = officer.page.keyboard, "() => document.activeElement.name"
    expect(officer.page.locator("[name='title']")).to_be_focused()
    keyboard.type("Đi bằng phím Enter")
    keyboard.press("Enter")
    assert officer.page.evaluate(focused) == "product"
    officer.page.locator("[name='indicators-0-measure']").fill("% hộ")
    keyboard.press("Enter")
    assert officer.page.evaluate(focused) == "indicators-0-counting"
    expect(officer.page.locator("[name='indicators-0-counting']")).to_have_value("level")
    assert officer.path == REGISTER


def test_signing_out_in_the_middle_of_a_word_keeps_it(officer: Person):
    officer.go(REGISTER)
    officer.fill("Tên phần việc", "Gõ rồi đăng xuất ngay")
    officer.page.locator("details.me summary").click()
    officer.page.locator(".me-menu").get_by_role("button", name="Đăng xuất").click()
    officer.page.wait_for_url("**/dang-nhap*")
    officer.sign_in("officer")
    assert begun(officer, "Gõ rồi đăng xuất ngay") == 1
