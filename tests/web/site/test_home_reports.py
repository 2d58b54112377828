"""Reports on the first page: a correction that was not sent, and the page that holds all reports of a unit."""

from datetime import date

import pytest

from pledges.progress.models import Report
from pledges.progress.operations import begin_correction
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.site.waiting import press, said

ALONE = "trên một trang"


def correcting(ward: Ward) -> Report:
    task = ward.task(start_on=date(2024, 9, 1), title="Bê tông hóa ngõ tổ 3")
    report = ward.report(task, "2024-09", [10, 30])
    begin_correction(ward.session, report, "Đếm nhầm.", by=ward.actor("officer_kp1"), at=ward.now)
    ward.session.commit()
    return report


def of_september(page: Page) -> list[str]:
    return [line for line in said(page) if "tháng 9/2024" in line]


def test_a_correction_that_was_not_sent_waits_for_the_unit(ward: Ward, sign_in: SignIn):
    report, officer = correcting(ward), sign_in("officer_kp1")
    page = officer.get("/")
    (line,) = of_september(page)
    assert line.startswith(
        "Bản nháp chưa gửi; số liệu đã duyệt vẫn được tính Đính chính báo cáo tháng 9/2024: Bê tông hóa ngõ tổ 3"
    )
    number = next(at for at, one in enumerate(said(page)) if one == line)
    assert press(page, number) == f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}"
    officer.send(press(page, number), button="Xem lại trước khi gửi", follow=True)
    assert of_september(sign_in("officer_kp2").get("/")) == []


@pytest.mark.parametrize("reason", ["Chưa đủ.", ""])
def test_a_returned_report_says_what_was_remarked_on_its_lines(ward: Ward, sign_in: SignIn, reason: str):
    report = ward.report(ward.task(start_on=date(2024, 9, 1)), "2024-09", [10, 30], status="submitted")
    first, second = report.task.indicators
    remarks = {f"remark_{first.id}": "Đo lại ngõ 5", f"remark_{second.id}": "Kèm danh sách hộ"}
    sign_in("leader").send(f"/bao-cao/{report.id}/tra-lai", {"reason": reason, **remarks})
    officer = sign_in("officer_kp1")
    (line,) = of_september(officer.get("/"))
    told = f"{reason} {first.label} Đo lại ngõ 5 {second.label} Kèm danh sách hộ".strip()
    assert told in line
    assert line.count("Đo lại ngõ 5") == 1
    writing = officer.get(f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}")
    assert writing.link("Xem 01 lần gửi trước") == f"/bao-cao/{report.id}"
    assert "Đo lại ngõ 5" in officer.get(f"/bao-cao/{report.id}").text


def test_a_correction_that_was_dropped_waits_no_more(ward: Ward, sign_in: SignIn):
    report, officer = correcting(ward), sign_in("officer_kp1")
    officer.send(f"/bao-cao/{report.id}/bo-dinh-chinh")
    assert of_september(officer.get("/")) == []


def test_a_correction_of_a_period_that_was_locked_meanwhile_says_so(ward: Ward, sign_in: SignIn):
    correcting(ward)
    ward.period("2024-09").locks_after = date(2024, 10, 5)
    ward.session.commit()
    (line,) = of_september(sign_in("officer_kp1").get("/"))
    assert line.startswith("Đã khóa kỳ sau ngày 5/10/2024")


def test_several_reports_of_one_period_lead_to_one_page(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    ward.task(start_on=date(2024, 9, 1))
    assert ALONE not in officer.get("/").text
    ward.task(start_on=date(2024, 9, 1))
    ward.task("KP2", start_on=date(2024, 9, 1))
    page = officer.get("/")
    assert page.text.count("Viết cả 2 báo cáo tháng 9/2024 của Khu 1 trên một trang") == 1
    assert "Viết cả 2 báo cáo tháng 9/2024" in of_september(page)[0], "beside the first of them"
    all_of_them = page.link("Viết cả 2 báo cáo tháng 9/2024 của Khu 1 trên một trang")
    assert all_of_them == f"/bao-cao/don-vi/{ward.unit('KP1').id}/{ward.period('2024-09').id}"
    officer.get(all_of_them)
    assert ALONE not in sign_in("officer_kp2").get("/").text
