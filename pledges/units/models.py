"""Units as the database keeps them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledges.core.base import Base, Versioned
from pledges.core.text import fold, sort_key
from pledges.core.types import SORT_KEY, choice
from pledges.units.rules import DocumentStyle, UnitKind, alive


class Unit(Versioned, Base):
    """Đơn vị: an office, organisation, school, neighbourhood, ward, city or province.

    `path` names the units from the root down to this one by number ("/1/3/17/"): a unit lies below another exactly
    when its path begins with the other's. `position` is the order of the official list.
    """

    __tablename__ = "unit"
    __table_args__ = (
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", "validity"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", "own_parent"),
        sa.CheckConstraint("name <> ''", "name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    name: Mapped[str]
    short_name: Mapped[str]
    document_style: Mapped[DocumentStyle] = mapped_column(choice(DocumentStyle))
    block: Mapped[str] = mapped_column(default="")
    head_position: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    path: Mapped[str] = mapped_column(SORT_KEY, default="", index=True)
    name_fold: Mapped[str]
    name_sort: Mapped[str] = mapped_column(SORT_KEY)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    @validates("name")
    def _derive(self, _key: str, name: str) -> str:
        self.name_fold = fold(name)
        self.name_sort = sort_key(name)
        return name

    def alive(self, on: date) -> bool:
        """Whether the unit exists on the day."""
        return alive(self.valid_from, self.valid_to, on)

    def __repr__(self) -> str:
        """The unit for a developer's eye."""
        return f"<Unit {self.code}>"
