"""What is done to common tasks: name, rename, join, leave, remove.

The name is the organisers' own: it changes nothing that a unit wrote, so that a unit's open edit stays good.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import check_works
from pledges.tasks.common.queries import of_title
from pledges.tasks.common.rules import check_all, check_free
from pledges.tasks.models import CommonTask, Task


def name(
    session: Session, campaign: Campaign, title: str, tasks: Sequence[Task], *, by: Actor, at: datetime
) -> CommonTask:
    """A new common task with these tasks in it, if any."""
    check_works(campaign.status)
    check_free(taken=session.scalars(of_title(campaign.id, title)).first() is not None)
    made = CommonTask(campaign=campaign, title=title)
    session.add(made)
    record(session, "common_task.named", made, by=by, at=at, after={"title": title})
    if tasks:
        join(session, made, tasks, by=by, at=at)
    return made


def rename(session: Session, common: CommonTask, title: str, *, by: Actor, at: datetime) -> None:
    """Give the common task another name."""
    check_works(common.campaign.status)
    if title == common.title:
        return
    same = session.scalars(of_title(common.campaign_id, title)).first()
    check_free(taken=same is not None and same is not common)
    before, common.title = common.title, title
    record(
        session, "common_task.renamed", common, by=by, at=at, before={"title": before}, after={"title": title}
    )


def join(session: Session, common: CommonTask, tasks: Sequence[Task], *, by: Actor, at: datetime) -> None:
    """Put tasks into the common one; refused where one of them has meanwhile come into another."""
    check_works(common.campaign.status)
    _move(session, tasks, None, common.id)
    record(session, "common_task.joined", common, by=by, at=at, note=_named(tasks))


def leave(session: Session, common: CommonTask, tasks: Sequence[Task], *, by: Actor, at: datetime) -> None:
    """Take tasks out of the common one; refused where one of them is not in it any more."""
    check_works(common.campaign.status)
    _move(session, tasks, common.id, None)
    record(session, "common_task.left", common, by=by, at=at, note=_named(tasks))


def remove(session: Session, common: CommonTask, tasks: Sequence[Task], *, by: Actor, at: datetime) -> None:
    """Remove the common task; its tasks stay as they are, each for itself."""
    check_works(common.campaign.status)
    note = _named(tasks)
    record(session, "common_task.removed", common, by=by, at=at, note=note, before={"title": common.title})
    session.execute(sa.update(Task).where(Task.common_task_id == common.id).values(common_task_id=None))
    session.delete(common)


def _move(session: Session, tasks: Sequence[Task], before: int | None, after: int | None) -> None:
    """Change the label alone, where it still is what was seen; the version of the tasks stays."""
    ids = [task.id for task in tasks]
    seen = Task.common_task_id.is_(None) if before is None else Task.common_task_id == before
    moved = session.scalars(
        sa.update(Task).where(Task.id.in_(ids), seen).values(common_task_id=after).returning(Task.id)
    ).all()
    check_all(len(ids), len(moved))


def _named(tasks: Sequence[Task]) -> str:
    return "; ".join(f"{task.number}. {task.title}" if task.number else task.title for task in tasks)
