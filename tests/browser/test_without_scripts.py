"""The same way where the browser runs no scripts: rows are added by the server, everything is sent by forms."""

import re
from collections.abc import Callable
from datetime import date

from tests.browser import journeys
from tests.support.browser import DESK, PHONE, Person


def test_returned_mended_approved_signed_and_reported(window: Callable[..., Person]):
    """What the server sends is the same for every window: one of each width is enough."""
    title = "Thắp sáng ngõ 12"
    officer, leader, clerk = (window(size=size, scripts=False) for size in (PHONE, DESK, DESK))
    for person, role in ((officer, "officer"), (leader, "leader"), (clerk, "clerk")):
        person.sign_in(role)
    task = journeys.register(officer, title, wait_for_row=False)
    leader.place("Duyệt")
    leader.follow(title)
    leader.follow("Trả lại kèm lý do")
    leader.page.locator("[name='reason']").fill("Ghi rõ số đèn của từng ngõ.")
    leader.press("Trả lại cho")
    officer.go(f"{task}/sua")
    officer.sees("Ghi rõ số đèn của từng ngõ.")
    officer.fill("Sản phẩm", "30 đèn ở ngõ 12, 14 và 16")
    officer.press("Xem lại trước khi gửi")
    officer.press("Gửi duyệt")
    journeys.approve(leader, title)
    journeys.prepare_commitment(clerk, "Khu phố 1")
    journeys.record_on_paper(clerk, date(2024, 10, 15))
    journeys.report_month(officer, task, ("10", "5"), "Đã lắp 10 đèn.")
    leader.place("Duyệt")
    leader.press_in(leader.page.locator("#bao-cao").get_by_role("link", name=title).first)
    leader.press("Duyệt báo cáo")
    officer.go(task)
    officer.sees(re.compile(r"Đã duyệt"))
