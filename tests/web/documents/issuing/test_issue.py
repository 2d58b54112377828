"""Phát hành: the next number is suggested, a used one refused beside its field, and what is frozen looked at before."""

from datetime import date

import pytest

from pledges.core import pdfium
from pledges.documents.rules import DocumentStatus
from pledges.units.rules import DocumentStyle
from tests.support import issuing
from tests.support.page import words

LOOK, TRY = "Xem lại trước khi phát hành", "Xem bản in thử"


def url(document) -> str:
    return f"/van-ban/{document.id}/phat-hanh"


def values(page) -> dict[str, str]:
    return {name: said[0] for name, said in page.form().fields.items() if said}


def error_of(page, name: str) -> str:
    return words(page.by_id(f"{name}-error"))


def press(page, action: str) -> str:
    return next(text for text, _name, value in page.form().buttons if value == action)


def test_the_first_number_of_a_year_and_what_the_draft_says(ward, sign_in):
    document = issuing.submitted(ward)
    filled = values(sign_in("clerk").get(url(document)))
    assert (filled["number"], filled["symbol"], filled["issued_on"]) == ("1", "BC-UBND", "15/10/2024")
    assert (filled["posts"], filled["signer_name"]) == ("Chủ tịch", "Trần Quốc Hưng")
    assert filled["recipients"].splitlines() == ["Như trên", "Các đơn vị tham gia phong trào", "Lưu: VT"]


def test_the_next_after_the_highest_used_is_suggested(ward, sign_in):
    issuing.issued(ward, 12)
    issuing.issued(ward, 3, "urging_letter")
    assert values(sign_in("clerk").get(url(issuing.submitted(ward))))["number"] == "13"
    assert values(sign_in("clerk").get(url(issuing.submitted(ward, "urging_letter"))))["number"] == "4"


def test_looked_at_then_issued(ward, sign_in):
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "05", "copies": "8"}, button=LOOK, follow=True)
    assert page.h1 == "Phát hành Báo cáo số 05/BC-UBND"
    assert "Số lượng bản 08" in page.text
    assert press(page, "issue") == "Phát hành Báo cáo số 05/BC-UBND ngày 15/10/2024"
    ward.settle()
    assert document.status is DocumentStatus.SUBMITTED
    page = clerk.send_form(page.form(), button=press(page, "issue"), follow=True)
    assert page.h1 == "Báo cáo số 05/BC-UBND"
    ward.settle()
    assert (document.status, document.number, document.copies) == (DocumentStatus.ISSUED, 5, 8)


def test_the_print_can_be_tried_and_nothing_is_frozen(ward, sign_in):
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "5"}, button=LOOK, follow=True)
    content = clerk.send_form(page.form(), button=TRY, status=200).bytes
    with pdfium.opened(content) as opened:
        said = opened[0].get_textpage().get_text_bounded()
    assert "Số: 05/BC-UBND" in said
    ward.settle()
    assert (document.status, document.number) == (DocumentStatus.SUBMITTED, None)


def test_one_can_go_back_and_change_what_was_typed(ward, sign_in):
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "5", "signer_name": "Lê Thị Hoa"}, button=LOOK, follow=True)
    page = clerk.get(page.link("Sửa lại"))
    assert page.h1 == "Phát hành văn bản"
    assert values(page)["signer_name"] == "Lê Thị Hoa"


def test_a_used_number_is_refused_beside_its_field_with_what_has_it(ward, sign_in):
    issuing.issued(ward, 5)
    page = sign_in("clerk").send(url(issuing.submitted(ward)), {"number": "5"}, button=LOOK, status=200)
    said = error_of(page, "number")
    assert "Số 05 đã dùng cho Báo cáo số 05/BC-UBND, ngày 15/10/2024. Số tiếp theo là 06." in said
    assert values(page)["number"] == "5"


def test_a_number_that_is_taken_between_looking_and_pressing(ward, sign_in):
    document, other = issuing.submitted(ward), issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "5", "signer_name": "Lê Thị Hoa"}, button=LOOK, follow=True)
    issuing.issue(ward, other, 5)
    page = clerk.send_form(page.form(), button=press(page, "issue"), status=200)
    assert "Số 05 đã dùng" in error_of(page, "number")
    assert values(page)["signer_name"] == "Lê Thị Hoa"


def test_a_day_to_come_is_refused(ward, sign_in):
    page = sign_in("clerk").send(
        url(issuing.submitted(ward)), {"issued_on": "16/10/2024"}, button=LOOK, status=200
    )
    assert "Ngày ban hành không được sau hôm nay (15/10/2024)." in error_of(page, "issued_on")


def test_a_day_before_that_of_the_number_before_is_asked_about(ward, sign_in):
    issuing.issued(ward, 5)
    document = issuing.submitted(ward, as_of=date(2024, 9, 30))
    clerk = sign_in("clerk")
    typed = {"number": "6", "issued_on": "10/10/2024"}
    page = clerk.send(url(document), typed, button=LOOK, status=200)
    assert "sớm hơn ngày của số liền trước: số 05 ban hành ngày 15/10/2024" in page.text
    page = clerk.send_form(page.form(), {"sure": "y"}, button=LOOK, follow=True)
    page = clerk.send_form(page.form(), button=press(page, "issue"), follow=True)
    assert page.h1 == "Báo cáo số 06/BC-UBND"


def test_what_is_not_typed_is_asked_for(ward, sign_in):
    typed = {"number": "", "symbol": "BC - UBND", "posts": "", "signer_name": "", "recipients": ""}
    page = sign_in("clerk").send(url(issuing.submitted(ward)), typed, button=LOOK, status=200)
    assert len(page.errors) == 5
    assert "Chưa ghi số văn bản." in error_of(page, "number")
    assert "không có dấu cách" in error_of(page, "symbol")


def test_a_deputy_signs_with_the_capacity(ward, sign_in):
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    typed = {"posts": "KT. Chủ tịch\nPhó Chủ tịch", "signer_name": "Lê Thị Hoa"}
    page = clerk.send(url(document), typed, button=LOOK, follow=True)
    clerk.send_form(page.form(), button=press(page, "issue"))
    with pdfium.opened(clerk.get(f"/van-ban/{document.id}.pdf").bytes) as opened:
        said = " ".join(page.get_textpage().get_text_bounded() for page in opened)
    assert "KT. CHỦ TỊCH" in said
    assert "PHÓ CHỦ TỊCH" in said
    assert "Lê Thị Hoa" in said


def test_the_party_numbers_run_by_term(ward, sign_in):
    ward.campaign.owner.document_style = DocumentStyle.PARTY
    ward.session.commit()
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.get(url(document))
    assert values(page)["term"] == "2020-2025"
    assert "/" in values(page)["symbol"]
    assert "hai năm" in error_of(clerk.send(url(document), {"term": "2025"}, button=LOOK, status=200), "term")
    page = clerk.send(url(document), {"number": "7", "term": "2020-2025"}, button=LOOK, follow=True)
    clerk.send_form(page.form(), button=press(page, "issue"))
    ward.settle()
    assert document.series is not None
    assert document.series.endswith(":2020-2025")


def test_a_character_that_no_face_has_stops_it_with_a_sentence(ward, sign_in):
    document = issuing.submitted(ward)
    page = sign_in("clerk").send(url(document), {"signer_name": "Trần 木"}, button=LOOK, follow=True)
    assert "木" in " ".join(page.errors)
    assert page.h1 == "Phát hành văn bản"


def test_a_draft_is_not_issued_unsigned(ward, sign_in):
    page = sign_in("clerk").get(url(issuing.drafted(ward)), status=409)
    assert "dự thảo" in page.text


def test_a_symbol_in_small_letters_is_the_same_series(ward, sign_in):
    issuing.issued(ward, 5)
    document = issuing.submitted(ward)
    typed = {"number": "5", "symbol": "bc-ubnd"}
    page = sign_in("clerk").send(url(document), typed, button=LOOK, status=200)
    assert "Số 05 đã dùng" in error_of(page, "number")


def test_a_symbol_is_letters_digits_and_hyphens(ward, sign_in):
    document = issuing.submitted(ward)
    page = sign_in("clerk").send(url(document), {"symbol": "BC-UBND<b>"}, button=LOOK, status=200)
    assert "chỉ có chữ, số và dấu gạch nối" in error_of(page, "symbol")


def test_the_review_has_an_address_and_what_was_typed_is_kept(ward, sign_in):
    document = issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "5", "signer_name": "Lê Thị Hoa"}, button=LOOK, follow=True)
    again = clerk.get(page.url)
    assert again.h1 == "Phát hành Báo cáo số 05/BC-UBND"
    assert values(clerk.get(url(document)))["signer_name"] == "Lê Thị Hoa"
    clerk.send_form(again.form(), button=press(again, "issue"), follow=True)
    assert clerk.get(page.url, status=302).location == f"/van-ban/{document.id}"


def test_a_number_that_is_taken_meanwhile_is_told_when_the_review_is_opened_again(ward, sign_in):
    document, other = issuing.submitted(ward), issuing.submitted(ward)
    clerk = sign_in("clerk")
    page = clerk.send(url(document), {"number": "5"}, button=LOOK, follow=True)
    issuing.issue(ward, other, 5)
    page = clerk.get(page.url)
    assert page.h1 == "Phát hành văn bản"
    assert "Số 05 đã dùng" in error_of(page, "number")


def test_the_review_of_nothing_is_the_form(ward, sign_in):
    document = issuing.submitted(ward)
    assert sign_in("clerk").get(url(document), buoc="xem-lai").h1 == "Phát hành văn bản"


@pytest.mark.parametrize("typed", ["2a", "-1", "0", "1,5", "1.234", "999999999999999999"])
def test_what_is_no_number_of_a_document_is_told_as_such(ward, sign_in, typed: str):
    page = sign_in("clerk").send(url(issuing.submitted(ward)), {"number": typed}, button=LOOK, status=200)
    assert "Số văn bản là số nguyên từ 1 đến 100.000, viết liền, không kèm chữ; ví dụ 05." in error_of(
        page, "number"
    )
    assert values(page)["number"] == typed
