"""Dấu kiểm tra: the code of a frozen commitment, and the entries of the log that its paper bears for ever."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.codes.queries import codes_of
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from pledges.documents.queries import acts_on
from pledges.documents.sheets.paper import LogMark

KIND = Commitment.__tablename__
FROZEN, COMPLETED = "commitment.frozen", "commitment.completed"
_COMPLETE = frozenset({CommitmentStatus.SIGNED, CommitmentStatus.SUPERSEDED})


@dataclass(frozen=True)
class Seal:
    """What the foot of a paper says of its text besides the digest; a draft has none of it."""

    code: str = ""
    log: tuple[LogMark, ...] = ()


NO_SEAL = Seal()


def seals_of(session: Session, commitments: Iterable[Commitment]) -> dict[int, Seal]:
    """The seals of frozen commitments by their ids; two queries, however many they are.

    The log's mark is that of the entry which froze the text, and for one with every signature also that of the entry
    which says so: never the newest of the day, so that the same commitment is always printed the same.
    """
    asked = {one.id: one for one in commitments if one.digest is not None}
    codes = {one.record_id: one.code for one in session.scalars(codes_of(KIND, asked))}
    entries: dict[tuple[int, str], LogEntry] = {}
    # Oldest first: of one that was completed anew, the newer entry counts.
    for entry in session.scalars(acts_on(KIND, asked, (FROZEN, COMPLETED))):
        entries[entry.subject_id, entry.action] = entry
    return {
        number: Seal(
            code=codes.get(number, ""),
            log=tuple(
                LogMark(entries[number, action].number, entries[number, action].hash)
                for action in _witnessing(one)
                if (number, action) in entries
            ),
        )
        for number, one in asked.items()
    }


def _witnessing(commitment: Commitment) -> tuple[str, ...]:
    return (FROZEN, COMPLETED) if commitment.status in _COMPLETE else (FROZEN,)
