"""Lập tập: which papers of which units, bound how; a small pack is there at once."""

import io
import json
import zipfile

import pikepdf
import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from tests.documents.measure import pages as measured
from tests.web.documents.packs.conftest import ORDER, TAP, starts

KINDS = ("ban-cam-ket", "bao-cao-don-vi", "phieu-bao-cao", "van-ban-phat-hanh", "minh-chung")


def names(ward) -> list[str]:
    return [ward.unit(code).name for code in ORDER]


def boxes(page) -> list[str]:
    return page.form().fields.get("items", [])


def test_every_unit_is_ticked_and_one_pdf_is_proposed(ward, sign_in, three):
    page = sign_in("clerk").get(f"{TAP}/ban-cam-ket")
    assert "3 văn bản, xếp theo thứ tự danh sách" in page.text
    assert len(boxes(page)) == len(three)
    assert page.form().fields["binding"] == ["pdf"]
    assert page.text.index(names(ward)[0]) < page.text.index(names(ward)[1])


def test_a_small_pack_is_there_at_once_in_the_order_of_the_list(ward, three, got):
    content = got("ban-cam-ket")
    assert [title for title, _page in starts(content)] == names(ward)


def test_each_paper_is_as_it_is_printed_alone(ward, sign_in, three, got):
    packed = [page.text for page in measured(got("ban-cam-ket"))]
    clerk, alone = sign_in("clerk"), []
    for number in (three[2], three[1], three[0]):
        alone += [page.text for page in measured(clerk.get(f"/van-ban/cam-ket/{number}.pdf").bytes)]
    assert packed == alone


@pytest.mark.parametrize("path", ["ban-cam-ket", "bao-cao-don-vi", "phieu-bao-cao"])
def test_for_both_sides_every_paper_begins_on_a_front(ward, three, got, path):
    single, double = got(path), got(path, {"duplex": "y"})
    assert all(page % 2 == 0 for _title, page in starts(double))
    lengths = [
        after - first for (_, first), (_, after) in zip(starts(single), starts(single)[1:], strict=False)
    ]
    blanks = sum(length % 2 for length in lengths)
    with pikepdf.open(io.BytesIO(single)) as one, pikepdf.open(io.BytesIO(double)) as both:
        assert len(both.pages) == len(one.pages) + blanks


def test_units_that_are_not_ticked_stay_out(ward, three, got):
    content = got("ban-cam-ket", {"items": [str(three[0]), str(three[2])]})
    assert [title for title, _page in starts(content)] == [names(ward)[0], names(ward)[2]]


def test_nothing_ticked_is_said_beside_the_boxes(sign_in, three):
    page = sign_in("clerk").send(f"{TAP}/ban-cam-ket", {"items": None}, status=200)
    assert "chọn ít nhất một mục" in page.text


def test_only_those_that_wait_to_be_signed(ward, three, got):
    content = got("ban-cam-ket", ban="cho-ky")
    assert [title for title, _page in starts(content)] == [names(ward)[0], names(ward)[2]]


def test_a_block_alone(ward, sign_in, three):
    page = sign_in("clerk").get(f"{TAP}/bao-cao-don-vi", khoi=ward.unit("KP1").block)
    assert boxes(page) == [str(ward.unit("KP1").id), str(ward.unit("KP2").id)]


def test_a_zip_holds_a_file_each_in_order_without_accents(ward, three, got):
    with zipfile.ZipFile(io.BytesIO(got("bao-cao-don-vi", {"binding": "zip"}))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "001-bo-phan-van-phong-thong-ke.pdf", "002-khu-pho-1.pdf", "003-khu-pho-2.pdf",
        ]  # fmt: skip
        text = " ".join(page.text for page in measured(archive.read("002-khu-pho-1.pdf")))
    assert "Khu phố 1" in text
    assert "Khu phố 2" not in text


def test_reports_speak_of_the_day_asked_for(ward, three, got):
    content = got("bao-cao-don-vi", **{"den-ngay": "2024-09-30"})
    assert "30/9/2024" in measured(content)[0].text


def test_reports_of_a_day_before_the_campaign_are_not_offered(ward, three, sign_in):
    page = sign_in("clerk").get(f"{TAP}/bao-cao-don-vi?den-ngay=1/1/1990")
    assert "trước ngày bắt đầu phong trào" in page.text


def test_forms_are_filled_in_or_blank(ward, three, got):
    filled = " ".join(page.text for page in measured(got("phieu-bao-cao")))
    blank = " ".join(page.text for page in measured(got("phieu-bao-cao", mau="trong")))
    title = "Bê tông hóa đường ngõ"
    assert title in filled
    assert title not in blank
    assert "Khu phố 1" in blank


def test_what_was_asked_for_is_logged_and_looking_is_not(ward, sign_in, three, got):
    sign_in("clerk").get(f"{TAP}/ban-cam-ket")
    got("ban-cam-ket")
    ward.settle()
    (entry,) = ward.session.scalars(select(LogEntry).where(LogEntry.action == "print_job.asked"))
    assert (entry.actor_name, entry.subject_kind) == ("Vũ Thị Thư", "print_job")
    name = "Bản cam kết của các đơn vị"
    assert json.loads(entry.after) == {"binding": "PDF", "kind": name, "name": name, "papers": 3}


def test_the_file_bears_its_name_twice_and_gives_parts_of_itself(ward, sign_in, three):
    clerk = sign_in("clerk")
    place = clerk.send(f"{TAP}/bao-cao-don-vi").location
    assert clerk.get(place.removesuffix("/tep")).h1 == "Báo cáo của từng đơn vị đến ngày 15/10/2024"
    answer = clerk.get(place)
    said = answer.headers["Content-Disposition"]
    assert said.startswith(
        "inline; filename=\"bao-cao-cua-tung-don-vi-den-ngay-2024-10-15.pdf\"; filename*=UTF-8''B%C3%A1o"
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    with clerk.client.get(place, headers={"Range": "bytes=5-104"}) as part:
        assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 5-104/{len(answer.bytes)}")
        assert part.get_data() == answer.bytes[5:105]


def test_pressed_twice_it_is_one_pack(ward, sign_in, three, job_of):
    clerk = sign_in("clerk")
    form = clerk.get(f"{TAP}/ban-cam-ket").form()
    clerk.send_form(form)
    first = job_of().id
    assert clerk.send_form(form).location == f"{TAP}/{first}"
    assert job_of().id == first


def test_a_campaign_without_anything_says_so(ward, sign_in):
    clerk = sign_in("clerk")
    for path in ("ban-cam-ket", "bao-cao-don-vi", "van-ban-phat-hanh", "minh-chung"):
        assert "Không có gì để đưa vào tập" in clerk.get(f"{TAP}/{path}").text
    clerk.get(f"{TAP}/khong-co", status=404)


@pytest.mark.parametrize("person", ["officer_kp1", "mate_kp1", "head_kp1", "outsider", "admin", "ended"])
def test_others_are_refused(sign_in, three, person):
    stranger = sign_in(person)
    for path in KINDS:
        stranger.get(f"{TAP}/{path}", status=403)
    stranger.get(TAP, status=403)


def test_nobody_is_led_to_sign_in(sign_in):
    assert "/dang-nhap" in sign_in("nobody").get(f"{TAP}/ban-cam-ket", status=302).location


@pytest.mark.parametrize("path", KINDS)
def test_the_number_of_queries_does_not_grow(ward, sign_in, count_queries, three, path):
    clerk = sign_in("clerk")
    clerk.get(f"{TAP}/{path}")
    with count_queries() as few:
        clerk.get(f"{TAP}/{path}")
    for unit in ("KP3", "MTTQ"):
        ward.commitment(unit, "frozen")
    with count_queries() as many:
        clerk.get(f"{TAP}/{path}")
    assert len(many) == len(few)


def test_more_than_can_be_drawn_in_a_breath_are_asked_for_as_a_pack(ward, sign_in, three, monkeypatch):
    monkeypatch.setattr("pledges.documents.packs.rules.AT_ONCE", 2)
    clerk, period = sign_in("clerk"), ward.period("2024-10").id
    pack = clerk.get("/van-ban/cam-ket.pdf", status=302).location
    assert clerk.get(pack).h1 == "Bản cam kết của các đơn vị"
    waiting = clerk.get("/van-ban/cam-ket.pdf", ban="cho-ky", status=200)
    assert waiting.headers["Content-Type"] == "application/pdf"
    forms = clerk.get(f"/van-ban/phieu-bao-cao/{period}.pdf", status=302).location
    assert len(boxes(clerk.get(forms))) == len(three)
