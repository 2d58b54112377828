"""Photographs and scans of one unit's paper, and those that were filed at the wrong one."""

import io
import json

import pypdfium2 as pdfium
import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.codes.models import CheckCode
from pledges.codes.rules import address_of
from pledges.commitments.models import Commitment, SignedCopy
from pledges.commitments.rules import CopyKind
from pledges.commitments.scans import PILE, seal
from tests.support.critic import Critic, SignIn
from tests.support.files import HTML, PDF, png, upload
from tests.support.piles import Leaf, printed, scan
from tests.support.ward import Ward
from tests.web.commitments.people import ONLY_THE_CLERK


def url(commitment: Commitment, what: str = "/luu-ban-ky") -> str:
    return f"/cam-ket/{commitment.id}{what}"


def copies(ward: Ward) -> list[SignedCopy]:
    ward.settle()
    return list(ward.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


@pytest.fixture
def clerk(sign_in: SignIn) -> Critic:
    return sign_in("clerk")


@pytest.fixture
def filed(ward: Ward, clerk: Critic, of_three: Commitment) -> SignedCopy:
    clerk.send(url(of_three), {"files": upload(PDF, "Cam kết.pdf")})
    return copies(ward)[0]


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
def test_who_files(sign_in: SignIn, of_three: Commitment, name: str, status: int):
    sign_in(name).get(url(of_three), status=status)


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
def test_who_puts_aside(sign_in: SignIn, filed: SignedCopy, of_three: Commitment, name: str, status: int):
    sign_in(name).get(url(of_three, f"/ban-da-ky/{filed.id}/dua-ra"), status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, of_three: Commitment):
    for what in ("/luu-ban-ky", "/ban-da-ky/1/dua-ra"):
        assert "/dang-nhap" in sign_in("nobody").get(url(of_three, what), status=302).location


def test_photographs_and_files_are_filed_together(ward: Ward, clerk: Critic, of_three: Commitment):
    sent = {
        "photos": upload(png(), "IMG_1.png"),
        "files": [upload(png(1), "trang 2.png"), upload(PDF, "cả bản.pdf")],
    }
    page = clerk.send(url(of_three), sent, follow=True)
    assert page.said == "Đã lưu 3 tệp vào hồ sơ của Khu phố 1."
    assert {one.filename for one in copies(ward)} == {"IMG_1.png", "trang 2.png", "cả bản.pdf"}
    assert {one.kind for one in copies(ward)} == {CopyKind.SCAN}
    assert len([link for link in page.links if "/ban-da-ky/" in link.url and "dua-ra" not in link.url]) == 3


def picture_of_paper(ward: Ward, unit: str) -> tuple[bytes, Commitment]:
    """A photograph of the first page of a unit's frozen commitment."""
    made = ward.commitment(unit, "frozen")
    code = ward.session.scalars(select(CheckCode.code).where(CheckCode.record_id == made.id)).one()
    document = pdfium.PdfDocument(printed([Leaf(address_of(code, "https://thidua.haphong.vn"))]))
    held = io.BytesIO()
    document[0].render(scale=200 / 72).to_pil().save(held, "JPEG")
    document.close()
    return held.getvalue(), made


def test_a_paper_with_another_units_code_is_asked_about(ward: Ward, clerk: Critic, of_three: Commitment):
    photograph, _other = picture_of_paper(ward, "KP2")
    page = clerk.send(url(of_three), {"photos": upload(photograph, "ảnh.jpg")}, status=200)
    assert page.errors == [
        "ảnh.jpg: mã in trên trang là của bản cam kết Khu phố 2, lần 1. Vẫn lưu ở đây thì đánh dấu ô này."
    ]
    assert "Đã giữ 1 tệp ảnh.jpg" in page.text
    assert copies(ward) == []
    clerk.send_form(page.form(), {"compared": "y"})
    assert [(one.commitment_id, one.filename) for one in copies(ward)] == [(of_three.id, "ảnh.jpg")]


@pytest.mark.parametrize("form", ["photograph", "scan"])
def test_the_own_paper_is_filed_without_a_word(ward: Ward, clerk: Critic, form: str):
    content, own = picture_of_paper(ward, "KP2")
    if form == "scan":
        code = ward.session.scalars(select(CheckCode.code).where(CheckCode.record_id == own.id)).one()
        content = scan([Leaf(code), Leaf("https://example.org")])
    name = {"photograph": "ảnh.jpg", "scan": "quét.pdf"}[form]
    clerk.send(url(own), {"files": upload(content, name)}, follow=True)
    assert [(one.commitment_id, one.filename) for one in copies(ward)] == [(own.id, name)]


def test_where_nobody_signed_on_paper_the_page_says_so(clerk: Critic, of_three: Commitment):
    assert "Chưa có chữ ký nào trên giấy" in clerk.get(url(of_three)).text


def test_the_camera_is_offered(clerk: Critic, of_three: Commitment):
    page = clerk.get(url(of_three))
    camera = page.by_id("photos")
    assert (camera.get("capture"), camera.get("accept")) == ("environment", "image/*")
    assert page.by_id("files").get("capture") is None


def test_one_that_is_not_taken_costs_no_other(ward: Ward, clerk: Critic, of_three: Commitment):
    sent = {"files": [upload(png(), "trang 1.png"), upload(HTML, "trang 2.png")]}
    page = clerk.send(url(of_three), sent, status=200)
    assert page.errors == ["trang 2.png: Chỉ nhận tệp PDF và ảnh (JPG, PNG, WEBP, HEIC)."]
    assert "Đã giữ 1 tệp trang 1.png" in page.text
    assert copies(ward) == []
    clerk.send_form(page.form(), {"files": upload(PDF, "trang 2.pdf")})
    assert [one.filename for one in copies(ward)] == ["trang 1.png", "trang 2.pdf"]


def test_nothing_to_file_is_said(ward: Ward, clerk: Critic, of_three: Commitment):
    assert clerk.send(url(of_three), status=200).errors == ["Chưa có ảnh hay tệp nào để lưu."]
    assert copies(ward) == []


def test_what_was_sealed_for_a_pile_is_no_kept_file(clerk: Critic, of_three: Commitment):
    with clerk.ward.app.app_context():
        foreign = seal([1, 1, "quét.pdf"], PILE)
    said = clerk.send(url(of_three), {"kept": foreign}, status=200, forge=True)
    assert said.errors == ["Chưa có ảnh hay tệp nào để lưu."]


def test_three_clicks_file_once(ward: Ward, clerk: Critic, of_three: Commitment):
    form = clerk.get(url(of_three)).form()
    for _click in range(3):
        clerk.send_form(form, {"files": upload(PDF, "a.pdf")})
    assert len(copies(ward)) == 1


def test_of_a_draft_there_is_nothing_to_file(ward: Ward, clerk: Critic):
    draft = ward.commitment("KP2", "draft")
    page = clerk.send(url(draft), {"files": upload(PDF, "a.pdf")}, status=200)
    assert page.errors == ["Bản cam kết chưa chốt nên chưa có bản ký để lưu."]


def test_filing_stands_in_the_way_of_nobody_who_edits(ward: Ward, clerk: Critic, of_three: Commitment):
    before = of_three.version
    clerk.send(url(of_three), {"files": upload(PDF, "a.pdf")})
    ward.settle()
    assert of_three.version == before


def test_put_aside_it_stays_with_the_reason(
    ward: Ward, clerk: Critic, filed: SignedCopy, of_three: Commitment
):
    here = url(of_three, f"/ban-da-ky/{filed.id}/dua-ra")
    assert clerk.send(here, status=200).errors == ["Chưa ghi lý do."]
    page = clerk.send(here, {"reason": "Quét mờ."}, follow=True)
    assert page.said == "Đã đưa ra ngoài hồ sơ."
    assert "1 bản đã đưa ra ngoài hồ sơ" in page.text
    assert "Quét mờ." in page.text
    assert clerk.get(url(of_three, f"/ban-da-ky/{filed.id}")).bytes == PDF
    assert "Bản này đã ở ngoài hồ sơ" in clerk.get(here).text
    ward.settle()
    logged = ward.session.scalars(
        select(LogEntry).where(LogEntry.action == "commitment.copy_put_aside")
    ).one()
    assert (logged.note, json.loads(logged.after)["to"]) == ("Quét mờ.", None)


def test_filed_at_the_right_unit_at_once(ward: Ward, clerk: Critic, filed: SignedCopy, of_three: Commitment):
    other = ward.commitment("KP2", "signed")
    here = url(of_three, f"/ban-da-ky/{filed.id}/dua-ra")
    page = clerk.send(here, {"reason": "Nhầm khu phố.", "to": str(other.id)}, follow=True)
    assert page.said == "Đã đưa ra ngoài hồ sơ và lưu vào hồ sơ của Khu phố 2."
    first, second = copies(ward)
    assert first.aside_at is not None
    assert (second.commitment_id, second.file_id, second.aside_at) == (other.id, first.file_id, None)


def test_put_aside_twice_is_refused_in_words(
    ward: Ward, sign_in: SignIn, filed: SignedCopy, of_three: Commitment
):
    here = url(of_three, f"/ban-da-ky/{filed.id}/dua-ra")
    mine, theirs = sign_in("clerk"), sign_in("clerk")
    form = theirs.get(here).form()
    mine.send(here, {"reason": "Mờ."})
    assert theirs.send_form(form, {"reason": "Nhầm."}, status=200).errors == [
        "Bản này đã được đưa ra ngoài hồ sơ trước đó."
    ]


def test_the_copy_of_another_commitment_is_nothing(ward: Ward, clerk: Critic, filed: SignedCopy):
    other = ward.commitment("KP2", "frozen")
    clerk.get(url(other, f"/ban-da-ky/{filed.id}/dua-ra"), status=404)


def test_who_filed_it_and_when_stands_on_the_page_of_the_commitment(
    sign_in: SignIn, filed: SignedCopy, of_three: Commitment
):
    page = sign_in("head_kp1").get(url(of_three, ""))
    assert "Vũ Thị Thư lưu lúc" in page.text
    assert not any("dua-ra" in link.url or "luu-ban-ky" in link.url for link in page.links)
