"""The log: one row for every change, chained by SHA-256.

Triggers that the first migration makes let the database refuse to change or remove a row.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pledges.audit.rules import Sealed
from pledges.core.base import Base


class LogEntry(Base):
    """Một mục nhật ký: who, in which post, did what to which record, when; before and after.

    The words are frozen: the entry outlives accounts and names, so it points to no other table.
    """

    __tablename__ = "log_entry"
    __table_args__ = (sa.Index(None, "subject_kind", "subject_id", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str]
    actor_post: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    note: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    def sealed(self) -> Sealed:
        """What the entry's hash covers."""
        return Sealed(
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            actor_post=self.actor_post,
            action=self.action,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            note=self.note,
            before=self.before,
            after=self.after,
            previous=self.previous,
        )


_SQLITE_REFUSAL = (
    "CREATE TRIGGER log_entry_no_{act} BEFORE {act} ON log_entry BEGIN SELECT RAISE(ABORT, '{why}'); END"
)
_POSTGRESQL_REFUSAL = (
    "CREATE FUNCTION log_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'log_entry rows are never changed or removed'; END $$"
)
