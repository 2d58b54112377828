"""Somebody who changes what boards show, at random, through the operations, in a session of an own."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns import operations as campaigns
from pledges.campaigns.models import Campaign
from pledges.progress import operations as progress
from pledges.progress.models import Period, Report
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.operations import ReportEntry
from pledges.reviews import operations as reviews
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from pledges.units import operations as units
from pledges.units.models import Unit

PEOPLE = ("officer_kp1", "leader", "admin", "clerk")


class Changer:
    """Somebody at work; `people` are those in whose name the acts are done."""

    def __init__(self, session: Session, people: dict[str, Actor], random: Random, now: datetime) -> None:
        self.session, self.people, self.random, self.now = session, people, random, now
        self.acts: tuple[Callable[[], None], ...] = (
            *(self.write, self.write, self.send, self.send, self.answer, self.answer),
            *(self.decide, self.cancel, self.rename, self.expect),
        )

    def change(self) -> None:
        """Do something or other; it is in the database, and not committed."""
        self.random.choice(self.acts)()
        self.session.flush()

    def _by(self, name: str) -> dict[str, Any]:
        return {"by": self.people[name], "at": self.now}

    def _tasks(self) -> list[Task]:
        asked = select(Task).where(Task.number.is_not(None), Task.status != "cancelled").order_by(Task.id)
        return list(self.session.scalars(asked))

    def _reports(self, last: str | None) -> list[Report]:
        found = self.session.scalars(select(Report).order_by(Report.id))
        events = [(one, one.last_round.last_event if one.last_round else None) for one in found]
        return [one for one, event in events if (event.kind.value if event else None) == last]

    def write(self) -> None:
        """A draft of a report, new or further on, with or without an obstacle."""
        mine = [one for one in self._tasks() if one.lead_unit.code == "KP1"]
        begun = select(Period).where(Period.start_on <= self.now.date()).order_by(Period.id)
        if not mine:
            return
        task, period = self.random.choice(mine), self.random.choice(list(self.session.scalars(begun)))
        known = {(one.task_id, one.period_id) for one in self._reports(None)}
        sent = select(Report.id).where(Report.task_id == task.id, Report.period_id == period.id)
        if (task.id, period.id) not in known and self.session.scalar(sent) is not None:
            return
        report = progress.begin(self.session, task, period, **self._by("officer_kp1"))
        told = task.indicators[self.random.randrange(2) :]
        said = {one.id: Decimal(self.random.randint(0, 60)) for one in told}
        trouble = self.random.choice(["", "Thiếu kinh phí."])
        entry = ReportEntry(said, "Đã làm.", trouble, "Đề nghị hỗ trợ." if trouble else "")
        progress.write(self.session, report, entry, **self._by("officer_kp1"))

    def send(self) -> None:
        """Send a draft."""
        for report in self._reports(None)[:1]:
            progress.submit(self.session, report, **self._by("officer_kp1"))

    def answer(self) -> None:
        """Accept a report or return it."""
        for report in self._reports("submitted")[:1]:
            if self.random.random() < 1 / 2:
                reviews.accept(self.session, report, **self._by("leader"))
            else:
                reviews.send_back(self.session, report, "Đếm lại.", **self._by("leader"))

    def decide(self) -> None:
        """Decide on an obstacle."""
        waiting = select(Obstacle).where(Obstacle.decision.is_(None), Obstacle.withdrawn_at.is_(None))
        for obstacle in self.session.scalars(waiting.order_by(Obstacle.id).limit(1)):
            reviews.decide(self.session, obstacle, Decision.REFUSE, "Không có nguồn.", **self._by("leader"))

    def cancel(self) -> None:
        """Cancel a task, as long as there are several."""
        left = self._tasks()
        if len(left) > 2:
            tasks.cancel(self.session, self.random.choice(left), "Trùng.", **self._by("leader"))

    def rename(self) -> None:
        """Give a unit another name."""
        unit = self.session.scalars(select(Unit).where(Unit.code == "KP1")).one()
        name = f"KP {self.random.randint(1, 99)}"
        units.edit(self.session, unit, parent=unit.parent, short_name=name, **self._by("admin"))

    def expect(self) -> None:
        """Expect another number of tasks."""
        campaign = self.session.scalars(select(Campaign).where(Campaign.code == "HK-2024")).one()
        number = self.random.randint(1, 99)
        campaigns.edit(self.session, campaign, expected_task_count=number, **self._by("clerk"))
