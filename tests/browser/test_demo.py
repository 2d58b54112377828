"""The demo's own work: an overdue report sent, returned, mended and accepted; an obstacle decided; papers printed."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser import journeys
from tests.support.browser import Person

OVERDUE = "Báo cáo tháng 9/2024: Bê tông hóa ngõ tổ 3"
TASK = "Bê tông hóa ngõ tổ 3"


def button_of(person: Person, title: str) -> Locator:
    """The button beside a line of what waits for me."""
    line = person.page.locator(".waits > li").filter(
        has=person.page.get_by_role("link", name=title, exact=True)
    )
    return line.locator("a.btn")


def test_an_overdue_report_is_sent_returned_mended_and_accepted(window: Callable[..., Person]):
    officer, leader = window(), window()
    officer.sign_in("officer")
    leader.sign_in("leader")
    officer.sees("Quá hạn")
    officer.press_in(button_of(officer, OVERDUE))
    officer.page.locator("input[name^='value_']").first.fill("35")
    officer.page.locator("[name='narrative']").fill("Đổ thêm được 35 m.")
    officer.press("Xem lại trước khi gửi")
    officer.sees("Báo cáo sẽ được ghi là gửi muộn")
    officer.press("Gửi báo cáo")

    leader.place("Duyệt")
    leader.press_in(leader.page.locator("#bao-cao").get_by_role("link", name=TASK).first)
    leader.follow("Trả lại kèm lý do")
    leader.press("Trả lại báo cáo")
    expect(leader.page.locator(".error-summary")).to_be_visible()
    leader.page.locator("[name='reason']").fill("Ghi rõ đoạn nào đã xong.")
    leader.press("Trả lại báo cáo")

    officer.go("/")
    officer.sees("Ghi rõ đoạn nào đã xong.")
    officer.press_in(button_of(officer, OVERDUE))
    expect(officer.page.locator("[name='narrative']")).to_have_value("Đổ thêm được 35 m.")
    officer.page.locator("[name='narrative']").fill("Đổ thêm được 35 m, từ nhà văn hóa đến ngõ 7.")
    officer.press("Xem lại trước khi gửi")
    officer.press("Gửi báo cáo")

    journeys.accept_report(leader, TASK)
    officer.go("/")
    expect(officer.page.get_by_role("main").get_by_role("link", name=OVERDUE)).to_have_count(0)


def test_a_decision_on_an_obstacle_takes_it_off_the_list(window: Callable[..., Person]):
    leader = window()
    leader.sign_in("leader")
    leader.place("Duyệt")
    waiting = leader.page.locator("#vuong-mac li")
    before = waiting.count()
    leader.press_in(waiting.first.get_by_role("link", name=re.compile("^Quyết định")))
    leader.page.get_by_role("main").get_by_role("radio").first.check()
    leader.page.locator("[name='reason']").fill("Phường hỗ trợ ngay trong tháng.")
    leader.page.get_by_role("main").get_by_role("button").last.focus()
    leader.press_in(leader.page.get_by_role("main").locator("form button[type=submit]").last)
    leader.place("Duyệt")
    expect(leader.page.locator("#vuong-mac li")).to_have_count(before - 1)


def test_a_commitment_is_signed_in_the_app_by_the_password(window: Callable[..., Person]):
    title = "Ký trong ứng dụng"
    officer, leader, clerk = window(), window(), window()
    for person, role in ((officer, "officer"), (leader, "leader"), (clerk, "clerk")):
        person.sign_in(role)
    journeys.register(officer, title)
    journeys.approve(leader, title)
    clerk.place("Cam kết")
    row = clerk.page.get_by_role("row", name="Khu phố 1")
    clerk.press_in(row.get_by_role("link", name=re.compile("^Soạn")).first)
    accounts = clerk.page.locator("select[name$='-account']")
    accounts.first.select_option(index=1)
    for other in accounts.all()[1:]:
        other.select_option(index=0)
    while clerk.page.locator("[data-row]").count() > 1:
        clerk.page.locator("[data-row-drop]").last.click()
    clerk.press("Lưu bản cam kết")
    clerk.follow("Chốt để ký")
    clerk.press("Chốt 1 bản cam kết")
    officer.go(clerk.path)
    officer.follow("Ký", exact=True)
    officer.sees(title)
    officer.page.locator("[name='password']").fill("không phải mật khẩu")
    officer.press("Tôi đã đọc và ký")
    expect(officer.page.locator(".error-summary")).to_be_visible()
    officer.page.locator("[name='password']").fill(officer.page.locator("main code").last.inner_text())
    officer.press("Tôi đã đọc và ký")
    officer.sees("Xác nhận điện tử nội bộ")
    clerk.go(clerk.path)
    clerk.sees("Đã ký")
    address = clerk.page.get_by_role("link", name="Bản in PDF").get_attribute("href")
    assert title in journeys.text_of(journeys.paper(clerk, f"{address}"))
