"""So sánh cam kết: what was pledged beside what is so today, and the edition that says what it changes."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledges.commitments.models import Commitment
from tests.documents.measure import pages
from tests.support.amending import WHY, amend, row_of
from tests.web.documents.test_commitment_foot import newer

FIRM = "\N{NO-BREAK SPACE}"


def text_of(page) -> str:
    return " ".join(line.text for sheet in pages(page.bytes) for line in sheet.body).replace(FIRM, " ")


def paper(made) -> str:
    return f"/van-ban/so-sanh-cam-ket/{made.id}.pdf"


@pytest.fixture
def amended(ward):
    """A signed commitment of one task, of which one target and one date were then changed."""
    task = ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    made = ward.commitment("KP1", "signed")
    rows = (row_of(task, 1, target=Decimal(380)), row_of(task, 2))
    amend(ward, task, due_on=date(2025, 2, 28), indicators=rows)
    return made


def test_both_changes_are_named_with_who_allowed_them(ward, sign_in, amended):
    said = text_of(sign_in("clerk").get(paper(amended)))
    for words in (
        "SO SÁNH NỘI DUNG CAM KẾT",
        "bản cam kết lập lần 1, ký đủ ngày 10/4/2024",
        "Có 01/01 phần việc thay đổi: hạ yêu cầu 01; lùi ngày 01.",
        "450 m",
        "380 m",
        "31/12/2024",
        "28/2/2025",
        "Hạ yêu cầu",
        "Lùi ngày",
        "Trần Quốc Hưng",
        "Chủ tịch UBND",
    ):
        assert words in said
    assert all(word in said for word in WHY.rstrip(".").split())


def test_what_stays_is_said_to_stay(ward, sign_in):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    said = text_of(sign_in("clerk").get(paper(ward.commitment("KP1", "signed"))))
    assert "Cả 01 phần việc giữ nguyên như đã cam kết." in said
    assert "Không thay đổi" in said


def test_the_new_edition_says_what_it_changes_and_both_stay_as_they_are(ward, sign_in, amended):
    clerk = sign_in("clerk")
    address = f"/van-ban/cam-ket/{amended.id}.pdf"
    before = clerk.get(address).bytes
    second = newer(ward, amended)
    printed = clerk.get(f"/van-ban/cam-ket/{second.id}.pdf")
    said = text_of(printed)
    for words in (
        "II. NỘI DUNG ĐIỀU CHỈNH",
        "So với bản cam kết lập lần 1, ký đủ ngày 10/4/2024, bản này điều chỉnh các nội dung sau:",
        "Hạ yêu cầu",
        "Lùi ngày",
        "380 m",
        "28/2/2025",
        "Trần Quốc Hưng",
        "III. ĐIỀU KHOẢN CHUNG",
    ):
        assert words in said
    assert clerk.get(address).bytes == before
    assert clerk.get(f"/van-ban/cam-ket/{second.id}.pdf").bytes == printed.bytes
    assert "NỘI DUNG ĐIỀU CHỈNH" not in text_of(clerk.get(address))


def test_a_draft_has_nothing_to_compare(ward, sign_in):
    sign_in("clerk").get(paper(ward.commitment("KP1", "draft")), status=404)


@pytest.mark.parametrize("person", ["officer_kp1", "mate_kp1", "head_kp1", "leader", "clerk"])
def test_members_print_it(ward, sign_in, amended, person):
    answer = sign_in(person).get(paper(amended))
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("person", ["officer_kp2", "outsider"])
def test_strangers_do_not_find_it(ward, sign_in, amended, person):
    sign_in(person).get(paper(amended), status=404)


def test_nobody_is_led_to_sign_in(ward, sign_in, amended):
    assert "/dang-nhap" in sign_in("nobody").get(paper(amended), status=302).location


def test_one_that_is_none_is_not_found(ward, sign_in):
    assert ward.session.scalars(select(Commitment)).first() is None
    sign_in("clerk").get("/van-ban/so-sanh-cam-ket/7.pdf", status=404)
