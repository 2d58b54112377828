"""What is done with check codes: they are given."""

from datetime import datetime

from sqlalchemy.orm import Session

from pledges.codes.models import CheckCode
from pledges.codes.rules import new_code
from pledges.core.base import Base


def give(session: Session, record: Base, digest: str, *, at: datetime) -> CheckCode:
    """The code of a paper whose content has just been sealed; the record must have its number.

    A collision of two codes among 10^13 is refused by the primary key and undoes the act.
    """
    given = CheckCode(
        code=new_code(),
        kind=record.__tablename__,
        record_id=record.id,  # type: ignore[attr-defined]
        digest=digest,
        given_at=at,
    )
    session.add(given)
    return given
