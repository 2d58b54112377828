"""The pack for a meeting, measured: a page for each unit, lines to write on, the agenda tied to who signs it."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.meeting_pack import (
    LINES_OF_A_UNIT,
    Decided,
    MeetingPackSheet,
    Moved,
    TaskState,
    ToDiscuss,
    UnitBlock,
    UnitPage,
)
from pledges.documents.sheets.paper import Foot, Heading, Style
from pledges.documents.sheets.room import RuledLines
from tests.documents.measure import Page, pages

TASK = TaskState(
    "20",
    "Bê tông hóa ngõ tổ 3",
    "Phụ trách: Bí thư chi bộ, Khu trưởng khu phố 1; Theo dõi: Phó Chủ tịch UBND phường",
    ("Chiều dài ngõ được bê tông hóa 130/120 m",),
    "108%",
    "100%",
    "Vượt chỉ tiêu",
    "Báo cáo tháng 9: quá hạn, chưa có báo cáo",
)
UNITS = tuple(
    UnitPage(
        name=f"Khu phố {number}",
        summary="01 phần việc; bình quân đạt 100%, kế hoạch đến ngày 15/10/2024 100%.",
        tasks=(TASK,),
        obstacles=("Nhà cung cấp giao đèn chậm (phần việc 21, đã chờ 24 ngày)",),
        changes=("Phần việc 20: có nguy cơ, 76% → vượt chỉ tiêu, 108%.",),
    )
    for number in range(1, 6)
)
SHEET = MeetingPackSheet(
    heading=Heading(
        style=Style.STATE,
        issuer=("Ủy ban nhân dân", "phường Hà Khánh"),
        place_and_date="Hà Khánh, ngày 15 tháng 10 năm 2024",
        ruled_on=date(2024, 10, 15),
    ),
    title="Giao ban phong trào thi đua tháng 10/2024",
    opening=("Thời gian, địa điểm: ngày 15/10/2024, Hội trường UBND phường Hà Khánh.",),
    since="Giao ban phong trào thi đua tháng 8/2024, ngày 30/8/2024.",
    followed=(Decided("Lắp nốt 6 bộ đèn", "Khu phố 2", "10/9/2024", "Đã xong: đủ 25 bộ."),),
    overdue=(),
    needs=(ToDiscuss("4. Số hóa sổ hộ tịch", "Bộ phận Tư pháp - Hộ tịch", "Quá hạn 15 ngày."),),
    obstacles=(),
    explanations=(),
    reports=("Báo cáo tháng 9/2024: đã nhận 21/24, đúng hạn 20.",),
    changes=(Moved("4. Số hóa sổ hộ tịch", "Đúng tiến độ, 83%", "Quá hạn, 92%"),),
    decided=(),
    blocks=(UnitBlock("IV. Các khu phố", UNITS),),
    chair="Chủ tịch UBND phường",
    secretary="Văn thư UBND phường",
    attached_to="(Kèm theo Tài liệu họp ngày 15 tháng 10 năm 2024)",
    foot=Foot(illustrative=True),
)


def units_of(found: list[Page]) -> list[Page]:
    """The pages on which a unit begins."""
    return [page for page in found if any(f". Khu phố {number}" in page.text for number in range(1, 6))]


def written(page: Page) -> list[float]:
    """The heights of the lines to write on: level rules over the whole width that belong to no table."""
    last = max((line.baseline for line in page.containing("Kết luận")), default=0)
    return sorted(
        {round(one.top, 1) for one in page.rules if one.level and one.length > 160 and one.top > last}
    )


def test_each_unit_has_a_page_of_its_own_numbered_through_the_annex():
    found = pages(draw(SHEET))
    begun = units_of(found)
    assert [page.containing(". Khu phố")[0].text for page in begun] == [
        f"{number}. Khu phố {number}" for number in range(1, 6)
    ]
    assert len(begun) == len(found[-5:]) == 5
    assert begun == found[-5:]
    assert [line.text for page in begun[1:] for line in page.lines if line.top < 20] == ["2", "3", "4", "5"]
    assert begun[0].line("Phụ lục").bold


def test_there_is_room_to_write_what_is_decided_on_each():
    for page in units_of(pages(draw(SHEET))):
        rules = written(page)
        assert len(rules) == LINES_OF_A_UNIT
        gaps = {round(below - above, 1) for above, below in pairwise(rules)}
        assert gaps == {9.0}
        assert rules[-1] < page.height - 20


def test_the_agenda_follows_its_order_and_ends_with_those_who_sign():
    found = pages(draw(SHEET))
    text = " ".join(page.text for page in found[:-5])
    heads = [
        "I. VIỆC CỦA CUỘC HỌP TRƯỚC",
        "II. PHẦN VIỆC CẦN BÀN",
        "III. VƯỚNG MẮC CHỜ QUYẾT ĐỊNH",
        "IV. BÁO CÁO VÀ GIẢI TRÌNH",
        "V. THAY ĐỔI TỪ CUỘC HỌP TRƯỚC",
        "VI. KẾT LUẬN",
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert "Không có." in text
    last = found[-6]
    assert last.line("CHỦ TRÌ").bold
    assert last.line("Văn thư UBND phường").bold
    assert len(written(last)) >= 2


def test_without_a_meeting_before_nothing_is_said_of_one():
    text = " ".join(page.text for page in pages(draw(replace(SHEET, since="", followed=(), changes=()))))
    assert "CUỘC HỌP TRƯỚC" not in text
    assert "I. PHẦN VIỆC CẦN BÀN" in text


def test_a_unit_with_many_tasks_goes_on_over_the_page():
    large = replace(UNITS[0], tasks=(TASK,) * 30)
    sheet = replace(SHEET, blocks=(UnitBlock("IV. Các khu phố", (large, *UNITS[1:])),))
    found = pages(draw(sheet))
    assert len(units_of(found)) == 5
    assert len(found) > len(pages(draw(SHEET)))


def test_the_same_pack_has_the_same_bytes_and_no_room_is_none():
    assert draw(SHEET) == draw(SHEET)
    with pytest.raises(ValueError, match="at least one"):
        RuledLines(0)
