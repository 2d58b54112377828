"""Files of a report are stored as soon as they are chosen, and what was used before is asked about."""

import io
import json
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from pledges.files.models import StoredFile
from pledges.progress.models import Evidence, Report
from pledges.progress.proofs import showing
from pledges.tasks.models import Task
from tests.support import apps
from tests.support.critic import Critic, SignIn
from tests.support.files import HEIC, HTML, book, png, upload
from tests.support.queries import counting
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, the_report, url
from tests.web.progress.test_photos import TURNED, photo, tells


def chosen(ward: Ward, person: Critic, task: Task, *files: Any, month: str = "2024-10", **more: str) -> Any:
    """What the script of the page gets when these files are chosen."""
    form = person.get(url(ward, task, month)).form()
    fields = {name: form.fields[name][0] for name in ("form_key", "version")} | more
    answer = person.post(
        f"{url(ward, task, month)}/minh-chung", fields | {"evidence": list(files)}, status=200
    )
    return json.loads(answer.bytes)


def test_a_wrong_day_costs_none_of_three_photos(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    names = [f"Ảnh {number}.png" for number in (1, 2, 3)]
    for number, name in enumerate(names):
        chosen(ward, officer, task, upload(png(number), name))
    wrong = {field(task): "500", field(task, kind="reached"): "31/2/2024"}
    page = officer.send_form(form, wrong, button=CHECK, status=200)
    assert page.errors
    assert all(name in page.text for name in names)
    assert all(name in officer.get(url(ward, task)).text for name in names), "after the page was closed, too"


def test_the_answer_shows_the_files_and_the_version_goes_on(ward: Ward, sign_in: SignIn):
    task = ward.task()
    told = chosen(ward, sign_in("officer_kp1"), task, upload(png(), "Ảnh.png"))
    assert "Ảnh.png" in told["html"]
    assert "/anh-nho" in told["html"]
    assert (told["version"], told["words"], told["refused"]) == (str(the_report(ward).version), "", False)
    assert chosen(ward, sign_in("mate_kp1"), task, version="99")["version"] is None


def test_a_form_whose_answers_were_lost_is_no_conflict(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    for _again in range(2):
        chosen(ward, officer, task, upload(png(), "Ảnh.png"))
    officer.send_form(form, {field(task): "30"}, button=KEEP)
    one = the_report(ward).last_round
    assert one is not None
    assert [file.name for file in one.evidence] == ["Ảnh.png"]
    assert len(one.figures) == 1


def test_what_is_not_taken_is_named_and_the_rest_is_kept(ward: Ward, sign_in: SignIn):
    told = chosen(
        ward, sign_in("officer_kp1"), ward.task(), upload(HTML, "trang.png"), upload(png(), "b.png")
    )
    assert told["words"].startswith("trang.png: Chỉ nhận tệp PDF, bảng Excel (.xlsx) và ảnh")
    assert told["refused"]
    assert "b.png" in told["html"]


def test_one_can_be_taken_off(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    chosen(ward, officer, task, upload(png(1), "a.png"), upload(png(2), "b.png"))
    goes = ward.session.scalars(select(Evidence.file_id).where(Evidence.name == "a.png")).one()
    told = chosen(ward, officer, task, remove=str(goes))
    assert "a.png" not in told["html"]
    assert "b.png" in told["html"]


def test_the_page_of_another_person_stores_nothing(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    key = sign_in("mate_kp1").get(url(ward, task)).form().fields["form_key"][0]
    for wrong in (key, "", "1.2.3"):
        fields = {"form_key": wrong, "evidence": upload(png(), "a.png")}
        answer = officer.post(f"{url(ward, task)}/minh-chung", fields, status=400)
        assert "tải lại trang" in json.loads(answer.bytes)["words"]
    ward.settle()
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 0


@pytest.mark.parametrize(
    ("name", "status"), [("officer_kp2", 404), ("leader", 403), ("head_kp1", 403), ("nobody", 401)]
)
def test_who_does_not_report_on_the_task_stores_nothing(ward: Ward, sign_in: SignIn, name: str, status: int):
    sent = {"evidence": upload(png(), "a.png")}
    sign_in(name).post(f"{url(ward, ward.task())}/minh-chung", sent, status=status)


def test_a_report_that_was_sent_takes_none(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    ward.report(task, "2024-10", [30, 60], status="submitted")
    fields = {"form_key": form.fields["form_key"][0], "evidence": upload(png(), "a.png")}
    answer = officer.post(f"{url(ward, task)}/minh-chung", fields, status=409)
    assert "đã gửi" in json.loads(answer.bytes)["words"]


def test_a_list_in_excel_is_taken_and_never_opened_in_the_browser(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    task = ward.task()
    told = chosen(ward, officer, task, upload(book(), "Danh sách.xlsx"), upload(book(holding="x"), "b.xlsx"))
    assert told["words"].startswith("b.xlsx: Chỉ nhận")
    number = ward.session.scalars(select(Evidence.id)).one()
    answer = officer.get(f"/minh-chung/{number}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="danh-sach.xlsx"')
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    "content", [photo("JPEG", TURNED), photo("PNG", TURNED), photo("WEBP", TURNED), HEIC]
)
def test_a_small_picture_is_upright_and_tells_nothing(ward: Ward, sign_in: SignIn, content: bytes):
    officer, task = sign_in("officer_kp1"), ward.task()
    chosen(ward, officer, task, upload(content, "IMG_1.HEIC"))
    number = ward.session.scalars(select(Evidence.id)).one()
    for way in ("anh-nho", "anh"):
        for _again in range(2):
            answer = officer.get(f"/minh-chung/{number}/{way}")
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["Cache-Control"] == "private, no-store"
            with Image.open(io.BytesIO(answer.bytes)) as small:
                assert small.width < small.height
                assert dict(small.getexif()) == {}
            assert not tells(answer.bytes)
    sign_in("officer_kp2").get(f"/minh-chung/{number}/anh-nho", status=404)


def test_what_is_no_picture_has_no_small_one(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    chosen(ward, officer, ward.task(), upload(png()[:40], "hỏng.png"))
    number = ward.session.scalars(select(Evidence.id)).one()
    assert officer.get(f"/minh-chung/{number}/anh-nho", status=302).location == f"/minh-chung/{number}"


def test_a_file_used_before_is_asked_about_as_far_as_the_writer_may_know(ward: Ward, sign_in: SignIn):
    first, second, other = ward.task(), ward.task(title="Trồng cây"), ward.task("KP2")
    officer = sign_in("officer_kp1")
    chosen(ward, officer, first, upload(png(5), "ảnh.png"), month="2024-09")
    told = chosen(ward, officer, first, upload(png(5), "ảnh tháng 10.png"))
    assert "đã dùng ở báo cáo tháng 9/2024 của phần việc 1" in told["html"]
    assert "bản nháp" in told["html"]
    assert "phần việc 1" in chosen(ward, officer, second, upload(png(5), "lại.png"))["html"]
    told = chosen(ward, sign_in("officer_kp2"), other, upload(png(5), "của tôi.png"))
    assert "đã dùng ở báo cáo khác" in told["html"]
    assert "phần việc 1" not in told["html"]
    assert "đã dùng" not in chosen(ward, officer, first, month="2024-09")["html"], (
        "the first use is no repetition"
    )


def test_the_same_file_twice_in_one_report_is_said(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    chosen(ward, officer, task, upload(png(7), "một.png"))
    told = chosen(ward, officer, task, upload(png(7), "hai.png"))
    assert told["words"] == "Tệp “hai.png” đã có trong báo cáo này, không thêm lần nữa."
    page = officer.send(url(ward, task), {"evidence": upload(png(7), "ba.png")}, button=KEEP, follow=True)
    assert "Tệp “ba.png” đã có trong báo cáo này" in page.text


def test_who_reviews_sees_where_a_file_was_sent_before(ward: Ward, sign_in: SignIn):
    first, other = ward.task(), ward.task("KP2")
    for name, task in (("officer_kp1", first), ("officer_kp2", other)):
        person = sign_in(name)
        sent = {field(task): "30", field(task, 1): "60", "evidence": upload(png(5), "a.png")}
        person.send(url(ward, task), sent, button=CHECK)
        before = "đã dùng ở báo cáo khác" in person.get(f"{url(ward, task)}/gui").text
        assert before == (task is other)
        person.send(f"{url(ward, task)}/gui")
    ward.settle()
    reports = ward.session.scalars(select(Report).order_by(Report.id))
    rounds = [(report.task_id, report.last_round) for report in reports]
    assert all(one is not None and one.evidence[0].file for _task_id, one in rounds)
    leader = ward.actor("leader")
    with ward.app.test_request_context(), counting(apps.engine_of(ward.app)) as count:
        found = showing.of_rounds(ward.session, rounds, leader)
    assert [[use.words for use in shown.files[0].before] for shown in found] == [
        [],
        ["đã dùng ở báo cáo tháng 10/2024 của phần việc 1 (Khu phố 1)"],
    ]
    assert len(count) == len(["rules", "uses"])
    report = rounds[1][1].report_id if rounds[1][1] is not None else 0
    page = sign_in("leader").get(f"/bao-cao/{report}/duyet")
    assert "Tệp “a.png” đã dùng ở báo cáo tháng 10/2024 của phần việc 1 (Khu phố 1)" in page.text
    told = showing.of_rounds(ward.session, rounds, ward.actor("officer_kp2"))
    assert [shown.repeated for shown in told] == [[], []], "who may not know of a report is told of none"
