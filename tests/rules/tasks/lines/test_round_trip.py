"""What is exported reads as the task itself: over tasks with all kinds of text, numbers and days."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges.core.text import clean_line, with_vietnamese_d
from pledges.tasks.models import Indicator, Milestone, Task
from pledges.tasks.rows.cells import shown
from pledges.tasks.rows.columns import OF_INDICATOR
from pledges.tasks.rows.lines import TaskLine
from pledges.tasks.rows.readings import read
from pledges.tasks.rows.sheets import lines_of
from pledges.tasks.rows.writing import cells_of, entry_of
from pledges.tasks.rules import Direction, TaskStatus, is_percent
from pledges.units.models import Unit
from tests.support.lists import hk_movements, known, sheet_of, spring

UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""A list takes its time to be drawn, and the machine may be busy."""

MOVEMENTS = hk_movements()
FIRST, LAST = date(2024, 3, 29), date(2025, 6, 30)
WORDS = st.sampled_from(
    ["Tổng cộng", "I. Khối", "1.234", "12/4/2024", "=SUM(A1)", "Khu phố 3; KP1", "-", "x:y;z", "%"]
)
QUANTITY = st.decimals(
    min_value=Decimal("-99999999999999.9999"), max_value=Decimal("99999999999999.9999"), places=4
).map(lambda number: number.normalize() + 0)


def text(longest: int, *, least: int = 0) -> st.SearchStrategy[str]:
    """What a field keeps of all that can be typed."""
    typed = st.text(max_size=20) | WORDS | st.tuples(WORDS, st.text(max_size=9)).map(" ".join)
    return typed.map(lambda said: clean_line(with_vietnamese_d(said))[:longest].strip()).filter(
        lambda said: len(said) >= least and clean_line(with_vietnamese_d(said)) == said
    )


def days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(min_value=first, max_value=last)


@st.composite
def units(draw: Any) -> list[Unit]:
    """Units whose names are close, the same, or one the other's code; codes are their own."""
    name = st.sampled_from(
        ["KP1", "kp1", "Khu phố 1", "KHU PHO 1", "Khu phố 2", "Hội A, B và C", "A; B", "C\u0301"]
    )
    codes = draw(st.lists(st.sampled_from(["KP1", "KP2", "kp1", "A", "B", "C-1"]), min_size=1, unique=True))
    return [
        Unit(
            id=number,
            code=code,
            name=draw(name),
            short_name=draw(name),
            block="IV",
            position=number,
            path=f"/{number}/",
        )
        for number, code in enumerate(codes, 1)
    ]


@st.composite
def indicators(draw: Any, start_on: date, due_on: date, position: int) -> Indicator:
    direction = draw(st.sampled_from(Direction))
    low, high = sorted([draw(QUANTITY), draw(QUANTITY)])
    measure = draw(text(60, least=1))
    marks = draw(st.dictionaries(days(start_on, due_on), QUANTITY, max_size=3))
    return Indicator(
        position=position,
        label=draw(text(300, least=1)),
        baseline=low if direction is Direction.UP else high,
        target=high if direction is Direction.UP else low,
        measure=measure,
        direction=direction,
        accumulates=not is_percent(measure) and draw(st.booleans()),
        weight=draw(QUANTITY.filter(lambda number: number > 0)),
        measured_from=draw(st.none() | days(start_on, due_on)),
        milestones=[Milestone(on=on, value=value) for on, value in sorted(marks.items())],
    )


@st.composite
def tasks(draw: Any, there: list[Unit], number: int) -> Task:
    start_on = draw(days(FIRST, LAST - timedelta(days=1)))
    due_on = draw(days(start_on + timedelta(days=1), LAST))
    lead = draw(st.sampled_from(there))
    helping = draw(st.sets(st.sampled_from(range(len(there)))))
    count = draw(st.integers(0, 3))
    return Task(
        id=number,
        campaign=spring(),
        number=draw(st.none() | st.just(number)),
        status=TaskStatus.DRAFT,
        title=draw(text(300, least=1)),
        product=draw(text(500)),
        lead_unit=lead,
        lead_unit_id=lead.id,
        cooperating=[there[place] for place in sorted(helping) if there[place] is not lead],
        start_on=start_on,
        due_on=due_on,
        state_funding=abs(draw(QUANTITY)),
        social_funding=abs(draw(QUANTITY)),
        movement=draw(st.none() | st.sampled_from(MOVEMENTS)),
        indicators=[draw(indicators(start_on, due_on, position)) for position in range(1, count + 1)],
    )


@st.composite
def lists(draw: Any) -> tuple[list[Unit], list[Task]]:
    there = draw(units())
    return there, [draw(tasks(there, number)) for number in range(1, draw(st.integers(1, 3)) + 1)]


def exported(there: Any, kept: list[Task]) -> list[TaskLine]:
    lines: list[TaskLine] = []
    row = 2
    for task in kept:
        lines.append(cells_of(task, there, row))
        row = lines[-1].rows[-1] + 1
    return lines


def as_text(line: TaskLine) -> TaskLine:
    """The line as CSV has it: every cell as text."""
    return replace(
        line,
        cells={key: shown(value) for key, value in line.cells.items()},
        indicators=tuple(
            replace(below, cells={key: shown(value) for key, value in below.cells.items()})
            for below in line.indicators
        ),
    )


@UNHURRIED
@given(lists())
def test_a_line_reads_as_the_task_it_was_written_from(made: tuple[list[Unit], list[Task]]):
    there, kept = made
    held = known(there, tasks=kept, movements=MOVEMENTS)
    for task in kept:
        for written in (cells_of(task, held), as_text(cells_of(task, held))):
            nameless = replace(written, cells={**written.cells, "code": None})
            reading = read(nameless, held, {})
            assert not reading.faults
            assert not reading.questions
            assert reading.entry == entry_of(task)


@UNHURRIED
@given(lists())
def test_a_sheet_comes_back_as_it_was_written(made: tuple[list[Unit], list[Task]]):
    there, kept = made
    held = known(there, tasks=kept, movements=MOVEMENTS)
    written = exported(held, kept)
    back = lines_of(sheet_of(written))
    assert not back.faults
    assert not back.notes
    assert not back.unknown_headings
    assert [line.rows for line in back.lines] == [line.rows for line in written]
    for line, task in zip(back.lines, kept, strict=True):
        reading = read(line, held, {})
        assert reading.unchanged
        assert reading.task is task


@UNHURRIED
@given(lists())
def test_what_the_sheet_has_no_columns_for_stays(made: tuple[list[Unit], list[Task]]):
    there, kept = made
    held = known(there, tasks=kept, movements=MOVEMENTS)
    for task in kept:
        line = TaskLine(3, {"code": str(task.id), "title": "Đổi tên"})
        reading = read(line, held, {})
        assert reading.entry == replace(entry_of(task), title="Đổi tên")
        without = cells_of(task, held)
        told = tuple(
            replace(below, cells={key: below.cells[key] for key in OF_INDICATOR - {"weight", "milestones"}})
            for below in without.indicators
        )
        assert read(replace(without, indicators=told), held, {}).unchanged
