"""Fields that read what offices write: NFC text, Vietnamese dates and numbers, records by their number."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from pledges.core.dates import DateError, format_date, parse_date
from pledges.core.numbers import AmbiguousNumber, NumberError, format_input, format_number, parse_number
from pledges.core.text import clean_line, clean_text

LONGEST_LINE = 300
LONGEST_TEXT = 10_000
LARGEST_COUNT = 100_000


class LineField(StringField):
    """One line of text, cleaned to NFC; at most 300 letters unless told."""

    def __init__(
        self, label: str = "", validators: Sequence[Any] = (), *, longest: int = LONGEST_LINE, **kw: Any
    ) -> None:
        super().__init__(label, [*validators, Length(max=longest)], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed."""
        if valuelist:
            self.data = clean_line(str(valuelist[0]))
            self.raw_data = [self.data]  # so that blanks alone are no answer


class TextField(TextAreaField):
    """Several lines of text, cleaned to NFC; at most 10,000 letters unless told."""

    def __init__(
        self, label: str = "", validators: Sequence[Any] = (), *, longest: int = LONGEST_TEXT, **kw: Any
    ) -> None:
        super().__init__(label, [*validators, Length(max=longest)], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed."""
        if valuelist:
            self.data = clean_text(str(valuelist[0]))
            self.raw_data = [self.data]  # so that blanks alone are no answer


class TypedField(Field):
    """A line that is read as something: what was typed stays in sight when it can't be read."""

    widget = StringField.widget
    typed: str | None = None

    def read(self, text: str) -> Any:
        """What the text means; raises `ValueError` with a Vietnamese message."""
        raise ValueError(text)

    def write(self, value: Any) -> str:
        """The value as it is typed."""
        return str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing typed is nothing."""
        if not valuelist:
            return
        self.typed = clean_line(str(valuelist[0]))
        self.raw_data = [self.typed]
        self.data = None
        if self.typed:
            self.data = self.read(self.typed)

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else self.write(self.data)


class DayField(TypedField):
    """A day, written 25/10/2024."""

    data: date | None

    def read(self, text: str) -> date:
        """The day that the text names."""
        try:
            return parse_date(text)
        except DateError as error:
            raise ValueError(error.message) from None

    def write(self, value: Any) -> str:
        """The day as it is typed."""
        return format_date(value)


class QuantityField(TypedField):
    """A number, written 1.234,5 or 1234.5; an ambiguous one is asked about."""

    data: Decimal | None

    def read(self, text: str) -> Decimal:
        """The number that the text names."""
        try:
            return parse_number(text)
        except NumberError as error:
            raise ValueError(error.message) from None

    def write(self, value: Any) -> str:
        """The number as it is typed."""
        return format_input(value)


class CountField(QuantityField):
    """A whole number from zero, or from `least`, to 100,000, read into an `int`."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), *, least: int = 0, **kw: Any) -> None:
        super().__init__(label, validators, **kw)
        self.least = least

    def read(self, text: str) -> Any:
        """The whole number that the text names; what is none is told of one, and not how measures are written."""
        wrong = f"Phải là số nguyên từ {self.least} trở lên."
        try:
            number = parse_number(text)
        except AmbiguousNumber as error:
            raise ValueError(error.message) from None
        except NumberError:
            raise ValueError(wrong) from None
        if number != number.to_integral_value() or number < self.least:
            raise ValueError(wrong)
        if number > LARGEST_COUNT:
            raise ValueError(f"Không được quá {format_number(LARGEST_COUNT)}.")
        return int(number)

    def write(self, value: Any) -> str:
        """The number as it is typed."""
        return str(value)


def _coerce(kind: type[StrEnum]) -> Callable[[Any], StrEnum | None]:
    def coerce(value: Any) -> StrEnum | None:
        return kind(value) if value else None

    return coerce


def choices_of(kind: type[StrEnum], *, empty: str | None = None) -> list[SelectChoice]:
    """The members of an enumeration with their labels, after an empty choice when one is named."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(member.value, member.label) for member in kind]  # type: ignore[attr-defined]


class ChoiceField(SelectField):
    """A member of an enumeration out of a list."""

    def __init__(
        self,
        label: str,
        kind: type[StrEnum],
        validators: Sequence[Any] = (),
        *,
        empty: str | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(label, validators, coerce=_coerce(kind), choices=choices_of(kind, empty=empty), **kw)


class ChoiceRadioField(RadioField):
    """A member of an enumeration out of a few, all in sight."""

    def __init__(self, label: str, kind: type[StrEnum], validators: Sequence[Any] = (), **kw: Any) -> None:
        super().__init__(label, validators, coerce=_coerce(kind), choices=choices_of(kind), **kw)


def _number(value: Any) -> int | None:
    return int(value) if value not in ("", None) else None


class RecordField(SelectField):
    """One record out of a list, by its number: `offer` says which, `record` gives the chosen one."""

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, empty: str | None = None, **kw: Any
    ) -> None:
        self.empty = empty
        self.offered: dict[int, Any] = {}
        super().__init__(label, validators, coerce=_number, choices=[], **kw)

    def offer(
        self, records: Iterable[Any], name: Callable[[Any], str], group: Callable[[Any], str] | None = None
    ) -> None:
        """Offer these records under their names, in groups when they are told."""
        self.offered = {record.id: record for record in records}
        first = [SelectChoice("", self.empty)] if self.empty is not None else []
        self.choices = first + _record_choices(self.offered, name, group)

    @property
    def record(self) -> Any:
        """The chosen record, or None."""
        return self.offered.get(self.data) if self.data is not None else None


class RecordsField(SelectMultipleField):
    """Some records out of a list, as boxes to tick; `records` gives the chosen ones."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, validators: Sequence[Any] = (), **kw: Any) -> None:
        self.offered: dict[int, Any] = {}
        super().__init__(label, validators, coerce=int, choices=[], **kw)

    def offer(self, records: Iterable[Any], name: Callable[[Any], str]) -> None:
        """Offer these records under their names."""
        self.offered = {record.id: record for record in records}
        self.choices = _record_choices(self.offered, name, None)

    @property
    def records(self) -> list[Any]:
        """The chosen records, in the order in which they are offered."""
        return [record for number, record in self.offered.items() if number in (self.data or ())]


def _record_choices(
    offered: dict[int, Any], name: Callable[[Any], str], group: Callable[[Any], str] | None
) -> list[SelectChoice]:
    return [
        SelectChoice(str(number), name(record), optgroup=(group(record) or None) if group else None)
        for number, record in offered.items()
    ]


REQUIRED = InputRequired()
"""An answer is needed."""
OPTIONAL = Optional()
"""No answer is an answer too."""
