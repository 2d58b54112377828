"""What is asked about a figure before it is sent: a fall, a jump, more than the target."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pledges.progress.lines import Line, shortcomings
from pledges.progress.rules import IndicatorPlan
from pledges.progress.sanity import Doubt, doubts, read, stored, usual
from pledges.tasks.rules import Direction
from tests.rules.progress.test_lines import TODAY

SUM = IndicatorPlan("Cây xanh", Decimal(0), Decimal(120), "cây")
LEVEL = IndicatorPlan("Hộ phân loại rác", Decimal(20), Decimal(80), "% hộ", accumulates=False)
DOWN = IndicatorPlan("Vụ cháy", Decimal(10), Decimal(2), "vụ", direction=Direction.DOWN, accumulates=False)
HELD = IndicatorPlan("Hộ đạt chuẩn", Decimal(95), Decimal(95), "% hộ", accumulates=False)


def asked(plan: IndicatorPlan, before: int | None, said: str, usually: int | None = None) -> list[str]:
    stood = None if before is None else Decimal(before)
    return [str(one) for one in doubts(plan, stood, Decimal(said), Decimal(usually) if usually else None)]


@pytest.mark.parametrize(
    ("plan", "before", "said", "usually", "found"),
    [
        (SUM, 74, "30", 25, []),
        (SUM, 74, "0", 25, []),
        (SUM, 74, "-0.5", 25, ["fall"]),
        (SUM, 10, "90", 9, ["jump"]),
        (SUM, 10, "89.9", 9, []),
        (SUM, 10, "-90", 9, ["fall", "jump"]),
        (SUM, None, "90", None, []),
        (SUM, 74, "46", 25, []),
        (SUM, 74, "46.01", 25, ["over"]),
        (SUM, 10, "300", 20, ["jump", "over"]),
        (SUM, 121, "1", 25, []),
        (SUM, None, "121", None, ["over"]),
        (LEVEL, 55, "55", None, []),
        (LEVEL, 55, "54.9", None, ["fall"]),
        (LEVEL, 55, "80", None, []),
        (LEVEL, 55, "80.1", None, ["over"]),
        (LEVEL, 5, "50", None, ["jump"]),
        (LEVEL, 0, "50", None, []),
        (LEVEL, None, "10", None, []),
        (LEVEL, 90, "91", None, []),
        (DOWN, 6, "6.5", None, ["fall"]),
        (DOWN, 6, "5", None, []),
        (DOWN, 6, "1", None, ["over"]),
        (DOWN, 1, "10", None, ["fall", "jump"]),
        (HELD, 95, "97", None, []),
        (HELD, 97, "94", None, ["fall"]),
    ],
)
def test_what_is_asked(
    plan: IndicatorPlan, before: int | None, said: str, usually: int | None, found: list[str]
):
    assert asked(plan, before, said, usually) == found


def test_nothing_is_asked_of_a_blank():
    assert doubts(SUM, Decimal(74), None, Decimal(25)) == ()
    assert Line(1, SUM, Decimal(74)).questions == []


def test_the_usual_is_the_middle_of_what_was_added():
    assert usual([]) is None
    assert usual([None, Decimal(0)]) is None
    assert usual([Decimal(5), None, Decimal(-20), Decimal(0), Decimal(10)]) == 10
    assert usual([Decimal(10), Decimal(5)]) == 5


def test_the_questions_name_the_figures_that_raise_them():
    said = [Line(1, SUM, Decimal(10), Decimal(value), usually=Decimal(20)).questions for value in (-5, 300)]
    assert said == [
        ["Số liệu kỳ này làm giảm 5 cây so với các kỳ trước."],
        [
            "Số liệu gấp 10 lần mức thường mỗi kỳ (20 cây) hoặc hơn.",
            "Số liệu vượt 100% chỉ tiêu đăng ký (120 cây).",
        ],
    ]
    assert Line(1, LEVEL, Decimal(55), Decimal("54.5")).questions == [
        "Mức đạt giảm so với kỳ trước: 55 % hộ thành 54,5 % hộ."
    ]
    assert Line(1, DOWN, Decimal(1), Decimal(10)).questions == [
        "Mức đạt tăng so với kỳ trước: 1 vụ thành 10 vụ.",
        "Mức đạt gấp 10 lần kỳ trước (1 vụ) hoặc hơn.",
    ]


def test_a_yes_answers_only_what_was_asked():
    line = Line(1, SUM, Decimal(10), Decimal(300), usually=Decimal(20))
    assert line.open_questions == line.questions
    assert replace(line, affirmed=frozenset({Doubt.JUMP})).open_questions == line.questions
    answered = replace(line, affirmed=frozenset({Doubt.JUMP, Doubt.OVER}))
    assert answered.open_questions == []
    assert answered.confirmed == (
        "Đơn vị đã xác nhận: số liệu gấp 10 lần mức thường hoặc hơn; vượt 100% chỉ tiêu."
    )
    assert line.confirmed == ""


def test_what_is_not_answered_keeps_a_report_from_being_sent():
    line = Line(1, SUM, Decimal(10), Decimal(300), usually=Decimal(20))
    days = {"start_on": TODAY, "today": TODAY}
    (told,) = shortcomings([line], "Đã trồng.", **days)
    assert told.startswith("“Cây xanh”: Số liệu gấp 10 lần")
    assert told.endswith("đánh dấu “Đúng như vậy”.")
    affirmed = replace(line, affirmed=frozenset({Doubt.JUMP, Doubt.OVER}))
    assert shortcomings([affirmed], "", **days) == []


def test_blanks_that_are_meant_need_no_words():
    lines = [Line(1, SUM, Decimal(10), Decimal(3)), Line(2, LEVEL, Decimal(55))]
    days = {"start_on": TODAY, "today": TODAY}
    assert len(shortcomings(lines, "", **days)) == 1
    assert shortcomings(lines, "", **days, blanks_meant=True) == []
    fallen = [Line(1, SUM, Decimal(10), Decimal(-3), affirmed=frozenset({Doubt.FALL})), *lines[1:]]
    assert len(shortcomings(fallen, "", **days, blanks_meant=True)) == 1


def test_the_answers_survive_being_stored():
    assert read(stored([Doubt.OVER, Doubt.FALL])) == {Doubt.OVER, Doubt.FALL}
    assert read("") == frozenset()
    assert read("fall long-gone") == {Doubt.FALL}
