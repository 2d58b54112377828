"""A figure that changed after it had been accepted: red with words on page and paper, and only since it happened."""

import io
from datetime import date
from decimal import Decimal

import pdfplumber
import pytest

from pledges.core import clock
from pledges.progress.models import Report
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.progress.correcting import correct

SAID = "đã đổi sau khi duyệt: 40 → 38, ngày 8/10/2024"
WHEN = clock.at(date(2024, 10, 8), 9)
PAPER = "/van-ban/bao-cao-tien-do.pdf"


@pytest.fixture
def corrected(ward: Ward) -> Report:
    report = ward.report(ward.task(status="committed"), "2024-09", [40, 60])
    return correct(ward, report, [Decimal(38), Decimal(60)], at=WHEN)


def red(page) -> list[str]:
    return [
        words(one) for tag in ("small", "li") for one in page.all(tag) if "restated" in one.get("class", "")
    ]


def test_it_is_marked_on_the_page_of_the_report(ward: Ward, sign_in: SignIn, corrected: Report):
    page = sign_in("officer_kp1").get(f"/bao-cao/{corrected.id}")
    assert red(page) == [f"✎ {SAID}"], "once, on the round that counts; the second figure did not change"
    assert "Đính chính số liệu đã duyệt “Đếm nhầm cây chết.”" in page.text
    assert "Lần 1, gửi" in page.text, "the round before stays"


def test_it_is_marked_on_the_page_of_the_task_and_as_of_its_day(
    ward: Ward, sign_in: SignIn, corrected: Report
):
    leader, url = sign_in("leader"), f"/phan-viec/{corrected.task_id}"
    assert red(leader.get(url)) == [f"✎ Đường ngõ được bê tông hóa, tháng 9/2024 {SAID}"]
    assert red(leader.get(f"{url}?den-ngay=7/10/2024")) == []
    assert len(red(leader.get(f"{url}?den-ngay=8/10/2024"))) == 1


def test_a_correction_that_waits_shows_the_leader_both_figures(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [40, 60])
    correct(ward, report, [Decimal(38), Decimal(60)], accepted=False)
    page = sign_in("leader").get(f"/bao-cao/{report.id}/duyet")
    assert "Đã duyệt 40 → đính chính 38" in page.text
    assert "không có số liệu, lời nào đổi" not in page.text.lower()
    assert "Đã duyệt 40 → đính chính 38" in sign_in("leader").get(f"/bao-cao/{report.id}/tra-lai").text
    assert "Đính chính số liệu đã duyệt" in page.text
    assert red(page) == [], "nothing has changed yet"
    assert "Tháng 9/2024, lần 2, đính chính" in sign_in("leader").get("/duyet").text


def test_a_correction_that_changes_nothing_is_asked_about_and_told(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [40, 60])
    officer, leader = sign_in("officer_kp1"), sign_in("leader")
    same = "Không có số liệu, lời nào đổi so với bản đã duyệt"
    officer.send(f"/bao-cao/{report.id}/dinh-chinh", {"reason": "Đếm nhầm."})
    check = f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}/gui"
    page = officer.get(check)
    assert same in page.text
    assert f"/bao-cao/{report.id}/bo-dinh-chinh" in [one.url for one in page.links]
    officer.send(check)
    assert same in leader.get(f"/bao-cao/{report.id}/duyet").text
    leader.send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Chưa sửa gì."})
    writing = f"/phan-viec/{report.task_id}/bao-cao/{report.period_id}"
    officer.send(writing, {"narrative": "Trồng dặm thêm ở ngõ 5."})
    assert same not in officer.get(check).text


def printed(page) -> tuple[str, set[str]]:
    """What the paper says, and the characters that are printed in colour."""
    with pdfplumber.open(io.BytesIO(page.bytes)) as paper:
        text = " ".join(sheet.extract_text() for sheet in paper.pages)
        coloured = {
            one["text"]
            for sheet in paper.pages
            for one in sheet.chars
            if len(one["non_stroking_color"] or ()) == 3 and len(set(one["non_stroking_color"])) > 1
        }
    return " ".join(text.split()), coloured


def test_it_is_marked_in_red_on_the_annex(ward: Ward, sign_in: SignIn, corrected: Report):
    text, coloured = printed(sign_in("clerk").get(PAPER))
    assert "38 (*)" in text
    assert "(*) Số liệu đã đổi sau khi duyệt:" in text
    assert f"- Phần việc 1, Đường ngõ được bê tông hóa: tháng 9/2024 {SAID}." in text
    assert {"3", "8", "(", "*", ")"} <= coloured


def test_the_paper_of_a_day_before_knows_nothing_of_it(ward: Ward, sign_in: SignIn, corrected: Report):
    text, coloured = printed(sign_in("clerk").get(f"{PAPER}?den-ngay=7/10/2024"))
    assert "(*)" not in text
    assert coloured == set()
