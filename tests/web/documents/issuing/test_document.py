"""The page of a document: how it stands and why, what it says of itself, and what can be done now."""

import pytest

from pledges.documents.issuing import operations
from tests.support import issuing
from tests.support.page import words


def url(document) -> str:
    return f"/van-ban/{document.id}"


def actions(page) -> list[str]:
    return [words(link) for part in page.of_class("actions") for link in page.all("a", within=part)]


def facts(page) -> dict[str, str]:
    return {
        words(row.find("dt")): words(row.find("dd"))
        for listed in page.of_class("facts")
        for row in page.all("div", within=listed)
    }


def test_a_draft_says_what_it_is_and_offers_its_next_steps(ward, sign_in):
    document = issuing.drafted(ward)
    page = sign_in("clerk").get(url(document))
    assert page.h1 == "Dự thảo báo cáo tiến độ"
    assert actions(page) == ["Bỏ dự thảo", "Soạn tiếp", "Trình ký"]
    told = facts(page)
    assert told["Loại văn bản"] == "Báo cáo tiến độ"
    assert told["Số liệu tính đến ngày"] == "15/10/2024"
    assert told["Phạm vi"] == "Toàn phong trào"
    assert told["Người ký"] == "TM. Ủy ban nhân dân, Chủ tịch – Trần Quốc Hưng"
    assert told["Nơi nhận"] == "Như trên; Các đơn vị tham gia phong trào; Lưu: VT"
    assert "Đã soạn dự thảo văn bản" in page.text


def test_a_team_mate_who_organises_sees_the_same(ward, sign_in):
    document = issuing.drafted(ward)
    page = sign_in("leader").get(url(document))
    assert actions(page) == ["Bỏ dự thảo", "Soạn tiếp", "Trình ký"]


def test_what_waits_for_its_signer_can_be_issued_by_the_clerk_and_returned_by_a_leader(ward, sign_in):
    document = issuing.submitted(ward)
    assert actions(sign_in("clerk").get(url(document))) == ["Phát hành"]
    page = sign_in("leader").get(url(document))
    assert actions(page) == ["Trả lại"]
    assert "chờ Trần Quốc Hưng ký" in page.text


def test_an_issued_one_bears_number_code_and_digests(ward, sign_in):
    document = issuing.issued(ward, 5)
    page = sign_in("clerk").get(url(document))
    assert page.h1 == "Báo cáo số 05/BC-UBND"
    assert actions(page) == ["Thu hồi", "Thay thế", "Nộp bản ký", "Bản in PDF"]
    told = facts(page)
    assert told["Số, ký hiệu"] == "05/BC-UBND"
    assert told["Ngày ban hành"] == "15/10/2024"
    assert told["Số trang"] == f"{document.pages:02}"
    assert document.digest in page.text
    assert document.file.sha256 in page.text
    assert sign_in("nobody").get(page.link("kiểm tra được")).status == 200


def test_an_issued_one_offers_a_leader_nothing_but_its_print(ward, sign_in):
    document = issuing.issued(ward, 5)
    assert actions(sign_in("leader").get(url(document))) == ["Bản in PDF"]


def test_a_withdrawn_one_says_why(ward, sign_in):
    document = issuing.issued(ward, 5)
    operations.withdraw(ward.session, document, "Sai số liệu Khu phố 2.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = sign_in("leader").get(url(document))
    assert "Văn bản này đã thu hồi" in page.text
    assert "Lý do: Sai số liệu Khu phố 2." in page.text
    assert actions(sign_in("clerk").get(url(document))) == ["Thay thế", "Nộp bản ký", "Bản in PDF"]


def test_a_replaced_one_and_its_successor_lead_to_each_other(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    clerk = sign_in("clerk")
    assert clerk.get(url(old)).link("Xem dự thảo thay thế") == url(new)
    assert "Thay thế" not in actions(clerk.get(url(old)))
    issuing.issue(ward, new, 6)
    page = clerk.get(url(old))
    assert page.link("Báo cáo số 06/BC-UBND") == url(new)
    assert clerk.get(url(new)).link("Báo cáo số 05/BC-UBND") == url(old)


def test_it_names_the_one_before_it_of_the_same_kind(ward, sign_in):
    first = issuing.issued(ward, 5)
    issuing.issued(ward, 6, "urging_letter")
    second = issuing.issued(ward, 7)
    page = sign_in("clerk").get(url(second))
    assert page.link("Báo cáo số 05/BC-UBND") == url(first)
    assert page.link("khác những gì") == f"{url(second)}/khac-voi/{first.id}"


@pytest.mark.parametrize(
    ("name", "status"),
    [("head_kp1", 404), ("officer_kp1", 403), ("outsider", 403), ("ended", 403), ("admin", 403)],
)
def test_who_does_not_organise_learns_nothing_of_it(ward, sign_in, name, status):
    """A leader of a unit that takes part has the role, and not the place; the others have no role for it."""
    document = issuing.issued(ward, 5)
    sign_in(name).get(url(document), status=status)


def test_nobody_is_sent_to_sign_in(ward, sign_in):
    document = issuing.issued(ward, 5)
    assert sign_in("nobody").get(url(document), status=302).location.startswith("/dang-nhap")


def test_one_that_was_never_made(sign_in):
    sign_in("clerk").get("/van-ban/4711", status=404)


def withdrawn(ward, document):
    operations.withdraw(ward.session, document, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()


def test_a_replacement_that_was_withdrawn_is_told_where_it_took_the_place(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    withdrawn(ward, new)
    clerk = sign_in("clerk")
    assert "Được thay bằng Báo cáo số 06/BC-UBND (đã thu hồi) ngày 15/10/2024" in clerk.get(url(old)).text
    newest = issuing.submitted(ward, replaces=new)
    issuing.issue(ward, newest, 8)
    page = clerk.get(url(old))
    assert page.link("Báo cáo số 08/BC-UBND") == url(newest)
    assert "Thay thế Báo cáo số 06/BC-UBND (đã thu hồi)" in clerk.get(url(newest)).text


def test_one_that_was_withdrawn_and_replaced_later_says_both(ward, sign_in):
    old = issuing.issued(ward, 7)
    new = issuing.submitted(ward, replaces=old)
    clerk = sign_in("clerk")
    page = clerk.get(f"{url(old)}/thu-hoi")
    assert "Đang có văn bản thay thế chưa phát hành" in page.text
    assert page.link("Báo cáo tiến độ: đang trình ký") == url(new)
    withdrawn(ward, old)
    assert "Đang soạn văn bản thay thế" in clerk.get(url(old)).text
    issuing.issue(ward, new, 9)
    page = clerk.get(url(old))
    assert "Văn bản này đã thu hồi" in page.text
    assert page.link("Báo cáo số 09/BC-UBND") == url(new)
