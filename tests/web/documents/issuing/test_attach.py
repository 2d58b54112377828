"""Bản ký: the signed PDF or the scan comes back to an issued document; never removed, put aside with a reason."""

from io import BytesIO

from pledges.documents.models import Attachment
from tests.support import files, issuing
from tests.support.page import words


def url(document) -> str:
    return f"/van-ban/{document.id}/nop-ban-ky"


def pdf(name: str = "ban-ky.pdf", mark: bytes = b"") -> tuple[BytesIO, str]:
    return BytesIO(b"%PDF-1.7\n" + mark + b"\n%%EOF"), name


def filed(ward, document) -> list[Attachment]:
    ward.settle()
    ward.session.refresh(document)
    return list(document.attachments)


def test_scans_are_filed_several_at_once(ward, sign_in):
    document = issuing.issued(ward, 5)
    both = [pdf("trang-1.pdf", b"1"), pdf("trang-2.pdf", b"2")]
    sign_in("clerk").send(url(document), {"kind": "scan", "files": both})
    assert [one.name for one in filed(ward, document)] == ["trang-1.pdf", "trang-2.pdf"]


def test_a_file_that_came_stays_while_the_kind_is_still_asked(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"files": pdf()}, status=200)
    assert "Chưa chọn loại bản." in page.errors[0]
    assert "Đã giữ 1 tệp" in page.text
    clerk.send_form(page.form(), {"kind": "scan"})
    assert len(filed(ward, document)) == 1


def test_a_picture_is_no_signed_pdf(ward, sign_in):
    document = issuing.issued(ward, 5)
    picture = files.upload(files.png(), "anh.png")
    page = sign_in("clerk").send(url(document), {"kind": "signed_pdf", "files": picture}, status=200)
    assert "Bản ký số phải là tệp PDF" in page.errors[0]


def test_what_is_no_paper_is_refused(ward, sign_in):
    document = issuing.issued(ward, 5)
    wrong = (BytesIO(b"<html>"), "trang.html")
    page = sign_in("clerk").send(url(document), {"kind": "scan", "files": wrong}, status=200)
    assert "Chỉ nhận tệp PDF" in page.errors[0]
    assert filed(ward, document) == []


def test_the_same_file_is_not_filed_twice(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    clerk.send(url(document), {"kind": "scan", "files": pdf()})
    page = clerk.send(url(document), {"kind": "scan", "files": pdf("khac.pdf")}, status=200)
    assert "đã có trong hồ sơ" in page.errors[0]


def test_of_two_files_the_one_that_is_new_is_counted(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    clerk.send(url(document), {"kind": "scan", "files": pdf()})
    both = [pdf(), pdf("trang-2.pdf", b"2")]
    page = clerk.send(url(document), {"kind": "scan", "files": both}, follow=True)
    assert "Đã lưu 01 tệp vào hồ sơ văn bản." in page.text
    assert len(filed(ward, document)) == 2


def test_one_file_under_two_names_is_filed_once(ward, sign_in):
    document = issuing.issued(ward, 5)
    both = [pdf(), pdf("mot-lan-nua.pdf")]
    page = sign_in("clerk").send(url(document), {"kind": "scan", "files": both}, follow=True)
    assert "Đã lưu 01 tệp vào hồ sơ văn bản." in page.text
    assert len(filed(ward, document)) == 1


def test_one_that_was_put_aside_is_filed_again(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    clerk.send(url(document), {"kind": "scan", "files": pdf("nham.pdf")})
    (one,) = filed(ward, document)
    clerk.send(f"/van-ban/{document.id}/ban-ky/{one.id}/bo-ra", {"reason": "Tưởng là bản khác."})
    page = clerk.send(url(document), {"kind": "scan", "files": pdf("dung.pdf")}, follow=True)
    assert page.link("Bản quét có dấu: dung.pdf") == f"/van-ban/{document.id}/ban-ky/{one.id}"
    assert "đã bỏ ra ngoài" not in page.text
    assert "Đã nộp lại bản ký từng bỏ ra ngoài" in page.text
    (again,) = filed(ward, document)
    assert (again.id, again.put_aside_at, again.put_aside_reason) == (one.id, None, "")


def test_a_scan_with_the_code_of_another_document_is_asked_about(ward, sign_in):
    document, other = issuing.issued(ward, 5), issuing.issued(ward, 6, "interim_report")
    clerk = sign_in("clerk")
    foreign = files.upload(clerk.get(f"/van-ban/{other.id}.pdf").bytes, "quet.pdf")
    page = clerk.send(url(document), {"kind": "scan", "files": foreign}, status=200)
    assert "quet.pdf: mã kiểm tra trên tệp là của Báo cáo số 06/BC-UBND" in page.errors[0]
    assert filed(ward, document) == []
    clerk.send_form(page.form(), {"compared": "y"})
    assert len(filed(ward, document)) == 1


def test_the_print_itself_is_no_scan_of_what_was_signed(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    same = files.upload(clerk.get(f"/van-ban/{document.id}.pdf").bytes, "ban-in.pdf")
    page = clerk.send(url(document), {"kind": "scan", "files": same}, status=200)
    assert "ban-in.pdf: Tệp này chính là bản in từ phần mềm" in page.errors[0]
    assert filed(ward, document) == []


def test_a_draft_has_nothing_signed(ward, sign_in):
    page = sign_in("clerk").get(url(issuing.drafted(ward)), status=409)
    assert "chưa phát hành" in page.text


def test_one_filed_wrongly_is_put_aside_with_a_reason_and_stays_readable(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    clerk.send(url(document), {"kind": "scan", "files": pdf()})
    (one,) = filed(ward, document)
    address = f"/van-ban/{document.id}/ban-ky/{one.id}"
    page = clerk.send(f"{address}/bo-ra", {"reason": ""}, status=200)
    assert "Chưa ghi lý do" in page.errors[0]
    page = clerk.send(f"{address}/bo-ra", {"reason": "Bản quét của văn bản khác."}, follow=True)
    assert "01 bản đã bỏ ra ngoài" in page.text
    assert "Bản quét của văn bản khác." in page.text
    assert clerk.get(address).bytes.startswith(b"%PDF")
    assert "đã ở ngoài hồ sơ" in clerk.get(f"{address}/bo-ra").text


def test_an_attachment_of_another_document(ward, sign_in):
    document, other = issuing.issued(ward, 5), issuing.issued(ward, 6)
    sign_in("clerk").send(url(document), {"kind": "scan", "files": pdf()})
    (one,) = filed(ward, document)
    sign_in("clerk").get(f"/van-ban/{other.id}/ban-ky/{one.id}", status=404)
    sign_in("head_kp1").get(f"/van-ban/{document.id}/ban-ky/{one.id}", status=404)
    sign_in("leader").get(f"/van-ban/{document.id}/ban-ky/{one.id}/bo-ra", status=403)
    nobody = sign_in("nobody").get(f"/van-ban/{document.id}/ban-ky/{one.id}", status=302)
    assert nobody.location.startswith("/dang-nhap")


def test_the_list_says_who_filed_it(ward, sign_in):
    document = issuing.issued(ward, 5)
    sign_in("clerk").send(url(document), {"kind": "scan", "files": pdf()})
    page = sign_in("leader").get(f"/van-ban/{document.id}")
    (listed,) = page.of_class("attachments")
    assert f"{ward.actor('clerk').name} nộp lúc" in words(listed)
    assert "Bỏ ra ngoài" not in words(listed)
