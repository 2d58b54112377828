"""What organisers do to rules of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.core.base import touch
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.queries import rules_of
from pledges.progress.proofs.rules import ProofKind, wanted
from pledges.tasks.models import Task


@dataclass(frozen=True)
class ProofEntry:
    """What is entered of a rule: how many files of a kind each report must show, and of what."""

    kind: ProofKind
    number: int
    label: str = ""


def set_rules(
    session: Session, tasks: Sequence[Task], entries: Sequence[ProofEntry], *, by: Actor, at: datetime
) -> list[Task]:
    """Let each report of these tasks show this, and nothing else, from now on; returns the tasks that it changes."""
    known: dict[int, list[ProofRule]] = {task.id: [] for task in tasks}
    for rule in session.scalars(rules_of(known)):
        known[rule.task_id].append(rule)
    changed = []
    for task in tasks:
        check_works(task.campaign.status)
        before, after = wanted(known[task.id]), wanted(entries)
        if before == after:
            continue
        for rule in known[task.id]:
            session.delete(rule)
        session.flush()  # the places in the order are free again
        for position, entry in enumerate(entries, 1):
            session.add(
                ProofRule(
                    task=task, position=position, kind=entry.kind, number=entry.number, label=entry.label
                )
            )
        touch(task)
        said = {"evidence": before}, {"evidence": after}
        record(session, "task.proof_rules_set", task, by=by, at=at, before=said[0], after=said[1])
        changed.append(task)
    return changed
