"""Lists of tasks that were uploaded, as the database keeps them until they are written or dropped."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.campaigns.models import Campaign
from pledges.core.base import Base, Versioned
from pledges.core.types import choice

KEPT_FOR = timedelta(days=30)
"""How long an uploaded list is kept, unfinished or done; the next upload of anybody clears away what is older."""


class ImportStatus(StrEnum):
    """Whether an uploaded list still waits for its uploader."""

    OPEN = "open"
    WRITTEN = "written"
    DROPPED = "dropped"


class TaskImport(Versioned, Base):
    """Danh sách phần việc nhập từ tệp: an upload on its way from the file to the list of tasks.

    `content` is what the file said, cell by cell with fonts (JSON), so that the file is read once, by nobody but its
    reader; it is kept until the list is written or dropped. `sheet` and `converted` are None until they are decided;
    `answers` (JSON) go by the key of their question and outlive the file: a mended one is uploaded into the same row.
    `outcome` (JSON) holds the numbers of the tasks that were written. It belongs to the account that uploaded it, and
    nobody else may know of it.
    """

    __tablename__ = "task_import"
    __table_args__ = (
        sa.CheckConstraint("filename <> ''", "filename_given"),
        sa.CheckConstraint("(status = 'open') = (ended_at IS NULL)", "ended"),
        # The log knows a list by its number: that of one which was cleared away is never given again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(index=True)
    uploaded_by_name: Mapped[str]
    uploaded_at: Mapped[datetime]
    filename: Mapped[str]
    content: Mapped[str]
    sheet: Mapped[str | None]
    converted: Mapped[bool | None]
    answers: Mapped[str] = mapped_column(default="{}")
    status: Mapped[ImportStatus] = mapped_column(choice(ImportStatus), default=ImportStatus.OPEN)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None]
    ended_by_name: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="{}")

    campaign: Mapped[Campaign] = relationship()

    @property
    def answered(self) -> dict[str, str]:
        """What was answered so far, by the keys of the questions."""
        said: dict[str, str] = json.loads(self.answers)
        return said

    def __repr__(self) -> str:
        """The import for a developer's eye."""
        return f"<TaskImport {self.id} {self.filename}>"
