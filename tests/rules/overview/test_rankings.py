"""Rankings: the parts add up to the board, ties are told, and nobody is ranked by a figure that isn't there."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.core.numbers import rounded
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.rankings import NO_PERSON, Figure, Figures, Person, Ranked, Ranking, Scope, rank
from pledges.progress.states import TaskState
from tests.rules.overview import campaign_board

NOW = campaign_board.board(date(2024, 10, 15))
PEOPLE = {
    number: Person(number % 4, f"Cán bộ {number % 4}", "Công chức") for number in range(1, 25) if number % 5
}


def grouped(board: Board = NOW) -> Board:
    """The board with movements: every third task is linked to none."""
    rows = [
        replace(row, card=replace(row.card, movement=("", "Nông thôn mới", "Xanh")[row.card.number % 3]))
        for row in board.rows
    ]
    return board.part(rows)


def every(ranking: Ranking) -> list[Ranked]:
    return [*ranking.ranked, *([ranking.rest] if ranking.rest else [])]


@pytest.mark.parametrize("figure", Figure)
@pytest.mark.parametrize("scope", Scope)
def test_all_together_are_the_board(scope: Scope, figure: Figure):
    ranking = rank(grouped(), scope, figure, PEOPLE)
    found = every(ranking)
    numbers = [row.card.number for one in found for row in one.figures.part.rows]
    assert sorted(numbers) == list(range(1, 25)), "each task once"
    assert sum(one.figures.tasks for one in found) == NOW.registered == ranking.whole.tasks
    assert sum(one.figures.done for one in found) == ranking.whole.done == 6
    assert sum(one.figures.reports.expected for one in found) == sum(
        one.counts.expected for one in NOW.disciplines
    )
    assert sum(one.figures.reports.on_time for one in found) == ranking.whole.reports.on_time
    progress = [
        share for one in found for row in one.figures.averaged if (share := row.standing.progress) is not None
    ]
    assert sum(progress, Fraction(0)) / len(progress) == NOW.mean.progress


@pytest.mark.parametrize("figure", Figure)
def test_who_stands_higher_has_more_and_equals_share_a_place(figure: Figure):
    ranking = rank(NOW, Scope.UNIT, figure)
    ranked = [one for one in ranking.ranked if one.place is not None]
    shares = [one.figures.of(figure) for one in ranked]
    assert shares == sorted(shares, reverse=True)
    for one in ranked:
        share = one.figures.of(figure)
        assert one.place == 1 + sum(other > share for other in shares)
        assert one.tied is (shares.count(share) > 1)
        assert one.place_words == f"{one.place}{'=' if one.tied else ''}"


def test_a_place_after_a_tie_is_as_many_further_down():
    places = [one.place_words for one in rank(NOW, Scope.UNIT, Figure.PROGRESS).ranked]
    assert places[:7] == ["1=", "1=", "1=", "1=", "1=", "6", "7"]


def test_a_unit_without_figures_is_not_ranked_by_progress_and_named_with_its_tasks():
    silent = campaign_board.board(date(2024, 4, 20))
    ranking = rank(silent, Scope.UNIT, Figure.PROGRESS)
    assert all(one.place is None and one.place_words == "–" for one in ranking.ranked)
    first = ranking.ranked[0].figures
    assert first.reckoned(Figure.PROGRESS) == "chưa có số liệu"
    assert [row.card.number for row in first.without_figures] == [1]
    assert rank(silent, Scope.UNIT, Figure.DONE).ranked[0].place == 1


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure.PROGRESS, "155% : 2 phần việc = 78%"),
        (Figure.RATIO, "78% : 96% = 81%"),
        (Figure.DONE, "1 : 2 phần việc = 50%"),
        (Figure.REPORTS, "9 : 11 báo cáo = 82%"),
    ],
)
def test_the_formula_in_figures(figure: Figure, words: str):
    rows = [row for row in NOW.rows if row.card.number in {5, 6}]
    assert Figures(NOW.part(rows)).reckoned(figure) == words


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        (Fraction(426, 1000), Fraction(304, 1000), ("42,6%", "30,4%")),
        (Fraction(1, 2), Fraction(1, 4), ("50%", "25%")),
        (Fraction(1, 300), Fraction(1, 400), ("0,33%", "0,25%")),
        (Fraction(3505, 1000), 2, ("350,5%", "200%")),
    ],
)
def test_what_is_divided_is_as_exact_as_its_reader_needs(
    above: Fraction, below: Fraction | int, shown: tuple[str, str]
):
    assert wording.divided(above, below) == shown


def _number(words: str) -> Fraction:
    found = re.match(r"[\d,]+", words)
    assert found is not None
    return Fraction(found[0].replace(",", "."))


@pytest.mark.parametrize("figure", [Figure.PROGRESS, Figure.RATIO])
def test_every_formula_gives_what_it_says(figure: Figure):
    ranked = rank(NOW, Scope.UNIT, figure).ranked
    said = [one.figures.reckoned(figure) for one in ranked if one.place is not None]
    assert said
    for words in said:
        above, rest = words.split(" : ")
        below, result = rest.split(" = ")
        scale = 100 if "%" in below else 1
        assert rounded(_number(above) / _number(below) * scale, 0) == _number(result), words


def test_a_cancelled_task_counts_nowhere():
    rows = [replace(row, standing=replace(row.standing, state=TaskState.CANCELLED)) for row in NOW.rows[:2]]
    own = Figures(NOW.part(rows))
    assert (own.tasks, own.done, own.of(Figure.DONE), own.of(Figure.PROGRESS)) == (0, 0, None, None)
    assert own.without_figures == ()


def test_tasks_of_nobody_are_told_apart_from_persons():
    ranking = rank(NOW, Scope.PERSON, Figure.PROGRESS, PEOPLE)
    assert ranking.rest is not None
    assert ranking.rest.title == NO_PERSON
    assert ranking.rest.place is None
    assert {row.card.number for row in ranking.rest.figures.part.rows} == {5, 10, 15, 20}
    assert {one.note for one in ranking.ranked} == {"Công chức"}
    assert rank(NOW, Scope.PERSON, Figure.PROGRESS).ranked == ()


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 23)))
def test_any_part_is_reckoned_as_the_board_is(places: set[int]):
    rows = [NOW.rows[place] for place in sorted(places)]
    part = NOW.part(rows)
    rest = NOW.part([row for row in NOW.rows if row not in rows])
    assert part.registered + rest.registered == NOW.registered
    for one, other, both in zip(part.disciplines, rest.disciplines, NOW.disciplines, strict=True):
        assert one.counts.expected + other.counts.expected == both.counts.expected
        assert one.counts.received + other.counts.received == both.counts.received
    assert len(part.needs) + len(rest.needs) == len(NOW.needs)
