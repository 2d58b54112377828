"""Figures that were accepted and are others now: told with their days, and never before these."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pledges.progress import restated
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan

TASK, TREES, HOUSES = 1, 11, 12
START, END = date(2024, 4, 1), date(2024, 12, 31)
PLAN = TaskPlan(
    START,
    END,
    (
        IndicatorPlan("Cây xanh", Decimal(0), Decimal(300), "cây"),
        IndicatorPlan("Nhà", Decimal(0), Decimal(2), "nhà"),
    ),
)
DUE = date(2024, 9, 25)
SEPTEMBER = PeriodFacts(9, date(2024, 9, 1), date(2024, 9, 30), DUE, grace_until=DUE)


def round_of(number: int, sent: date, accepted: date | None, trees: int | None, houses: int | None = None):
    said = {TREES: trees, HOUSES: houses}
    return RoundFacts(
        number=number,
        submitted_on=sent,
        accepted_on=accepted,
        values={key: Decimal(value) for key, value in said.items() if value is not None},
    )


def ledger(*rounds: RoundFacts) -> Ledger:
    return Ledger([TaskFacts(TASK, PLAN, (TREES, HOUSES))], [SEPTEMBER], {(TASK, SEPTEMBER.id): rounds})


FIRST = round_of(1, date(2024, 9, 20), date(2024, 9, 22), 40, 1)


def test_a_correction_is_told_with_both_figures_and_the_day():
    corrected = ledger(FIRST, round_of(2, date(2024, 10, 2), date(2024, 10, 3), 38, 1))
    (one,) = restated.of_task(corrected, TASK, date(2024, 10, 15))
    assert (one.label, one.before, one.after) == ("Cây xanh", Decimal(40), Decimal(38))
    assert one.words == "đã đổi sau khi duyệt: 40 → 38, ngày 3/10/2024"
    assert one.words_with_period == "tháng 9/2024 đã đổi sau khi duyệt: 40 → 38, ngày 3/10/2024"


def test_of_a_past_day_only_what_had_happened_by_it():
    corrected = ledger(FIRST, round_of(2, date(2024, 10, 2), date(2024, 10, 3), 38))
    assert restated.of_task(corrected, TASK, date(2024, 10, 2)) == []
    assert len(restated.of_task(corrected, TASK, date(2024, 10, 3))) == 2


def test_a_correction_that_waits_or_was_returned_changes_nothing():
    waiting = RoundFacts(2, date(2024, 10, 2), values={TREES: Decimal(38)})
    returned = RoundFacts(2, date(2024, 10, 2), returned_on=date(2024, 10, 3), values={TREES: Decimal(38)})
    for last in (waiting, returned):
        assert restated.of_ledger(ledger(FIRST, last), date(2024, 10, 15)) == {}


def test_rounds_before_the_first_acceptance_are_nobodys_restatement():
    returned = RoundFacts(1, date(2024, 9, 18), returned_on=date(2024, 9, 19), values={TREES: Decimal(50)})
    assert restated.of_ledger(ledger(returned, FIRST), date(2024, 10, 15)) == {}


def test_a_figure_that_is_left_out_is_said_to_be_missing():
    corrected = ledger(FIRST, round_of(2, date(2024, 10, 2), date(2024, 10, 3), 40))
    (one,) = restated.of_task(corrected, TASK, date(2024, 10, 15))
    assert one.words == "đã đổi sau khi duyệt: 1 → không có số liệu, ngày 3/10/2024"


def test_two_corrections_stay_both_in_sight():
    corrected = ledger(
        FIRST,
        round_of(2, date(2024, 10, 2), date(2024, 10, 3), 38, 1),
        round_of(3, date(2024, 10, 8), date(2024, 10, 9), 40, 1),
    )
    (one,) = restated.of_task(corrected, TASK, date(2024, 10, 15))
    assert one.words == "đã đổi sau khi duyệt: 40 → 38, ngày 3/10/2024, rồi → 40, ngày 9/10/2024"


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=6), st.integers(1, 28))
def test_it_is_the_fold_of_what_was_accepted_by_the_day(values: list[int | None], day: int):
    rounds = [
        round_of(number, date(2024, 10, number), date(2024, 10, number), value)
        for number, value in enumerate(values, 1)
    ]
    as_of = date(2024, 10, day)
    told = [value for number, value in enumerate(values, 1) if number <= day]
    once = [value for at, value in enumerate(told) if at == 0 or value != told[at - 1]]
    found = {one.indicator_id: one for one in restated.of_task(ledger(*rounds), TASK, as_of)}
    shown = [one.value for one in found[TREES].said] if TREES in found else []
    assert shown == ([None if value is None else Decimal(value) for value in once] if len(once) > 1 else [])
