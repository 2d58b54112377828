"""Writing a report: figures, words, drafts."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.progress.models import Report
from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, the_report, url


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
        ("ended", 403),
    ],
)
def test_who_writes_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(ward, ward.task()), status=status)


def test_a_unit_that_helps_knows_of_it_but_does_not_write_it(ward: Ward, sign_in: SignIn):
    sign_in("officer_kp2").get(url(ward, ward.task(cooperating=["KP2"])), status=403)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward, ward.task()), status=302).location


def test_it_asks_for_what_was_added_or_for_the_level_and_shows_what_stood_before(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [74, 55])
    text = sign_in("officer_kp1").get(url(ward, task)).text
    assert "Đăng ký 450 m Trước kỳ này 74 m Thêm trong tháng 10" in text
    assert "Đăng ký 80 % hộ Trước kỳ này 55 % hộ Đạt đến cuối tháng 10" in text
    assert "Hạn báo cáo 25/10/2024, còn 10 ngày" in text


def test_the_clerk_writes_for_a_unit_and_is_told_so(ward: Ward, sign_in: SignIn):
    assert "Nhập thay Khu phố 1" in sign_in("clerk").get(url(ward, ward.task())).text
    assert "Nhập thay" not in sign_in("officer_kp1").get(url(ward, ward.task())).text


def test_a_draft_is_kept_and_shown_again(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    typed = {
        field(task): "30,5",
        "narrative": "Trồng bù",
        "obstacle": "Thiếu giống",
        "next_step": "Mua giống",
    }
    page = officer.send(url(ward, task), typed, button=KEEP, follow=True)
    assert page.form().fields[field(task)] == ["30,5"]
    assert page.form().fields["narrative"] == ["Trồng bù"]
    assert "Lũy kế 30,5 m, đạt 7%" in page.text
    assert "Đã lưu nháp lúc 09:30 ngày 15/10/2024" in page.text
    one = the_report(ward).last_round
    assert one is not None
    assert {figure.indicator_id: figure.value for figure in one.figures} == {
        task.indicators[0].id: Decimal("30.5")
    }
    assert (one.obstacle, one.next_step, one.last_event) == ("Thiếu giống", "Mua giống", None)


def test_blank_is_not_zero(ward: Ward, sign_in: SignIn):
    task = ward.task()
    sign_in("officer_kp1").send(url(ward, task), {field(task): "0"}, button=KEEP)
    one = the_report(ward).last_round
    assert one is not None
    assert {figure.indicator_id: figure.value for figure in one.figures} == {task.indicators[0].id: 0}


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ba mươi", "Chỉ nhập số"), ("1.234", "hàng nghìn"), ("1e5", "Chỉ nhập số"), ("5%", "Chỉ nhập số")],
)
def test_a_wrong_figure_stays_in_sight_with_everything_else(
    ward: Ward, sign_in: SignIn, typed: str, words: str
):
    task = ward.task()
    page = sign_in("officer_kp1").send(
        url(ward, task), {field(task): typed, "narrative": "Đã trồng"}, button=KEEP, status=200
    )
    assert any(words in error for error in page.errors)
    assert page.form().fields[field(task)] == [typed]
    assert page.form().fields["narrative"] == ["Đã trồng"]
    ward.settle()
    assert ward.session.scalar(select(func.count(Report.id))) == 0


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_is_with_the_leaders_is_shown_not_edited(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task()
    report = ward.report(task, "2024-09", [1, 30], status=status)
    officer = sign_in("officer_kp1")
    assert officer.get(url(ward, task, "2024-09"), status=302).location == f"/bao-cao/{report.id}"


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "cancelled"])
def test_a_task_outside_the_list_is_not_reported_on(ward: Ward, sign_in: SignIn, status: str):
    page = sign_in("officer_kp1").get(url(ward, ward.task(status=status)), status=409)
    assert "chỉ báo cáo phần việc đã được duyệt vào danh mục" in page.text
    assert page.forms == []


def test_a_period_that_has_not_begun_is_not_reported_on(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward, ward.task(), "2024-11"), status=409)
    assert "Kỳ tháng 11/2024 chưa bắt đầu." in page.text


def test_a_period_that_is_not_there_is_not_found(ward: Ward, sign_in: SignIn):
    sign_in("officer_kp1").get(f"/phan-viec/{ward.task().id}/bao-cao/9999", status=404)


@pytest.mark.parametrize(
    ("values", "on", "words"),
    [
        (["30", "60"], "10/10/2024", "Số liệu chưa đạt chỉ tiêu"),
        (["450", "60"], "16/10/2024", "không thể ở sau hôm nay"),
        (["450", "60"], "1/4/2024", "trước ngày bắt đầu"),
        (["", "60"], "10/10/2024", "chưa có số liệu của kỳ này"),
        (["450", "60"], "31/9/2024", "không có ngày 31"),
    ],
)
def test_the_day_of_reaching_must_fit(ward: Ward, sign_in: SignIn, values: list[str], on: str, words: str):
    task = ward.task()
    typed = {field(task): values[0], field(task, 1): values[1], field(task, 0, "reached"): on}
    page = sign_in("officer_kp1").send(url(ward, task), typed, button=KEEP, status=200)
    assert any(words in error for error in page.errors)
    assert page.form().fields[field(task, 0, "reached")] == [on]


def test_the_stated_day_of_reaching_is_kept(ward: Ward, sign_in: SignIn):
    task = ward.task()
    typed = {field(task): "450", field(task, 0, "reached"): "10/10/2024"}
    sign_in("officer_kp1").send(url(ward, task), typed, button=KEEP)
    one = the_report(ward).last_round
    assert one is not None
    assert [figure.reached_on for figure in one.figures] == [date(2024, 10, 10)]


def test_a_fall_needs_words_before_it_goes_on(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    typed = {field(task): "-46", field(task, 1): "50"}
    page = officer.send(url(ward, task), typed, button=CHECK, status=200)
    assert "“Đường ngõ được bê tông hóa” giảm so với kỳ trước: đồng chí ghi rõ lý do." in page.errors
    officer.send_form(page.form(), {"narrative": "Bão số 3 làm hỏng 46 m."}, button=CHECK)


def test_a_blank_needs_words_before_it_goes_on_but_not_in_a_draft(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    officer.send(url(ward, task), {field(task): "30"}, button=KEEP)
    page = officer.send(url(ward, task), button=CHECK, status=200)
    assert [error for error in page.errors if "Hộ tham gia phân loại rác” chưa có số liệu" in error]
    officer.send_form(page.form(), {"narrative": "Chưa điều tra xong hộ."}, button=CHECK)


def test_what_can_not_be_measured_yet_may_stay_blank(ward: Ward, sign_in: SignIn):
    rows = (
        IndicatorEntry("Cây xanh", Decimal(120), "cây"),
        IndicatorEntry("Cây sống", Decimal(100), "cây", measured_from=date(2024, 12, 1)),
    )
    task = ward.task(indicators=rows)
    page = sign_in("officer_kp1").get(url(ward, task))
    assert "Đo được từ 1/12/2024; trước ngày đó để trống." in page.text
    sign_in("officer_kp1").send(url(ward, task), {field(task): "30"}, button=CHECK)
