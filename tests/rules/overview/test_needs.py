"""What needs attention first, and the reason in figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledges.overview import wording
from pledges.overview.needs import Needy
from pledges.progress.rules import IndicatorPlan, IndicatorStanding
from pledges.progress.states import NEEDS_ATTENTION, TaskState
from pledges.tasks.rules import Direction
from tests.rules.overview import campaign_board

NOW = campaign_board.board(date(2024, 10, 15))
BY_NUMBER = {one.row.card.number: one for one in NOW.needs}


def test_order_is_gravity_and_then_how_far_behind():
    assert [one.row.card.number for one in NOW.needs] == [4, 11, 17, 24, 5, 23, 2, 19, 16, 14, 21, 22]


def test_the_gravest_states_are_all_there():
    grave = {row.card.number for row in NOW.rows if row.state in NEEDS_ATTENTION}
    assert grave <= set(BY_NUMBER)
    assert set(BY_NUMBER) - grave == {21, 22}, "an obstacle that waits, and figures that would undo a target"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (4, "Quá hạn 15 ngày: kết quả trả đúng hạn 99%, chỉ tiêu 100%."),
        (11, "Quá hạn 1 ngày: hộ tham gia mô hình 4/5 hộ."),
        (24, "Chậm: đạt 33%, kế hoạch đến hôm nay 84%."),
        (19, "Không báo cáo từ tháng 7 (3 kỳ liên tiếp)."),
        (14, "Có nguy cơ: đạt 61%, kế hoạch đến hôm nay 72%. Nếu duyệt số đã gửi: đúng tiến độ."),
        (22, "Hoàn thành: đạt 100%, kế hoạch đến hôm nay 100%. Nếu duyệt số đã gửi: quá hạn."),
    ],
)
def test_reason(number: int, reason: str):
    assert BY_NUMBER[number].reason(wording.TODAY) == reason


def test_a_reason_on_paper_names_the_day():
    assert BY_NUMBER[24].reason("ngày 15/10/2024") == "Chậm: đạt 33%, kế hoạch đến ngày 15/10/2024 là 84%."


@pytest.mark.parametrize(
    ("number", "decision", "review"),
    [
        (4, "Vướng mắc chờ quyết định 21 ngày", None),
        (17, "02 vướng mắc chờ quyết định, lâu nhất 54 ngày", "Báo cáo tháng 9 chờ duyệt"),
        (24, None, None),
    ],
)
def test_what_is_asked_of_a_leader(number: int, decision: str | None, review: str | None):
    assert BY_NUMBER[number].decision_asked == decision
    assert BY_NUMBER[number].review_asked == review


def test_an_obstacle_of_today():
    row = BY_NUMBER[4].row
    fresh = replace(row, obstacles=(replace(row.obstacles[0], raised_on=NOW.as_of),))
    assert Needy(fresh, NOW.as_of).decision_asked == "Vướng mắc chờ quyết định từ hôm nay"


def test_an_indicator_without_a_figure_is_named():
    row = BY_NUMBER[24].row
    blank = replace(row.standing.indicators[0], value=None)
    silent = replace(row, standing=replace(row.standing, indicators=(blank,)))
    assert "Chưa có số liệu: " in Needy(silent, NOW.as_of).reason(wording.TODAY)


def _said(value: str | int | None, **plan: Any) -> IndicatorStanding:
    given = {"label": "Hộ nghèo", "baseline": Decimal(0), "target": Decimal(5), "measure": "hộ"} | plan
    number = None if value is None else Decimal(value)
    return IndicatorStanding(
        IndicatorPlan(**given), number, None, None, None, left_out="measured_from" in plan
    )


@pytest.mark.parametrize(
    ("one", "result", "value"),
    [
        (_said("1234.5"), "hộ nghèo 1.234,5/5 hộ", "1.234,5 hộ"),
        (_said(None), "hộ nghèo chưa có số liệu", "chưa có số liệu"),
        (_said(3, baseline=Decimal(2)), "hộ nghèo 3 hộ, chỉ tiêu 5 hộ", "3 hộ"),
        (
            _said(7, direction=Direction.DOWN, baseline=Decimal(9)),
            "hộ nghèo 7 hộ, chỉ tiêu không quá 5 hộ",
            "7 hộ",
        ),
        (_said("96.5", measure="% hồ sơ"), "hộ nghèo 96,5%, chỉ tiêu 5%", "96,5% hồ sơ"),
        (_said(1, label="QR tuyên truyền"), "QR tuyên truyền 1/5 hộ", "1 hộ"),
        (_said(None, measured_from=date(2025, 2, 1)), "hộ nghèo đo được từ 1/2/2025", "đo được từ 1/2/2025"),
    ],
)
def test_an_indicator_in_words(one: IndicatorStanding, result: str, value: str):
    assert wording.result(one) == result
    assert wording.value(one) == value


def test_the_rule_that_put_each_there():
    assert BY_NUMBER[4].rule == "Dòng 3: đã qua thời hạn mà còn chỉ tiêu chưa đạt."
    assert BY_NUMBER[24].rule.startswith("Dòng 7: tiến độ dưới 0,70 lần kế hoạch")
    assert BY_NUMBER[21].rule == "Có vướng mắc chờ quyết định."
    assert BY_NUMBER[22].rule.endswith("Số liệu đã gửi, nếu được duyệt, làm tình trạng xấu đi.")
    assert all(one.rule for one in NOW.needs)


def test_the_indicator_to_ask_about_is_the_one_furthest_behind():
    number, standing = BY_NUMBER[4].worst
    assert standing.plan.label == "Kết quả trả đúng hạn"
    assert (
        number == BY_NUMBER[4].row.facts.indicator_ids[BY_NUMBER[4].row.standing.indicators.index(standing)]
    )
    assert BY_NUMBER[21].worst is None, "all reached"


def test_silent_tasks_are_listed_whatever_graver_state_they_are_in():
    assert [(one.row.card.number, one.silence) for one in NOW.silent] == [
        (19, "Không báo cáo từ tháng 7 (3 kỳ liên tiếp).")
    ]
    row = NOW.silent[0].row
    overdue = replace(row, standing=replace(row.standing, state=TaskState.OVERDUE))
    assert [one.row.card.number for one in NOW.part([overdue]).silent] == [19]


def test_who_has_reached_everything_is_not_silent():
    row = NOW.silent[0].row
    reached = replace(row, standing=replace(row.standing, reached_on=date(2024, 9, 1)))
    assert NOW.part([reached]).silent == ()
