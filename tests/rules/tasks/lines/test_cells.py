"""One cell, in all the ways in which offices write it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledges.tasks.rows.cells import counting_of, day_of, direction_of, number_of, quoted, shown
from pledges.tasks.rows.findings import NO, YES, Findings, Place
from pledges.tasks.rules import Counting, Direction


def found_in(read, value, *, column="target", answer=None, **kw: Any):
    """What is read of the cell, its fault and its question; an answer is given to the question by its key."""
    place = Place(4, column, value)
    found = Findings({})
    got = read(place, found, **kw)
    if answer is not None:
        found = Findings({found.questions[0].key: answer})
        got = read(place, found, **kw)
    faults = [fault.words for fault in found.faults]
    return got, (faults or [None])[0], found.questions


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("94.5"), "94.5"),
        (Decimal("0.1234"), "0.1234"),
        (Decimal(12345678901234), "12345678901234"),
        ("1.234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        (" 1\u00a0234 ", "1234"),
        ("-46", "-46"),
        ("0", "0"),
        ("0,125", "0.125"),
        (None, None),
        ("  ", None),
    ],
)
def test_numbers_in_both_habits(value, number):
    got, fault, questions = found_in(number_of, value)
    assert got == (None if number is None else Decimal(number))
    assert (fault, questions) == (None, [])


@pytest.mark.parametrize(
    ("value", "measure", "number"),
    [
        ("95%", "% hồ sơ", "95"),
        ("95 %", "%", "95"),
        ("94,5 % hồ sơ", "% hồ sơ", "94.5"),
        ("450 m²", "m²", "450"),
        ("450m2", "m²", "450"),
        ("120 CÂY", "cây", "120"),
    ],
)
def test_a_number_may_say_its_own_measure(value, measure, number):
    assert found_in(number_of, value, measure=measure)[:2] == (Decimal(number), None)


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        ("95%", "hồ sơ", "Chỉ nhập số"),
        ("450 m", "m²", "Chỉ nhập số"),
        ("15 triệu", "", "cột đã ghi đơn vị, đồng chí chỉ nhập con số, ví dụ 15."),
        ("15,5 tr.đ", "", "“15,5 tr.đ”"),
        ("mười", "", "“mười”: Chỉ nhập số"),
        ("1.2.3", "", "Không đọc được số này"),
        ("10-20", "", "Không đọc được số này"),
        ("1e5", "", "Chỉ nhập số"),
        (Decimal("0.12345"), "", "Số quá lẻ"),
        (Decimal(123456789012345), "", "Số quá lớn"),
        (date(2024, 5, 1), "", "Ô này là ngày 1/5/2024, không phải con số."),
    ],
)
def test_what_is_no_number_is_refused_in_words(value, measure, words):
    got, fault, questions = found_in(number_of, value, measure=measure)
    assert (got, questions) == (None, [])
    assert words in fault


def test_a_number_that_reads_two_ways_is_asked_about():
    got, fault, (question,) = found_in(number_of, "1.234")
    assert (got, fault) == (None, None)
    assert [(choice.value, choice.label) for choice in question.choices] == [
        ("1234", "1.234 (dấu ngăn cách hàng nghìn)"),
        ("1,2340", "1,234 (dấu thập phân)"),
    ]
    assert found_in(number_of, "1.234", answer="1234")[:2] == (Decimal(1234), None)
    assert found_in(number_of, "1.234", answer="1,2340")[:2] == (Decimal("1.234"), None)


def test_an_answer_that_was_not_offered_is_asked_again():
    assert len(found_in(number_of, "1.234", answer="99")[2]) == 1


@pytest.mark.parametrize(
    "value",
    [
        date(2024, 3, 29),
        "29/3/2024",
        "29/03/2024",
        "29-3-2024",
        "29.3.2024",
        "29 / 3 / 2024",
        "2024-03-29",
        "2024-03-29 00:00:00",
        "2024-03-29T00:00",
        "ngày 29 tháng 3 năm 2024",
        "Ngày 29 tháng 03 năm 2024",
        "29 thang 3 nam 2024",
    ],
)
def test_days_in_all_their_forms(value):
    assert found_in(day_of, value) == (date(2024, 3, 29), None, [])


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("4/13/2024", date(2024, 4, 13)),
        ("12-31-2024", date(2024, 12, 31)),
        ("29/3/24", date(2024, 3, 29)),
        ("9.3.24", date(2024, 3, 9)),
    ],
)
def test_a_day_that_may_be_meant_is_asked_about(value, meant):
    got, fault, (question,) = found_in(day_of, value)
    assert (got, fault) == (None, None)
    assert question.words == f"“{value}” có phải là ngày {shown(meant)} không?"
    assert found_in(day_of, value, answer=YES) == (meant, None, [])
    refused, fault, questions = found_in(day_of, value, answer=NO)
    assert (refused, questions) == (None, [])
    assert fault.startswith(f"“{value}”: ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("31/4/2024", "Tháng 4 năm 2024 không có ngày 31."),
        ("32/13/2024", "Không có tháng 13"),
        ("32/13/24", "Năm phải viết đủ bốn chữ số"),
        ("30/4", "Không đọc được ngày này"),
        ("quý III/2024", "Không đọc được ngày này"),
        ("2024-03-29 07:30:00", "Không đọc được ngày này"),
        ("1/1/3024", "Năm phải từ 1900 đến 2100."),
        (date(1066, 10, 14), "Năm phải từ 1900 đến 2100."),
        (Decimal(45381), "ví dụ 30/3/2024."),
        (Decimal("4.5"), "Ô này là số 4,5, không phải ngày"),
        (Decimal(10) ** 12, "không phải ngày"),
        (Decimal(-3), "không phải ngày"),
    ],
)
def test_what_is_no_day_is_refused_in_words(value, words):
    got, fault, questions = found_in(day_of, value)
    assert (got, questions) == (None, [])
    assert words in fault


@pytest.mark.parametrize(
    ("value", "direction"),
    [
        (None, Direction.UP),
        ("tăng", Direction.UP),
        ("TĂNG LÊN", Direction.UP),
        ("Tăng lên (đạt từ chỉ tiêu trở lên)", Direction.UP),
        ("tang", Direction.UP),
        ("up", Direction.UP),
        ("≥", Direction.UP),
        (">=", Direction.UP),
        ("giảm", Direction.DOWN),
        ("Giảm xuống (không vượt chỉ tiêu)", Direction.DOWN),
        ("down", Direction.DOWN),
        ("≤", Direction.DOWN),
        ("xuống", Direction.DOWN),
    ],
)
def test_directions(value, direction):
    assert found_in(direction_of, value) == (direction, None, [])


@pytest.mark.parametrize(
    ("value", "percent", "counting"),
    [
        (None, False, Counting.ADDED),
        (None, True, Counting.LEVEL),
        ("số thêm", False, Counting.ADDED),
        ("Số thêm trong kỳ (cộng dồn)", False, Counting.ADDED),
        ("Cộng dồn", False, Counting.ADDED),
        ("yes", False, Counting.ADDED),
        ("có", False, Counting.ADDED),
        ("mức đạt", False, Counting.LEVEL),
        ("Mức đạt đến cuối kỳ", False, Counting.LEVEL),
        ("không cộng dồn", False, Counting.LEVEL),
        ("no", True, Counting.LEVEL),
        ("Không", False, Counting.LEVEL),
    ],
)
def test_ways_of_counting(value, percent, counting):
    assert found_in(counting_of, value, percent=percent) == (counting, None, [])


@pytest.mark.parametrize("words", ["lũy kế", "Luỹ kế", "Lũy kế đến cuối kỳ"])
def test_a_running_sum_is_asked_about(words):
    got, fault, (question,) = found_in(counting_of, words, percent=False)
    assert (got, fault) == (None, None)
    assert [choice.label for choice in question.choices] == [
        "Số thêm trong kỳ (cộng dồn)",
        "Mức đạt đến cuối kỳ",
    ]
    assert found_in(counting_of, words, percent=False, answer="level")[0] is Counting.LEVEL


@pytest.mark.parametrize(("read", "kw"), [(direction_of, {}), (counting_of, {"percent": False})])
def test_other_words_are_refused_with_those_to_write(read, kw):
    got, fault, _questions = found_in(read, "tùy", **kw)
    assert got is None
    assert fault.startswith("“tùy”: ghi “")


def test_long_text_is_cut_where_it_is_quoted():
    assert quoted("a" * 60) == f"“{'a' * 60}”"
    assert quoted("a" * 32_000) == f"“{'a' * 60}…”"
