"""Hồ sơ minh chứng: every file of the reports that were sent, in folders, with a manifest that anybody can check."""

import hashlib
import io

import pytest
from PIL import Image

from pledges.files import operations as files
from pledges.files.rules import EVIDENCE
from pledges.progress import operations as progress
from tests.support.archives import Unpacked
from tests.support.files import PDF, png
from tests.web.documents.packs.conftest import TAP
from tests.web.documents.test_signed_papers import photo_that_tells

URL = f"{TAP}/minh-chung"
KP1 = "khu-pho-1/01-be-tong-hoa-duong-ngo-va-phan-loai-rac-tai-nguon"


def evidenced(ward, task, month: str, found: dict[str, bytes], status: str = "submitted"):
    """A report that comes with these files."""
    clerk, period = ward.actor("officer_kp1" if task.lead_unit.code == "KP1" else "clerk"), ward.period(month)
    report = progress.begin(ward.session, task, period, by=clerk, at=ward.now)
    for name, content in found.items():
        stored = files.store(
            ward.session,
            ward.app.config["INSTANCE"] / "files",
            content,
            by=clerk,
            at=ward.now,
            kinds=EVIDENCE,
        )
        progress.attach(ward.session, report, stored, name, by=clerk, at=ward.now)
    ward.session.commit()
    return ward.report(task, month, [30, 60], status, at=ward.now if status == "draft" else None)


@pytest.fixture
def two(ward):
    """A photo and a list of one unit, accepted; a list of another one, sent; and a draft."""
    own = ward.task("KP1")
    evidenced(
        ward, own, "2024-08", {"Ảnh trước.jpg": photo_that_tells(), "Danh sách hộ.pdf": PDF}, "accepted"
    )
    evidenced(ward, ward.task("VPTK", title="Số hóa hồ sơ"), "2024-09", {"kết quả.png": png(3)})
    evidenced(ward, own, "2024-10", {"chưa gửi.png": png(4)}, "draft")
    return own


@pytest.fixture
def taken(got, tmp_path):
    def take(fields=None, **asked: str):
        return Unpacked(got("minh-chung", fields, **asked), tmp_path / "unpacked")

    return take


def test_folders_by_unit_task_and_period_without_accents(two, taken):
    found = taken()
    found.check()
    assert [name.removeprefix("minh-chung-hk-2024/") for name in found.names] == [
        "bo-phan-van-phong-thong-ke/02-so-hoa-ho-so/thang-9-2024/lan-1-01-ket-qua.png",
        f"{KP1}/thang-8-2024/lan-1-01-anh-truoc.jpg",
        f"{KP1}/thang-8-2024/lan-1-02-danh-sach-ho.pdf",
        "danh-muc.csv",
        "SHA256SUMS",
    ]


def test_the_manifest_says_whose_it_is_who_sent_it_and_its_sums(two, taken):
    found = taken()
    row = next(row for row in found.rows if row["Tên tệp gốc"] == "Ảnh trước.jpg")
    given = found.bytes(row["Tệp trong hồ sơ"])
    assert (row["Đơn vị"], row["Số phần việc"], row["Kỳ báo cáo"], row["Lần gửi"]) == (
        "Khu phố 1", "1", "tháng 8/2024", "1",
    )  # fmt: skip
    assert row["Tình trạng báo cáo"] == "Đã duyệt"
    assert row["Người gửi"]
    assert row["Gửi lúc"].endswith("/8/2024")
    assert row["Tình trạng tệp"] == "có trong hồ sơ"
    assert row["Dung lượng (byte)"] == str(len(given))
    assert row["SHA-256 của tệp"] == hashlib.sha256(given).hexdigest()
    assert row["SHA-256 khi lưu"] == hashlib.sha256(photo_that_tells()).hexdigest()


def test_a_photograph_does_not_tell_where_it_was_taken(two, taken):
    given = taken().bytes(f"{KP1}/thang-8-2024/lan-1-01-anh-truoc.jpg")
    assert not Image.open(io.BytesIO(given)).getexif()


def test_a_missing_file_is_named_and_the_rest_is_handed_out(ward, two, taken):
    sha256 = hashlib.sha256(PDF).hexdigest()
    files.place(ward.app.config["INSTANCE"] / "files", sha256).unlink()
    found = taken()
    found.check()
    row = next(row for row in found.rows if row["Tên tệp gốc"] == "Danh sách hộ.pdf")
    assert "không còn trên máy chủ" in row["Tình trạng tệp"]
    assert (row["Tệp trong hồ sơ"], row["SHA-256 của tệp"], row["SHA-256 khi lưu"]) == ("", "", sha256)
    assert len(found.rows) == 3


def test_the_page_says_how_many_files_and_how_large(sign_in, two):
    page = sign_in("clerk").get(URL)
    assert "3 tệp của 02 đơn vị, dưới 0,1 MB" in page.text
    assert "2 tệp, dưới 0,1 MB" in page.text


def test_only_what_a_leader_accepted_or_one_period(ward, two, taken):
    assert {row["Đơn vị"] for row in taken(ban="da-duyet").rows} == {"Khu phố 1"}


def test_one_period(ward, two, taken):
    assert {row["Kỳ báo cáo"] for row in taken(ky=str(ward.period("2024-09").id)).rows} == {"tháng 9/2024"}


def test_units_that_are_not_ticked_stay_out(ward, two, taken):
    rows = taken({"items": [str(ward.unit("KP1").id)]}).rows
    assert {row["Đơn vị"] for row in rows} == {"Khu phố 1"}


def test_a_name_that_a_spreadsheet_would_compute_is_text(ward, two, taken):
    evidenced(ward, two, "2024-07", {"=HYPERLINK(1).png": png(9)})
    assert "'=HYPERLINK(1).png" in {row["Tên tệp gốc"] for row in taken().rows}


def test_it_is_saved_and_not_shown(sign_in, two):
    clerk = sign_in("clerk")
    answer = clerk.get(clerk.send(URL).location)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="minh-chung-hk-2024.zip"')
    assert answer.headers["Content-Type"] == "application/zip"


def test_what_a_second_round_brings_again_lies_there_once(ward, two, taken):
    evidenced(ward, two, "2024-07", {"ảnh.png": png(5)}, "returned")
    evidenced(ward, two, "2024-07", {"ảnh.png": png(6)})
    found = taken()
    found.check()
    names = [name.rpartition("/")[2] for name in found.names if "thang-7-2024" in name]
    assert names == ["lan-1-01-anh.png", "lan-2-02-anh.png"]
    rows = [row for row in found.rows if row["Kỳ báo cáo"] == "tháng 7/2024"]
    assert [(row["Lần gửi"], row["Tệp trong hồ sơ"].rpartition("/")[2]) for row in rows] == [
        ("1", names[0]), ("2", names[0]), ("2", names[1]),
    ]  # fmt: skip
    assert [row["Tình trạng báo cáo"] for row in rows] == [
        "Bị trả lại",
        "Đã gửi, chờ duyệt",
        "Đã gửi, chờ duyệt",
    ]


def test_two_units_of_the_same_name_have_a_folder_each(ward, two, taken):
    ward.unit("VPTK").name = "KHU PHỐ 1"
    ward.session.commit()
    folders = {name.split("/")[1] for name in taken().names if name.count("/") > 1}
    assert folders == {"khu-pho-1", "khu-pho-1-2"}
