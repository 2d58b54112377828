"""The print of a document: the bytes that were kept for ever, or a page that says why not, and an entry of the log."""

import sqlalchemy as sa

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.core import pdfium
from pledges.documents.issuing import operations
from pledges.files.operations import place
from tests.support import issuing


def url(document, ending: str = "pdf") -> str:
    return f"/van-ban/{document.id}.{ending}"


def kept_at(ward, document):
    return place(ward.app.config["INSTANCE"] / "files", document.file.sha256)


def refusals(ward) -> list[LogEntry]:
    ward.settle()
    asked = sa.select(LogEntry).where(LogEntry.action == "document.print_refused").order_by(LogEntry.number)
    return list(ward.session.scalars(asked))


def text_of(content: bytes) -> str:
    with pdfium.opened(content) as opened:
        said = [page.get_textpage().get_text_bounded() for page in opened]
    return " ".join(" ".join(said).split())


def test_the_same_bytes_whatever_happens_afterwards(ward, sign_in):
    """A unit is renamed, figures are accepted, a table gets a column: the print is what it was."""
    task = ward.task("KP1")
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    before = clerk.get(url(document)).bytes
    ward.unit("KP1").name = "Tổ dân phố số 1"
    ward.campaign.owner.name = "Ủy ban nhân dân phường Cao Xanh"
    ward.session.commit()
    ward.report(task, "2024-09", ["120", "40"])
    ward.session.execute(sa.text("ALTER TABLE document ADD COLUMN remark TEXT DEFAULT ''"))
    ward.session.commit()
    assert clerk.get(url(document)).bytes == before
    ward.session.execute(sa.text("ALTER TABLE document DROP COLUMN remark"))
    ward.session.commit()
    assert clerk.get(url(document)).bytes == before


def test_it_bears_number_day_signer_and_its_seal(ward, sign_in):
    document = issuing.issued(ward, 5)
    said = text_of(sign_in("leader").get(url(document)).bytes)
    assert "Số: 05/BC-UBND" in said
    assert "ngày 15 tháng 10 năm 2024" in said
    assert "Trần Quốc Hưng" in said
    assert f"SHA-256: {document.digest}" in said
    assert "Mã kiểm tra: " in said
    assert "Nhật ký niêm phong đến mục" in said


def test_a_draft_is_printed_as_it_stands_and_says_that_it_is_one(ward, sign_in):
    document = issuing.drafted(ward)
    said = text_of(sign_in("clerk").get(url(document)).bytes)
    assert "DỰ THẢO" in said
    assert "Số: /BC-UBND" in said


def test_a_print_that_is_gone_stops_with_a_sentence_and_the_log_says_so(ward, sign_in):
    document = issuing.issued(ward, 5)
    kept_at(ward, document).unlink()
    clerk = sign_in("clerk")
    page = clerk.get(url(document), status=410)
    assert page.h1 == "Không in được văn bản"
    assert "khôi phục từ bản sao lưu" in page.text
    assert document.file.sha256 in page.text
    (entry,) = refusals(ward)
    assert (entry.subject_id, entry.actor_name) == (document.id, ward.actor("clerk").name)
    assert verify(ward.session) is None
    assert clerk.get(f"/van-ban/{document.id}").text.count("Không in được") == 1


def test_it_is_noted_once_a_day(ward, sign_in, freeze):
    document = issuing.issued(ward, 5)
    kept_at(ward, document).unlink()
    clerk = sign_in("clerk")
    for _turn in range(3):
        clerk.get(url(document), status=410)
    assert len(refusals(ward)) == 1
    freeze(ward.day.replace(day=16))
    sign_in("clerk").get(url(document), status=410)
    assert len(refusals(ward)) == 2


def test_a_print_that_was_changed_is_not_given_out(ward, sign_in):
    document = issuing.issued(ward, 5)
    kept = kept_at(ward, document)
    content = kept.read_bytes()
    kept.write_bytes(content.replace(b"%PDF-", b"%PDE-", 1))
    page = sign_in("clerk").get(url(document), status=409)
    assert "không còn khớp" in page.text
    assert len(refusals(ward)) == 1
    kept.write_bytes(content)
    assert sign_in("clerk").get(url(document)).bytes == content


def test_a_text_that_was_changed_in_the_database_is_not_printed(ward, sign_in):
    document = issuing.issued(ward, 5)
    ward.session.execute(sa.text("UPDATE document SET paper = replace(paper, '05/BC', '06/BC')"))
    ward.session.commit()
    page = sign_in("clerk").get(url(document), status=409)
    assert "SHA-256" in page.text
    for ending in ("docx", "xlsx"):
        sign_in("clerk").get(url(document, ending), status=409)


def test_a_withdrawn_one_has_a_marked_copy_and_its_print_stays(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    kept = clerk.get(url(document)).bytes
    clerk.get(f"/van-ban/{document.id}/ban-danh-dau.pdf", status=404)
    operations.withdraw(ward.session, document, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    content = clerk.get(clerk.get(f"/van-ban/{document.id}").link("Bản đánh dấu “Đã thu hồi”")).bytes
    assert content.startswith(kept)
    with pdfium.opened(content) as opened:
        said = [page.get_textpage().get_text_bounded() for page in opened]
    assert len(said) == document.pages
    line = "Báo cáo số 05/BC-UBND ngày 15/10/2024: đã thu hồi ngày 15/10/2024"
    assert all("BẢN ĐÃ THU HỒI" in page and line in page for page in said)
    assert clerk.get(url(document)).bytes == kept


def test_a_replacement_says_what_it_replaces_and_that_by_what_over_its_pages(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    said = text_of(sign_in("leader").get(url(new)).bytes)
    line = "Báo cáo này thay thế Báo cáo số 05/BC-UBND ngày 15 tháng 10 năm 2024 của Ủy ban nhân dân phường Hà Khánh./."
    assert line in said
    address = f"/van-ban/{old.id}/ban-danh-dau.pdf"
    said = text_of(sign_in("leader").get(address).bytes)
    assert "ĐÃ ĐƯỢC THAY THẾ" in said
    assert "được thay bằng Báo cáo số 06/BC-UBND ngày 15/10/2024" in said
    kept_at(ward, old).unlink()
    assert sign_in("clerk").get(address, status=410).h1 == "Không in được văn bản"


def test_word_and_excel_are_for_working_on(ward, sign_in):
    for document in (issuing.drafted(ward), issuing.issued(ward, 5)):
        for ending in ("docx", "xlsx"):
            answer = sign_in("clerk").get(url(document, ending))
            assert answer.bytes.startswith(b"PK")


def test_who_may_not_see_it_does_not_print_it(ward, sign_in):
    document = issuing.issued(ward, 5)
    marked = f"/van-ban/{document.id}/ban-danh-dau.pdf"
    for address in (*(url(document, ending) for ending in ("pdf", "docx", "xlsx")), marked):
        sign_in("officer_kp1").get(address, status=403)
        sign_in("head_kp1").get(address, status=404)
        assert sign_in("nobody").get(address, status=302).location.startswith("/dang-nhap")
