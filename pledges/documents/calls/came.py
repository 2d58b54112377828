"""What a call asked for, and what of it came since: reckoned from the reports, so that nobody has to note it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.documents.calls import queries
from pledges.documents.calls.late import owed
from pledges.documents.calls.rules import LateTask, PastCall
from pledges.followups.models import FollowUp
from pledges.followups.rules import FollowUpSource
from pledges.progress import reading
from pledges.progress.ledger import Ledger, PeriodFacts

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AskedReport:
    """A report that was late or about to be when the unit was phoned; `came_on`: when it was sent since."""

    task: LateTask
    period: PeriodFacts
    came_on: date | None

    @property
    def words(self) -> str:
        """Which report it is."""
        return f"Báo cáo {self.period.label} của phần việc {self.task.number}"


def of_call(session: Session, call: FollowUp, actor: Actor, today: date) -> list[AskedReport]:
    """The reports that a promise of a call was about; none for what was decided elsewhere."""
    if call.source is not FollowUpSource.CALL or call.unit_id is None:
        return []
    ledger = reading.of_campaign(session, call.campaign_id, actor)
    tasks = _tasks_by_unit(session, call.campaign_id)
    return asked_for(ledger, tasks.get(call.unit_id, ()), day_of(call.made_at), today)


def all_came(
    session: Session, campaign_id: int, promises: Mapping[int, PastCall], actor: Actor, today: date
) -> set[int]:
    """Of the units with these promises those from which every report came that was asked for."""
    if not promises:
        return set()
    ledger = reading.of_campaign(session, campaign_id, actor)
    tasks = _tasks_by_unit(session, campaign_id)
    found = {
        unit_id: asked_for(ledger, tasks.get(unit_id, ()), one.called_on, today)
        for unit_id, one in promises.items()
    }
    return {unit_id for unit_id, asked in found.items() if asked and all(one.came_on for one in asked)}


def asked_for(ledger: Ledger, tasks: Iterable[LateTask], called_on: date, today: date) -> list[AskedReport]:
    """The reports of these tasks that were owed when the call was made, with the day on which each came.

    One that came on the day of the call was owed the day before.
    """
    return [
        AskedReport(task, period, _came(ledger, task.id, period, called_on, today))
        for task in tasks
        if task.id in ledger.tasks
        for period in ledger.periods
        if any(owed(ledger, task.id, period, day) for day in (called_on - _DAY, called_on))
    ]


def _came(ledger: Ledger, task_id: int, period: PeriodFacts, called_on: date, today: date) -> date | None:
    rounds = ledger.rounds(task_id, period.id)
    days = [one.submitted_on for one in rounds if one.sent_by(today) and not one.returned_by(today)]
    return max((day for day in days if day is not None and day >= called_on), default=None)


def _tasks_by_unit(session: Session, campaign_id: int) -> dict[int, list[LateTask]]:
    found: dict[int, list[LateTask]] = {}
    for number, position, title, unit_id in session.execute(queries.listed_tasks(campaign_id)):
        found.setdefault(unit_id, []).append(LateTask(number, position or 0, title))
    return found
