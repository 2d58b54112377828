"""What an import keeps of a file, the titles it holds against others, and how its questions are grouped."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.core.text import fold
from pledges.core.workbooks.sheets import Cell, Row, Sheet
from pledges.tasks.alike import Alike, Titles, titles_close
from pledges.tasks.importing.content import packed, unpacked
from pledges.tasks.importing.plan import act_words
from pledges.tasks.importing.questions import grouped
from pledges.tasks.rows.findings import Choice, Question
from tests.support.campaign_files import FILES, rows

TITLES = [row["title"] for row in rows(FILES / "tasks.csv")]
VALUES = st.none() | st.text(max_size=12) | st.dates() | st.decimals(allow_nan=False, allow_infinity=False)
CELLS = st.builds(Cell, VALUES, st.sampled_from(["", ".VnTime"]), st.text(max_size=5), st.text(max_size=5))
ROWS = st.builds(Row, st.integers(1, 9999), st.lists(CELLS, max_size=4).map(tuple))
SHEETS = st.builds(Sheet, st.text(max_size=9), st.lists(ROWS, max_size=3).map(tuple), st.integers(0, 9))


@given(st.lists(SHEETS, max_size=3).map(tuple))
def test_what_is_kept_of_a_file_is_what_was_read(sheets: tuple[Sheet, ...]):
    assert unpacked(packed(sheets)) == sheets


def test_numbers_stay_exact():
    (sheet,) = unpacked(packed([Sheet("", (Row(1, (Cell(Decimal("12345678901234.5678")),)),))]))
    assert sheet.rows[0].cells[0].value == Decimal("12345678901234.5678")


@st.composite
def reworded(draw: st.DrawFn) -> str:
    """A title of the campaign with some letters changed, dropped or added."""
    letters = list(draw(st.sampled_from(TITLES)))
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(letters)))
        letters[at : at + draw(st.integers(0, 3))] = draw(st.text("aeđô 12", max_size=3))
    return "".join(letters)


@given(st.lists(reworded() | st.sampled_from(TITLES) | st.text("ab c", max_size=9), max_size=12), reworded())
def test_many_titles_are_held_against_one_as_the_rule_says(there: list[str], title: str):
    titles = Titles()
    for number, one in enumerate(there):
        titles.add(fold(one), Alike(number, one, ""))
    expected = [number for number, one in enumerate(there) if titles_close(fold(title), fold(one))]
    assert [one.id for one in titles.close_to(fold(title))] == expected


@pytest.mark.parametrize(
    ("new", "changed", "words"),
    [
        (20, 2, "Ghi 20 phần việc mới, sửa 2 phần việc"),
        (1, 0, "Ghi 1 phần việc mới"),
        (0, 3, "Sửa 3 phần việc"),
        (0, 0, ""),
    ],
)
def test_an_act_names_what_it_does(new: int, changed: int, words: str):
    assert act_words("Ghi", new, "sửa", changed) == words


def test_a_question_is_asked_once_for_all_its_rows():
    choices = (Choice("KP1", "Khu phố 1"), Choice("KP2", "Khu phố 2"))
    asked = [Question(row, "lead", "lead-1", "Khu 1 nào?", choices) for row in (9, 4, 4)]
    other = Question(5, "target", "target-1", "số nào?", ())
    first, second = grouped([*asked, other], {"lead-1": "KP2", "target-1": "bịa"})
    assert first.legend == "Dòng 4, 9 · Đơn vị chủ trì: Khu 1 nào?"
    assert (first.answer, second.answer) == ("KP2", None)


def test_a_question_about_very_many_rows_names_the_first():
    (one,) = grouped([Question(row, "lead", "k", "?", ()) for row in range(2, 40)], {})
    assert one.legend.startswith("Dòng 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13… · ")
