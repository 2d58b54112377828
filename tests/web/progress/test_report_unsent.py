"""What is typed into a report and not sent: numbers and words are there again, files are not."""

from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from pledges.core.forms.unsent import UnsentForm
from pledges.tasks import operations as tasks
from tests.support.critic import Critic, SignIn
from tests.support.files import png, upload
from tests.support.page import PageForm
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, the_report, url


def autosave(who: Critic, form: PageForm, **typed: str) -> dict[str, Any]:
    """What static/js/autosave.js does."""
    form.fields |= {name: [value] for name, value in typed.items()}
    who.ward.settle()
    sent = MultiDict([(name, value) for name, values in form.fields.items() for value in values])
    answer = who.client.post("/luu-tam", data=sent)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


def kept(ward: Ward) -> list[UnsentForm]:
    ward.settle()
    return list(ward.session.scalars(select(UnsentForm)))


def test_figures_and_words_are_there_again_on_any_machine(ward: Ward, sign_in: SignIn):
    task = ward.task()
    typed = {field(task): "30,5", "narrative": "Trồng bù", "obstacle": "Thiếu giống"}
    first = sign_in("officer_kp1")
    told = autosave(first, first.get(url(ward, task)).form(), **typed)
    assert told["words"] == "Đã tự lưu lúc 09:30"
    (row,) = kept(ward)
    assert (row.page, row.title, row.path) == ("Báo cáo tháng 10/2024", task.title, url(ward, task))
    officer = sign_in("officer_kp1")
    page = officer.get(url(ward, task))
    assert "Nội dung đồng chí nhập lúc 09:30, chưa lưu vào báo cáo" in page.text
    assert "Đã tự lưu lúc 09:30" in page.text
    assert {name: page.form().fields[name] for name in typed} == {
        name: [text] for name, text in typed.items()
    }
    assert "Trồng bù" not in sign_in("mate_kp1").get(url(ward, task)).text
    officer.send_form(page.form(), button=KEEP)
    assert the_report(ward).last_round.narrative == "Trồng bù"  # type: ignore[union-attr]
    assert kept(ward) == []


def test_a_photo_beside_a_wrong_figure_contradicts_nobody(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    sent = {field(task): "x", "evidence": upload(png(), "ảnh.png")}
    officer.send(url(ward, task), sent, button=CHECK, status=200)
    page = officer.get(url(ward, task))
    assert page.form().fields[field(task)] == ["x"]
    assert "đã thay đổi" not in page.text
    officer.send_form(page.form(), {field(task): "30", field(task, 1): "60"}, button=CHECK)
    assert kept(ward) == []


def test_a_report_that_a_colleague_sent_meanwhile_costs_no_word(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    autosave(officer, officer.get(url(ward, task)).form(), narrative="Lời của Lan")
    report = ward.report(task, "2024-10", [30, 60], status="submitted")
    page = officer.get(url(ward, task), status=409)
    assert "Báo cáo kỳ này đã gửi lãnh đạo." in page.text
    assert "Đã làm được gì Lời của Lan" in page.text
    assert page.link("Xem báo cáo đã gửi") == f"/bao-cao/{report.id}"
    officer.send_form(officer.get(page.link("Bỏ nội dung này")).form())
    officer.get(url(ward, task), status=302)


def test_a_report_of_a_task_that_was_cancelled_meanwhile_is_refused(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    tasks.cancel(ward.session, task, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = officer.send_form(form, {"narrative": "Lời của Lan"}, status=409)
    assert "Phần việc đang ở bước “đã hủy”" in page.text
    assert "Đã làm được gì Lời của Lan" in page.text
