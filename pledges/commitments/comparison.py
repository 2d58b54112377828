"""Đã cam kết so với hiện nay: what was frozen against the unit's tasks of today, and who has to sign again."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.commitments.comparing import Allowed, ComparedTask, Comparison
from pledges.commitments.content import against, frozen_task, sealed_content
from pledges.commitments.gone import ListNow, UnitIn
from pledges.commitments.models import Commitment
from pledges.commitments.rules import Gone
from pledges.core.numbers import two_digits
from pledges.tasks.queries import of_unit_in_campaign

__all__ = ["Allowed", "ComparedTask", "Comparison", "Renewal", "against_now", "to_renew"]


@dataclass(frozen=True)
class Renewal:
    """Why a unit signs again: pledged tasks that were amended or dropped, and tasks that came into the list since."""

    changed: tuple[Gone, ...]
    added: tuple[int, ...]

    @property
    def words(self) -> str:
        """The reasons as counts: "01 phần việc đã điều chỉnh; 02 phần việc mới duyệt"."""
        amended = sum(one.amended for one in self.changed)
        counts = {
            "phần việc đã điều chỉnh": amended,
            "phần việc đã bỏ": len(self.changed) - amended,
            "phần việc mới duyệt": len(self.added),
        }
        return "; ".join(f"{two_digits(number)} {words}" for words, number in counts.items() if number)


def against_now(session: Session, commitment: Commitment) -> Comparison:
    """The frozen text against the unit's tasks as they stand in the campaign's list now.

    Raises `BrokenSeal`; nothing to compare while nothing is frozen.
    """
    if not sealed_content(commitment):
        return Comparison(())
    tasks = session.scalars(of_unit_in_campaign(commitment.campaign_id, commitment.unit_id))
    return against(session, commitment, [frozen_task(task) for task in tasks])


def to_renew(session: Session, in_force: Iterable[Commitment]) -> dict[int, Renewal]:
    """Of the units of these signed editions, those that a change touches: they sign again, and nobody else.

    By the unit's id. Two queries, however many; a unit without a task in the list has nothing left to sign.
    """
    signed = {(one.campaign_id, one.unit_id): one for one in in_force}
    if not signed:
        return {}
    now = ListNow.read(session, signed)
    found = {key[1]: _renewal(commitment, key, now) for key, commitment in signed.items() if now.numbers[key]}
    return {unit_id: one for unit_id, one in found.items() if one.changed or one.added}


def _renewal(commitment: Commitment, unit: UnitIn, now: ListNow) -> Renewal:
    # Counted for lists, which a broken seal of one unit must not close; whoever reads the text itself is told.
    tasks = commitment.frozen_content().get("tasks", ())
    added = sorted(set(now.numbers[unit]) - {task["number"] for task in tasks})
    return Renewal(now.gone(unit, tasks), tuple(added))
