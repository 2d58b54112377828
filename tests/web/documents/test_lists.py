"""Danh sách, bảng tổng hợp: what the lists of a campaign say, and how they are printed."""

import io

import openpyxl

from pledges.overview import wording
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.documents.papers import LIST, NEEDS, SUMMARY, board_of, text_of


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


def test_lists_by_unit_follow_the_official_list_whatever_the_numbers(ward: Ward):
    """Tasks keep the board's order; units stand as on the list although a later unit's task has a lower number."""
    for code in ("KP3", "KP1", "KP2"):
        ward.task(code)
    board = board_of(ward)
    leads = [group.rows[0].card.lead for group in board.units]
    named = [lead.name for lead in leads]
    assert named == [ward.unit(code).name for code in ("KP1", "KP2", "KP3")]
    assert [row.card.number for row in board.rows] == sorted(row.card.number for row in board.rows)
    assert board.rows[0].card.lead.name == ward.unit("KP3").name


def test_the_summary_names_the_units_that_lead_nothing(late: Ward, sign_in: SignIn):
    """A unit without a task would go unnoticed in a table of units with tasks; a block is asked for its own alone."""
    clerk = sign_in("clerk")
    said = text_of(clerk.get(f"{SUMMARY}.pdf"))
    below = said.partition("Đơn vị tham gia chưa chủ trì phần việc nào: ")[2]
    assert late.unit("KP3").name in below
    assert late.unit("KP1").name not in below
    block = clerk.get(f"{SUMMARY}.pdf", **{"pham-vi": f"khoi:{late.unit('MTTQ').block}"})
    assert late.unit("KP3").name not in text_of(block)
