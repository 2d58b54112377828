"""Writing a report: files are kept first, whatever else is wrong."""

import pytest
from sqlalchemy import func, select

from pledges.files.models import StoredFile
from pledges.progress.models import Evidence
from tests.support.critic import SignIn
from tests.support.files import HTML, PDF, png, upload
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, the_report, url


def test_a_wrong_figure_never_costs_a_photo(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    photos = [upload(png(1), "Ảnh 1.png"), upload(png(2), "Ảnh 2.jpg"), upload(PDF, "Danh sách.pdf")]
    page = officer.send(url(ward, task), {field(task): "x", "evidence": photos}, button=CHECK, status=200)
    assert page.errors
    for name in ("Ảnh 1.png", "Ảnh 2.jpg", "Danh sách.pdf"):
        assert name in page.text
    page = officer.send_form(
        page.form(), {field(task): "30", field(task, 1): "60"}, button=CHECK, follow=True
    )
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
    assert "ảnh.png: Chỉ nhận tệp PDF, bảng Excel (.xlsx) và ảnh (JPG, PNG, WEBP, HEIC)." in page.errors
    assert "thật.png" in page.text
    assert page.form().fields[field(task)] == ["30"]


def test_a_report_shows_no_more_files_than_anybody_looks_at(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pledges.progress.attachments.MOST_FILES", 2)
    task = ward.task()
    photos = [upload(png(number), f"Ảnh {number}.png") for number in range(3)]
    page = sign_in("officer_kp1").send(url(ward, task), {"evidence": photos}, button=KEEP, status=200)
    assert "Ảnh 2.png: báo cáo đã có 2 tệp" in page.errors[0]
    kept = ward.session.scalars(select(Evidence.name).order_by(Evidence.id))
    assert list(kept) == ["Ảnh 0.png", "Ảnh 1.png"]


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


def test_a_photo_beside_a_colleagues_change_hides_nothing(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-10", [10, 50], status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task), {"narrative": "Của đồng nghiệp"}, button=KEEP)
    mine.send_form(
        form, {"narrative": "Của tôi", "evidence": upload(png(), "a.png")}, button=KEEP, status=409
    )
    one = the_report(ward).last_round
    assert one is not None
    assert one.narrative == "Của đồng nghiệp"
    assert [file.name for file in one.evidence] == ["a.png"]


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
