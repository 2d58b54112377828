"""Check codes as the database keeps them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pledges.core.base import Base


class CheckCode(Base):
    """Mã kiểm tra: given once to one paper whose content is sealed by `digest`; never changed, never reused.

    `kind` and `record_id` name the record that the paper is printed from, as in the log.
    """

    __tablename__ = "check_code"
    __table_args__ = (
        sa.UniqueConstraint("kind", "record_id"),
        sa.CheckConstraint("length(code) = 10", "code_length"),
        sa.CheckConstraint("length(digest) = 64", "digest_length"),
    )

    code: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    given_at: Mapped[datetime]
