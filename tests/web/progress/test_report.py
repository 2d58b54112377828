"""Writing a report: figures, words, drafts."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.progress.models import Figure, Report
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
    planned = "Kế hoạch đến hôm nay 70%"
    added = "Thêm trong tháng 10 Chỉ ghi phần làm thêm trong kỳ; phần mềm tự cộng với các kỳ trước."
    assert f"Đăng ký 450 m Trước kỳ này 74 m {planned} {added}" in text
    level = "Đạt đến cuối tháng 10 Ghi mức chung đến hết kỳ, gồm cả các kỳ trước."
    assert f"Đăng ký 80 % hộ Trước kỳ này 55 % hộ {planned} {level}" in text
    assert "Hạn báo cáo 25/10/2024, còn 10 ngày" in text


def test_it_tells_how_much_of_what_stood_before_waits_to_be_accepted(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-08", [64, 50])
    ward.report(task, "2024-09", [10, 55], "submitted")
    text = sign_in("officer_kp1").get(url(ward, task)).text
    assert "Trước kỳ này 74 m trong đó 10 m chờ duyệt Kế hoạch" in text
    assert "Trước kỳ này 55 % hộ chờ duyệt Kế hoạch" in text


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
    said = {"narrative": "Bão số 3 làm hỏng 46 m.", field(task, 0, "affirmed"): "-46"}
    officer.send_form(page.form(), said, button=CHECK)


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


def test_an_unusual_figure_is_asked_about_before_it_goes_on_and_never_forbidden(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    ward.report(task, "2024-09", [20, 55])
    typed = {field(task): "500", field(task, 1): "54"}
    page = officer.send(url(ward, task), typed, button=CHECK, status=200)
    jump = "Số liệu gấp 10 lần mức thường mỗi kỳ (20 m) hoặc hơn. Số liệu vượt 100% chỉ tiêu đăng ký (450 m)."
    fall = "Mức đạt giảm so với kỳ trước: 55 % hộ thành 54 % hộ."
    assert [error.split(" Đồng chí sửa")[0] for error in page.errors] == [
        f"“Đường ngõ được bê tông hóa”: {jump}",
        f"“Hộ tham gia phân loại rác”: {fall}",
    ]
    ticks = {field(task, 0, "affirmed"): "500", field(task, 1, "affirmed"): "54"}
    officer.send_form(page.form(), ticks, button=CHECK)
    ward.settle()
    kept = ward.session.scalars(select(Figure).where(Figure.affirmed != "").order_by(Figure.id))
    assert [figure.affirmed for figure in kept] == ["jump over", "fall"]
    page = officer.get(f"{url(ward, task)}/gui")
    assert "Đơn vị đã xác nhận: số liệu gấp 10 lần mức thường hoặc hơn; vượt 100% chỉ tiêu." in page.text


def test_a_draft_is_never_asked(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    page = officer.send(url(ward, task), {field(task): "-46"}, button=KEEP, follow=True)
    assert page.errors == []
    assert "Số liệu kỳ này làm giảm 46 m so với các kỳ trước. Đúng như vậy" in page.text


def test_a_yes_is_given_to_one_figure_and_to_no_other(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    said = {field(task): "-46", field(task, 1): "50", "narrative": "Bão."}
    tick = field(task, 0, "affirmed")
    page = officer.send(url(ward, task), said | {tick: "-46"}, button=KEEP, follow=True, forge=True)
    assert page.form().fields[tick] == ["-46"]
    page = officer.send_form(page.form(), {field(task): "-64"}, button=CHECK, status=200)
    assert "làm giảm 64 m" in page.errors[0]
    assert tick not in page.form().fields
    page = officer.send_form(page.form(), {tick: "-64"}, button=CHECK)


def test_blanks_that_are_meant_need_no_words(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    officer.send(url(ward, task), {field(task): "30", "blanks_meant": "y"}, button=CHECK)
    one = the_report(ward).last_round
    assert one is not None
    assert one.blanks_meant
    page = officer.get(f"{url(ward, task)}/gui")
    assert "01 chỉ tiêu để trống: đồng chí ghi là không có số liệu kỳ này." in page.text
    officer.send(f"{url(ward, task)}/gui")
    ward.settle()
    assert the_report(ward).last_round.submitted_at is not None  # type: ignore[union-attr]


def test_the_clerk_says_for_whom_and_from_which_paper_before_sending(ward: Ward, sign_in: SignIn):
    task, clerk = ward.task(), sign_in("clerk")
    said = {field(task): "30", field(task, 1): "60"}
    page = clerk.send(url(ward, task), said, button=KEEP, follow=True)
    page = clerk.send_form(page.form(), button=CHECK, status=200)
    assert [error.split(":")[0] for error in page.errors] == [
        "Nhập người của đơn vị đã khai",
        "Nhập theo giấy tờ nào, ví dụ Phiếu đăng ký ngày 20/3/2024.",
    ]
    page = clerk.send_form(page.form(), {"on_behalf_of": "Phạm Văn Đức"}, button=KEEP, status=200)
    assert len(page.errors) == 1
    paper = {"on_behalf_of": "Phạm Văn Đức, Khu trưởng", "from_paper": "Phiếu báo cáo ngày 14/10/2024"}
    page = clerk.send_form(page.form(), paper, button=CHECK, follow=True)
    assert "Nhập thay Phạm Văn Đức, Khu trưởng, theo Phiếu báo cáo ngày 14/10/2024." in page.text


def test_the_clerk_corrects_what_the_unit_wrote_without_a_paper(ward: Ward, sign_in: SignIn):
    task, clerk = ward.task(), sign_in("clerk")
    ward.report(task, "2024-10", [30, 60], status="draft")
    clerk.send(url(ward, task), {field(task): "31"}, button=CHECK)
    clerk.send(f"{url(ward, task)}/gui")
    one = the_report(ward).last_round
    assert one is not None
    assert (one.on_behalf_of, one.submitted_at is not None) == ("", True)
