"""Handing in a PDF that was signed elsewhere: who may, what is taken, what is kept."""

import csv
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from pledges.commitments.models import Commitment
from pledges.files import rules
from pledges.files.models import StoredFile
from tests.support.critic import SignIn
from tests.support.files import PDF, png, upload
from tests.support.signing import Holder, sign, with_page_added
from tests.support.ward import Ward
from tests.web.commitments.outside.handing import (
    as_pictures,
    copies,
    handed_in,
    paper,
    refused,
    signatures,
    signed,
    url,
)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_hands_in(sign_in: SignIn, frozen: Commitment, name: str, status: int):
    sign_in(name).get(url(frozen), status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, frozen: Commitment):
    assert "/dang-nhap" in sign_in("nobody").get(url(frozen), status=302).location


@pytest.mark.usefixtures("trusted")
def test_the_file_is_kept_byte_for_byte(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = signed(ward, printed, holders[:1])
    handed_in(sign_in("officer_kp1"), frozen, content, "Cam kết KP1.pdf")
    (copy,) = copies(ward)
    assert (copy.filename, copy.filed_by_name) == ("Cam kết KP1.pdf", "Nguyễn Thị Lan")
    answer = sign_in("clerk").get(f"/cam-ket/{frozen.id}/ban-da-ky/{copy.id}")
    assert answer.bytes == content


@pytest.mark.usefixtures("trusted")
def test_clicks_and_resends_count_once(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content, officer = signed(ward, printed, holders[:1]), sign_in("officer_kp1")
    form = officer.get(url(frozen)).form()
    led = {officer.send_form(form, {"pdf": upload(content, "a.pdf")}).location for _click in range(3)}
    assert len(led) == 1
    again = handed_in(officer, frozen, content, "cùng tệp.pdf")
    assert again.url.endswith(led.pop()), "the same file leads to what was found of it"
    assert len(copies(ward)) == 1
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 1
    form = again.form()
    assert len({officer.send_form(form).location for _click in range(3)}) == 1
    assert len(signatures(ward)) == 1


@pytest.mark.usefixtures("trusted")
def test_a_bad_file_is_kept_and_its_signature_refused(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    clerk = sign_in("clerk")
    page = handed_in(clerk, frozen, with_page_added(signed(ward, printed, holders[:1])))
    assert "1 trong 1 chữ ký không được tính" in page.text
    assert "Tệp bị sửa: thêm trang, đổi nội dung hoặc chú thích sau khi ký." in page.text
    assert page.forms == []
    assert len(copies(ward)) == 1


@pytest.mark.usefixtures("trusted")
def test_a_signature_given_before_the_text_was_frozen(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = sign(printed, holders[0], at=ward.now - timedelta(days=1))
    page = handed_in(sign_in("clerk"), frozen, content)
    assert "Chữ ký ghi ngày 14/10/2024, trước ngày bản cam kết được chốt (15/10/2024)." in page.text
    assert page.forms == []


@pytest.mark.usefixtures("trusted")
def test_a_scanned_page_is_known_by_its_qr(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    page = handed_in(sign_in("clerk"), frozen, signed(ward, as_pictures(printed), holders[:1]))
    assert "Trên tệp có đúng mã kiểm tra của bản chốt" in page.text


@pytest.mark.usefixtures("trusted")
def test_the_paper_of_another_unit(ward: Ward, sign_in: SignIn, frozen: Commitment, holders: list[Holder]):
    other = paper(sign_in, ward.commitment("KP2", "frozen"))
    clerk = sign_in("clerk")
    for content in (other, as_pictures(other)):
        (error,) = set(refused(clerk, frozen, signed(ward, content, holders[:1])))
        assert "của một văn bản khác, không phải bản cam kết này" in error
    assert copies(ward) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng"),
        (png(), "Chỉ nhận tệp PDF có chữ ký số."),
        (b"PK\x03\x04 a zip", "Chỉ nhận tệp PDF có chữ ký số."),
        (PDF, "hỏng hoặc không đúng cách"),
    ],
)
def test_other_files_are_refused_in_words(
    ward: Ward, sign_in: SignIn, frozen: Commitment, content: bytes, words: str
):
    errors = refused(sign_in("clerk"), frozen, content)
    assert any(words in error for error in errors), errors
    assert copies(ward) == []


def test_a_huge_file_is_refused_before_it_is_read(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rules, "LARGEST", len(printed) - 1)
    errors = refused(sign_in("clerk"), frozen, printed)
    assert any(error.startswith("Tệp lớn hơn") for error in errors)
    assert copies(ward) == []


def test_a_pdf_nobody_signed_leads_to_the_other_way(sign_in: SignIn, frozen: Commitment, printed: bytes):
    clerk = sign_in("clerk")
    page = clerk.send(url(frozen), {"pdf": upload(printed, "bản quét.pdf")}, status=200)
    assert any("không có chữ ký số nào" in error for error in page.errors)
    assert f"/cam-ket/{frozen.id}/ky-giay" in [link.url for link in page.links]


def test_no_file_at_all(sign_in: SignIn, frozen: Commitment):
    assert sign_in("clerk").send(url(frozen), status=200).errors == ["Chưa chọn tệp PDF."]


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "Bản cam kết chưa được chốt"), ("signed", "Bản cam kết đã đủ chữ ký.")]
)
def test_the_wrong_time_is_refused_in_words(ward: Ward, sign_in: SignIn, status: str, words: str):
    page = sign_in("clerk").get(url(ward.commitment("KP1", status)), status=409)
    assert words in page.text
    assert page.forms == []


@pytest.mark.usefixtures("trusted")
def test_a_bad_file_is_told_apart_and_put_aside(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    clerk = sign_in("clerk")
    good = signed(ward, printed, holders[:1])
    done = clerk.send_form(handed_in(clerk, frozen, good, "tốt.pdf").form())
    assert done.status == 302
    handed_in(clerk, frozen, with_page_added(good), "hỏng.pdf")
    page = clerk.get(f"/cam-ket/{frozen.id}")
    assert "Không được tính: Tệp bị sửa: thêm trang, đổi nội dung hoặc chú thích sau khi ký." in page.text
    assert page.text.count("Không được tính") == 1
    assert "Đã lưu tệp PDF, không được tính" in page.text
    scans = clerk.get(f"/cam-ket/le-ky/{ward.campaign.id}/ban-quet").text
    assert "Đã chốt, chờ ký 1 1 tệp không được tính" in scans
    archive = ZipFile(io.BytesIO(clerk.send("/van-ban/cam-ket-da-ky", status=200).bytes))
    names = {name.rsplit("/", 1)[1] for name in archive.namelist()}
    assert {"lan-1-ky-so-01.pdf", "lan-1-ky-so-02-khong-tinh.pdf"} <= names
    table = archive.read("cam-ket-da-ky-hk-2024/danh-muc.csv").decode("utf-8-sig")
    assert {row["Được tính"].partition(":")[0] for row in csv.DictReader(table.splitlines(), delimiter=";")} == {
        "", "Được tính", "Không được tính",
    }  # fmt: skip
    (link,) = [one.url for one in page.links if one.url.endswith("/dua-ra")]
    assert "to" not in clerk.get(link).form().names
    said = clerk.send(link, {"reason": "Tệp đã bị sửa."}, follow=True)
    assert said.said == "Đã đưa ra ngoài hồ sơ."
    assert "1 bản đã đưa ra ngoài hồ sơ" in said.text


def test_a_file_that_waits_for_the_clerk_says_so(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    clerk = sign_in("clerk")
    handed_in(clerk, frozen, signed(ward, printed, holders[:1]))
    page = clerk.get(f"/cam-ket/{frozen.id}")
    assert "Chờ xác nhận" in page.text
    assert "Đã lưu tệp PDF ký số" in page.text
    scans = clerk.get(f"/cam-ket/le-ky/{ward.campaign.id}/ban-quet").text
    assert "Chưa có 1 tệp chờ xác nhận" in scans
