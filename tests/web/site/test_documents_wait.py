"""What waits of documents on the first page: to be signed, to be issued, and what came back."""

from pledges.documents.issuing import operations
from tests.support import issuing


def test_a_leader_reads_what_is_to_be_signed_and_a_clerk_what_is_to_be_issued(ward, sign_in):
    document = issuing.submitted(ward)
    for name, words in (("leader", "1 văn bản trình ký"), ("clerk", "1 văn bản đang trình ký")):
        page = sign_in(name).get("/")
        assert words in page.text
        assert page.link(f"Báo cáo tiến độ: {document.abstract}") == f"/van-ban/{document.id}"


def test_a_draft_that_came_back_waits_for_who_made_it_with_the_reason(ward, sign_in):
    document = issuing.submitted(ward)
    operations.send_back(ward.session, document, "Ghi rõ nguyên nhân.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = sign_in("clerk").get("/")
    assert "Ghi rõ nguyên nhân." in page.text
    assert "trả lại ngày 15/10/2024" in page.text
    assert "Ghi rõ nguyên nhân." not in sign_in("leader").get("/").text


def test_a_draft_that_was_never_submitted_waits_for_nobody(ward, sign_in):
    document = issuing.drafted(ward)
    assert "Soạn tiếp" not in sign_in("clerk").get("/").text
    assert document.abstract not in sign_in("leader").get("/").text


def test_who_does_not_organise_reads_nothing_of_it(ward, sign_in):
    document = issuing.submitted(ward)
    for name in ("officer_kp1", "head_kp1", "outsider"):
        assert document.abstract not in sign_in(name).get("/").text


def test_what_was_issued_waits_no_longer(ward, sign_in):
    document = issuing.issued(ward, 5)
    assert "trình ký" not in sign_in("clerk").get("/").text
    assert document.abstract not in sign_in("leader").get("/").text


def test_what_one_issued_is_named_with_its_number_among_the_last_acts(ward, sign_in):
    document = issuing.issued(ward, 5)
    page = sign_in("clerk").get("/")
    assert "Đã phát hành văn bản: Báo cáo số 05/BC-UBND" in page.text
    assert page.link(f"Báo cáo số 05/BC-UBND, {document.abstract}") == f"/van-ban/{document.id}"
    assert "bản in" not in page.text
