"""Papers of a signing day, measured: room to sign, the minutes' layout, whom to phone."""

import itertools
from dataclasses import replace

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.calls import Call, CallLine, CallListSheet
from pledges.documents.sheets.paper import Foot, Style
from pledges.documents.sheets.signing_day import (
    MinutesSheet,
    Signing,
    SigningRollSheet,
    UnitGroup,
    UnitLine,
)
from tests.documents import samples
from tests.documents.measure import Page, pages

GROUPS = (
    UnitGroup(
        "I. Khối Đảng - chính quyền",
        (
            UnitLine(
                "Bộ phận Văn phòng - Thống kê", (Signing("Lê Thị Hoa", "Công chức Văn phòng - Thống kê"),)
            ),
        ),
    ),
    UnitGroup(
        "IV. Các khu phố",
        (
            UnitLine(
                "Khu phố 1",
                (
                    Signing("Phạm Văn Đức", "Bí thư chi bộ", "Ký trên giấy, ngày 29/3/2024"),
                    Signing("", "Khu trưởng"),
                    Signing("", "Trưởng ban công tác Mặt trận"),
                ),
            ),
            *(UnitLine(f"Khu phố {number}", (Signing("", "Khu trưởng"),)) for number in range(2, 18)),
        ),
    ),
)
PLACE = samples.heading(number="", place_and_date="Hà Khánh, ngày 29 tháng 3 năm 2024")


def roll(**changes: object) -> SigningRollSheet:
    facts = {
        "heading": PLACE,
        "abstract": samples.ABSTRACT,
        "occasion": "Ký ngày 29/3/2024, tại Hội trường UBND phường. Có 18 đơn vị với 20 người ký.",
        "groups": GROUPS,
        "foot": Foot(illustrative=True),
    }
    return SigningRollSheet(**{**facts, **changes})


def minutes(**changes: object) -> MinutesSheet:
    facts = {
        "heading": samples.heading(number="Số:       /BB-UBND", place_and_date=""),
        "abstract": "Hội nghị phát động phong trào thi đua và ký cam kết thi đua",
        "began": "08 giờ 00, ngày 29 tháng 3 năm 2024",
        "place": "Hội trường UBND phường Hà Khánh",
        "chair": "Trần Việt Hùng - Chủ tịch UBND phường",
        "chair_name": "Trần Việt Hùng",
        "secretary": "",
        "secretary_name": "",
        "attendance": "85 đại biểu; trong đó có 18 đơn vị ký cam kết với 20 người ký",
        "proceedings": ("Chào cờ, giới thiệu đại biểu.", "Các đơn vị ký cam kết."),
        "outcome": ("Có 00/18 đơn vị đã ký đủ; 01/20 người đã ký: 01 ký trên giấy tại hội nghị.",),
        "groups": GROUPS,
        "remarks": ("Người chứng nhận các chữ ký trên giấy: Vũ Thị Thư.",),
        "ended": "10 giờ 30, ngày 29 tháng 3 năm 2024",
        "recipients": ("Các đơn vị ký cam kết", "Lưu: VT"),
    }
    return MinutesSheet(**{**facts, **changes})


def within_margins(found: list[Page]) -> bool:
    marks = [mark for page in found for mark in (*page.body, *page.rules)]
    return (
        min(mark.x0 for mark in marks) >= 29.5
        and max(mark.x1 for mark in marks) <= 195.5
        and max(mark.bottom for mark in marks) <= 277.5
    )


@pytest.mark.parametrize("sheet", [roll, minutes])
def test_same_sheet_same_bytes_within_the_margins(sheet):
    pdf = draw(sheet())
    assert pdf == draw(sheet())
    assert within_margins(pages(pdf))


def rows_of(page: Page) -> list[float]:
    """The heights between the level rules of a table, from edge to edge."""
    levels = sorted({round(rule.top, 1) for rule in page.rules if rule.level and rule.x0 < 30.5})
    return [round(below - above, 1) for above, below in itertools.pairwise(levels)]


def test_every_line_of_the_roll_has_room_for_a_hand(monkeypatch):
    found = pages(draw(roll()))
    assert len(found) > 1
    for page in found:
        title = page.line("Ký tên")
        signed = [line for line in page.body if line.text.startswith("Khu phố ") and line.size == 12]
        assert signed
        assert all(title.top < line.top for line in signed)
        plain = [height for height in rows_of(page) if height > 8]
        assert plain
        assert min(plain) >= 13


def test_three_who_sign_for_one_unit_stand_in_one_row_each_with_room():
    (page, *_) = pages(draw(roll()))
    posts = [page.line("Bí thư chi bộ"), *page.containing("Khu trưởng")[:1], page.containing("Trưởng ban")[0]]
    tops = [post.top for post in posts]
    assert tops == sorted(tops)
    assert all(lower - upper >= 13 - 0.01 for upper, lower in itertools.pairwise(tops))
    assert page.line("Khu phố 1").top == pytest.approx(tops[0], abs=0.1)


def test_blocks_stand_bold_above_their_units_and_numbers_run_through():
    first, *rest = pages(draw(roll()))
    assert first.line("I. Khối Đảng - chính quyền").bold
    numbers = [
        int(line.text)
        for page in (first, *rest)
        for line in page.body
        if line.size == 12 and line.text.isdecimal() and line.x0 < 40
    ]
    assert numbers == list(range(1, 19))


def test_a_list_has_no_number(monkeypatch):
    text = " ".join(page.text for page in pages(draw(roll())))
    assert "Số:" not in text
    assert "DANH SÁCH KÝ CAM KẾT THI ĐUA" in text


def test_nobody_to_sign_is_said():
    text = " ".join(page.text for page in pages(draw(roll(groups=()))))
    assert "Chưa có đơn vị nào có bản cam kết đã chốt để ký." in text


def test_minutes_have_a_number_and_no_place_and_date_above():
    (first, *_) = pages(draw(minutes()))
    assert first.line("Số:       /BB-UBND").size == 13
    assert first.line("BIÊN BẢN").bold
    assert not [line for line in first.lines if line.size == 14 and line.italic]


def test_minutes_say_time_place_and_people_in_the_order_of_the_form():
    text = " ".join(line.text for page in pages(draw(minutes())) for line in page.body)
    labels = (
        "Thời gian bắt đầu: 08 giờ 00, ngày 29 tháng 3 năm 2024.",
        "Địa điểm: Hội trường UBND phường Hà Khánh.",
        "Chủ trì: Trần Việt Hùng - Chủ tịch UBND phường.",
        "Thư ký: ……………………",
        "Thành phần tham dự: 85 đại biểu",
        "I. DIỄN BIẾN HỘI NGHỊ",
        "II. KẾT QUẢ KÝ CAM KẾT",
        "Hội nghị kết thúc vào 10 giờ 30, ngày 29 tháng 3 năm 2024./.",
    )
    places = [text.index(label) for label in labels]
    assert places == sorted(places)


def test_the_secretary_signs_on_the_left_the_chair_on_the_right_recipients_below():
    page = pages(draw(minutes()))[-1]
    secretary, chair = page.line("THƯ KÝ"), page.line("CHỦ TRÌ")
    assert secretary.x1 < 112.5 < chair.x0
    assert secretary.baseline == pytest.approx(chair.baseline, abs=0.05)
    name = page.line("Trần Việt Hùng")
    assert name.middle == pytest.approx(chair.middle, abs=0.5)
    recipients = page.line("Nơi nhận:")
    assert recipients.top > name.bottom
    assert recipients.x0 == pytest.approx(30, abs=0.1)
    assert page.line("- Lưu: VT.")


@pytest.mark.parametrize("length", range(1, 30, 4))
def test_signatures_and_recipients_never_stand_alone(length: int):
    sheet = minutes(proceedings=("Đại diện đơn vị phát biểu hưởng ứng phong trào.",) * length)
    page = pages(draw(sheet))[-1]
    assert page.containing("Hội nghị kết thúc vào")
    assert page.line("Nơi nhận:")
    assert within_margins([page])


def test_who_has_not_signed_is_said_in_the_minutes():
    text = " ".join(page.text for page in pages(draw(minutes())))
    assert "Ký trên giấy," in text
    assert "Chưa ký" in text


def test_minutes_of_the_party_end_and_begin_its_own_way():
    heading = replace(minutes().heading, style=Style.PARTY, number="Số      -BB/ĐU")
    text = " ".join(page.text for page in pages(draw(minutes(heading=heading))))
    assert "I- DIỄN BIẾN" in text
    assert "./." not in text


def test_the_call_list_names_whom_to_phone_about_what():
    sheet = CallListSheet(
        heading=PLACE,
        title="Danh sách gọi đôn đốc ký cam kết",
        abstract=samples.ABSTRACT,
        when_empty="Không còn đơn vị nào chưa ký đủ.",
        opening="Đến ngày 15/10/2024, còn 02 đơn vị chưa ký đủ bản cam kết.",
        lines=(
            CallLine(
                "Khu phố 2",
                "Chữ ký của Khu trưởng",
                (Call("Hoàng Thị Ánh, Khu phó", "0203 3825 123"), Call("Lê Văn Bình, Khu trưởng")),
            ),
            CallLine("Khu phố 3", "Chưa soạn bản cam kết", ()),
        ),
    )
    (page,) = pages(draw(sheet))
    assert page.line("0203 3825 123").middle > 160
    assert page.line("Chưa ghi")
    assert page.containing("Chưa có người đầu mối")
    empty = replace(sheet, lines=())
    assert pages(draw(empty))[0].containing("Không còn đơn vị nào chưa ký đủ.")
