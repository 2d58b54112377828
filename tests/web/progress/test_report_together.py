"""Writing a report: clicked twice, by two people, after a return, after the session ended."""

from pledges.audit.queries import history
from tests.support.critic import SignIn
from tests.support.files import png, upload
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, end_session, field, the_report, url


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
    asked = officer.send_form(
        form, {field(task): "30", "narrative": "Trồng bù 30 cây"}, button=KEEP, status=401
    )
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


def test_another_month_that_was_returned_is_told(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [1, 30], status="returned")
    officer = sign_in("officer_kp1")
    page = officer.get(url(ward, task))
    assert "Tháng 9/2024 bị trả lại “Số liệu chưa khớp minh chứng.”" in page.text
    assert page.link("Sửa và gửi lại") == url(ward, task, "2024-09")
    assert "Sửa và gửi lại" not in officer.get(url(ward, task, "2024-09")).text
