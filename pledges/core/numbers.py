"""Numbers as Vietnamese offices write them: 1.234,56 with a point between thousands and a decimal comma.

What people type is read in either habit (1234,5 and 1234.5), and asked about where the two disagree.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

MOST_DIGITS: Final = 14
"""Digits a number may have before the decimal comma."""
MOST_PLACES: Final = 4
"""Digits a number may have after the decimal comma."""

_EMPTY: Final = "Hãy nhập một số, ví dụ 1234,5."
_NOT_ONLY_A_NUMBER: Final = "Chỉ nhập số, không kèm chữ, ký hiệu % hay đơn vị tính; ví dụ 1234,5."
_FOREIGN_DIGITS: Final = "Chỉ dùng các chữ số từ 0 đến 9, ví dụ 1234,5."
_MALFORMED: Final = "Không đọc được số này; hãy viết như 1234,5 hoặc 1.234,5."
_TOO_LONG: Final = f"Số quá lớn: nhiều nhất {MOST_DIGITS} chữ số trước dấu phẩy."
_TOO_FINE: Final = f"Số quá lẻ: nhiều nhất {MOST_PLACES} chữ số sau dấu phẩy."
_NOT_FINITE: Final = "a number to be printed must be finite"
_NOT_A_COUNT: Final = "a count is never negative"

_GROUP: Final = 3
# Word turns a typed hyphen into a dash, calculators write the true minus sign.
# The hyphen stays in front: elsewhere in a class of a pattern it would mean a range.
_MINUS: Final = "-\N{MINUS SIGN}\N{EN DASH}"
_NUMBER: Final = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)\s*(?:"
    r"(?P<one>[0-9]+[.,][0-9]+)"  # one separator: thousands or decimal
    r"|(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+))"
    r"|(?P<points>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<after_comma>[0-9]+)"
    r"|(?P<commas>[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.(?P<after_point>[0-9]+)"
    r"|(?P<gaps>[1-9][0-9]{0,2}(?:\s[0-9]{3})+)(?:[.,](?P<after_gaps>[0-9]+))?)"
)
_AMBIGUOUS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NOT_DIGITS: Final = re.compile(r"[^0-9]")
_EXACT: Final = Context(prec=200, rounding=ROUND_HALF_UP)


class NumberError(ValueError):
    """What was typed is no number that can be kept; ``message`` says it to the user."""

    def __init__(self, message: str) -> None:
        """Keep the Vietnamese sentence as ``message``."""
        super().__init__(message)
        self.message = message


class AmbiguousNumber(NumberError):
    """What was typed can be read in two ways: 1.234 is 1234 or 1 and 234 thousandths.

    ``text`` is what was typed, ``thousands`` and ``decimal`` are the readings, ``readings`` both;
    ``message`` asks which one is meant. ``format_input`` of a reading is read without a question.
    """

    def __init__(self, text: str, thousands: Decimal, decimal: Decimal) -> None:
        """Keep both readings and word the question."""
        self.text = text
        self.thousands = thousands
        self.decimal = decimal
        super().__init__(
            f"“{text}” là {format_input(thousands)} (dấu ngăn cách hàng nghìn) hay "
            f"{format_input(decimal)} (dấu thập phân)? Hãy nhập lại đúng một trong hai cách viết này."
        )

    @property
    def readings(self) -> tuple[Decimal, Decimal]:
        """The number with the separator taken between thousands, and as a decimal comma."""
        return self.thousands, self.decimal


def _within_limits(negative: bool, whole: str, places: str = "") -> Decimal:  # noqa: FBT001
    """Return the number of these digits, zero without a sign; refuse what a column can't hold."""
    whole, places = _NOT_DIGITS.sub("", whole).lstrip("0"), places.rstrip("0")
    if len(whole) > MOST_DIGITS:
        raise NumberError(_TOO_LONG)
    if len(places) > MOST_PLACES:
        raise NumberError(_TOO_FINE)
    number = Decimal(f"{whole or 0}.{places}")
    return -number if negative else number


def _refusal(text: str) -> NumberError:
    """Return the error that best tells what is wrong with ``text``, which is no number."""
    if not text:
        return NumberError(_EMPTY)
    if any(char.isalpha() or char in "%‰" for char in text):
        return NumberError(_NOT_ONLY_A_NUMBER)
    if any(char.isnumeric() and not char.isascii() for char in text):
        return NumberError(_FOREIGN_DIGITS)
    return NumberError(_MALFORMED)


def parse_number(text: str) -> Decimal:
    """Return the number a user typed: 1.234,56; 1234.5; 1234,5; 1 234; -46; +5.

    Zeros in front and at the end of the decimals don't count towards the limits (``MOST_DIGITS``,
    ``MOST_PLACES``). Only the digits 0 to 9 are taken; 1e5, NaN, 95% and 450 m² are refused.

    Raises ``AmbiguousNumber`` for one separator before exactly three digits that may be thousands (1.234
    and 1,234, but not 0,125, 1234,567 or 1.234.567), else ``NumberError``. Rule: numbers in this style
    are the office's own; the question instead of a guess is the product's.
    """
    text = text.strip()
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise _refusal(text)
    negative = match["sign"] != "" and match["sign"] in _MINUS
    if match["one"]:
        whole, places = re.split("[.,]", match["one"])
        decimal = _within_limits(negative, whole, places)
        if _AMBIGUOUS.fullmatch(match["one"]):
            raise AmbiguousNumber(text, _within_limits(negative, match["one"]), decimal)
        return decimal
    whole = match["whole"] or match["points"] or match["commas"] or match["gaps"]
    places = match["after_comma"] or match["after_point"] or match["after_gaps"] or ""
    return _within_limits(negative, whole, places)


def _digits(value: Decimal | int) -> tuple[str, str, str]:
    """Return the sign, the digits before and those after the decimal comma, without trailing zeros."""
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(_NOT_FINITE)
    whole, _, places = f"{number.copy_abs():f}".partition(".")
    return "-" if number < 0 else "", whole, places.rstrip("0")


def format_number(value: Decimal | int) -> str:
    """Return ``value`` as printed: 1.234,5; thousands by points, decimal comma, no trailing zeros.

    Never rounds. Raises ``ValueError`` for NaN and infinity.
    """
    sign, whole, places = _digits(value)
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{places}" if places else sign + grouped


def format_input(value: Decimal | int) -> str:
    """Return ``value`` as it stands in an input: 1234,5; ``parse_number`` reads it back without a question.

    Thousands are not parted, and 1,234 stands as 1,2340. Raises ``ValueError`` for NaN and infinity.
    """
    sign, whole, places = _digits(value)
    if not places:
        return sign + whole
    number = f"{whole},{places}"
    return f"{sign}{number}0" if _AMBIGUOUS.fullmatch(number) else sign + number


def format_percent(ratio: Fraction | Decimal | int, places: int = 0) -> str:
    """Return ``ratio`` (1 is the whole) in per cent with at most ``places`` decimals, halves up: 83%.

    Exact for fractions too; halves move away from zero. Raises ``ValueError`` for NaN and infinity.
    """
    return format_rounded(_fraction(ratio) * 100, places) + "%"


def format_rounded(value: Fraction | Decimal | int, places: int = 2) -> str:
    """Return ``value`` as printed, with at most ``places`` decimals, halves away from zero: 0,98.

    Exact for fractions. Raises ``ValueError`` for NaN and infinity.
    """
    return format_number(rounded(value, places))


def rounded(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """Return the number that ``format_rounded`` prints, for where figures stand as numbers."""
    exact = _fraction(value)
    steps = (abs(exact) * 10**places * 2 + 1) // 2
    return Decimal(-steps if exact < 0 else steps).scaleb(-places, _EXACT)


def places_to_follow(above: Fraction, below: Fraction | int, most: int = 2) -> int:
    """With how many decimals two shares are printed in per cent so that a reader's division gives what is printed.

    42,6% : 30,4% = 140%, which 43% : 30% is not. `most` where no fewer do; a count as `below` is exact anyway.
    """
    wanted = rounded(above / below * 100, 0)
    for places in range(most):
        shown = [Fraction(rounded(_fraction(one) * 100, places)) for one in (above, below)]
        if shown[1] and rounded(shown[0] / shown[1] * 100, 0) == wanted:
            return places
    return most


def _fraction(value: Fraction | Decimal | int) -> Fraction:
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(_NOT_FINITE)
    return Fraction(value)


def two_digits(count: int) -> str:
    """Return a count as official prose writes it, with two digits at least: 05, 24, 133.

    Numbers of documents follow the same rule (NĐ 30/2020/NĐ-CP, Phụ lục I). Raises ``ValueError`` for a
    negative count.
    """
    if count < 0:
        raise ValueError(_NOT_A_COUNT)
    return f"{count:02}"
