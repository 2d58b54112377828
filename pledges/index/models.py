"""What is searched, as the database keeps it."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pledges.core.base import Base
from pledges.core.types import choice

ENGINE_TABLES = "search_text"
"""The name, or its beginning, of what each database's own engine keeps over the entries: no model has it."""


class EntryKind(StrEnum):
    """What an entry leads to."""

    TASK = "task"
    UNIT = "unit"
    ACCOUNT = "account"
    APPOINTMENT = "appointment"
    COMMITMENT = "commitment"
    REPORT = "report"
    CAMPAIGN = "campaign"


class SearchEntry(Base):
    """Mục tìm kiếm: the words of one record, in both spellings, and where it lies.

    `scope` holds the signs of the places from which the record can be seen: they make a search fast and decide
    nothing; whoever searches still asks the feature's own scope query. `sort` orders entries that fit alike.
    Migration 0004 makes what the database's engine keeps over this table (SQLite: an FTS5 index over it, filled by
    triggers; PostgreSQL: a table of tsvectors with a GIN index, filled by a trigger): a migration that makes this
    table anew must make the triggers anew too.
    """

    __tablename__ = "search_entry"
    __table_args__ = (sa.UniqueConstraint("kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    record_id: Mapped[int]
    scope: Mapped[str]
    title: Mapped[str]
    title_fold: Mapped[str]
    body: Mapped[str]
    body_fold: Mapped[str]
    sort: Mapped[str]
