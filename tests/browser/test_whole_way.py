"""The whole way of a new task: register, approve, sign, report, accept, print."""

from collections.abc import Callable
from datetime import date

from tests.browser import journeys
from tests.support.browser import PHONE, Person


def test_from_registration_to_print(window: Callable[..., Person]):
    """The officer and the leader at phones; at desks they go the ways of test_demo."""
    title = "Trồng cây xanh dọc đường trục khu phố"
    officer, leader, clerk = window(size=PHONE), window(size=PHONE), window()
    for person, role in ((officer, "officer"), (leader, "leader"), (clerk, "clerk")):
        person.sign_in(role)
    task = journeys.register(officer, title)
    number = journeys.approve(leader, title)
    journeys.prepare_commitment(clerk, "Khu phố 1")
    commitment = clerk.page.get_by_role("link", name="Bản in PDF").get_attribute("href")
    assert commitment is not None
    assert title in journeys.text_of(journeys.paper(clerk, commitment))
    journeys.record_on_paper(clerk, date(2024, 10, 15))
    officer.go(task)
    officer.sees("Đã ký cam kết")
    journeys.report_month(officer, task, ("120", "25"), "Đã trồng đoạn đầu khu, các hộ nhận chăm sóc.")
    journeys.accept_report(leader, title)
    officer.go(task)
    officer.sees("Đã duyệt")
    officer.sees("120")
    clerk.place("Văn bản")
    clerk.page.get_by_role("link", name="Báo cáo tiến độ", exact=True).click()
    clerk.page.get_by_role("img", name="Trang 1/").wait_for()
    address = clerk.page.get_by_role("link", name="In (PDF)").get_attribute("href")
    report = journeys.text_of(journeys.paper(clerk, f"{address}"))
    assert title in report
    assert f"{number}" in report
