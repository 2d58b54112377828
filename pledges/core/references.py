"""Which rows other rows point at: what may not go, nor come to mean something else."""

from collections.abc import Collection
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.core.among import among
from pledges.core.base import Base


def pointed_at(session: Session, kind: type[Base], ids: Collection[int]) -> set[int]:
    """Those of the rows at which a row of another table points that does not go with them.

    One query for each table that does so, however many rows are asked about.
    """
    found: set[int] = set()
    asked_about = cast("sa.Table", kind.__table__)
    for table in Base.metadata.tables.values():
        for reference in table.foreign_keys:
            if reference.references(asked_about) and reference.ondelete != "CASCADE":
                column = reference.parent
                asked = sa.select(column).where(among(column, ids)).distinct().order_by(column)
                found |= set(session.scalars(asked))
    return found
