"""Numbers in addresses: those that a record can have; no other reaches the database, which takes no longer ones."""

from flask import Flask, request
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2**31 - 1
"""The largest number that a record can have: PostgreSQL's INTEGER."""
_DIGITS = len(str(LARGEST))


class RecordNumber(IntegerConverter):
    """`<int:…>` of a path: a number that no record can have is an address that there is not."""

    regex = f"[0-9]{{1,{_DIGITS}}}"

    def to_python(self, value: str) -> int:
        """The number, when a record can have it."""
        number = int(value)
        if number > LARGEST:
            raise ValidationError
        return number


def number_of(typed: str) -> int | None:
    """The number of a record that a text names; None when it names none that a record can have."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS):
        return None
    number = int(typed)
    return number if number <= LARGEST else None


def number_in(argument: str) -> int | None:
    """The number that an argument of the address names; None when it names none that a record can have."""
    return number_of(request.args.get(argument, ""))


def numbers_in(argument: str) -> list[int]:
    """The numbers of records that an argument names, each once, in the order of the address."""
    found = (number_of(text) for text in request.args.getlist(argument))
    return list(dict.fromkeys(number for number in found if number is not None))


def init(app: Flask) -> None:
    """Bound the numbers of every path; before the paths are told."""
    app.url_map.converters["int"] = RecordNumber
