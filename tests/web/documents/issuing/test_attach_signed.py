"""Bản ký số: what holds no signature is refused, whose signature it is is told, another document is asked about."""

from typing import Any

import pytest

from pledges.documents.issuing.signed_copies import Came, Desk, examined
from pledges.documents.models import Attachment
from pledges.documents.rules import AttachmentKind
from pledges.files.operations import load, store
from tests.support import files, issuing
from tests.support.signing import Authority, Holder, hybrid, sign, with_page_added
from tests.web.commitments.outside.handing import as_pictures


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def chairman(authority: Authority) -> Holder:
    return authority.holder("Trần Quốc Hưng")


def filed(ward, document) -> list[Attachment]:
    ward.settle()
    ward.session.refresh(document)
    return list(document.attachments)


def hand_in(clerk, document, content: bytes, **said: Any):
    values = {"kind": "signed_pdf", "files": files.upload(content, "da-ky.pdf")}
    return clerk.send(f"/van-ban/{document.id}/nop-ban-ky", values, **said)


def printed(clerk, document) -> bytes:
    return clerk.get(f"/van-ban/{document.id}.pdf").bytes


def test_a_signed_print_is_filed_and_its_signature_told(ward, sign_in, authority, chairman, tmp_path):
    (tmp_path / "goc.pem").write_bytes(authority.root.pem)
    ward.app.config["TRUST_ROOTS"] = tmp_path
    document, clerk = issuing.issued(ward, 5), sign_in("clerk")
    content = sign(printed(clerk, document), chairman, at=ward.now)
    page = hand_in(clerk, document, content, follow=True)
    assert clerk.get(page.link("Bản ký số: da-ky.pdf")).bytes == content
    told = "Chữ ký của Trần Quốc Hưng (UBND phường Hà Khánh), ký lúc"
    assert told in page.text
    assert (
        "Nguyên vẹn: nội dung đúng như lúc ký. Do tổ chức trong danh sách gốc tin cậy của phường cấp."
        in page.text
    )


def test_without_roots_the_origin_is_told_to_be_unknown_and_nothing_is_asked(ward, sign_in, chairman):
    document, clerk = issuing.issued(ward, 5), sign_in("clerk")
    page = hand_in(clerk, document, sign(printed(clerk, document), chairman, at=ward.now), follow=True)
    assert "Không kiểm được nguồn gốc chứng thư vì phường chưa cấu hình gốc tin cậy" in page.text
    assert len(filed(ward, document)) == 1


def test_the_print_itself_is_no_signed_copy(ward, sign_in):
    document, clerk = issuing.issued(ward, 5), sign_in("clerk")
    page = hand_in(clerk, document, printed(clerk, document), status=200)
    assert "da-ky.pdf: Tệp không có chữ ký số nào." in page.errors[0]
    assert "Đã giữ" not in page.text
    assert filed(ward, document) == []


@pytest.mark.parametrize("content", [b"%PDF-1.7\n\n%%EOF", b"%PDF-1.7 " + bytes(900)])
def test_what_can_not_be_opened_is_refused_in_words(ward, sign_in, content: bytes):
    document = issuing.issued(ward, 5)
    page = hand_in(sign_in("clerk"), document, content, status=200)
    assert "không mở được" in page.errors[0]


def test_a_file_that_was_changed_after_it_was_signed_is_refused(ward, sign_in, chairman):
    document, clerk = issuing.issued(ward, 5), sign_in("clerk")
    content = with_page_added(sign(printed(clerk, document), chairman, at=ward.now))
    page = hand_in(clerk, document, content, status=200)
    assert "Trần Quốc Hưng: Tệp bị sửa" in page.errors[0]
    assert filed(ward, document) == []


def test_another_document_is_asked_about_and_the_log_keeps_the_answer(ward, sign_in, chairman):
    document, other = issuing.issued(ward, 5), issuing.issued(ward, 6)
    clerk = sign_in("clerk")
    page = hand_in(clerk, document, sign(printed(clerk, other), chairman, at=ward.now), status=200)
    said = "mã kiểm tra trên tệp là của Báo cáo số 06/BC-UBND"
    assert said in page.errors[0]
    assert "Đã giữ 1 tệp" in page.text
    page = clerk.send_form(page.form(), {"compared": "y"}, follow=True)
    assert f"Đã xem và vẫn nộp dù da-ky.pdf: {said}" in page.text
    assert len(filed(ward, document)) == 1


def test_pictures_of_the_pages_are_known_by_their_code(ward, chairman):
    document = issuing.issued(ward, 5)
    clerk, folder = ward.actor("clerk"), ward.app.config["INSTANCE"] / "files"
    content = sign(as_pictures(load(folder, document.file)), chairman, at=ward.now)
    came = Came(store(ward.session, folder, content, by=clerk, at=ward.now), "quet-ky.pdf")
    signed, desk = AttachmentKind.SIGNED_PDF, Desk(folder, ())
    found = examined(ward.session, document, came, signed, desk, at=ward.now)
    assert (found.refused, found.doubts, len(found.told)) == ("", (), 1)


def test_a_paper_that_bears_nothing_of_ours_is_asked_about(ward, sign_in, chairman):
    document = issuing.issued(ward, 5)
    page = hand_in(sign_in("clerk"), document, sign(hybrid(), chairman, at=ward.now), status=200)
    assert "không tìm thấy mã SHA-256 hay mã kiểm tra của bản đã phát hành trên tệp" in page.errors[0]
