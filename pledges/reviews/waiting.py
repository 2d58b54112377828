"""What waits for a leader: obstacles, reports, explanations, amendments, tasks.

Obstacles of tasks that the leader supervises come first, then the oldest; of reports the gravest, then the newest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.core.filters import Question, Wishes, same
from pledges.progress import reading
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import answered
from pledges.progress.ledger import Ledger
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import awaiting_review
from pledges.progress.rules import Standing
from pledges.reviews.queries import obstacles_waiting, supervised
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import awaiting as amendments_awaiting
from pledges.tasks.models import Task
from pledges.tasks.queries import awaiting_approval
from pledges.tasks.rules import TaskEventKind
from pledges.tasks.waiting import BLOCK, QUESTIONS, SEARCH, UNIT, Sought


class Kind(StrEnum):
    """Loại việc chờ duyệt."""

    OBSTACLE = "vuong-mac"
    REPORT = "bao-cao"
    EXPLANATION = "giai-trinh"
    AMENDMENT = "dieu-chinh"
    TASK = "phan-viec"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            Kind.OBSTACLE: "Vướng mắc",
            Kind.REPORT: "Báo cáo",
            Kind.EXPLANATION: "Giải trình",
            Kind.AMENDMENT: "Đề nghị điều chỉnh",
            Kind.TASK: "Phần việc đăng ký",
        }[self]


KIND = "loai"


@dataclass(frozen=True)
class Wanted:
    """What the address asks of the queue: about which tasks, and which kind of thing."""

    wishes: Wishes

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Wanted":
        """The wishes in the arguments of an address."""
        kinds = Question(KIND, "Loại việc", {kind.value: kind.label for kind in Kind})
        return cls(Wishes.read(arguments, SEARCH, kinds, *QUESTIONS))

    @property
    def sought(self) -> Sought:
        """About which tasks."""
        return Sought(self.wishes)

    @property
    def kind(self) -> Kind | None:
        """Which kind of thing."""
        return Kind(self.wishes[KIND]) if self.wishes[KIND] else None


@dataclass(frozen=True)
class TaskWaiting:
    """A task that was sent for approval, when, and for the how manieth time."""

    task: Task
    since: datetime
    round: int


@dataclass(frozen=True)
class ReportWaiting:
    """A report that was sent: when, in which round, how the task stands, and how it would if this were accepted."""

    report: Report
    since: datetime
    round: int
    late: bool
    standing: Standing
    tentative: Standing

    @property
    def changes(self) -> bool:
        """Whether accepting it would change the task's state."""
        return self.standing.state is not self.tentative.state


@dataclass(frozen=True)
class Queue:
    """Everything that waits for one leader; `supervised` are the tasks whose obstacles are the leader's own."""

    tasks: list[TaskWaiting]
    reports: list[ReportWaiting]
    obstacles: list[Obstacle]
    amendments: list[Amendment]
    explanations: list[ExplanationRequest]
    supervised: frozenset[int] = frozenset()

    @property
    def own_obstacles(self) -> list[Obstacle]:
        """The obstacles of tasks that the leader supervises."""
        return [one for one in self.obstacles if one.report.task_id in self.supervised]

    @property
    def other_obstacles(self) -> list[Obstacle]:
        """The obstacles of the other tasks."""
        return [one for one in self.obstacles if one.report.task_id not in self.supervised]

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self.count

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.about)

    @property
    def about(self) -> list[Task]:
        """The task of each thing that waits."""
        return [
            *(one.report.task for one in self.obstacles),
            *(one.report.task for one in self.reports),
            *(one.indicator.task for one in self.explanations),
            *(one.task for one in self.amendments),
            *(one.task for one in self.tasks),
        ]

    @property
    def campaigns(self) -> list[Campaign]:
        """The campaigns of what waits, newest first."""
        found = {task.campaign for task in self.about}
        return sorted(found, key=lambda one: (one.starts_on, one.id), reverse=True)

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What it can be narrowed to: units and blocks in the order of the official list, and campaigns."""
        leads = {task.lead_unit for task in self.about}
        units = sorted(leads, key=lambda one: (one.position, one.id))
        return {
            UNIT: {str(unit.id): unit.name for unit in units},
            BLOCK: same(unit.block for unit in units),
            ARGUMENT: {str(one.id): one.title for one in self.campaigns},
        }

    def narrowed(self, wanted: Wanted) -> "Queue":
        """What is asked for of it."""
        kind, fits = wanted.kind, wanted.sought.fits_task
        return Queue(
            tasks=[one for one in self.tasks if kind in {None, Kind.TASK} and fits(one.task)],
            reports=[one for one in self.reports if kind in {None, Kind.REPORT} and fits(one.report.task)],
            obstacles=[
                one for one in self.obstacles if kind in {None, Kind.OBSTACLE} and fits(one.report.task)
            ],
            amendments=[one for one in self.amendments if kind in {None, Kind.AMENDMENT} and fits(one.task)],
            explanations=[
                one
                for one in self.explanations
                if kind in {None, Kind.EXPLANATION} and fits(one.indicator.task)
            ],
            supervised=self.supervised,
        )


def queue(session: Session, actor: Actor, day: date) -> Queue:
    """What waits for the actor on the day; as many queries for many as for one (a few per campaign)."""
    tasks = [
        _sent(task)
        for task in session.scalars(awaiting_approval(actor))
        if may(actor, Permission.DECIDE_TASK, task.subject())
    ]
    return Queue(
        tasks=sorted(tasks, key=lambda one: one.since),
        reports=reports_waiting(session, actor, day),
        obstacles=obstacles_of(session, actor, day),
        amendments=list(session.scalars(amendments_awaiting(actor))),
        explanations=explanations_of(session, actor),
        supervised=frozenset(session.scalars(supervised(actor, day))),
    )


def reports_waiting(session: Session, actor: Actor, day: date) -> list[ReportWaiting]:
    """The reports that wait for the actor: gravest first, of equal gravity the newest."""
    found = session.scalars(awaiting_review(actor))
    mine = [one for one in found if may(actor, Permission.REVIEW_REPORT, one.subject())]
    return _gravest_first(session, actor, mine, day)


def obstacles_of(session: Session, actor: Actor, day: date) -> list[Obstacle]:
    """The obstacles that wait for the actor's decision: those of tasks that the actor supervises first, then oldest."""
    found = session.scalars(obstacles_waiting(actor))
    mine = [one for one in found if may(actor, Permission.DECIDE_OBSTACLE, one.report.subject())]
    own = frozenset(session.scalars(supervised(actor, day)))
    return sorted(mine, key=lambda one: one.report.task_id not in own)


def explanations_of(session: Session, actor: Actor) -> list[ExplanationRequest]:
    """The answers of units that wait for a leader to take them, the first answered first."""
    found = session.scalars(answered(actor))
    return [one for one in found if may(actor, Permission.ASK_EXPLANATION, one.subject())]


def _sent(task: Task) -> TaskWaiting:
    sent = [event.at for event in task.events if event.kind is TaskEventKind.SUBMITTED]
    return TaskWaiting(task, sent[-1], len(sent))


def _gravest_first(
    session: Session, actor: Actor, reports: Iterable[Report], day: date
) -> list[ReportWaiting]:
    reports = list(reports)
    ledgers: dict[int, Ledger] = {
        campaign_id: reading.of_campaign(session, campaign_id, actor)
        for campaign_id in {report.task.campaign_id for report in reports}
    }
    found = [_waiting(report, ledgers[report.task.campaign_id], day) for report in reports]
    newest = sorted(found, key=lambda one: (one.since, one.report.id), reverse=True)
    return sorted(newest, key=lambda one: one.tentative.state.gravity)


def _waiting(report: Report, ledger: Ledger, day: date) -> ReportWaiting:
    one = report.rounds[-1]
    assert one.submitted_at is not None  # noqa: S101 - the query gives only rounds that were sent
    period = next(period for period in ledger.periods if period.id == report.period_id)
    return ReportWaiting(
        report=report,
        since=one.submitted_at,
        round=one.number,
        late=ledger.cell(report.task_id, period, day).late,
        standing=ledger.standing(report.task_id, day),
        tentative=ledger.tentative(report.task_id, day),
    )
