"""The form of a correction shows the day on which the target counts as reached, and lets the unit change it."""

from datetime import date
from decimal import Decimal

from pledges.core.dates import format_date
from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, field, the_report, url

HINT = "Ngày đạt chỉ tiêu giữ theo báo cáo đã duyệt"
HOUSES = (IndicatorEntry("Nhà", Decimal(15), "nhà"),)


def test_the_day_is_shown_kept_and_read_before_sending(ward: Ward, sign_in: SignIn):
    task = ward.task(due_on=date(2024, 8, 31), indicators=HOUSES)
    report, officer = ward.report(task, "2024-07", [15]), sign_in("officer_kp1")
    reached = f"reached_{task.indicators[0].id}"
    day = format_date(date(2024, 7, 22))
    page = officer.send(f"/bao-cao/{report.id}/dinh-chinh", {"reason": "Đếm nhầm."}, follow=True)
    assert HINT in page.text
    assert page.form().fields[reached] == ["22/7/2024"]
    page = officer.send_form(page.form(), {field(task): "14"}, button=CHECK, status=200)
    assert "Số liệu chưa đạt chỉ tiêu nên chưa có ngày đạt; để trống ô này." in page.text
    page = officer.send_form(page.form(), {field(task): "15"}, button=CHECK, follow=True)
    assert f"Đạt chỉ tiêu ngày {day}" in page.text
    officer.send_form(page.form())
    leader = sign_in("leader").get(f"/bao-cao/{report.id}")
    assert f"Đạt chỉ tiêu ngày {day}" in leader.text
    assert format_date(the_report(ward).rounds[-1].figures[0].reached_on) == day


def test_a_report_that_corrects_nothing_has_the_plain_hint(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward, ward.task(indicators=HOUSES), "2024-09"))
    assert "Để trống thì lấy ngày gửi báo cáo." in page.text
    assert HINT not in page.text
