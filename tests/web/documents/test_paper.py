"""A paper before it is printed: its pages as pictures, its files, what it speaks of, and who may see it."""

import io
import re
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.accounts.operations import appoint
from pledges.documents.rules import PaperKind
from pledges.progress.models import Period
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.documents.papers import LETTER, LIST, NEEDS, SUMMARY, URL, text_of

WHOLE = [kind for kind in PaperKind if kind not in {PaperKind.CALL_LIST, PaperKind.COMMITMENT}]
"""Papers that a campaign has without naming a unit."""


@pytest.mark.parametrize("kind", WHOLE)
def test_every_paper_is_seen_and_taken_in_three_formats(late: Ward, sign_in: SignIn, kind: PaperKind):
    clerk = sign_in("clerk")
    page = clerk.get(URL.format(kind.path))
    assert page.h1 == kind.label
    pictures = page.all("img")
    printed = clerk.get(page.link("In (PDF)"))
    assert len(pictures) == len(pages(printed.bytes))
    assert clerk.get(page.link("Word")).bytes.startswith(b"PK")
    assert clerk.get(page.link("Excel")).bytes.startswith(b"PK")
    drawn = Image.open(io.BytesIO(clerk.get(pictures[0].get("src")).bytes))
    assert drawn.size == (int(pictures[0].get("width", "")), int(pictures[0].get("height", "")))
    assert drawn.convert("L").getextrema()[0] < 100, "something is written on it"


def test_a_picture_says_which_page_it_is_and_waits_until_it_is_near(late: Ward, sign_in: SignIn):
    pictures = sign_in("clerk").get(URL.format("bao-cao-tien-do")).all("img")
    assert len(pictures) > 2
    assert pictures[0].get("alt") == f"Trang 1/{len(pictures)}: Báo cáo tiến độ"
    assert pictures[0].get("loading") is None
    assert pictures[-1].get("loading") == "lazy"


def test_there_is_no_page_behind_the_last(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    clerk.get(f"{NEEDS}/trang/0.png", status=404)
    clerk.get(f"{NEEDS}/trang/99.png", status=404)
    clerk.get(URL.format("giay-moi"), status=404)


@pytest.mark.parametrize("person", ["leader", "leader2", "clerk"])
def test_who_organises_sees_papers(late: Ward, sign_in: SignIn, person: str):
    sign_in(person).get(SUMMARY)


@pytest.mark.parametrize("person", ["officer_kp1", "mate_kp1", "head_kp1", "admin", "ended"])
@pytest.mark.parametrize("ending", ["", ".pdf", ".docx", ".xlsx", "/trang/1.png"])
def test_others_are_refused(late: Ward, sign_in: SignIn, person: str, ending: str):
    sign_in(person).get(SUMMARY + ending, status=403)


def test_a_clerk_of_another_ward_knows_nothing_of_it(late: Ward, sign_in: SignIn):
    appoint(
        late.session,
        late.account("outsider"),
        late.unit("HP"),
        Role.CLERK,
        "Văn thư",
        since=late.day,
        by=late.actor("admin"),
        at=late.now,
    )
    late.session.commit()
    for ending in ("", ".pdf", ".docx", ".xlsx", "/trang/1.png"):
        sign_in("outsider").get(SUMMARY + ending, status=404, **{"phong-trao": late.campaign.id})


@pytest.mark.parametrize("ending", ["", ".pdf", ".docx", ".xlsx", "/trang/1.png"])
def test_nobody_is_led_to_sign_in(sign_in: SignIn, ending: str):
    assert "/dang-nhap" in sign_in("nobody").get(SUMMARY + ending, status=302).location


def test_a_day_that_cannot_be_read_is_said_and_prints_nothing(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(f"{SUMMARY}.pdf", status=422, **{"den-ngay": "31/2/2024"})
    assert page.h1 == "Bảng tổng hợp theo đơn vị"
    assert page.by_id("den-ngay").get("value") == "31/2/2024"
    assert "Ngày chưa dùng được" in page.text


def test_a_day_before_the_campaign_is_said_and_prints_nothing(late: Ward, sign_in: SignIn):
    page = sign_in("clerk").get(f"{SUMMARY}.pdf", status=422, **{"den-ngay": "15/10/1990"})
    assert "Ngày này trước ngày bắt đầu phong trào" in page.text


def test_an_earlier_day_is_kept_in_every_link(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(SUMMARY, **{"den-ngay": "31/7/2024"})
    for url in (page.link("In (PDF)"), page.link("Word"), page.all("img")[0].get("src")):
        assert re.search(r"den-ngay=31(/|%2F)7(/|%2F)2024", url)
    assert "Số liệu tính đến ngày 31/7/2024" in text_of(clerk.get(page.link("In (PDF)")))


def test_a_pledge_is_of_a_unit(late: Ward, sign_in: SignIn):
    clerk, path = sign_in("clerk"), URL.format("cam-ket")
    assert "là của từng đơn vị" in clerk.get(path).text
    named = {"pham-vi": f"dv:{late.unit('KP2').id}"}
    assert "chưa có bản cam kết nào" in clerk.get(path, **named).text
    made = late.commitment("KP2", "signed")
    printed = clerk.get(f"{path}.pdf", **named)
    assert printed.bytes == clerk.get(f"/van-ban/cam-ket/{made.id}.pdf").bytes


def test_minutes_need_a_ceremony(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").get(URL.format("bien-ban"))
    assert "chưa có lễ ký nào" in page.text
    assert not page.all("img")


def test_telephones_are_not_handed_out_here(late: Ward, sign_in: SignIn):
    clerk, path = sign_in("clerk"), URL.format("danh-sach-goi")
    assert clerk.get(path, status=302).location.startswith("/don-doc/in")
    for ending in (".pdf", ".docx", ".xlsx", "/trang/1.png"):
        clerk.get(path + ending, status=404)


def test_a_document_is_begun_with_what_was_seen(late: Ward, sign_in: SignIn):
    named = {"pham-vi": f"dv:{late.unit('KP1').id}"}
    page = sign_in("clerk").get(LETTER, **named)
    assert f"dv:{late.unit('KP1').id}" in page.link("Soạn thành văn bản").replace("%3A", ":")
    assert "Soạn thành văn bản" not in sign_in("clerk").get(SUMMARY).text


def test_a_character_that_no_face_has_is_named(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "committed", title="Trồng cây 🌳 trước nhà văn hóa")
    page = sign_in("clerk").get(LIST, status=422)
    assert page.h1 == "Chưa in được văn bản"


@pytest.mark.parametrize("url", [LETTER, SUMMARY, NEEDS, LIST])
def test_the_number_of_queries_does_not_grow(ward: Ward, sign_in: SignIn, count_queries, url: str):
    clerk = sign_in("clerk")
    ward.task("KP1", "committed", start_on=date(2024, 9, 1))
    clerk.get(url)
    with count_queries() as few:
        clerk.get(url)
    for unit in ("KP2", "KP3", "VPTK", "MTTQ"):
        ward.task(unit, "committed", start_on=date(2024, 9, 1))
    clerk.get(url)
    with count_queries() as many:
        clerk.get(url)
    assert len(many) <= len(few)


def test_a_units_form_is_of_the_newest_period_unless_another_is_asked_for(late: Ward, sign_in: SignIn):
    clerk, path = sign_in("clerk"), URL.format("phieu-bao-cao")
    named = {"pham-vi": f"dv:{late.unit('KP1').id}"}
    assert "tháng 10/2024" in text_of(clerk.get(f"{path}.pdf", **named))
    period = late.session.scalars(select(Period).where(Period.start_on == date(2024, 9, 1))).one()
    said = text_of(clerk.get(f"{path}.pdf", ky=period.id, **named))
    assert "tháng 9/2024" in said
    assert "Trồng cây" in said
    assert "Khu phố 1" not in text_of(clerk.get(f"{path}.pdf")), "without a unit it is blank"
