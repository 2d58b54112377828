"""What a paper leaves to a pen is found; what a clerk writes for the dots of minutes stands in their place."""

from dataclasses import replace
from datetime import date, time

from pledges.documents.blanks import blanks_of
from pledges.documents.drafting.rules import Prose
from pledges.documents.sheets.composing import composed
from pledges.documents.sheets.gaps import (
    ALL,
    COUNT,
    GAPS,
    HOUR,
    NO_COUNT,
    NO_HOUR,
    open_gaps,
    refused,
    time_in,
    with_gaps,
)
from pledges.documents.sheets.paper import (
    Closing,
    Heading,
    Paragraph,
    Recipients,
    Signature,
    SigningSide,
    Style,
)
from pledges.documents.sheets.signing_day import MinutesSheet

DAY = "ngày 29 tháng 3 năm 2024"
BLANK = MinutesSheet(
    heading=Heading(style=Style.STATE, issuer=("Ủy ban",), place_and_date="", ruled_on=date(2024, 3, 29)),
    abstract="Lễ ký cam kết",
    began=f"{HOUR}, {DAY}",
    place="Hội trường",
    chair="Trần Việt Hùng - Chủ tịch",
    chair_name="Trần Việt Hùng",
    secretary="",
    secretary_name="",
    attendance=f"{COUNT} đại biểu; trong đó có 03 đơn vị",
    proceedings=("Chào cờ.",),
    outcome=("Có 03/03 đơn vị đã ký đủ.",),
    groups=(),
    remarks=(),
    ended=f"{HOUR}, {DAY}",
    recipients=("Lưu: VT",),
)
WRITTEN = {
    (GAPS, "began"): Prose("8 giờ 00"),
    (GAPS, "secretary"): Prose("Đỗ Hải Yến - Văn phòng"),
    (GAPS, "attendance"): Prose("9"),
    (GAPS, "ended"): Prose("11 giờ 30."),
}


def said(paper) -> list[str]:
    return [block.text for block in paper.body if isinstance(block, Paragraph)]


def test_minutes_nobody_wrote_down_name_every_blank():
    assert blanks_of(BLANK.paper()) == (
        f"“Thời gian bắt đầu: …… giờ ……, {DAY}”",
        "“Thư ký: ……………………”",
        "“Thành phần tham dự: …… đại biểu; trong đó có 03 đơn vị”",
        f"“Hội nghị kết thúc vào …… giờ ……, {DAY}”",
        "họ tên dưới “Thư ký”",
    )


def test_what_a_clerk_wrote_stands_where_the_dots_stood_and_the_secretary_signs():
    filled = BLANK.filled()
    assert [gap.key for gap in open_gaps(filled)] == ["began", "secretary", "attendance", "ended"]
    paper = composed(filled, WRITTEN, closing=with_gaps(filled, WRITTEN).closing)
    assert blanks_of(paper) == ()
    assert f"Thời gian bắt đầu: 8 giờ 00, {DAY}." in said(paper)
    assert "Thư ký: Đỗ Hải Yến - Văn phòng." in said(paper)
    assert "Thành phần tham dự: 09 đại biểu; trong đó có 03 đơn vị." in said(paper)
    assert said(paper)[-1] == f"Hội nghị kết thúc vào 11 giờ 30, {DAY}./."
    assert paper.closing.left.signatures[0].name == "Đỗ Hải Yến"


def test_times_are_read_as_people_write_them_and_printed_in_one_way():
    assert {time_in(words) for words in ("8:00", "08 giờ 00", "8h", "8 giờ", "8g00", "8 giờ 00 phút.")} == {
        time(8)
    }
    assert [time_in(words) for words in ("", "abc", "25:70", "24:00", "8 giờ 60", "800")] == [None] * 6
    filled = BLANK.filled()
    paper = composed(filled, {(GAPS, "began"): Prose("8h5"), (GAPS, "ended"): Prose("sau 11 giờ")})
    assert f"Thời gian bắt đầu: 8 giờ 05, {DAY}." in said(paper)
    assert said(paper)[-1] == f"Hội nghị kết thúc vào sau 11 giờ, {DAY}./."


def test_what_is_no_time_and_no_count_can_not_stand_for_the_dots():
    began, attendance = (next(gap for gap in ALL if gap.key == key) for key in ("began", "attendance"))
    assert {refused(began, words) for words in ("abc", "25:70")} == {NO_HOUR}
    assert {refused(attendance, words) for words in ("abc", "-5", "0", "12345", "8,5")} == {NO_COUNT}
    assert {refused(began, ""), refused(began, "8:00"), refused(attendance, "85")} == {""}


def test_what_the_ceremony_says_by_now_is_not_written_over():
    """The words stay with the draft, and are printed neither in the sentence nor behind it."""
    known = replace(
        BLANK, began=f"9 giờ 15, {DAY}", secretary="Vũ Thị Thư", secretary_name="Vũ Thị Thư"
    ).filled()
    paper = composed(known, WRITTEN, closing=with_gaps(known, WRITTEN).closing)
    assert f"Thời gian bắt đầu: 9 giờ 15, {DAY}." in said(paper)
    assert not [text for text in said(paper) if "8 giờ 00" in text or "Đỗ Hải Yến" in text]
    assert paper.closing.left.signatures[0].name == "Vũ Thị Thư"


def test_dots_of_other_papers_are_blanks_and_an_unfinished_list_is_none():
    paper = replace(
        BLANK.paper(),
        body=(
            Paragraph("Kinh phí: ......... đồng."),
            Paragraph("Trồng cây, dọn rác…"),
            Paragraph("Chữ: ____."),
        ),
        closing=Closing(
            SigningSide((Signature(posts=("Chủ tịch",), on_behalf="TM. Ủy ban nhân dân"),)),
            Recipients(("- Như trên.", "- ………;")),
        ),
    )
    assert blanks_of(paper) == (
        "“Kinh phí: ......... đồng”",
        "“Chữ: ____”",
        "“- ………”",
        "họ tên dưới “TM. Ủy ban nhân dân, Chủ tịch”",
    )
