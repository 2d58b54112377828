"""Uploading a list of tasks, and what must be decided before anything of it is written."""

from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from pledges.core import clock
from pledges.tasks.importing_records import KEPT_FOR, ImportStatus, TaskImport
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.files import upload
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.task_sheets import (
    HEADINGS,
    LINES,
    UPLOAD,
    answer,
    changed,
    csv_bytes,
    saved,
    told_faults,
    upload_list,
    xlsx,
)
from tests.support.ward import Ward


def uploads(ward: Ward) -> list[TaskImport]:
    ward.settle()
    return list(ward.session.scalars(select(TaskImport).order_by(TaskImport.id)))


def test_the_page_leads_to_the_template_and_the_export(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(UPLOAD)
    assert page.link("Tải tệp mẫu").startswith("/phan-viec/mau.xlsx")
    assert page.link("Xuất danh mục ra Excel").startswith("/phan-viec/danh-muc.xlsx")
    assert "Xóa dòng trong tệp không xóa phần việc" in page.text
    assert "Đang nhập dở" not in page.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("danh mục.xlsx", b"", "Tệp"),
        ("danh mục.xlsx", b"PK\x03\x04 not really", "Không đọc được"),
        ("danh mục.xlsm", xlsx(LINES), ".xlsx"),
        ("danh mục.pdf", b"%PDF-1.7", ".xlsx"),
        ("danh mục.csv", b"a,b\n1,2\n", "Không tìm thấy dòng tiêu đề"),
        ("danh mục.xlsx", xlsx([]), "chưa có phần việc nào"),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence_beside_the_field(
    ward: Ward, sign_in: SignIn, name: str, data: bytes, said: str
):
    officer = sign_in("officer_kp1")
    form = officer.get(UPLOAD).form(UPLOAD)
    page = officer.send_form(form, {"file": upload(data, name)}, status=200)
    beside = words(page.by_id("file-error"))
    assert said in beside
    assert any(said in error for error in page.errors)
    assert uploads(ward) == []


def test_no_file_is_asked_for(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(UPLOAD, action=UPLOAD, status=200)
    assert page.errors == ["Chọn tệp danh sách (.xlsx hoặc .csv)."]


def test_more_tasks_than_are_taken_at_once_are_refused(ward: Ward, sign_in: SignIn):
    lines = [LINES[0] | {"Tên phần việc": f"Trồng cây số {number}"} for number in range(501)]
    officer = sign_in("officer_kp1")
    form = officer.get(UPLOAD).form(UPLOAD)
    page = officer.send_form(form, {"file": upload(csv_bytes(lines), "nhiều.csv")}, status=200)
    assert "mỗi lần nhập nhiều nhất 500" in page.errors[0]


def test_an_officer_uploads_for_the_own_unit(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    assert "2 phần việc: 2 mới" in preview.text
    assert preview.table()[1][:3] == ["2", "Trồng cây xanh đường chínhHàng cây có biển tên", "Khu 1"]


def test_rows_of_another_unit_are_faults(ward: Ward, sign_in: SignIn):
    preview = upload_list(sign_in("officer_kp1"), xlsx(changed(LINES, 2, lead="KP2")))
    (fault,) = told_faults(preview)["3"]
    assert fault.startswith("Đơn vị chủ trì KP2")
    assert "Khu phố 2" in fault


@pytest.mark.parametrize("name", ["mate_kp1", "officer_kp2", "clerk"])
def test_a_list_is_its_uploaders_alone(ward: Ward, sign_in: SignIn, name: str):
    preview = upload_list(sign_in("officer_kp1"), xlsx(LINES))
    other = sign_in(name)
    for page in ("", "/ghi", "/tep-da-sua", "/bien-nhan", "/bo"):
        other.get(f"{preview.url}{page}", status=404)
    assert "danh mục.xlsx" not in other.get(UPLOAD).text


@pytest.mark.parametrize(
    ("name", "status"), [("head_kp1", 403), ("leader", 403), ("admin", 403), ("ended", 403)]
)
def test_who_enters_no_tasks_imports_none(ward: Ward, sign_in: SignIn, name: str, status: int):
    preview = upload_list(sign_in("officer_kp1"), xlsx(LINES))
    other = sign_in(name)
    other.get(UPLOAD, status=status)
    other.get(preview.url, status=status)


def test_who_lost_the_post_loses_the_list(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    upload_row = uploads(ward)[0]
    upload_row.uploaded_by_id = ward.account("outsider").id
    ward.session.commit()
    sign_in("outsider").get(preview.url, status=404)


def test_nobody_is_led_to_sign_in(ward: Ward, sign_in: SignIn):
    assert sign_in("nobody").get(UPLOAD, status=302).location.startswith("/dang-nhap")


def test_a_concluded_campaign_takes_no_list(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    opened = officer.get(f"{preview.url}/ghi").form()
    ward.campaign.status = "concluded"
    ward.session.commit()
    assert "không nhận đăng ký nữa" in officer.get(UPLOAD).text
    assert "Tiếp tục: ghi" not in officer.get(preview.url).text
    page = officer.send_form(opened, status=200)
    assert page.errors == ["Phong trào đã tổng kết nên không nhận đăng ký nữa."]
    ward.settle()
    assert ward.session.scalars(select(Task)).all() == []


def test_an_unfinished_list_is_offered_again_and_can_be_dropped(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    page = officer.get(UPLOAD)
    assert "Đang nhập dở" in page.text
    assert page.link("Nhập tiếp danh mục.xlsx") == preview.url
    listed = officer.send(page.link("Bỏ danh mục.xlsx"), follow=True)
    assert listed.said == "Đã bỏ danh sách danh mục.xlsx. Chưa có gì của tệp được ghi."
    assert "Đang nhập dở" not in listed.text
    assert officer.get(preview.url, status=302).location.startswith(UPLOAD)
    (kept,) = uploads(ward)
    assert (kept.status, kept.content) == (ImportStatus.DROPPED, "[]"), "what the file said is gone"


def test_the_next_upload_clears_old_lists_away(ward: Ward, sign_in: SignIn, freeze):
    officer = sign_in("officer_kp1")
    upload_list(officer, xlsx(LINES), "cũ.xlsx")
    freeze(clock.at(ward.day, 9) + KEPT_FOR + timedelta(days=1))
    upload_list(officer, xlsx(LINES), "mới.xlsx")
    assert [one.filename for one in uploads(ward)] == ["mới.xlsx"]


def test_one_answer_serves_all_rows_with_the_same_text(ward: Ward, sign_in: SignIn):
    lines = [line | {"Đơn vị chủ trì": "Khu phô 1", "Phải đạt": "1.234"} for line in LINES]
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(lines))
    asked = [words(box) for box in preview.of_class("choices")]
    assert len(asked) == 2 or all("Dòng 2, 3" in one for one in asked)
    preview = answer(officer, preview, "Khu phố 1", of="Đơn vị chủ trì") if len(asked) == 2 else preview
    preview = answer(officer, preview, "1.234", of="Phải đạt")
    assert "2 phần việc: 2 mới" in preview.text
    assert "Cây trồng mới: 1.234 cây" in preview.text


def test_an_answer_can_be_changed_later(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(changed(LINES, 1, target="1.234")))
    preview = answer(officer, preview, "1.234", of="Phải đạt")
    assert "Cây trồng mới: 1.234 cây" in preview.text
    preview = answer(officer, preview, "1,234", of="Phải đạt")
    assert "Cây trồng mới: 1,234 cây" in preview.text


def test_answers_stay_with_the_mended_file(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    wrong = changed(changed(LINES, 1, target="1.234"), 2, title="")
    preview = answer(officer, upload_list(officer, xlsx(wrong)), "1.234")
    assert told_faults(preview) == {"3": ["Tên phần việc (trống) Nhập tên phần việc."]}
    page = officer.get(preview.link("Tải lên tệp đã sửa"))
    mended = changed(LINES, 1, target="1.234")
    again = officer.send(page.url, {"file": upload(xlsx(mended), "đã sửa.xlsx")}, follow=True)
    assert again.url == preview.url
    assert "2 phần việc: 2 mới" in again.text
    assert "đã sửa.xlsx" in again.text
    officer.send_form(page.form(), {"file": upload(b"", "rỗng.xlsx")}, status=200)


def test_two_browsers_never_overwrite_each_others_answers(ward: Ward, sign_in: SignIn):
    first, second = sign_in("officer_kp1"), sign_in("officer_kp1")
    preview = upload_list(first, xlsx(changed(LINES, 1, target="1.234")))
    late = second.get(preview.url).form()
    answer(first, preview, "1.234")
    (name,) = [name for name in late.offered if name.startswith("hoi-")]
    page = second.send_form(late, {name: "1,2340"}, status=409)
    assert page.h1 == "Nội dung vừa được người khác sửa"
    assert "Lấy của người kia: 1.234" in page.text
    taken = second.send_form(page.form(), {f"choose-{name}": "theirs"}, follow=True)
    assert "Cây trồng mới: 1.234 cây" in taken.text


def test_the_sheet_is_asked_for_when_several_hold_a_list(ward: Ward, sign_in: SignIn):
    book = Workbook()
    for title, line in (("Đợt 1", LINES[0]), ("Đợt 2", LINES[1])):
        page = book.create_sheet(title)
        page.append(HEADINGS)
        page.append([line.get(heading) for heading in HEADINGS])
    book.create_sheet("Ghi chú").append(["Danh sách này lập ngày 1/4"])
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, saved(book))
    assert preview.form().offered["sheet"] == {"Đợt 1", "Đợt 2"}
    assert "phần việc:" not in preview.text
    preview = officer.send(preview.url, {"sheet": "Đợt 2"}, follow=True)
    assert "1 phần việc: 1 mới" in preview.text
    assert "Lắp đèn chiếu sáng ngõ" in preview.text
    preview = officer.send(preview.url, {"sheet": "Đợt 1"}, follow=True)
    assert "Trồng cây xanh đường chính" in preview.text


def test_text_that_only_looks_old_can_be_left_as_it_is(ward: Ward, sign_in: SignIn):
    odd = xlsx(
        changed(LINES, 1, title="Trång c©y xanh"), font=lambda text: ".VnTime" if "©" in text else "Arial"
    )
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, odd)
    assert ["D2", "Trång c©y xanh", "Trồng cây xanh", "TCVN3 (ABC)"] in preview.table()
    preview = officer.send(preview.url, {"converted": "khong"}, follow=True)
    assert "Trång c©y xanh" in preview.text
    preview = officer.send(preview.url, {"converted": "co"}, follow=True)
    assert "Trồng cây xanh" in preview.text
    assert "Trång" not in preview.text.split("Xem hoặc đổi")[0]


def test_what_is_left_out_is_told(ward: Ward, sign_in: SignIn):
    lines = [*LINES, {"Tên phần việc": "Tổng cộng", "Phải đạt": Decimal(145)}]
    data = xlsx([line | {"Ghi chú riêng": "x"} for line in lines], headings=(*HEADINGS, "Ghi chú riêng"))
    preview = upload_list(sign_in("officer_kp1"), data)
    assert "Cột không dùng đến: “Ghi chú riêng”." in preview.text
    assert "Dòng 4: “Tổng cộng” là dòng tổng cộng: bỏ qua." in preview.text


def test_what_leaders_will_want_is_told_but_no_fault(ward: Ward, sign_in: SignIn):
    preview = upload_list(sign_in("officer_kp1"), xlsx(changed(LINES, 1, product="", start_on="1/1/2024")))
    assert told_faults(preview) == {}
    assert "1 phần việc còn thiếu nội dung để gửi duyệt" in preview.text
    assert "Trước khi gửi duyệt: Chưa có sản phẩm" in preview.text
    assert "Trước khi gửi duyệt: Trước ngày bắt đầu phong trào (29/3/2024)." in preview.text


def test_close_titles_are_pointed_out_without_telling_strangers_affairs(ward: Ward, sign_in: SignIn):
    ward.task("KP2", "draft", title="Trồng cây xanh đường chính số 2")
    ward.task("KP1", "draft", title="Lắp đèn chiếu sáng các ngõ")
    preview = upload_list(sign_in("officer_kp1"), xlsx(LINES))
    assert "Gần giống: một phần việc của đơn vị khác" in preview.text
    assert "Trồng cây xanh đường chính số 2" not in preview.text
    assert "Gần giống: Lắp đèn chiếu sáng các ngõ (Khu 1)" in preview.text


def test_the_number_of_queries_does_not_grow_with_the_list(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    officer = sign_in("officer_kp1")
    short = upload_list(officer, xlsx(LINES)).url
    many = [LINES[0] | {"Tên phần việc": f"Trồng cây số {number} phố {number}"} for number in range(40)]
    long = upload_list(officer, xlsx(many)).url
    ward.task("KP1", "draft")
    with count_queries() as few:
        officer.get(short)
    for number in range(12):
        ward.task("KP1", "draft", title=f"Phần việc thứ {number}")
    with count_queries() as more:
        officer.get(long)
    assert len(more) == len(few)
