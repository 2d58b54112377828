"""Báo cáo tiến độ as PDF: the figures of the overview on paper."""

import io
from datetime import date

import pdfplumber
import pytest
from sqlalchemy import select

from pledges.progress.obstacles.models import Obstacle

URL = "/van-ban/bao-cao-tien-do.pdf"


def text_of(page):
    with pdfplumber.open(io.BytesIO(page.bytes)) as paper:
        return "\n".join(sheet.extract_text() for sheet in paper.pages)


@pytest.fixture
def reported(ward):
    task = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(task, "2024-09", [75, 40], obstacle="Thiếu xi măng", next_step="Đề nghị hỗ trợ 20 triệu đồng")
    return task


@pytest.mark.parametrize("person", ["leader", "leader2", "clerk"])
def test_leaders_and_clerks_print_it(ward, sign_in, reported, person):
    page = sign_in(person).get(URL)
    said = text_of(page)
    assert page.headers["Content-Type"] == "application/pdf"
    assert "BÁO CÁO" in said
    assert "Bê tông hóa ngõ tổ 3" in said
    assert "Thiếu xi măng" in said
    assert "hỗ trợ 20 triệu đồng" in said
    assert "Số liệu tính đến ngày 15/10/2024" in said


def test_a_number_is_never_invented(ward, sign_in, reported):
    assert "/BC-UBND" in text_of(sign_in("clerk").get(URL))
    assert "Số: 0" not in text_of(sign_in("clerk").get(URL))


def test_it_can_be_asked_for_an_earlier_day(ward, sign_in, reported):
    said = text_of(sign_in("clerk").get(f"{URL}?den-ngay=31/7/2024"))
    assert "Số liệu tính đến ngày 31/7/2024" in said
    assert "Thiếu xi măng" not in said


def test_a_day_that_cannot_be_read_is_said_before_anything_is_printed(ward, sign_in, reported):
    page = sign_in("clerk").get(f"{URL}?den-ngay=31/2/2024", status=422)
    assert page.h1 == "Báo cáo tiến độ"
    assert page.by_id("den-ngay").get("value") == "31/2/2024"


def test_an_empty_campaign_prints_too(ward, sign_in):
    assert "00/" in text_of(sign_in("clerk").get(URL))


def test_the_same_day_gives_the_same_bytes(ward, sign_in, reported):
    clerk = sign_in("clerk")
    assert clerk.get(URL).bytes == clerk.get(URL).bytes


def test_as_of_is_not_moved_by_what_is_accepted_later(ward, sign_in, reported, freeze):
    clerk = sign_in("clerk")
    before = text_of(clerk.get(f"{URL}?den-ngay=30/9/2024"))
    freeze(date(2024, 10, 20))
    ward.report(reported, "2024-10", [10, 10])
    after = text_of(clerk.get(f"{URL}?den-ngay=30/9/2024"))
    assert before.replace("ngày 15 tháng 10", "ngày 20 tháng 10") == after


def test_a_cause_stays_when_a_leader_has_decided_while_the_task_is_behind(ward, sign_in, reported, freeze):
    obstacle = ward.session.scalars(select(Obstacle)).one()
    said = {"decision": "help", "reason": "Cấp 5 tấn xi măng.\nTrong tháng 10."}
    sign_in("leader").send(f"/vuong-mac/{obstacle.id}/quyet-dinh", said)
    freeze(date(2024, 12, 20))
    causes = part(text_of(sign_in("clerk").get(URL)), "3. Nguyên nhân", "IV.")
    assert (
        "Thiếu xi măng; lãnh đạo đã quyết định ngày 15/10/2024: hỗ trợ (Cấp 5 tấn xi măng. Trong tháng 10)."
        in causes
    )
    before = part(text_of(sign_in("clerk").get(f"{URL}?den-ngay=14/10/2024")), "3. Nguyên nhân", "IV.")
    assert "Thiếu xi măng." in before
    assert "lãnh đạo đã quyết định" not in before, "as it was known on the day"


def part(said: str, begin: str, end: str) -> str:
    return " ".join(said.partition(begin)[2].partition(end)[0].split())


@pytest.mark.parametrize("person", ["officer_kp1", "admin", "ended"])
def test_others_are_refused(ward, sign_in, person):
    sign_in(person).get(URL, status=403)


def test_nobody_is_led_to_sign_in(ward, sign_in):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location


def test_a_character_that_no_face_has_is_named(ward, sign_in):
    ward.task("KP1", "committed", title="Trồng cây 🌳 trước nhà văn hóa")
    page = sign_in("clerk").get(URL, status=422)
    assert page.h1 == "Chưa in được văn bản"
    assert "🌳" in page.text or "1F333" in page.text
