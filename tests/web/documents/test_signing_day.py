"""Papers of a signing day: the roll, the place cards, the minutes, the call list."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.operations import CeremonyEntry
from pledges.commitments.signatures import decline, sign_in_app
from tests.documents.measure import pages

ROLL, CARDS, CALLS = "/van-ban/danh-sach-ky.pdf", "/van-ban/the-ten.pdf", "/van-ban/goi-don-doc-ky"
HELD_ON = date(2024, 4, 12)


def text_of(page) -> str:
    return " ".join(line.text for sheet in pages(page.bytes) for line in sheet.lines)


@pytest.fixture
def ready(ward):
    """Three frozen commitments, one that is written, one that is not."""
    ward.task("MTTQ")
    made = {code: ward.commitment(code, "frozen") for code in ("KP2", "KP1", "VPTK")}
    ward.commitment("KP3", "draft")
    return made


def opened(ward, **changes: object):
    entry = {
        "held_on": HELD_ON,
        "place": "Nhà văn hóa phường",
        "certified_by": "Vũ Thị Thư",
        "certified_post": "Văn thư",
        "chair": "Trần Quốc Hưng",
        "secretary": "Đỗ Hải Yến",
    }
    made = ceremonies.open_ceremony(
        ward.session,
        ward.campaign,
        CeremonyEntry(**{**entry, **changes}),
        by=ward.actor("clerk"),
        at=ward.now,
    )
    ward.session.commit()
    return made


def minutes(ceremony) -> str:
    return f"/van-ban/bien-ban-le-ky/{ceremony.id}.pdf"


def test_the_roll_lists_who_signs_in_the_order_of_the_list(ward, sign_in, ready):
    said = text_of(sign_in("clerk").get(ROLL))
    units = ["Bộ phận Văn phòng", "Khu phố 1", "Khu phố 2"]
    places = [said.index(unit) for unit in units]
    assert places == sorted(places)
    assert "Khu phố 3" not in said
    assert "Phạm Văn Đức" in said
    assert "Ký ngày 29/3/2024, tại Hội trường UBND phường. Có 03 đơn vị với 03 người ký." in said


def test_the_roll_of_a_ceremony_has_its_day_and_place(ward, sign_in, ready):
    opened(ward)
    said = text_of(sign_in("clerk").get(ROLL))
    assert "Hà Khánh, ngày 12 tháng 4 năm 2024" in said
    assert "Ký ngày 12/4/2024, tại Nhà văn hóa phường." in said


def test_who_signed_before_is_said_in_the_roll(ward, sign_in, ready):
    place = ready["KP1"].signatories[0]
    sign_in_app(ward.session, place, by=ward.actor("head_kp1"), at=ward.now, on=ward.day)
    ward.session.commit()
    said = text_of(sign_in("clerk").get(ROLL))
    assert "Xác nhận điện tử" in said
    assert "15/10/2024" in said


def test_everybody_who_signs_has_a_card(ward, sign_in, ready):
    found = pages(sign_in("clerk").get(CARDS).bytes)
    assert len(found) == 2
    said = [line.text for page in found for line in page.lines]
    for words in ("KHU PHỐ 1", "Phạm Văn Đức", "KHU PHỐ 2"):
        assert words in said


def test_minutes_say_how_each_signed(ward, sign_in, ready):
    ceremony = opened(ward, attendees=85, began="08 giờ 00", ended="10 giờ 30", proceedings="Chào cờ.\nKý.")
    clerk = ward.actor("clerk")
    ceremonies.tick(ward.session, ceremony, ready["KP2"].signatories, by=clerk, at=ward.now)
    head = ward.actor("head_kp1")
    sign_in_app(ward.session, ready["KP1"].signatories[0], by=head, at=ward.now, on=ward.day)
    ward.session.commit()
    draft = text_of(sign_in("clerk").get(minutes(ceremony)))
    assert "Bản dự thảo, lễ ký chưa kết thúc" in draft
    ceremonies.close(ward.session, ceremony, by=clerk, at=ward.now)
    ward.session.commit()
    said = text_of(sign_in("leader").get(minutes(ceremony)))
    assert "Bản dự thảo" not in said
    for words in (
        "/BB-UBND",
        "Thời gian bắt đầu: 08 giờ 00, ngày 12 tháng 4 năm 2024.",
        "Địa điểm: Nhà văn hóa phường.",
        "Chủ trì: Trần Quốc Hưng.",
        "85 đại biểu; trong đó có 03 đơn vị ký cam kết với 03 người ký.",
        "02/03 người đã ký: ",
        "01 ký trên giấy tại hội nghị",
        "01 xác nhận điện tử nội bộ",
        "Ký trên giấy, ngày 12/4/2024",
        "Người chứng nhận các chữ ký trên giấy: Vũ Thị Thư - Văn thư.",
        "Hội nghị kết thúc vào 10 giờ 30, ngày 12 tháng 4 năm 2024./.",
    ):
        assert words in said
    assert "Chưa ký đủ: Bộ phận Văn phòng - Thống kê (" in said


def test_minutes_of_a_closed_ceremony_stay_as_they_were(ward, sign_in, ready, freeze):
    ceremony = opened(ward)
    clerk = ward.actor("clerk")
    ceremonies.tick(ward.session, ceremony, ready["KP2"].signatories, by=clerk, at=ward.now)
    ceremonies.close(ward.session, ceremony, by=clerk, at=ward.now)
    ward.session.commit()
    before = sign_in("clerk").get(minutes(ceremony)).bytes
    freeze(date(2024, 10, 20))
    head = ward.actor("head_kp1")
    sign_in_app(ward.session, ready["KP1"].signatories[0], by=head, at=ward.now, on=ward.day)
    ward.session.commit()
    assert sign_in("clerk").get(minutes(ceremony)).bytes == before


def test_the_event_of_the_launch_names_the_minutes_of_that_day(ward, sign_in, ready):
    ward.campaign.launch_event = "Hội nghị phát động phong trào thi đua"
    ward.session.commit()
    on_the_day = opened(ward, held_on=date(2024, 3, 29))
    assert "Hội nghị phát động phong trào thi đua và ký cam kết thi đua" in text_of(
        sign_in("clerk").get(minutes(on_the_day))
    )


def test_the_call_list_says_what_is_missing_and_whom_to_phone(ward, sign_in, ready):
    ward.account("head_kp1").phone = "0912 345 678"
    ward.account("officer_kp2").phone = "0203 3825 123"
    ward.session.commit()
    said = text_of(sign_in("clerk").send(CALLS, status=200))
    assert "còn 05 đơn vị chưa ký đủ bản cam kết" in said
    assert "0912 345 678" in said
    assert "Hoàng Thị Ánh" in said
    assert "0203 3825 123" in said
    assert "Chưa soạn bản cam kết" in said
    assert "Bản cam kết đang soạn," in said


def test_the_call_list_says_why_somebody_declined(ward, sign_in, ready):
    place = ready["KP1"].signatories[0]
    decline(ward.session, place, "Chỉ tiêu quá cao.", by=ward.actor("head_kp1"), at=ward.now)
    ward.session.commit()
    assert "từ chối: Chỉ tiêu quá cao" in text_of(sign_in("clerk").send(CALLS, status=200))


def test_who_signed_is_not_phoned(ward, sign_in):
    ward.commitment("KP1", "signed")
    assert "Không có đơn vị nào cần gọi" in sign_in("clerk").get(CALLS).text


def test_telephones_leave_by_a_press_alone_and_each_press_is_logged(ward, sign_in, ready):
    ward.account("head_kp1").phone = "0912 345 678"
    ward.session.commit()
    clerk = sign_in("clerk")
    assert "0912" not in clerk.get(CALLS).text
    logged = select(LogEntry).where(LogEntry.action == "campaign.call_list_downloaded")
    assert not ward.session.scalars(logged).all()
    for ending in ("pdf", "docx", "xlsx"):
        named = clerk.send(CALLS, {"dang": ending}, status=200).headers["Content-Disposition"]
        assert f'filename="danh-sach-goi-don-doc-ky.{ending}"' in named
    entries = ward.session.scalars(logged).all()
    assert [json.loads(one.after) for one in entries] == [{"phones": 1, "units": 5}] * 3


def test_without_a_frozen_text_there_are_no_cards_and_an_empty_roll(ward, sign_in):
    clerk = sign_in("clerk")
    clerk.get(CARDS, status=404)
    assert "Chưa có đơn vị nào có bản cam kết đã chốt để ký." in text_of(clerk.get(ROLL))


@pytest.mark.parametrize("url", [ROLL, CARDS])
def test_the_same_day_gives_the_same_bytes(ward, sign_in, ready, url):
    clerk = sign_in("clerk")
    assert clerk.get(url).bytes == clerk.get(url).bytes


@pytest.mark.parametrize("url", [ROLL, CARDS])
def test_the_number_of_queries_does_not_grow(ward, sign_in, ready, count_queries, url):
    clerk = sign_in("clerk")
    clerk.get(url)
    with count_queries() as few:
        clerk.get(url)
    ward.commitment("MTTQ", "frozen")
    ward.commitment("DU", "frozen")
    with count_queries() as many:
        clerk.get(url)
    assert len(many) == len(few)


@pytest.mark.parametrize("person", ["officer_kp1", "head_kp1", "outsider", "admin", "ended"])
def test_others_are_refused(ward, sign_in, ready, person):
    ceremony = opened(ward)
    critic = sign_in(person)
    for url in (ROLL, CARDS, CALLS, minutes(ceremony)):
        critic.get(url, status=403)


def test_nobody_is_led_to_sign_in(ward, sign_in, ready):
    ceremony = opened(ward)
    for url in (ROLL, CARDS, CALLS, minutes(ceremony)):
        assert "/dang-nhap" in sign_in("nobody").get(url, status=302).location


def test_a_ceremony_that_is_none_is_not_found(ward, sign_in):
    sign_in("clerk").get("/van-ban/bien-ban-le-ky/99.pdf", status=404)


def test_the_list_leads_to_all_of_them(ward, sign_in, ready):
    ceremony = opened(ward)
    place = ready["KP1"].signatories[0]
    sign_in_app(ward.session, place, by=ward.actor("head_kp1"), at=ward.now, on=ward.day)
    ward.session.commit()
    page = sign_in("clerk").get("/van-ban")
    asked = f"phong-trao={ward.campaign.id}"
    urls = {link.url for link in page.links}
    for url in (ROLL, CARDS, CALLS, "/van-ban/cam-ket.pdf"):
        assert f"{url}?{asked}" in urls
    assert page.link("chỉ 02 bản chờ ký") == f"/van-ban/cam-ket.pdf?{asked}&ban=cho-ky"
    assert minutes(ceremony) in urls
    assert "/kiem-tra" in urls


def test_the_list_offers_nothing_to_sign_before_anything_is_frozen(ward, sign_in):
    page = sign_in("clerk").get("/van-ban")
    assert "Chưa có bản cam kết nào được chốt để ký." in page.text
    assert not [link for link in page.links if link.url.startswith(CARDS)]


def test_both_files_of_the_minutes_are_named_by_the_ceremony_s_day(ward, sign_in, ready):
    """Whatever day the preview was asked for: the minutes speak of the ceremony."""
    ceremony, clerk = opened(ward), sign_in("clerk")
    for url in (minutes(ceremony), "/van-ban/in/bien-ban.pdf", "/van-ban/in/bien-ban.pdf?den-ngay=20/4/2024"):
        named = clerk.get(url).headers["Content-Disposition"]
        assert 'filename="bien-ban-le-ky-12-4-2024.pdf"' in named
