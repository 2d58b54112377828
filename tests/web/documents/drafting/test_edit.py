"""Soạn dự thảo: begun on a page, written into, kept, and shown to those who may."""

import io
import re

import pdfplumber
import pytest

from pledges.documents.drafting.composing import filled_in, paper_of, prose_of
from pledges.documents.rules import DocumentStatus
from pledges.documents.sheets.paper import Paragraph

BEGIN = "/van-ban/soan/bao-cao-tien-do"


def typed(page, name: str) -> str:
    """What stands in a field of the editor."""
    return page.form(page.url).fields[name][0]


def said(page) -> str:
    with pdfplumber.open(io.BytesIO(page.bytes)) as paper:
        return " ".join(" ".join(sheet.extract_text().split()) for sheet in paper.pages)


def test_a_draft_begins_with_what_fills_itself(clerk, draft, newest):
    page = clerk.get(draft)
    made = newest()
    assert made.status is DocumentStatus.DRAFT
    assert made.symbol == "BC-UBND"
    assert "Tiến độ chung đạt" in page.text
    assert "Thiếu xi măng" in page.text
    assert typed(page, "abstract").startswith("Kết quả thực hiện phong trào")
    assert typed(page, "recipients").splitlines()[-1] == "Lưu: VT"


def test_prose_stands_behind_its_sentence_on_the_print(clerk, draft, newest):
    words = "Các đơn vị đã nỗ lực.\n\n- Khu phố 1 làm xong trước hạn."
    page = clerk.send(draft, {"viet.totals.mean": words, "bo.totals.states": "y"}, follow=True)
    assert page.said == "Đã lưu dự thảo."
    printed = said(clerk.get(f"/van-ban/{newest().id}.pdf"))
    assert re.search(
        r"Tiến độ chung đạt .*?\. Các đơn vị đã nỗ lực\. - Khu phố 1 làm xong trước hạn\. Báo cáo tháng",
        printed,
    )
    assert "Về tình trạng phần việc" not in printed
    assert "DỰ THẢO" in printed


def test_a_section_without_figures_says_what_was_written_instead_of_nothing(clerk, draft, newest):
    page = clerk.get(draft)
    assert "Bỏ trống thì in “Không có.”" in page.text
    clerk.send(draft, {"viet.notable.": "Mô hình ngõ xanh được nhân rộng."})
    body = [one.text for one in paper_of(newest()).body if isinstance(one, Paragraph)]
    assert "Mô hình ngõ xanh được nhân rộng." in body


def test_bad_input_keeps_everything_that_was_typed(clerk, draft, newest):
    words = {"abstract": "", "copies": "hai", "viet.totals.": "Đoạn chưa lưu", "signer_name": "Trần Văn An"}
    page = clerk.send(draft, words, status=200)
    assert "Chưa nhập trích yếu." in page.errors
    assert {name: typed(page, name) for name in words} == words
    assert not prose_of(newest())
    assert typed(clerk.get(draft), "viet.totals.") == "Đoạn chưa lưu", "kept for the next visit"


def test_lines_lose_the_marks_that_the_layout_sets(clerk, draft, newest):
    clerk.send(draft, {"recipients": "- Như trên;\n– Thường trực Đảng ủy (b/c);\n\n- Lưu: VT."})
    closing = paper_of(newest()).closing
    assert closing.left.lines == ("- Như trên;", "- Thường trực Đảng ủy (b/c);", "- Lưu: VT.")


def test_two_editors_of_one_place_choose_and_of_two_places_meet(clerk, draft, sign_in, newest):
    mine = clerk.get(draft).form(draft)
    sign_in("leader").send(draft, {"viet.totals.mean": "Của lãnh đạo", "viet.guidance.": "Chỉ lãnh đạo viết"})
    page = clerk.send_form(
        mine, {"viet.totals.mean": "Của văn thư", "viet.causes.": "Chỉ văn thư viết"}, status=409
    )
    assert "Của lãnh đạo" in page.text
    assert "Của văn thư" in page.text
    again = page.form(draft)
    clerk.send_form(again, {"choose-viet.totals.mean": "theirs"})
    prose = {place: one.text for place, one in prose_of(newest()).items()}
    assert prose == {
        ("guidance", ""): "Chỉ lãnh đạo viết",
        ("totals", "mean"): "Của lãnh đạo",
        ("causes", ""): "Chỉ văn thư viết",
    }


def test_what_was_typed_behind_a_sentence_that_went_meanwhile_is_kept(clerk, draft, reported, newest):
    form = clerk.get(draft).form(draft)
    gone = "viet.causes.causes:9:99"
    clerk.send_form(form, {gone: "Đoạn sau một câu đã mất"}, forge=True)
    page = clerk.get(draft)
    assert typed(page, gone) == "Đoạn sau một câu đã mất"
    assert "không còn trong số liệu" in page.text
    body = [one.text for one in paper_of(newest()).body if isinstance(one, Paragraph)]
    assert "Đoạn sau một câu đã mất" in body


def test_a_phrase_comes_without_scripts_too(clerk, draft, newest):
    page = clerk.get(draft)
    (phrase,) = [one for one in page.all("button") if one.get("value") == "phrase-guidance-0"]
    words = " ".join("".join(phrase.itertext()).split()).removeprefix("Chèn: ")
    form = page.form(draft)
    answer = clerk.send_form(form, {"act": "phrase-guidance-0"}, status=200, forge=True)
    assert typed(answer, "viet.guidance.") == words
    assert not prose_of(newest()), "nothing is stored before it is saved"


def test_hints_stand_beside_what_was_typed_and_keep_nobody(clerk, draft, newest):
    page = clerk.send(draft, {"viet.totals.": "Được nhân dân ủng hộ theo Khoản 2."}, follow=True)
    assert "Được Nhân dân ủng hộ" in page.text
    assert prose_of(newest())[("totals", "")].text.startswith("Được nhân dân")


def test_who_may_sign_is_offered(ward, clerk, draft):
    page = clerk.get(draft)
    offered = [one for one in page.all("button") if one.get("data-signer")]
    assert ward.account("leader").name in [one.get("data-signer") for one in offered]


def test_a_submitted_one_takes_no_words(ward, clerk, draft, newest):
    made = newest()
    form = clerk.get(draft).form(draft)
    made.status = DocumentStatus.SUBMITTED
    ward.session.commit()
    page = clerk.send_form(form, {"viet.totals.": "Muộn rồi"}, status=200)
    assert page.h1 == "Văn bản không còn là dự thảo"
    assert "Muộn rồi" in page.text, "what was typed can be copied"
    assert not prose_of(newest())


def test_open_drafts_of_the_same_kind_are_named(ward, clerk, draft):
    page = clerk.get(BEGIN)
    assert "Đang có 01 dự thảo cùng loại" in page.text
    assert draft in [link.url for link in page.links]
    assert "cùng phạm vi" in page.text


def test_a_unit_s_report_speaks_of_it_alone(ward, clerk, reported, newest):
    ward.task("KP2", "committed", title="Trồng cây tổ 9")
    unit = ward.unit("KP1")
    url = clerk.send(BEGIN, {"whom": f"dv:{unit.id}"}).location
    page = clerk.get(url)
    assert "của Khu phố 1" in typed(page, "abstract")
    assert "Trồng cây tổ 9" not in page.text
    filled = filled_in(newest())
    titles = [heading.text for slot in filled.slots for heading in slot.headings]
    assert "2. Kết quả từng phần việc" in titles


def test_a_day_to_come_is_refused(clerk):
    page = clerk.send(BEGIN, {"as_of": "20/12/2024"}, status=200)
    assert "Ngày này chưa đến." in page.text


def test_a_day_before_the_campaign_began_is_refused(clerk, newest):
    page = clerk.send(BEGIN, {"as_of": "15/10/1990"}, status=200)
    assert "Ngày này trước ngày bắt đầu phong trào" in page.text
    assert newest() is None


@pytest.mark.parametrize("typed_copies", ["-3", "0", "abc", "1,5"])
def test_copies_are_asked_for_in_one_sentence(clerk, draft, typed_copies):
    page = clerk.send(draft, {"copies": typed_copies}, status=200)
    assert page.errors == ["Số bản: Phải là số nguyên từ 1 trở lên."]


def test_one_who_saved_in_another_window_is_not_told_of_somebody_else(clerk, draft):
    mine = clerk.get(draft).form(draft)
    clerk.send(draft, {"viet.totals.mean": "Ở cửa sổ khác"})
    page = clerk.send_form(mine, {"viet.totals.mean": "Ở cửa sổ này"}, status=409)
    assert page.h1 == "Đồng chí đã lưu nội dung này ở cửa sổ khác"
    assert "Lấy bản đã lưu: Ở cửa sổ khác" in page.text
    assert "người kia" not in page.text


@pytest.mark.parametrize("path", ["cam-ket", "khong-co"])
def test_only_documents_with_a_number_are_drafted(clerk, path):
    clerk.get(f"/van-ban/soan/{path}", status=404)


@pytest.mark.parametrize("person", ["leader", "leader2", "clerk"])
def test_leaders_and_clerks_of_the_organiser_write(sign_in, draft, person):
    assert sign_in(person).get(draft).h1 == "Soạn báo cáo tiến độ"


@pytest.mark.parametrize("page", ["soan", "cap-nhat-so-lieu", "bo-du-thao"])
@pytest.mark.parametrize("person", ["officer_kp1", "admin", "ended", "outsider"])
def test_others_are_refused(sign_in, draft, page, person, newest):
    answer = sign_in(person).client.get(f"/van-ban/{newest().id}/{page}")
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize(("person", "status"), [("officer_kp1", 403), ("admin", 403), ("outsider", 403)])
def test_others_begin_nothing(sign_in, reported, person, status):
    sign_in(person).get(BEGIN, status=status)


def test_nobody_is_led_to_sign_in(ward, sign_in, draft):
    for page in (draft, BEGIN):
        assert "/dang-nhap" in sign_in("nobody").get(page, status=302).location


def test_the_page_costs_the_same_however_much_is_written(ward, clerk, draft, count_queries):
    clerk.get(draft)
    with count_queries() as before:
        clerk.get(draft)
    places = [name for name in clerk.get(draft).form(draft).fields if name.startswith("viet.")]
    clerk.send(draft, dict.fromkeys(places, "Viết thêm."))
    with count_queries() as after:
        clerk.get(draft)
    assert len(after) <= len(before)


def test_a_hint_is_taken_by_one_press_and_kept(clerk, draft, newest):
    words = "Được nhân dân ủng hộ."
    page = clerk.send(draft, {"viet.totals.": words}, follow=True)
    (press,) = [one for one in page.all("button") if (one.get("value") or "").startswith("sua-")]
    form = page.form(draft)
    answer = clerk.send_form(form, {"act": press.get("value")}, status=200, forge=True)
    assert typed(answer, "viet.totals.") == "Được Nhân dân ủng hộ."
    assert not [one for one in answer.all("button") if (one.get("value") or "").startswith("sua-")]
    assert prose_of(newest())["totals", ""].text == words, "nothing is stored before it is saved"
    assert typed(clerk.get(draft), "viet.totals.") == "Được Nhân dân ủng hộ.", "but it is kept"


@pytest.mark.parametrize(
    "act", ["sua-0-4-viet.totals.", "sua-x-y-abstract", "sua-0-4-csrf_token", "phrase-guidance-99"]
)
def test_presses_of_nothing_change_nothing(clerk, draft, act):
    form = clerk.get(draft).form(draft)
    answer = clerk.send_form(
        form, {"act": act, "viet.totals.": "Được nhân dân giúp."}, status=200, forge=True
    )
    assert typed(answer, "viet.totals.") == "Được nhân dân giúp."


def test_what_cannot_be_printed_is_saved_and_said_beside_each_field(clerk, draft, newest):
    words = {"viet.totals.mean": "Tiến độ rất tốt 😀 🚀", "signer_name": "Trần Văn An ★"}
    page = clerk.send(draft, words, follow=True)
    assert "Đã lưu dự thảo." in page.said
    assert prose_of(newest())["totals", "mean"].text == words["viet.totals.mean"]
    assert "😀, 🚀 →nên là (bỏ) phông chữ in văn bản không có (U+1F600, U+1F680)" in page.text
    assert "★ →nên là (bỏ) phông chữ in văn bản không có (U+2605)" in page.text
    assert "Văn bản này chưa in được" in page.text


def test_the_page_that_names_them_all_leads_back_to_the_document(clerk, draft, newest):
    clerk.send(draft, {"viet.totals.mean": "Rất tốt 😀", "abstract": "Kết quả 🚀"})
    for address in (f"/van-ban/{newest().id}.pdf", f"/van-ban/{newest().id}/xem"):
        page = clerk.get(address, status=422)
        assert "U+1F600" in page.text
        assert "U+1F680" in page.text
        assert page.link("Về trang văn bản để soạn tiếp") == f"/van-ban/{newest().id}"
