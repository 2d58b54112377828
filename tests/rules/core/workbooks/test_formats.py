from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from pledges.core.workbooks.formats import Shape, built_in_shape, cell_of, iso_cell, shape_of


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("General", Shape.NUMBER), ("#,##0.00", Shape.NUMBER), ("0.00E+00", Shape.NUMBER),
        ('#,##0 "đồng"', Shape.NUMBER), ('#,##0" d/m/y"', Shape.NUMBER), (r"0\d", Shape.NUMBER),
        ("[Red]-#,##0;[Blue]0", Shape.NUMBER), ("_-* #,##0.00_d", Shape.NUMBER), ("@", Shape.NUMBER),
        ("[$₫-42A]#,##0", Shape.NUMBER), ("", Shape.NUMBER),
        ("0%", Shape.PERCENT), ("0.0#%;-0%", Shape.PERCENT), ('0"%"', Shape.NUMBER),
        ("d/m/yyyy", Shape.DATE), ("[$-42A]dd/mm/yyyy;@", Shape.DATE), ("mmm", Shape.DATE),
        ('"ngày" d "tháng" m', Shape.DATE), ("d/m/yyyy h:mm", Shape.DATE), ("YYYY-MM-DD", Shape.DATE),
        ("h:mm", Shape.CLOCK), ("mm:ss", Shape.CLOCK), ("[h]:mm", Shape.CLOCK), ("h:mm AM/PM", Shape.CLOCK),
    ],
)  # fmt: skip
def test_a_format_tells_what_a_number_means(code: str, shape: Shape):
    assert shape_of(code) is shape


def test_built_in_formats_are_known_by_their_numbers():
    assert [built_in_shape(number) for number in (0, 2, 9, 10, 14, 17, 18, 22, 49, 999)] == [
        Shape.NUMBER, Shape.NUMBER, Shape.PERCENT, Shape.PERCENT, Shape.DATE, Shape.DATE, Shape.CLOCK,
        Shape.DATE, Shape.NUMBER, Shape.NUMBER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("172", "172"), ("0.28999999999999998", "0.29"), ("0.30000000000000004", "0.3"), ("-0", "0"),
        ("1E+3", "1000"), ("1.5e-3", "0.0015"), ("1250000000", "1250000000"), (".5", "0.5"),
        ("99999999999999.9", "99999999999999.9"),
    ],
)  # fmt: skip
def test_a_number_is_the_one_excel_shows(raw: str, number: str):
    cell = cell_of(raw, Shape.NUMBER, "Arial", from_1904=False)
    assert str(cell.value) == number
    assert cell.font == "Arial"


@given(st.decimals(-(10**11), 10**11, places=4))
def test_what_was_typed_is_exact(typed: Decimal):
    assert cell_of(repr(float(typed)), Shape.NUMBER, "", from_1904=False).value == typed


@pytest.mark.parametrize("raw", ["nan", "inf", "1e999", "1_000", "mười", "1e15", "٣", "--1"])
def test_what_is_no_number_stays_text(raw: str):
    assert cell_of(raw, Shape.NUMBER, "", from_1904=False).value == raw


def test_a_percentage_is_what_it_shows():
    cell = cell_of("0.95", Shape.PERCENT, "", from_1904=False)
    assert (cell.value, cell.remark) == (Decimal(95), "Ô hiện 95%: lấy số 95.")
    assert cell_of("0.125", Shape.PERCENT, "", from_1904=False).value == Decimal("12.5")


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_days_are_counted_as_excel_does(day: date):
    raw = str(to_excel(datetime(day.year, day.month, day.day), CALENDAR_WINDOWS_1900))  # noqa: DTZ001
    assert cell_of(raw, Shape.DATE, "", from_1904=False).value == day


@given(st.dates(date(1904, 1, 1), date(9999, 12, 31)))
def test_days_are_counted_as_old_macintoshes_did(day: date):
    raw = str(to_excel(datetime(day.year, day.month, day.day), CALENDAR_MAC_1904))  # noqa: DTZ001
    assert cell_of(raw, Shape.DATE, "", from_1904=True).value == day


@pytest.mark.parametrize("raw", ["60", "-1", "2958466", "99999999"])
def test_a_day_that_never_was_is_a_fault(raw: str):
    cell = cell_of(raw, Shape.DATE, "", from_1904=False)
    assert cell.value == raw
    assert "không phải là một ngày có thật" in cell.fault


def test_of_a_day_with_a_time_the_day_is_taken():
    cell = cell_of("45380.604166666664", Shape.DATE, "", from_1904=False)
    assert cell.value == date(2024, 3, 29)
    assert cell.remark == "Chỉ lấy ngày 29/3/2024, bỏ giờ 14:30."
    assert cell_of("45380", Shape.DATE, "", from_1904=False).remark == ""


def test_a_time_of_day_is_text():
    assert cell_of("0.3125", Shape.CLOCK, "", from_1904=False).value == "7:30"
    assert cell_of("0.3125", Shape.DATE, "", from_1904=False).value == "7:30"
    assert cell_of("1.5", Shape.CLOCK, "", from_1904=False).value == "36:00"
    assert cell_of("-1.5", Shape.CLOCK, "", from_1904=False).fault


def test_a_written_out_day_is_read():
    assert iso_cell("2024-03-29", "").value == date(2024, 3, 29)
    assert iso_cell("2024-03-29T00:00:00.000Z", "").remark == ""
    assert iso_cell("2024-03-29T14:30:00", "").remark == "Chỉ lấy ngày 29/3/2024, bỏ giờ 14:30."
    assert iso_cell("2024-02-30", "").value == "2024-02-30"
