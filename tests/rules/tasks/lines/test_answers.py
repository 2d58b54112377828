"""Questions of a line, their answers, and what a task that is there already has confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledges.campaigns.models import Movement
from pledges.tasks.models import Indicator, Task
from pledges.tasks.rows.choosing import NOT_LISTED
from pledges.tasks.rows.findings import NO, YES
from pledges.tasks.rows.lines import TaskLine
from pledges.tasks.rows.readings import read
from pledges.tasks.rows.writing import cells_of, entry_of
from pledges.tasks.rules import Direction, TaskStatus
from pledges.units.models import Unit
from tests.support.lists import known, line, spring

HELD = known()


def asked(told: TaskLine, held=HELD):
    (question,) = read(told, held, {}).questions
    return question


def answered(told: TaskLine, answer: str, held=HELD):
    return read(told, held, {asked(told, held).key: answer})


def kept(*, baseline="0", target="80", measure="m", **changes: Any) -> Task:
    lead = next(unit for unit in HELD.units if unit.code == "KP3")
    indicator = Indicator(
        position=1,
        label="Chiều dài ngõ",
        baseline=Decimal(baseline),
        target=Decimal(target),
        measure=measure,
        direction=Direction.UP,
        accumulates=False,
        weight=Decimal(1),
    )
    said = {
        "id": 7,
        "campaign": spring(),
        "status": TaskStatus.DRAFT,
        "title": "Bê tông hóa ngõ tổ 3",
        "product": "Mặt ngõ",
        "lead_unit": lead,
        "lead_unit_id": lead.id,
        "start_on": date(2024, 4, 1),
        "due_on": date(2024, 9, 30),
        "state_funding": Decimal(0),
        "social_funding": Decimal(120),
        "indicators": [indicator],
    }
    return Task(**{**said, **changes})


def test_a_sound_line_is_an_entry():
    reading = read(line(cooperating="KP1; UBMTTQ", movement="toàn dân bảo vệ an ninh Tổ quốc"), HELD, {})
    assert (reading.faults, reading.questions, reading.lacking, reading.task) == ((), (), (), None)
    entry = reading.entry
    assert entry is not None
    assert entry.lead_unit.code == "KP3"
    assert [unit.code for unit in entry.cooperating] == ["MTTQ", "KP1"]
    assert entry.movement.name == "Toàn dân bảo vệ an ninh Tổ quốc"
    assert (entry.start_on, entry.due_on) == (date(2024, 4, 1), date(2024, 9, 30))
    assert entry.indicators[0].target == 80


def test_the_key_is_that_of_the_text_in_its_column():
    first, again = asked(line(4, lead="K.phố 3")), asked(line(9, lead=" K.phố  3", title="Khác"))
    assert (first.key, first.row, again.row) == (again.key, 4, 9)
    assert first.key != asked(line(cooperating="K.phố 3")).key
    assert first.key != asked(line(lead="K.phố 4")).key
    assert first.key.isascii()
    assert first.key.replace("-", "").replace("_", "").isalnum()


def test_a_close_name_is_answered_by_the_unit_or_by_none():
    question = asked(line(lead="K.phố 3"))
    assert [choice.value for choice in question.choices] == ["KP3", NOT_LISTED]
    assert question.choices[0].label == "Khu phố 3 (KP3)"
    assert question.choices[-1].label == "Không có trong danh sách"
    assert answered(line(lead="K.phố 3"), "KP3").entry.lead_unit.code == "KP3"
    refused = answered(line(lead="K.phố 3"), NOT_LISTED)
    assert [(fault.column, refused.questions) for fault in refused.faults] == [("lead", ())]


def test_an_answer_that_was_not_offered_asks_again():
    assert answered(line(lead="K.phố 3"), "CA").questions


@pytest.mark.parametrize(
    "said",
    [
        "KP1; KP2",
        "KP1;KP2;",
        "Khu phố 1\nKhu phố 2",
        "- Khu phố 1\n- Khu phố 2",
        "Khu 1, Khu 2",
        "KP1 và KP2",
    ],
)
def test_partners_are_parted(said):
    entry = read(line(cooperating=said), HELD, {}).entry
    assert [unit.code for unit in entry.cooperating] == ["KP1", "KP2"]


def test_a_name_with_a_comma_in_it_is_one_name():
    units = [
        Unit(id=1, code="KP3", name="Khu phố 3", short_name="Khu 3", path="/1/"),
        Unit(id=2, code="VHXH", name="Văn hóa, Xã hội và Thể thao", short_name="VH", path="/2/"),
    ]
    entry = read(line(cooperating="văn hóa, xã hội và thể thao"), known(units), {}).entry
    assert [unit.code for unit in entry.cooperating] == ["VHXH"]


def test_the_lead_unit_and_one_named_twice_do_not_cooperate():
    entry = read(line(cooperating="KP3; KP1; Khu phố 1"), HELD, {}).entry
    assert [unit.code for unit in entry.cooperating] == ["KP1"]


def test_of_two_units_of_a_name_the_one_that_lives_then_is_meant():
    def unit(number, code, **days: date):
        return Unit(id=number, code=code, name="Khu phố 3", short_name="Khu 3", path=f"/{number}/", **days)

    old, new = unit(1, "CU", valid_to=date(2024, 5, 1)), unit(2, "MOI", valid_from=date(2024, 5, 2))
    held = known([old, new])
    assert read(line(lead="Khu phố 3", start_on="1/6/2024"), held, {}).entry.lead_unit is new
    question = asked(line(lead="Khu phố 3"), held)
    assert "là tên của nhiều nơi" in question.words
    assert [choice.value for choice in question.choices] == ["CU", "MOI", NOT_LISTED]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"baseline": "80"}, "sửa con số phải đạt"),
        ({"target": "110", "measure": "% dự toán"}, "Tỷ lệ trên 100%"),
    ],
)
def test_what_is_seldom_meant_is_confirmed_or_mended(cells, words):
    told = line(**cells)
    assert answered(told, YES).entry is not None
    refused = answered(told, NO)
    assert [(fault.row, fault.column) for fault in refused.faults] == [(5, "target")]
    assert words in refused.faults[0].words
    assert not refused.questions


def test_two_questions_about_one_target_are_two():
    told = line(baseline="110", target="110", measure="% dự toán")
    first, second = read(told, HELD, {}).questions
    assert first.key != second.key
    assert read(told, HELD, {first.key: YES, second.key: YES}).entry is not None


def test_what_a_task_says_already_is_not_asked_again_of_another():
    told = line(baseline="80")
    assert read(told, known(HELD.units, tasks=[kept(baseline="80")]), {}).entry is not None
    assert read(told, known(HELD.units, tasks=[kept(baseline="70")]), {}).questions


def test_an_amount_that_was_written_in_dong_is_asked_about_and_turned_into_millions():
    told = line(state_funding="45.000.000")
    assert "Cột này đang ghi bằng đồng phải không?" in asked(told).words
    assert asked(told).choices[0].label == "Đúng, là đồng: 45.000.000 đồng là 45 triệu đồng"
    assert answered(told, YES).entry.state_funding == 45
    assert answered(told, NO).entry.state_funding == 45_000_000
    assert read(line(state_funding="99.999"), HELD, {asked(line(state_funding="99.999")).key: "99999"}).entry


def test_one_answer_says_what_a_column_of_money_counts():
    question = asked(line(4, social_funding=Decimal(12_500_000)))
    told = line(9, social_funding="320.750.000", state_funding="320")
    entry = read(told, HELD, {question.key: YES}).entry
    assert (entry.social_funding, entry.state_funding) == (Decimal("320.75"), 320)
    assert question.key != asked(line(state_funding="12.500.000")).key


def test_dong_that_make_no_round_number_of_millions_are_not_rounded():
    refused = answered(line(state_funding="45.000.123"), YES)
    assert [fault.column for fault in refused.faults] == ["state_funding"]
    assert "Số quá lẻ" in refused.faults[0].words


def test_an_amount_that_was_kept_is_not_asked_about():
    held = known(HELD.units, tasks=[kept(state_funding=Decimal(150_000))])
    changed = read(TaskLine(3, {"code": Decimal(7), "title": "Trường học mới"}), held, {})
    assert changed.entry.state_funding == 150_000


def test_a_movement_that_comes_close_is_asked_about():
    told = line(movement="Toàn dân bảo vệ ANTQ")
    assert answered(told, "Toàn dân bảo vệ an ninh Tổ quốc").entry.movement is HELD.movements[1]
    assert answered(told, NOT_LISTED).faults[0].column == "movement"


def test_movements_that_differ_by_accents_only_are_asked_about():
    held = known(movements=[Movement(id=1, name="Bản"), Movement(id=2, name="Bán")])
    assert [choice.value for choice in asked(line(movement="ban"), held).choices] == [
        "Bản",
        "Bán",
        NOT_LISTED,
    ]


def test_a_line_with_a_code_says_what_changes():
    task = kept()
    held = known(HELD.units, tasks=[task])
    same = read(cells_of(task, held), held, {})
    assert same.unchanged
    assert same.entry == entry_of(task)
    changed = read(TaskLine(3, {"code": Decimal(7), "title": "Lát gạch ngõ tổ 3"}), held, {})
    assert not changed.unchanged
    assert changed.task is task
    assert changed.entry == replace(entry_of(task), title="Lát gạch ngõ tổ 3")


def test_indicators_that_are_blank_are_taken_away():
    held = known(HELD.units, tasks=[kept()])
    told = cells_of(held.tasks[7], held)
    assert read(replace(told, indicators=(), no_indicators=True), held, {}).entry.indicators == ()
    assert len(read(replace(told, indicators=()), held, {}).entry.indicators) == 1


@pytest.mark.parametrize("status", [TaskStatus.SUBMITTED, TaskStatus.APPROVED, TaskStatus.CANCELLED])
def test_a_task_that_is_locked_may_stand_in_the_list_but_not_be_changed(status):
    held = known(HELD.units, tasks=[kept(status=status)])
    told = cells_of(held.tasks[7], held)
    assert read(told, held, {}).unchanged
    (fault,) = read(replace(told, cells={**told.cells, "title": "Khác"}), held, {}).faults
    assert (fault.column, "nên không sửa được nữa" in fault.words) == ("code", True)


def test_a_task_of_others_may_stand_in_the_list_but_not_be_taken_over():
    held = known(HELD.units, leads=["KP1"], tasks=[kept()])
    told = cells_of(held.tasks[7], held)
    assert read(told, held, {}).unchanged
    (fault,) = read(replace(told, cells={**told.cells, "lead": "KP1"}), held, {}).faults
    assert fault.words == "Đồng chí không được đăng ký, sửa phần việc của Khu phố 3."


def test_what_was_kept_is_taken_as_it_is_when_nothing_changes():
    """A unit that is gone, days outside: what nobody touches is not judged anew."""
    gone = kept(start_on=date(2023, 1, 1), due_on=date(2026, 1, 1), title="Ðường hoa")
    held = known(HELD.units, tasks=[gone])
    reading = read(cells_of(gone, held), held, {})
    assert reading.unchanged
    assert reading.lacking == ()


@pytest.mark.parametrize("code", ["8", "x", "7.5", "٧", "-7", "9" * 400, Decimal("7.5"), date(2024, 1, 1)])
def test_a_code_of_no_task_is_a_fault(code):
    held = known(HELD.units, tasks=[kept()])
    (fault,) = read(line(code=code), held, {}).faults
    assert (fault.column, "để trống ô này nếu là phần việc mới" in fault.words) == ("code", True)


def test_more_indicators_than_a_task_may_have_are_told_by_row():
    told = line()
    rows = tuple(replace(told.indicators[0], row=number) for number in range(5, 27))
    faults = read(replace(told, indicators=rows), HELD, {}).faults
    assert [(fault.row, fault.column) for fault in faults] == [(25, "label"), (26, "label")]


def test_the_grid_needs_no_columns_of_indicators():
    reading = read(replace(line(), indicators=()), HELD, {})
    assert reading.entry is not None
    assert [fault.column for fault in reading.lacking] == ["label"]
