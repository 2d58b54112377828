"""Hồ sơ cam kết đã ký: everything that was signed as one file, with a manifest that anybody can check."""

import hashlib
import io

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.audit.queries import head
from pledges.codes.rules import shown
from pledges.commitments.copies import operations as copies
from pledges.commitments.models import Commitment
from pledges.commitments.signatures import Seen, Signer, record_on_paper
from pledges.files import operations as files
from pledges.files.operations import place
from tests.support.archives import Unpacked
from tests.support.files import PDF
from tests.web.commitments import people
from tests.web.documents.test_check import code_of, past_the_program

URL = "/van-ban/cam-ket-da-ky"


def photo_that_tells() -> bytes:
    """A photograph with the name of its device in it."""
    exif = Image.Exif()
    exif[0x010F] = "Hãng chụp"
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(written, "JPEG", exif=exif)
    return written.getvalue()


def filed(ward, commitment: Commitment, content: bytes, name: str) -> str:
    """A scan is filed; its hash."""
    clerk = ward.actor("clerk")
    stored = files.store(ward.session, ward.app.config["INSTANCE"] / "files", content, by=clerk, at=ward.now)
    copies.file_scan(ward.session, commitment, stored, name, by=clerk, at=ward.now)
    sha256 = stored.sha256
    ward.session.commit()
    return sha256


@pytest.fixture
def two(ward):
    """Two units signed on paper, one of them with its photograph and a scan, a third waits."""
    first = ward.commitment("KP1", "signed")
    filed(ward, first, photo_that_tells(), "ảnh.jpg")
    filed(ward, first, PDF, "bản quét.pdf")
    ward.commitment("MTTQ", "signed")
    ward.commitment("KP2", "frozen")
    return first


@pytest.fixture
def taken(sign_in, tmp_path):
    def take(name: str = "clerk") -> Unpacked:
        page = sign_in(name).send(URL, status=200)
        assert page.headers["Content-Type"] == "application/zip"
        assert page.headers["Content-Length"] == str(len(page.bytes))
        assert 'filename="cam-ket-da-ky-hk-2024.zip"' in page.headers["Content-Disposition"]
        return Unpacked(page.bytes, tmp_path / "unpacked")

    return take


def test_each_unit_has_a_folder_with_its_papers(ward, sign_in, two, taken):
    found = taken()
    found.check()
    mttq = "uy-ban-mat-tran-to-quoc-phuong"
    assert sorted(found.names) == sorted(
        f"cam-ket-da-ky-hk-2024/{name}"
        for name in (
            f"{mttq}/lan-1-ban-cam-ket.pdf",
            "khu-pho-1/lan-1-ban-cam-ket.pdf",
            "khu-pho-1/lan-1-ban-ky-giay-01.jpg",
            "khu-pho-1/lan-1-ban-ky-giay-02.pdf",
            "danh-muc.csv",
            "danh-muc.json",
            "SHA256SUMS",
        )
    )
    alone = sign_in("clerk").get(f"/van-ban/cam-ket/{two.id}.pdf").bytes
    assert found.bytes("khu-pho-1/lan-1-ban-cam-ket.pdf") == alone
    assert found.bytes("khu-pho-1/lan-1-ban-ky-giay-02.pdf") == PDF


def test_a_photograph_does_not_tell_where_it_was_taken(ward, two, taken):
    found = taken()
    given = found.bytes("khu-pho-1/lan-1-ban-ky-giay-01.jpg")
    assert not Image.open(io.BytesIO(given)).getexif()
    row = next(row for row in found.rows if row["Tệp"].endswith("01.jpg"))
    assert row["SHA-256 của tệp"] == hashlib.sha256(given).hexdigest()
    assert row["SHA-256 khi lưu"] == hashlib.sha256(photo_that_tells()).hexdigest()


def test_the_manifest_says_who_signed_what_and_where_the_log_stood(ward, two, taken):
    found = taken()
    code, digest = shown(code_of(ward, two)), two.digest
    newest = ward.session.scalars(head()).one()
    assert newest.action == "commitment.papers_downloaded"
    row = next(row for row in found.rows if row["Tệp"] == "khu-pho-1/lan-1-ban-cam-ket.pdf")
    assert row["Đơn vị"] == "Khu phố 1"
    assert (row["Lần ký"], row["Tình trạng"], row["Cách ký"]) == ("1", "Đã ký", "Ký trên giấy")
    assert row["Người ký"].startswith("Phạm Văn Đức")
    assert row["Người ký"].endswith(": 10/4/2024")
    assert (row["SHA-256 của nội dung"], row["Mã kiểm tra"]) == (digest, code)
    assert (row["Mục nhật ký mới nhất"], row["Mã niêm phong nhật ký"]) == (str(newest.number), newest.hash)
    said = found.manifest
    assert said["log"] == {"number": newest.number, "hash": newest.hash}
    assert said["taken"]["by"].startswith("Vũ Thị Thư")
    assert said["counts"] == {"units_signed": 2, "units_to_sign": 3, "papers": 2, "files": 4, "missing": 0}
    standing = {unit["unit"]: unit["standing"] for unit in said["units"]}
    assert standing["Khu phố 1"] == "Đã ký"
    assert standing["Khu phố 2"] == "Chờ ký"
    paper = next(unit for unit in said["units"] if unit["code"] == "KP1")["papers"][0]
    assert paper["digest"] == digest
    assert paper["signatories"][0]["on"] == "2024-04-10"
    assert {one["name"]: one["sha256"] for one in paper["files"]} == {
        row["Tệp"]: row["SHA-256 của tệp"] for row in found.rows if row["Đơn vị"] == "Khu phố 1"
    }


def test_a_deputy_stands_in_it_with_capacity_and_paper(ward, taken):
    waiting = people.frozen(ward, [("Bí thư chi bộ", "head_kp1"), ("Trưởng ban công tác Mặt trận", None)])
    deputy = people.authorised(ward, "mate_kp1", "Bí thư chi bộ")
    seen = Seen(on=ward.day, place="Nhà văn hóa", certified_by="Vũ Thị Thư")
    signer = Signer(name=deputy.account.name, post=deputy.post, authorisation=deputy)
    record_on_paper(
        ward.session, waiting.signatories[0], seen, by=ward.actor("clerk"), at=ward.now, signer=signer
    )
    ward.session.commit()
    name, post, head = deputy.account.name, deputy.post, waiting.signatories[0].label
    found = taken()
    (row,) = found.rows
    assert row["Người ký"] == (
        f"{head}: KT. {name}, {post}, 15/10/2024; Trưởng ban công tác Mặt trận: chưa ký"
    )
    assert row["Tình trạng"] == "Đã chốt, chờ ký"
    place_ = found.manifest["units"][0]["papers"][0]["signatories"][0]
    assert (place_["capacity"], place_["by_paper"]) == ("KT.", deputy.paper)
    assert found.manifest["counts"]["units_signed"] == 0


def test_every_download_is_logged_and_no_look_at_the_page(ward, sign_in, two):
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    assert "Đơn vị đã ký 2/3" in page.text
    for _twice in range(2):
        clerk.send_form(page.form(), status=200)
    entries = list(
        ward.session.scalars(select(LogEntry).where(LogEntry.action == "commitment.papers_downloaded"))
    )
    assert [(entry.actor_name, entry.after) for entry in entries] == [
        ("Vũ Thị Thư", '{"files":2,"papers":2}')
    ] * 2
    assert entries[0].subject_kind == "campaign"


def test_without_its_token_nothing_is_handed_out(ward, sign_in, two):
    page = sign_in("clerk").post(URL, {}, status=200)
    assert page.is_html
    assert ward.session.scalars(head()).one().action != "commitment.papers_downloaded"


@pytest.mark.parametrize("gone", [True, False])
def test_a_missing_or_altered_file_is_named_and_the_rest_is_handed_out(ward, sign_in, two, taken, gone):
    sha256 = two.filed[1].file.sha256
    path = place(ward.app.config["INSTANCE"] / "files", sha256)
    path.unlink() if gone else path.write_bytes(PDF.replace(b"Catalog", b"catalog"))
    page = sign_in("clerk").get(URL)
    assert "01 tệp không đưa vào hồ sơ được" in page.text
    assert "khu-pho-1/lan-1-ban-ky-giay-02.pdf" in page.text
    found = taken()
    found.check()
    assert not any(name.endswith("02.pdf") for name in found.names)
    row = next(row for row in found.rows if row["Tệp"].endswith("02.pdf"))
    assert "báo quản trị" in row["Tình trạng tệp"]
    assert (row["Dung lượng (byte)"], row["SHA-256 của tệp"], row["SHA-256 khi lưu"]) == ("", "", sha256)
    assert found.manifest["counts"] == {
        "units_signed": 2, "units_to_sign": 3, "papers": 2, "files": 3, "missing": 1,
    }  # fmt: skip


def test_a_text_with_a_broken_seal_is_named_and_its_scans_are_handed_out(ward, sign_in, two, taken):
    past_the_program(
        ward, "UPDATE commitment SET content = replace(content, 'Khu phố 1', 'Khu phố 9') WHERE id = :id",
        id=two.id,
    )  # fmt: skip
    assert "không khớp mã SHA-256" in sign_in("clerk").get(URL).text
    found = taken()
    found.check()
    assert "cam-ket-da-ky-hk-2024/khu-pho-1/lan-1-ban-cam-ket.pdf" not in found.names
    assert "cam-ket-da-ky-hk-2024/khu-pho-1/lan-1-ban-ky-giay-02.pdf" in found.names


def test_earlier_editions_stay_in_it_and_copies_put_aside_do_not(ward, two, taken):
    copies.put_aside(ward.session, two.filed[1], "Nhầm đơn vị.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    ward.task("KP1", title="Phần việc bổ sung")
    ward.commitment("KP1", "signed")
    found = taken()
    assert [name.rpartition("/")[2] for name in found.names if "khu-pho-1" in name] == [
        "lan-2-ban-cam-ket.pdf",
        "lan-1-ban-cam-ket.pdf",
        "lan-1-ban-ky-giay-01.jpg",
    ]
    statuses = {row["Tệp"]: row["Tình trạng"] for row in found.rows}
    assert statuses["khu-pho-1/lan-1-ban-cam-ket.pdf"] == "Đã thay bằng bản mới"
    assert found.manifest["counts"]["units_signed"] == 2
    assert len(PdfReader(io.BytesIO(found.bytes("khu-pho-1/lan-2-ban-cam-ket.pdf"))).pages) > 0


def test_a_name_that_a_spreadsheet_would_compute_is_text(ward, two, taken):
    ward.unit("KP1").name = "=HYPERLINK(1)"
    ward.session.commit()
    assert "'=HYPERLINK(1)" in {row["Đơn vị"] for row in taken().rows}


def test_two_units_of_the_same_name_have_a_folder_each(ward, two, taken):
    ward.unit("MTTQ").name = "KHU PHỐ 1"
    ward.session.commit()
    folders = {name.split("/")[1] for name in taken().names if name.count("/") == 2}
    assert folders == {"khu-pho-1", "khu-pho-1-2"}


def test_without_a_signature_there_is_nothing_to_take(ward, sign_in):
    ward.commitment("KP1", "frozen")
    page = sign_in("clerk").get(URL)
    assert "Chưa có bản cam kết nào được ký" in page.text
    assert page.forms == [] or all(form.action != URL for form in page.forms)


def test_the_number_of_queries_does_not_grow(ward, sign_in, count_queries, two):
    clerk = sign_in("clerk")
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for unit in ("KP3", "VPTK"):
        filed(ward, ward.commitment(unit, "signed"), PDF + unit.encode(), "a.pdf")
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)


@pytest.mark.parametrize("person", ["officer_kp1", "mate_kp1", "head_kp1", "outsider", "admin", "ended"])
def test_others_are_refused(ward, sign_in, two, person):
    sign_in(person).get(URL, status=403)
    sign_in(person).post(URL, {}, status=403)


def test_a_leader_of_the_campaign_may(ward, two, taken):
    assert taken("leader").manifest["counts"]["units_signed"] == 2


def test_nobody_is_led_to_sign_in(ward, sign_in, two):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location
