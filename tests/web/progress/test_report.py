"""Writing a report: kept as a draft, files first, nothing lost."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.audit.queries import history
from pledges.files.models import StoredFile
from pledges.progress.models import Evidence, Report
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import Critic, SignIn
from tests.support.files import HTML, PDF, png, upload
from tests.support.ward import Ward

CHECK = "Xem lại trước khi gửi"
KEEP = "Lưu nháp"


def url(ward: Ward, task: Task, month: str = "2024-10"):
    return f"/phan-viec/{task.id}/bao-cao/{ward.period(month).id}"


def field(task: Task, number: int = 0, kind: str = "value"):
    return f"{kind}_{task.indicators[number].id}"


def the_report(ward: Ward) -> Report:
    ward.settle()
    return ward.session.scalars(select(Report)).one()


def end_session(person: Critic) -> None:
    with person.client.session_transaction() as cookie:
        cookie["seen"] = 0


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
    typed = {field(task): "30,5", "narrative": "Trồng bù", "obstacle": "Thiếu giống", "next_step": "Mua giống"}
    page = officer.send(url(ward, task), typed, button=KEEP, follow=True)
    assert page.form().fields[field(task)] == ["30,5"]
    assert page.form().fields["narrative"] == ["Trồng bù"]
    assert "Lũy kế 30,5 m, đạt 7%" in page.text
    assert "Đã lưu nháp lúc 09:30 ngày 15/10/2024" in page.text
    one = the_report(ward).last_round
    assert one is not None
    assert {figure.indicator_id: figure.value for figure in one.figures} == {task.indicators[0].id: Decimal("30.5")}
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


def test_a_wrong_figure_never_costs_a_photo(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    photos = [upload(png(1), "Ảnh 1.png"), upload(png(2), "Ảnh 2.jpg"), upload(PDF, "Danh sách.pdf")]
    page = officer.send(url(ward, task), {field(task): "x", "evidence": photos}, button=CHECK, status=200)
    assert page.errors
    for name in ("Ảnh 1.png", "Ảnh 2.jpg", "Danh sách.pdf"):
        assert name in page.text
    page = officer.send_form(page.form(), {field(task): "30", field(task, 1): "60"}, button=CHECK, follow=True)
    assert page.h1 == "Xem lại báo cáo tháng 10/2024"
    for name in ("Ảnh 1.png", "Ảnh 2.jpg", "Danh sách.pdf"):
        assert name in page.text
    one = the_report(ward).last_round
    assert one is not None
    assert [file.name for file in one.evidence] == ["Ảnh 1.png", "Ảnh 2.jpg", "Danh sách.pdf"]
    assert [file.file.media_type for file in one.evidence] == ["image/png", "image/png", "application/pdf"]


def test_a_page_is_not_taken_as_evidence_and_costs_nothing_else(ward: Ward, sign_in: SignIn):
    task = ward.task()
    sent = {field(task): "30", "evidence": [upload(HTML, "ảnh.png"), upload(png(), "thật.png")]}
    page = sign_in("officer_kp1").send(url(ward, task), sent, button=KEEP, status=200)
    assert "ảnh.png: Chỉ nhận tệp PDF và ảnh (JPG, PNG, WEBP, HEIC)." in page.errors
    assert "thật.png" in page.text
    assert page.form().fields[field(task)] == ["30"]


def test_the_same_file_is_tied_once(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    for name in ("một.png", "hai.png"):
        officer.send(url(ward, task), {"evidence": upload(png(7), name)}, button=KEEP)
    assert [one.name for one in ward.session.scalars(select(Evidence))] == ["một.png"]
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 1


def test_a_file_can_be_taken_off_and_the_rest_is_kept(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    photos = [upload(png(1), "nhầm.png"), upload(png(2), "đúng.png")]
    officer.send(url(ward, task), {"evidence": photos}, button=KEEP)
    form = officer.get(url(ward, task)).form()
    pressed = next(one[0] for one in form.buttons if "nhầm.png" in one[0])
    page = officer.send_form(form, {"narrative": "Vẫn còn"}, button=pressed, follow=True)
    assert "nhầm.png" not in page.text
    assert "đúng.png" in page.text
    assert page.form().fields["narrative"] == ["Vẫn còn"]


def test_a_forged_form_leaves_no_file(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer, stranger = sign_in("officer_kp1"), sign_in("mate_kp1")
    fields = {"act": "draft", "evidence": upload(png(), "lạ.png"), "version": "0"}
    officer.post(url(ward, task), fields, status=200)
    key = stranger.get(url(ward, task)).form().fields["form_key"][0]
    fields = {"act": "draft", "evidence": upload(png(), "lạ.png"), "version": "0", "form_key": key}
    officer.post(url(ward, task), fields, status=200)
    ward.settle()
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 0


def test_a_dead_token_keeps_text_and_files(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    form.fields["csrf_token"] = ["20200101000000##dead"]
    page = officer.send_form(
        form, {"narrative": "Đã trồng", "evidence": upload(png(), "ảnh.png")}, button=KEEP, status=200
    )
    assert "Nội dung đã nhập vẫn còn nguyên" in page.errors[0]
    assert page.form().fields["narrative"] == ["Đã trồng"]
    assert "ảnh.png" in page.text
    officer.send_form(page.form(), button=KEEP)
    assert the_report(ward).last_round.narrative == "Đã trồng"  # type: ignore[union-attr]


def test_two_clicks_make_one_report(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    answers = {
        officer.send_form(form, {field(task): "30", field(task, 1): "60"}, button=CHECK).location
        for _click in range(3)
    }
    assert answers == {f"{url(ward, task)}/gui"}
    report = the_report(ward)
    assert len(report.rounds) == 1
    assert [entry.action for entry in ward.session.scalars(history("report", report.id))] == [
        "report.drafted",
        "report.edited",
    ]


def test_an_ended_session_leads_back_to_what_was_typed(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    end_session(officer)
    asked = officer.send_form(form, {field(task): "30", "narrative": "Trồng bù 30 cây"}, button=KEEP, status=401)
    page = officer.send_form(
        asked.form("/dang-nhap"), {"username": "officer_kp1", "password": "con đường hoa số 5"}, follow=True
    )
    assert page.h1 == "Báo cáo tháng 10/2024"
    assert page.form().fields["narrative"] == ["Trồng bù 30 cây"]
    officer.send_form(page.form(), button=KEEP)
    assert the_report(ward).last_round.narrative == "Trồng bù 30 cây"  # type: ignore[union-attr]


def test_two_people_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-10", [10, 50], status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task), {field(task): "20", "narrative": "Của đồng nghiệp"}, button=KEEP)
    page = mine.send_form(form, {field(task): "30", field(task, 1): "61"}, button=KEEP, status=409)
    assert "Đường ngõ được bê tông hóa: thêm trong tháng 10" in page.text
    choices = {f"choose-{field(task)}": "mine", "choose-narrative": "theirs"}
    mine.send_form(page.form(), choices)
    one = the_report(ward).last_round
    assert one is not None
    assert one.narrative == "Của đồng nghiệp"
    assert {figure.value for figure in one.figures} == {30, 61}


def test_who_begins_the_same_report_sees_the_others(ward: Ward, sign_in: SignIn):
    task = ward.task()
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task), {"narrative": "Của đồng nghiệp"}, button=KEEP)
    page = mine.send_form(form, {"narrative": "Của tôi"}, button=KEEP, status=409)
    assert "Của đồng nghiệp" in page.text
    assert "Của tôi" in page.text
    assert the_report(ward).last_round.narrative == "Của đồng nghiệp"  # type: ignore[union-attr]


def test_a_photo_beside_a_colleagues_change_hides_nothing(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-10", [10, 50], status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task), {"narrative": "Của đồng nghiệp"}, button=KEEP)
    mine.send_form(form, {"narrative": "Của tôi", "evidence": upload(png(), "a.png")}, button=KEEP, status=409)
    one = the_report(ward).last_round
    assert one is not None
    assert one.narrative == "Của đồng nghiệp"
    assert [file.name for file in one.evidence] == ["a.png"]


def test_after_a_return_the_reason_is_at_the_top_and_everything_is_filled(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    officer.send(
        url(ward, task, "2024-09"),
        {field(task): "30", field(task, 1): "60", "narrative": "Lần một", "evidence": upload(png(), "a.png")},
        button=KEEP,
    )
    officer.send(f"{url(ward, task, '2024-09')}/gui")
    report = the_report(ward)
    sign_in("leader").send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Kèm danh sách vị trí cây."})
    page = officer.get(url(ward, task, "2024-09"))
    assert "Tháng 9/2024 bị trả lại “Kèm danh sách vị trí cây.” Trần Quốc Hưng" in page.text
    assert page.form().fields[field(task)] == ["30"]
    assert page.form().fields["narrative"] == ["Lần một"]
    assert "a.png" in page.text
    officer.send_form(page.form(), {"narrative": "Lần hai"}, button=KEEP)
    report = the_report(ward)
    assert [one.narrative for one in report.rounds] == ["Lần một", "Lần hai"]
    assert [[file.name for file in one.evidence] for one in report.rounds] == [["a.png"], ["a.png"]]


def test_a_file_of_the_returned_round_can_be_taken_off_the_next(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    filled = {field(task): "30", field(task, 1): "60", "evidence": upload(png(), "cũ.png")}
    officer.send(url(ward, task), filled, button=CHECK)
    officer.send(f"{url(ward, task)}/gui")
    sign_in("leader").send(f"/bao-cao/{the_report(ward).id}/tra-lai", {"reason": "Ảnh mờ."})
    form = officer.get(url(ward, task)).form()
    officer.send_form(form, button=next(one[0] for one in form.buttons if "cũ.png" in one[0]))
    assert [[file.name for file in one.evidence] for one in the_report(ward).rounds] == [["cũ.png"], []]


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_is_with_the_leaders_is_shown_not_edited(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task()
    report = ward.report(task, "2024-09", [1, 30], status=status)
    officer = sign_in("officer_kp1")
    assert officer.get(url(ward, task, "2024-09"), status=302).location == f"/bao-cao/{report.id}"


def test_what_was_sent_meanwhile_is_not_changed(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-10", [1, 30], status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(f"{url(ward, task)}/gui")
    page = mine.send_form(form, {field(task): "99"}, button=KEEP, status=409)
    page = mine.send_form(page.form(), status=200)
    assert "Báo cáo kỳ này đã gửi; chỉ sửa được khi lãnh đạo trả lại." in page.errors
    assert {figure.value for one in the_report(ward).rounds for figure in one.figures} == {1, 30}


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
