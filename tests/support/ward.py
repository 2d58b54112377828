"""The world in a test's hand: who and what is in it, and makers of more, all through the operations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.accounts.queries import actor_of, appointments_of
from pledges.campaigns.models import Campaign
from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.signatures import Seen, record_on_paper
from pledges.core import clock
from pledges.progress import operations as progress
from pledges.progress.calendar import ReportStatus
from pledges.progress.models import Period, Report
from pledges.progress.operations import ReportEntry
from pledges.reviews import operations as reviews
from pledges.tasks import operations as tasks
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry, TaskEntry
from pledges.tasks.queries import of_unit_in_campaign
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.memory import Trail, remembered

INDICATORS = (
    IndicatorEntry("Đường ngõ được bê tông hóa", Decimal(450), "m"),
    IndicatorEntry("Hộ tham gia phân loại rác", Decimal(80), "% hộ", baseline=Decimal(20), accumulates=False),
)
OFFICERS = {"KP1": "officer_kp1", "KP2": "officer_kp2"}
HEADS = {"KP1": "head_kp1"}


class Ward:
    """The world of one test.

    `session` is the test's own: the critic ends its transaction before each request, so that what a request
    wrote is seen by whatever the test reads afterwards.
    """

    def __init__(self, app: Flask, trail: Trail | None = None) -> None:
        self.app = app
        self.trail = trail
        self.session = Session(apps.engine_of(app))
        self.hands: Hands = app.config["HANDS"]

    @property
    def now(self) -> datetime:
        """The present moment of the world."""
        return self.hands.moment

    @property
    def day(self) -> date:
        """The present day of the world."""
        return clock.day_of(self.now)

    @property
    def campaign(self) -> Campaign:
        """The campaign of the ward Hà Khánh."""
        return self.session.scalars(select(Campaign).where(Campaign.code == "HK-2024")).one()

    @property
    def periods(self) -> list[Period]:
        """The months of the campaign, April 2024 first."""
        return list(self.session.scalars(select(Period).order_by(Period.start_on)))

    def period(self, month: str) -> Period:
        """The month written 2024-09."""
        return next(one for one in self.periods if f"{one.start_on:%Y-%m}" == month)

    def unit(self, code: str) -> Unit:
        """The unit of a code."""
        return self.session.scalars(select(Unit).where(Unit.code == code)).one()

    def account(self, username: str) -> Account:
        """The account of a name."""
        return self.session.scalars(select(Account).where(Account.username == username)).one()

    def actor(self, username: str) -> Actor:
        """The person with the posts held today."""
        account = self.account(username)
        held = self.session.scalars(appointments_of(account.id))
        return actor_of(account, [one for one in held if one.alive(self.day)])

    def settle(self) -> None:
        """End the test's own transaction: nothing is locked, and everything is read anew."""
        self.session.commit()

    def close(self) -> None:
        """Give everything back."""
        self.session.close()
        apps.close(self.app)

    @remembered
    def task(
        self,
        unit: str = "KP1",
        status: str = "approved",
        *,
        by: str | None = None,
        at: datetime | None = None,
        cooperating: Sequence[str] = (),
        **changes: Any,
    ) -> Task:
        """A task of a unit on its way as far as `status`; `changes` are those of a `TaskEntry`."""
        entry = TaskEntry(
            title="Bê tông hóa đường ngõ và phân loại rác tại nguồn",
            product="Đường ngõ sạch, có biển tên",
            lead_unit=self.unit(unit),
            start_on=date(2024, 4, 15),
            due_on=date(2024, 12, 31),
            indicators=INDICATORS,
            cooperating=tuple(self.unit(code) for code in cooperating),
        )
        at = at or clock.at(date(2024, 4, 5), 9)
        officer, leader = self.actor(by or OFFICERS.get(unit, "clerk")), self.actor("leader")
        if enters_for_another(officer, entry.lead_unit):
            entry = replace(entry, on_behalf_of=f"Trưởng {entry.lead_unit.name}", from_paper="Phiếu đăng ký")
        task = tasks.draft(self.session, self.campaign, replace(entry, **changes), by=officer, at=at)
        self._take(task, TaskStatus(status), officer, leader, at)
        self.session.commit()
        return task

    def _take(self, task: Task, status: TaskStatus, officer: Actor, leader: Actor, at: datetime) -> None:
        if status is TaskStatus.DRAFT:
            return
        tasks.submit(self.session, task, by=officer, at=at + timedelta(hours=1))
        later = at + timedelta(days=1)
        if status is TaskStatus.RETURNED:
            tasks.send_back(self.session, task, "Chưa rõ sản phẩm.", by=leader, at=later)
        elif status is not TaskStatus.SUBMITTED:
            tasks.approve(self.session, task, by=leader, at=later)
        if status is TaskStatus.COMMITTED:
            tasks.commit_to(self.session, task, by=leader, at=later)
        if status is TaskStatus.CANCELLED:
            tasks.cancel(self.session, task, "Trùng với phần việc của thành phố.", by=leader, at=later)

    @remembered
    def commitment(
        self, unit: str = "KP1", status: str = "draft", *, at: datetime | None = None
    ) -> Commitment:
        """A unit's commitment as far as `status` (draft, frozen, signed on paper), with a task at least."""
        at, wanted = at or clock.at(date(2024, 4, 10), 9), CommitmentStatus(status)
        clerk = self.actor("clerk")
        if not list(self.session.scalars(of_unit_in_campaign(self.campaign.id, self.unit(unit).id))):
            self.task(unit)
        head = self.account(HEADS[unit]) if unit in HEADS else None
        post = self.unit(unit).head_position
        signatory = SignatoryEntry(head.name if head else f"Trưởng {post}", post, head.id if head else None)
        entry = CommitmentEntry(
            place="Hà Khánh", dated_on=date(2024, 4, 12), terms=self.campaign.terms, copies=2,
            witness="Trần Quốc Hưng", witness_post="Chủ tịch UBND phường", signatories=(signatory,),
        )  # fmt: skip
        made = commitments.prepare(self.session, self.campaign, self.unit(unit), entry, by=clerk, at=at)
        if wanted is not CommitmentStatus.DRAFT:
            commitments.freeze(self.session, made, by=clerk, at=at)
        if wanted is CommitmentStatus.SIGNED:
            seen = Seen(on=clock.day_of(at), place="Hội trường UBND phường", certified_by="Vũ Thị Thư")
            record_on_paper(self.session, made.signatories[0], seen, by=clerk, at=at)
        self.session.commit()
        return made

    @remembered
    def report(
        self,
        task: Task,
        period: Period | str,
        values: Sequence[str | int | Decimal | None] | Mapping[int, Decimal] = (),
        status: str = "accepted",
        *,
        by: str | None = None,
        at: datetime | None = None,
        narrative: str = "Đã đổ bê tông ngõ 12 và ngõ 14.",
        obstacle: str = "",
        next_step: str = "",
    ) -> Report:
        """A task's report as far as `status` (draft, submitted, returned, accepted).

        `values` are those of the indicators in their order (None: not reported), or by the indicators' ids.
        Sent three days before the due day, or now where that is still to come; answered a day later.
        """
        period = self.period(period) if isinstance(period, str) else period
        at = at or min(clock.at(period.due_on - timedelta(days=3), 9), self.now)
        officer = self.actor(by or OFFICERS.get(task.lead_unit.code, "clerk"))
        entry = ReportEntry(_by_id(task, values), narrative, obstacle, next_step)
        report = progress.begin(self.session, task, period, by=officer, at=at)
        progress.write(self.session, report, entry, by=officer, at=at)
        if status != "draft":
            progress.submit(self.session, report, by=officer, at=at)
            self._answer(report, ReportStatus(status), min(at + timedelta(days=1), self.now))
        self.session.commit()
        return report

    def _answer(self, report: Report, status: ReportStatus, at: datetime) -> None:
        leader = self.actor("leader")
        if status is ReportStatus.ACCEPTED:
            reviews.accept(self.session, report, by=leader, at=at)
        elif status is ReportStatus.RETURNED:
            reviews.send_back(self.session, report, "Số liệu chưa khớp minh chứng.", by=leader, at=at)


def _by_id(
    task: Task, values: Sequence[str | int | Decimal | None] | Mapping[int, Decimal]
) -> Mapping[int, Decimal]:
    if isinstance(values, Mapping):
        return values
    pairs = zip(task.indicators, values, strict=False)
    return {indicator.id: Decimal(value) for indicator, value in pairs if value is not None}


__all__ = ["Ward", "world"]
