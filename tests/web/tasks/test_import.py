"""Uploading a list of tasks, and what must be decided before anything of it is written."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from pledges.core import clock
from pledges.tasks.importing.models import KEPT_FOR, ImportStatus, TaskImport
from pledges.tasks.models import Task
from tests.support import spreadsheets
from tests.support.critic import SignIn
from tests.support.files import upload
from tests.support.page import words
from tests.support.task_sheets import (
    LINES,
    UPLOAD,
    changed,
    csv_bytes,
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


def bomb() -> bytes:
    rows = f"<row><c><v>{' ' * 60_000_000}</v></c></row>"
    return spreadsheets.xlsx(rows)


def with_macro() -> bytes:
    return spreadsheets.zipped(spreadsheets.parts() | {"xl/vbaProject.bin": b"Sub Auto_Open()"})


def endless() -> bytes:
    return spreadsheets.xlsx("<row><c><v>1</v></c></row>" * 1_000_000)


@pytest.mark.parametrize(("make", "name"), [(bomb, "b.xlsx"), (with_macro, "m.xlsx"), (endless, "e.xlsx")])
def test_a_hostile_file_gets_a_sentence_and_harms_nothing(
    ward: Ward, sign_in: SignIn, make: Callable[[], bytes], name: str
):
    officer = sign_in("officer_kp1")
    form = officer.get(UPLOAD).form(UPLOAD)
    begun = time.monotonic()
    page = officer.send_form(form, {"file": upload(make(), name)}, status=200)
    assert time.monotonic() - begun < 20
    assert len(page.errors) == 1
    assert page.errors[0].endswith(".")
    assert uploads(ward) == []
    assert "2 phần việc: 2 mới" in upload_list(officer, xlsx(LINES)).text


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
    page = officer.send_form(opened, follow=True)
    assert page.url == preview.url
    assert (
        "Phong trào đã tổng kết nên không nhận đăng ký nữa. Danh sách dưới đây không ghi được nữa"
        in page.text
    )
    assert officer.get(f"{preview.url}/ghi", status=302).location == preview.url
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
