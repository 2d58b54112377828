"""What people do with a browser: click twice, go back, reload, leave the page open overnight."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import journeys
from tests.support.browser import Person


def drafts(officer: Person, title: str) -> int:
    officer.go(f"/phan-viec?tim={title}")
    return officer.page.get_by_role("main").get_by_role("link", name=title).count()


def test_a_double_click_makes_one_record(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Bấm hai lần liền")
    with officer.page.expect_navigation(url="**/sua"):
        officer.page.get_by_role("button", name="Lưu nháp").dblclick()
    officer.page.wait_for_load_state()
    assert drafts(officer, "Bấm hai lần liền") == 1


def test_many_impatient_clicks_make_one_record(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Bấm liên hồi")
    with officer.page.expect_navigation(url="**/sua"):
        officer.page.get_by_role("button", name="Lưu nháp").click(click_count=5)
    officer.page.wait_for_load_state()
    assert drafts(officer, "Bấm liên hồi") == 1


def test_back_after_sending_says_that_nothing_is_left_to_send(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    journeys.register(officer, "Quay lại sau khi gửi")
    officer.page.go_back()
    officer.judge()
    assert officer.page.get_by_role("button", name="Gửi duyệt").count() == 0
    officer.sees("chờ duyệt")


def test_back_to_a_form_and_forward_loses_nothing(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Quay lại giữa chừng")
    officer.press("Xem lại trước khi gửi")
    review = officer.path
    officer.page.go_back()
    officer.judge()
    officer.page.go_forward()
    officer.judge()
    assert officer.path == review
    officer.sees("Quay lại giữa chừng")
    assert drafts(officer, "Quay lại giữa chừng") == 1


def test_a_reload_of_a_refused_form_sends_it_as_it_was(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Tải lại trang báo lỗi")
    officer.page.locator("[name='due_on']").fill("cuối năm")
    officer.press("Lưu nháp")
    expect(officer.page.locator(".error-summary")).to_be_focused()
    officer.page.reload()
    officer.judge()
    expect(officer.page.locator("[name='due_on']")).to_have_value("cuối năm")
    officer.page.locator("[name='due_on']").fill("31/12/2024")
    officer.press("Lưu nháp")
    assert drafts(officer, "Tải lại trang báo lỗi") == 1


def test_a_link_of_the_error_summary_leads_to_its_field(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    officer.press("Lưu nháp")
    officer.page.locator(".error-summary").get_by_role("link").first.click()
    assert officer.page.evaluate("() => document.activeElement.name") == "title"


def test_a_session_that_ended_leads_back_to_the_filled_form(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Hết phiên giữa chừng")
    officer.context.clear_cookies()
    officer.press("Lưu nháp")
    assert officer.h1 == "Đăng nhập"
    officer.sees("Nội dung đồng chí vừa nhập vẫn được giữ")


def test_two_windows_of_the_same_person_meet_at_the_conflict_page(window: Callable[..., Person]):
    first, second = window(), window()
    first.sign_in("officer")
    second.sign_in("officer")
    first.go("/phan-viec/dang-ky")
    journeys.fill_task(first, "Sửa ở hai cửa sổ")
    first.press("Lưu nháp")
    edit = first.path
    second.go(edit)
    second.fill("Sản phẩm", "Sản phẩm ở cửa sổ thứ hai")
    second.press("Lưu nháp")
    first.fill("Sản phẩm", "Sản phẩm ở cửa sổ thứ nhất")
    first.press("Lưu nháp")
    assert first.h1 == "Đồng chí đã lưu nội dung này ở cửa sổ khác"
    first.page.get_by_label("Lấy bản đã lưu").check()
    first.press("Dùng lựa chọn này")
    expect(first.page.locator("[name='product']")).to_have_value("Sản phẩm ở cửa sổ thứ hai")


def test_back_from_the_check_page_leads_to_the_draft_and_asks_nothing(window: Callable[..., Person]):
    """After a sending that was refused too: browsers would ask whether to send that once more."""
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    journeys.fill_task(officer, "Sai rồi đúng")
    officer.fill("Ngày hoàn thành", "cuối năm")
    officer.press("Xem lại trước khi gửi")
    officer.sees("Không đọc được ngày này")
    officer.fill("Ngày hoàn thành", "31/12/2024")
    officer.press("Xem lại trước khi gửi")
    officer.page.go_back()
    officer.judge()
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Sửa phần việc")
    expect(officer.page.get_by_label("Tên phần việc")).to_have_value("Sai rồi đúng")
    officer.go("/")
    expect(officer.page.locator("#dang-dien-do").filter(has_text="Sai rồi đúng")).to_have_count(0)


def test_what_a_measure_turned_is_said_and_turned_back(window: Callable[..., Person]):
    officer = window()
    officer.sign_in("officer")
    officer.go("/phan-viec/dang-ky")
    counting = officer.page.get_by_label("Mỗi kỳ báo cáo ghi")
    for measure, value, words in (
        ("% hộ", "level", "Đã chuyển sang mức đạt"),
        ("hộ", "added", "Đã chuyển sang số thêm"),
    ):
        officer.fill("Đơn vị tính", measure)
        officer.page.get_by_label("Đơn vị tính").blur()
        expect(counting).to_have_value(value)
        officer.sees(words)
