"""A printed text is read back as a figure only where the figure, printed, is that very text."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.core.dates import format_date
from pledges.core.numbers import format_number, format_percent
from pledges.documents.books.figures import DAY, Figure, figure_of, span_of

FIGURES = {
    "150": (Decimal(150), "#,##0"),
    "1.250.000": (Decimal(1250000), "#,##0"),
    "1.234": (Decimal(1234), "#,##0"),
    "96,2": (Decimal("96.2"), "#,##0.0"),
    "-4,25": (Decimal("-4.25"), "#,##0.00"),
    "77%": (Decimal("0.77"), "#,##0%"),
    "42,6%": (Decimal("0.426"), "#,##0.0%"),
    "≤ 0": (Decimal(0), '"≤ "#,##0'),
    "26,1 (*)": (Decimal("26.1"), '#,##0.0" (*)"'),
    "29/3/2024": (date(2024, 3, 29), DAY),
}
TEXTS = (
    *("05", "2024", "1,50", "12.34", "1234567", "0912345678", "-0", "1.5.0", "150 triệu", "172/150", "–", ""),
    *(
        "29/03/2024",
        "31/4/2024",
        "3/2024",
        "=1+1",
        "Chưa có số liệu",
        "%",
        "≤ ",
        "1 %",
        "１５",
        "1e5",
        "150\n",
    ),
)


@pytest.mark.parametrize("text", FIGURES)
def test_what_is_a_figure_is_one(text):
    assert figure_of(text) == Figure(*FIGURES[text])


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_not_exactly_a_figure_stays_a_text(text):
    assert figure_of(text) == Figure(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_every_printed_number_is_read_back(number):
    assert figure_of(format_number(number)).value == number


@given(st.fractions(min_value=0, max_value=3, max_denominator=999))
def test_every_printed_share_is_read_back(ratio):
    said = format_percent(ratio)
    found = figure_of(said)
    assert found.format == "#,##0%"
    assert f"{found.value * 100:.0f}%" == said


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2100, 12, 31)))
def test_every_printed_day_is_read_back(day):
    assert figure_of(format_date(day)).value == day


@given(st.text(max_size=12))
def test_any_text_is_read_without_a_fault(text):
    assert figure_of(text).value == text or figure_of(text).format


def test_a_span_is_two_days_one_under_the_other():
    assert span_of("1/4/2024 –\n31/12/2024") == (date(2024, 4, 1), date(2024, 12, 31))
    for text in ("1/4/2024 – 31/12/2024", "1/4/2024 –\n", "–", "", "31/4/2024 –\n1/5/2024"):
        assert span_of(text) is None


def test_the_libraries_are_loaded_when_a_file_is_drawn():
    """They take a quarter of a second each, and a paper is drawn from an empty interpreter in less."""
    asked = (
        "import sys, pledges.documents.word.draw, pledges.documents.books.draw;"
        "print({'docx', 'openpyxl'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
