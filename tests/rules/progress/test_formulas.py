"""The lines that tell how figures come about: what is put in gives what stands after the sign of equality."""

from datetime import date
from decimal import Decimal

from pledges.progress import formulas
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.tasks.rules import Direction

DAY = date(2024, 10, 15)
START, DUE = date(2024, 4, 10), date(2024, 11, 18)
"""188 of 222 days have passed on the day."""


def plan(label: str, baseline: int, target: int, **changes: object) -> IndicatorPlan:
    return IndicatorPlan(label, Decimal(baseline), Decimal(target), "đơn vị", **changes)  # type: ignore[arg-type]


def ledger(indicators: list[IndicatorPlan], *months: dict[int, int | str]) -> Ledger:
    task = TaskFacts(1, TaskPlan(START, DUE, tuple(indicators)), tuple(range(1, len(indicators) + 1)))
    periods, rounds = [], {}
    for month, values in enumerate(months, 4):
        due = date(2024, month, 25)
        periods.append(PeriodFacts(month, date(2024, month, 1), date(2024, month, 28), due, grace_until=due))
        said = {number: Decimal(value) for number, value in values.items()}
        rounds[1, month] = [RoundFacts(1, due, due, values=said)]
    return Ledger([task], periods, rounds)


def test_task_nine_of_the_ward_as_the_rules_print_it():
    nine = [plan("Quỹ", 0, 150, weight=Decimal(2)), plan("Nhà", 0, 2)]
    held = ledger(nine, {1: 100, 2: 1}, {1: 72})
    fund, houses = formulas.of_task(held, 1, DAY)
    assert fund.value == "0 (hiện trạng) + 100 (tháng 4) + 72 (tháng 5) = 172 đơn vị"
    assert fund.progress == "172 / 150 = 115%"
    assert fund.planned == "đã qua 188 / 222 ngày = 85%"
    assert houses.progress == "1 / 2 = 50%"
    assert formulas.mean_words(held.standing(1, DAY)) == (
        "(2 × 100% + 1 × 50%) / 3 = 83%",
        "(2 × 85% + 1 × 85%) / 3 = 85%",
    )


def test_a_level_a_fall_and_a_line_to_hold():
    level = plan("Tỷ lệ", 20, 80, accumulates=False)
    trees = plan("Cây", 0, 300)
    kept = plan("Vụ việc", 0, 0, accumulates=False, direction=Direction.DOWN)
    told = formulas.of_task(ledger([level, trees, kept], {1: 50, 2: 40, 3: 0}, {2: -3}), 1, DAY)
    assert told[0].value == "50 đơn vị, theo báo cáo tháng 4/2024"
    assert told[0].progress == "(50 − 20) / (80 − 20) = 50%"
    assert told[1].value == "0 (hiện trạng) + 40 (tháng 4) − 3 (tháng 5) = 37 đơn vị"
    assert (told[2].progress, told[2].planned) == ("giữ được mức cần giữ: 100%", "mức cần giữ: luôn 100%")


def test_what_has_no_figure_or_is_not_measured_yet_says_so():
    later = plan("Cuối năm", 0, 10, measured_from=date(2024, 12, 1))
    told = formulas.of_task(ledger([plan("Cây", 0, 300), later], {}), 1, DAY)
    assert (told[0].value, told[0].progress) == ("chưa có số liệu được duyệt", "chưa có số liệu, tính là 0%")
    assert told[1].value == "đo được từ 1/12/2024, trước ngày đó để ngoài phép tính"
    assert formulas.mean_words(ledger([plan("Cây", 0, 300), later], {}).standing(1, DAY)) is None


def test_milestones_and_days_outside_the_task():
    marked = plan("Cây", 0, 300, milestones=((date(2024, 9, 1), Decimal(100)),))
    held = ledger([marked], {1: 10})
    assert formulas.of_task(held, 1, DAY)[0].planned.startswith("theo mốc 1/9/2024: 100: ")
    plain = ledger([plan("Cây", 0, 300)], {1: 10})
    assert formulas.of_task(plain, 1, date(2024, 4, 1))[0].planned == "bắt đầu ngày 10/4/2024: 0%"
    assert formulas.of_task(plain, 1, DUE)[0].planned == "đã đến hạn 18/11/2024: 100%"
