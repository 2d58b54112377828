"""A paper before it is printed: its pages as pictures, its files, what it speaks of, and who may see it."""

import io
import re
from datetime import date

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.accounts.operations import appoint
from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.operations import CeremonyEntry
from pledges.documents.rules import PaperKind
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.reading import anew
from pledges.progress.models import Period
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.documents import calling

URL = "/van-ban/in/{}"
LETTER, SUMMARY, NEEDS, LIST = (
    URL.format(kind.path)
    for kind in (
        PaperKind.URGING_LETTER,
        PaperKind.UNIT_SUMMARY,
        PaperKind.ATTENTION_LIST,
        PaperKind.TASK_LIST,
    )
)
WHOLE = [kind for kind in PaperKind if kind not in {PaperKind.CALL_LIST, PaperKind.COMMITMENT}]
"""Papers that a campaign has without naming a unit."""


@pytest.fixture
def late(ward: Ward) -> Ward:
    """KP1 owes September and is behind with an obstacle; MTTQ passed its day; KP2 owes nothing."""
    ward.account("officer_kp1").phone = "0203 3825 111"
    owing = ward.task("KP1", "committed", title="Trồng cây", start_on=date(2024, 8, 1))
    ward.report(owing, "2024-08", [5, 1], obstacle="Thiếu cây giống", next_step="Hỗ trợ 50 cây")
    ward.task("MTTQ", title="Sửa nhà Đại đoàn kết", start_on=date(2024, 5, 1), due_on=date(2024, 9, 30))
    ward.report(ward.task("KP2", title="Đường hoa", start_on=date(2024, 9, 1)), "2024-09", [75, 31])
    entry = CeremonyEntry(
        held_on=date(2024, 4, 12),
        place="Nhà văn hóa phường",
        certified_by="Vũ Thị Thư",
        certified_post="Văn thư",
        chair="Trần Quốc Hưng",
        secretary="Đỗ Hải Yến",
    )
    ceremonies.open_ceremony(ward.session, ward.campaign, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return ward


def text_of(page: Page) -> str:
    return " ".join(line.text for sheet in pages(page.bytes) for line in sheet.lines)


def board_of(ward: Ward) -> Board:
    return anew(ward.session, ward.campaign, ward.actor("clerk"), ward.day)


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


def test_a_letter_has_no_type_and_says_what_each_unit_lacks(late: Ward, sign_in: SignIn):
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    assert "Số: /UBND" in " ".join(said.split())
    assert "V/v đôn đốc báo cáo" in said
    assert "CÔNG VĂN" not in said
    for words in ("- Khu phố 1", "Báo cáo tháng 9/2024 (phần việc số", "còn 02 đơn vị", "25/9/2024 20"):
        assert words in said
    assert "Khu phố 2" not in said
    assert "0203" not in said, "telephones are for the list of calls"


def test_a_letter_asks_for_an_answer_within_working_days(late: Ward, sign_in: SignIn, freeze):
    assert "trước ngày 18/10/2024" in text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    freeze(date(2024, 10, 17))  # a Thursday
    assert "trước ngày 22/10/2024" in text_of(sign_in("clerk").get(f"{LETTER}.pdf"))


def test_a_letter_names_tasks_past_their_day(late: Ward, sign_in: SignIn):
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    assert "Sửa nhà Đại đoàn kết:" in said
    assert "30/9/2024" in said


def test_a_letter_of_a_period_speaks_of_its_reports_alone(late: Ward, sign_in: SignIn):
    period = late.session.scalars(select(Period).where(Period.start_on == date(2024, 9, 1))).one()
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf", ky=period.id))
    assert "thi đua tháng 9/2024" in said
    assert "Báo cáo tháng 8/2024" not in said
    assert "30/9/2024" not in said


def test_without_a_late_unit_there_is_nobody_to_write_to(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(LETTER)
    assert "Đến ngày 15/10/2024 không có đơn vị nào chậm" in page.text
    assert not page.all("img")
    assert "không có đơn vị nào chậm" in clerk.get(f"{LETTER}.pdf", status=422).text


def test_the_summary_says_the_figures_of_the_board(late: Ward, sign_in: SignIn):
    board = board_of(late)
    found = openpyxl.load_workbook(io.BytesIO(sign_in("clerk").get(f"{SUMMARY}.xlsx").bytes))
    rows = [[str(cell) for cell in row if cell is not None] for row in found.worksheets[0].values]
    totals = next(row for row in rows if row[:1] == ["Tổng cộng"])
    assert totals[1] == str(board.registered)
    said = text_of(sign_in("clerk").get(f"{SUMMARY}.pdf"))
    assert f"đạt {wording.share(board.mean.progress)}" in said
    asked = sum(one.counts.expected for one in board.disciplines)
    on_time = sum(one.counts.on_time for one in board.disciplines)
    received = sum(one.counts.received for one in board.disciplines)
    assert f"{asked} {received} {on_time} 0/{len(board.pledging_units)}" in said


def test_the_list_for_leaders_has_what_the_board_shows_first(late: Ward, sign_in: SignIn):
    said = text_of(sign_in("clerk").get(f"{NEEDS}.pdf"))
    board = board_of(late)
    assert f"có {len(board.needs):02} phần việc cần quan tâm" in said
    assert "Thiếu cây giống" in said
    assert "Hỗ trợ 50 cây" in said
    places = [said.index(one.row.card.title) for one in board.needs]
    assert places == sorted(places), "the gravest first"


def test_a_list_is_made_of_a_block_or_a_unit(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(LIST)
    block, unit = late.unit("KP1").block, late.unit("KP1").id
    assert [f"khoi:{block}", f"dv:{unit}"] == [
        one.get("value") for one in page.all("option") if one.get("value") in {f"khoi:{block}", f"dv:{unit}"}
    ]
    of_block = text_of(clerk.get(f"{LIST}.pdf", **{"pham-vi": f"khoi:{block}"}))
    assert ("Trồng cây" in of_block, "Đường hoa" in of_block, "Đại đoàn kết" in of_block) == (
        True,
        True,
        False,
    )
    of_unit = text_of(clerk.get(f"{LIST}.pdf", **{"pham-vi": f"dv:{unit}"}))
    assert ("Trồng cây" in of_unit, "Đường hoa" in of_unit) == (True, False)
    clerk.get(LIST, status=404, **{"pham-vi": f"dv:{late.unit('HP').id}"})
    clerk.get(LIST, status=404, **{"pham-vi": "khoi:Không có"})
    clerk.get(SUMMARY, status=404, ky=99999)


def test_a_list_stands_alone_or_is_the_annex_of_a_document(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    alone = text_of(clerk.get(f"{LIST}.pdf"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in alone
    assert "Phụ lục" not in alone
    attached = text_of(clerk.get(f"{LIST}.pdf", **{"kem-theo": "Báo cáo số 05/BC-UBND ngày 15/10/2024"}))
    assert "CỘNG HÒA" not in attached
    assert "Phụ lục" in attached
    assert "(Kèm theo Báo cáo số 05/BC-UBND ngày 15/10/2024)" in attached


def test_lists_lie_across(late: Ward, sign_in: SignIn):
    for url in (LIST, SUMMARY, NEEDS):
        sheet = pages(sign_in("clerk").get(f"{url}.pdf").bytes)[0]
        assert sheet.width > sheet.height


def test_a_day_that_cannot_be_read_is_said_and_prints_nothing(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(f"{SUMMARY}.pdf", status=422, **{"den-ngay": "31/2/2024"})
    assert page.h1 == "Bảng tổng hợp theo đơn vị"
    assert page.by_id("den-ngay").get("value") == "31/2/2024"
    assert "Ngày chưa dùng được" in page.text


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


def test_the_letter_goes_to_whom_the_list_of_calls_names(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    said = text_of(clerk.get(f"{LETTER}.pdf"))
    called = set(calling.rows(clerk.get(calling.URL)))
    assert called == {"Khu phố 1", late.unit("MTTQ").name}
    assert all(f"- {name}" in said for name in called)


def test_the_units_of_the_summary_add_up_to_its_last_line(late: Ward, sign_in: SignIn):
    late.task("KP2", "committed", title="Thư viện xanh")
    book = openpyxl.load_workbook(io.BytesIO(sign_in("clerk").get(f"{SUMMARY}.xlsx").bytes))
    rows = [list(row) for row in book.worksheets[0].values]
    units = [row for row in rows if str(row[0]).isdecimal()]
    total = next(row for row in rows if row[0] == "Tổng cộng")
    assert len(units) == 3
    counted = [at for at in range(2, len(total)) if all(isinstance(row[at], int) for row in (*units, total))]
    assert len(counted) >= 9, "tasks, their states, reports"
    for at in counted:
        assert sum(row[at] for row in units) == total[at]
    assert total[2] == 4


def test_a_units_form_is_of_the_newest_period_unless_another_is_asked_for(late: Ward, sign_in: SignIn):
    clerk, path = sign_in("clerk"), URL.format("phieu-bao-cao")
    named = {"pham-vi": f"dv:{late.unit('KP1').id}"}
    assert "tháng 10/2024" in text_of(clerk.get(f"{path}.pdf", **named))
    period = late.session.scalars(select(Period).where(Period.start_on == date(2024, 9, 1))).one()
    said = text_of(clerk.get(f"{path}.pdf", ky=period.id, **named))
    assert "tháng 9/2024" in said
    assert "Trồng cây" in said
    assert "Khu phố 1" not in text_of(clerk.get(f"{path}.pdf")), "without a unit it is blank"
