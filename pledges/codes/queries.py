"""Questions about check codes."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from pledges.codes.models import CheckCode


def by_code(code: str) -> Select[CheckCode]:
    """The paper of a code as `read_code` gives it."""
    return select(CheckCode).where(CheckCode.code == code)


def codes_of(kind: str, record_ids: Iterable[int]) -> Select[CheckCode]:
    """The codes of some records of one kind."""
    return select(CheckCode).where(CheckCode.kind == kind, CheckCode.record_id.in_(list(record_ids)))
