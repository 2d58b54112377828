"""The base of every table, and the mixin of records that people edit."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.orm.attributes import flag_modified

from pledges.core.types import Instant, Quantity

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables."""

    # Its own registry: Flask-SQLAlchemy copies the class, and a type_annotation_map beside it would not pass.
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, Decimal: Quantity, str: sa.Text},
    )


class Versioned:
    """A record that people edit: each change of the row raises `version`, and an edit states which one it saw."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it with the class
        """Let the mapper count the versions."""
        return {"version_id_col": cls.version}


def touch(record: Base) -> None:
    """Count a change of the record's parts (its rows in other tables) as a change of the record."""
    columns = sa.inspect(type(record)).column_attrs
    plain = next(column.key for column in columns if column.key not in {"id", "version"})
    flag_modified(record, plain)
