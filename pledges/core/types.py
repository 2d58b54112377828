"""Column types: exact quantities, aware instants, and enumerations that the database checks too."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

PLACES = 4
"""Decimal places that a stored quantity keeps."""

SORT_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""A column for `text.sort_key`: ordered by code point on every database, whatever locale the server has."""

_SCALE = Decimal(10) ** PLACES
_LIMIT = Decimal(10) ** 14


class Quantity(TypeDecorator[Decimal]):
    """An exact `Decimal` with four places, below 10^14 in size.

    PostgreSQL stores NUMERIC; SQLite, which would make a float of it, stores the whole number of ten-thousandths.
    Raises `ValueError` for a number that would be rounded or that does not fit.
    """

    impl = sa.Numeric(18, PLACES)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The column as the given database keeps it."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.Numeric(18, PLACES))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The value as it is sent to the database."""
        if value is None:
            return None
        number = Decimal(value)
        scaled = number * _SCALE
        if abs(number) >= _LIMIT or scaled != scaled.to_integral_value():
            message = f"{number} has more than {PLACES} decimal places or more than 14 digits"
            raise ValueError(message)
        return int(scaled) if dialect.name == "sqlite" else number

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The value as Python reads it: normalised, so that 150.0000 reads as 150."""
        if value is None:
            return None
        number = Decimal(value) / _SCALE if dialect.name == "sqlite" else Decimal(value)
        whole = number.to_integral_value()
        return whole if number == whole else number.normalize()


class Instant(TypeDecorator[datetime]):
    """A moment: aware, in UTC, on every database (SQLite forgets zones)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; send UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its zone"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum]) -> sa.Enum:
    """A column for an enumeration: its words as text, with a CHECK that knows them all."""
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
