"""Files as the database knows them; their bytes lie in the instance folder under their hash."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pledges.core.base import Base


class StoredFile(Base):
    """Tệp đã lưu: one content, kept once, whatever name it came under."""

    __tablename__ = "stored_file"
    __table_args__ = (
        sa.CheckConstraint("length(sha256) = 64", "hash_length"),
        sa.CheckConstraint("size > 0", "not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    extension: Mapped[str]
    size: Mapped[int]
    stored_at: Mapped[datetime]
