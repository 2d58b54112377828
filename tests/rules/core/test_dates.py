from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.core.dates import (
    DateError,
    format_date,
    format_instant,
    format_month,
    long_date,
    parse_date,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "typed",
    ["29/3/2024", "29/03/2024", "29-3-2024", "29-03-2024", "29.3.2024", "2024-03-29", " 29 / 3 / 2024 "],
)
def test_the_day_of_the_launch_is_read(typed: str):
    assert parse_date(typed) == date(2024, 3, 29)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Hãy nhập ngày, ví dụ 29/3/2024."),
        ("29/3/24", "Năm phải viết đủ bốn chữ số, ví dụ 29/3/2024."),
        ("29.3.4", "Năm phải viết đủ bốn chữ số, ví dụ 29/3/2024."),
        ("31/12/1899", "Năm phải từ 1900 đến 2100."),
        ("2101-01-01", "Năm phải từ 1900 đến 2100."),
        ("30/2/2024", "Tháng 2 năm 2024 không có ngày 30."),
        ("29/2/2023", "Tháng 2 năm 2023 không có ngày 29."),
        ("29/2/1900", "Tháng 2 năm 1900 không có ngày 29."),
        ("31/4/2024", "Tháng 4 năm 2024 không có ngày 31."),
        ("2024-04-31", "Tháng 4 năm 2024 không có ngày 31."),
        ("0/4/2024", "Tháng 4 năm 2024 không có ngày 0."),
        ("3/29/2024", "Không có tháng 29; hãy viết ngày trước, tháng sau, ví dụ 29/3/2024."),
        ("3/0/2024", "Không có tháng 0; hãy viết ngày trước, tháng sau, ví dụ 29/3/2024."),
    ],
)
def test_what_is_wrong_with_a_date_is_said(typed: str, told: str):
    with pytest.raises(DateError) as caught:
        parse_date(typed)
    assert caught.value.message == str(caught.value) == told


@pytest.mark.parametrize(
    "typed",
    [
        "29/3",
        "29/3-2024",
        "2024/03/29",
        "29/3/20245",
        "29032024",
        "hôm nay",
        "29/3/2024 16:42",
        "٢٩/3/2024",
        "-1/3/2024",
    ],
)
def test_other_ways_of_writing_are_refused_with_an_example(typed: str):
    with pytest.raises(DateError) as caught:
        parse_date(typed)
    assert caught.value.message == "Không đọc được ngày này; hãy viết ngày/tháng/năm, ví dụ 29/3/2024."


@given(days)
def test_a_written_date_is_read_back(day: date):
    for written in (
        format_date(day),
        f"{day.day:02}/{day.month:02}/{day.year}",
        day.isoformat(),
        format_date(day).replace("/", "."),
    ):
        assert parse_date(written) == day


@given(st.text() | st.text(st.sampled_from("0123456789/.- ")))
def test_anything_else_is_refused_in_words(typed: str):
    try:
        day = parse_date(typed)
    except DateError as error:
        assert error.message.endswith(".")  # noqa: PT017 - any error will do, if it speaks
    else:
        assert 1900 <= day.year <= 2100


def test_tables_and_inputs_leave_zeros_out():
    assert format_date(date(2024, 3, 9)) == "9/3/2024"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 3, 29), "ngày 29 tháng 3 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (date(2024, 1, 1), "ngày 01 tháng 01 năm 2024"),
        (date(2024, 2, 10), "ngày 10 tháng 02 năm 2024"),
        (date(2024, 11, 7), "ngày 07 tháng 11 năm 2024"),
    ],
)
def test_documents_carry_the_date_in_words(day: date, written: str):
    assert long_date(day) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 9, 15), "tháng 9/2024"),
        (date(2024, 12, 1), "tháng 12/2024"),
        (date(2024, 1, 31), "tháng 1/2024"),
    ],
)
def test_months(day: date, written: str):
    assert format_month(day) == written


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (datetime(2024, 10, 15, 9, 42, tzinfo=UTC), "16:42 ngày 15/10/2024"),
        (datetime(2024, 3, 4, 17, 0, tzinfo=UTC), "00:00 ngày 5/3/2024"),
        (datetime(2024, 3, 4, 16, 59, 59, tzinfo=UTC), "23:59 ngày 4/3/2024"),
        (datetime(2024, 3, 4, 9, 5, tzinfo=timezone(timedelta(hours=7))), "09:05 ngày 4/3/2024"),
    ],
)
def test_instants_are_shown_by_the_clock_of_the_office(instant: datetime, shown: str):
    assert format_instant(instant) == shown


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        format_instant(datetime(2024, 3, 4, 9, 5))  # noqa: DTZ001 - it is what is refused


@pytest.mark.parametrize("writer", [format_date, format_month, long_date])
def test_an_instant_is_not_taken_for_a_date(writer: Callable[[date], str]):
    with pytest.raises(TypeError, match="instant"):
        writer(datetime(2024, 3, 4, 18, 0, tzinfo=UTC))
