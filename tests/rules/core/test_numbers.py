from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pledges.core.numbers import (
    MOST_DIGITS,
    MOST_PLACES,
    AmbiguousNumber,
    NumberError,
    format_input,
    format_number,
    format_percent,
    format_rounded,
    parse_number,
    two_digits,
)

limit = 10**MOST_DIGITS
numbers = st.decimals(-limit + 1, limit - 1, places=MOST_PLACES) | st.decimals(-2000, 2000, places=3)
ratios = st.decimals(-100, 100, places=6)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", "5"),
        ("05", "5"),
        ("1234", "1234"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.250.000.000", "1250000000"),
        ("1 234", "1234"),
        ("1\xa0234\u202f567,5", "1234567.5"),
        ("1 234.5", "1234.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        ("1,2340", "1.234"),
        ("-46", "-46"),
        ("\N{MINUS SIGN}46", "-46"),
        ("\N{EN DASH}46", "-46"),
        ("- 46,5", "-46.5"),
        ("+5", "5"),
        ("  7 ", "7"),
        ("99999999999999,9999", "99999999999999.9999"),
        ("00099999999999999", "99999999999999"),
        ("1,50000000", "1.5"),
    ],
)
def test_numbers_are_read_in_either_habit(typed: str, number: str):
    assert parse_number(typed) == Decimal(number)


def test_zero_has_no_sign():
    assert str(parse_number("-0")) == str(parse_number("0")) == "0"


@pytest.mark.parametrize(
    ("typed", "thousands", "decimal"),
    [
        ("1.234", "1234", "1.234"),
        ("1,234", "1234", "1.234"),
        ("999.000", "999000", "999"),
        ("-1.234", "-1234", "-1.234"),
    ],
)
def test_a_number_with_two_readings_is_asked_about(typed: str, thousands: str, decimal: str):
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number(typed)
    assert caught.value.text == typed
    assert caught.value.readings == (Decimal(thousands), Decimal(decimal))


def test_the_question_shows_both_readings_as_they_can_be_typed():
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number("1.234")
    assert (
        caught.value.message
        == str(caught.value)
        == (
            "“1.234” là 1234 (dấu ngăn cách hàng nghìn) hay 1,2340 (dấu thập phân)? "
            "Hãy nhập lại đúng một trong hai cách viết này."
        )
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Hãy nhập một số"),
        (" \t", "Hãy nhập một số"),
        ("95%", "không kèm chữ, ký hiệu %"),
        ("450 m²", "không kèm chữ, ký hiệu %"),
        ("5 triệu", "không kèm chữ, ký hiệu %"),
        ("1e5", "không kèm chữ"),
        ("NaN", "không kèm chữ"),
        ("-inf", "không kèm chữ"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", "các chữ số từ 0 đến 9"),
        ("2²", "các chữ số từ 0 đến 9"),
        ("\N{ARABIC-INDIC DIGIT TWO}", "các chữ số từ 0 đến 9"),
        ("1.23.456", "Không đọc được số này"),
        ("0.123.456", "Không đọc được số này"),
        ("1.234 567", "Không đọc được số này"),
        ("1.234,567.8", "Không đọc được số này"),
        ("12 34", "Không đọc được số này"),
        ("1_000", "Không đọc được số này"),
        (",5", "Không đọc được số này"),
        ("5,", "Không đọc được số này"),
        ("--5", "Không đọc được số này"),
        (".", "Không đọc được số này"),
        ("-", "Không đọc được số này"),
        ("1" + "0" * MOST_DIGITS, "nhiều nhất 14 chữ số trước dấu phẩy"),
        ("100.000.000.000.000", "nhiều nhất 14 chữ số trước dấu phẩy"),
        ("1,23456", "nhiều nhất 4 chữ số sau dấu phẩy"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(typed: str, told: str):
    with pytest.raises(NumberError) as caught:
        parse_number(typed)
    assert not isinstance(caught.value, AmbiguousNumber)
    assert told in caught.value.message
    assert caught.value.message.endswith(".")


@given(st.text() | st.text(st.sampled_from("0123.,+- \xa0%e\N{MINUS SIGN}")))
@example("+1")
@example(",1")
def test_no_digit_is_ever_lost(typed: str):
    try:
        number = parse_number(typed)
    except NumberError as error:
        assert error.message  # noqa: PT017 - any error will do, if it speaks
    else:
        digits = "".join(char for char in typed if char in "0123456789")
        assert f"{abs(number):f}".replace(".", "").strip("0") == digits.strip("0")


@given(numbers)
@example(Decimal("1.234"))
@example(Decimal("-999.001"))
@example(Decimal(0))
def test_an_input_is_read_back_without_a_question(number: Decimal):
    assert parse_number(format_input(number)) == number


@given(numbers)
@example(Decimal(1234))
def test_a_printed_number_is_read_back_or_asked_about(number: Decimal):
    try:
        assert parse_number(format_number(number)) == number
    except AmbiguousNumber as question:
        assert number in question.readings  # noqa: PT017 - both outcomes are right


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-"]))
def test_one_separator_before_three_digits_is_always_asked_about(
    whole: int, places: int, separator: str, sign: str
):
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number(f"{sign}{whole}{separator}{places:03}")
    for reading in caught.value.readings:
        assert parse_number(format_input(reading)) == reading
    assert caught.value.thousands == caught.value.decimal * 1000


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Decimal("1234.5"), "1.234,5"),
        (Decimal("1234.56"), "1.234,56"),
        (1250000000, "1.250.000.000"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("95.0000"), "95"),
        (Decimal("0.125"), "0,125"),
        (Decimal("-46.50"), "-46,5"),
        (Decimal(-1234), "-1.234"),
        (Decimal("-0.00"), "0"),
        (0, "0"),
        (999, "999"),
        (
            Decimal("12345678901234567890123456789012345.5"),
            "12.345.678.901.234.567.890.123.456.789.012.345,5",
        ),
    ],
)
def test_printed_numbers(number: Decimal | int, printed: str):
    assert format_number(number) == printed


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1234, "1234"),
        (Decimal("1.234"), "1,2340"),
        (Decimal("0.125"), "0,125"),
        (Decimal("-1234.50"), "-1234,5"),
    ],
)
def test_numbers_in_inputs(number: Decimal | int, shown: str):
    assert format_input(number) == shown


@pytest.mark.parametrize("name", ["NaN", "sNaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("printer", [format_number, format_input, format_percent])
def test_only_finite_numbers_are_printed(name: str, printer: Callable[[Decimal], str]):
    with pytest.raises(ValueError, match="finite"):
        printer(Decimal(name))


@pytest.mark.parametrize(
    ("ratio", "places", "printed"),
    [
        ("0.8333", 0, "83%"),
        ("0.8333", 1, "83,3%"),
        ("0.5", 1, "50%"),
        ("0.125", 0, "13%"),
        ("0.135", 0, "14%"),
        ("-0.125", 0, "-13%"),
        ("-0.001", 0, "0%"),
        ("1.147", 0, "115%"),
        ("12.5", 0, "1.250%"),
        ("1234567890123456789012345678901.5", 0, "123.456.789.012.345.678.901.234.567.890.150%"),
        ("0.1249999999999999999999999999999999", 0, "12%"),
    ],
)
def test_per_cent(ratio: str, places: int, printed: str):
    assert format_percent(Decimal(ratio), places) == printed


def test_per_cent_of_a_whole_number():
    assert format_percent(1) == "100%"


def test_a_share_is_rounded_from_its_exact_fraction():
    assert format_percent(Fraction(5, 6)) == "83%"
    assert format_percent(Fraction(1, 200)) == "1%"
    assert format_percent(Fraction(-1, 200)) == "-1%"
    assert format_rounded(Fraction(5, 6) / Fraction(188, 222)) == "0,98"
    assert format_rounded(Fraction(9, 10)) == "0,9"


@given(ratios, st.integers(0, 3))
def test_per_cent_is_rounded_by_half_a_step_at_most(ratio: Decimal, places: int):
    shown = Decimal(format_percent(ratio, places).rstrip("%").replace(".", "").replace(",", "."))
    step = Decimal(1).scaleb(-places)
    away = abs(shown) - abs(ratio) * 100
    assert -step / 2 < away <= step / 2
    assert shown % step == 0


@pytest.mark.parametrize(
    ("count", "written"), [(0, "00"), (5, "05"), (9, "09"), (10, "10"), (24, "24"), (133, "133")]
)
def test_counts_in_prose(count: int, written: str):
    assert two_digits(count) == written


def test_a_count_is_never_negative():
    with pytest.raises(ValueError, match="negative"):
        two_digits(-1)
