"""Loading the demo: every act by the person and on the day that the files name, so that the log tells the story."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from sqlalchemy.orm import Session

from pledges import instance
from pledges.access.roles import NOBODY, Actor, Role
from pledges.accounts import operations as accounts
from pledges.accounts.models import Account
from pledges.accounts.passwords import drawn
from pledges.accounts.queries import actor_of, appointments_of
from pledges.campaigns import operations as campaigns
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind, CampaignStatus
from pledges.core import clock
from pledges.core.database import db
from pledges.demo import rules as files
from pledges.demo.entries import task_entry
from pledges.demo.following import Following
from pledges.demo.papers import Papers
from pledges.demo.signing import SigningDay
from pledges.progress import operations as progress
from pledges.progress.models import Period, Report
from pledges.progress.periods import open_periods
from pledges.reviews import operations as reviews
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind

Act = Callable[[datetime], object]


def load_demo(app: Flask, *, until: datetime | None = None) -> None:
    """Load the Hà Khánh campaign into an empty instance, and write the accounts' passwords to a private file.

    The story can be told only so far as to a moment, as it then stood.
    """
    with app.app_context():
        story = Story(db.session())
        story.people(app)
        for at, act in sorted(story.acts, key=lambda one: one[0]):
            if until is None or at < until:
                act(at)
        db.session.commit()


class Story:
    """What happened in the campaign, as acts in time."""

    def __init__(self, session: Session) -> None:
        """Begin with the units, which stand before anything happens."""
        self.session = session
        self.acts: list[tuple[datetime, Act]] = []
        self.units: dict[str, Unit] = {}
        self.actors: dict[str, Actor] = {}
        self.accounts: dict[str, Account] = {}
        self.tasks: dict[str, Task] = {}
        self.periods: dict[str, Period] = {}
        self.reports: dict[tuple[str, str], Report] = {}
        self.campaign: Campaign
        self.day = SigningDay(session, self.actors, self.accounts)
        self.following = Following(session, self.actors, self.accounts)
        self.papers = Papers(session, self.actors)
        self._make_units()
        self._plan()

    def tell(self, day: date, hour: int, act: Act, minute: int = 0) -> None:
        """Something happens on the day at the hour (wall clock in Việt Nam)."""
        self.acts.append((clock.at(day, hour, minute), act))

    def people(self, app: Flask) -> None:
        """Make the accounts with random passwords, and write these where only the owner can read them."""
        at = clock.at(files.PREPARED_ON - timedelta(days=1), 8)
        lines = []
        for post in (*files.STAFF, *self._heads()):
            password = drawn(username=post.username, names=[post.name])
            account = accounts.create(
                self.session,
                username=post.username,
                name=post.name,
                password=password,
                by=NOBODY,
                at=at,
                must_change_password=False,
            )
            for code, role, title in post.posts:
                unit = self.units[code]
                since = date(2024, 1, 1)
                accounts.appoint(
                    self.session, account, unit, Role(role), title, since=since, by=NOBODY, at=at
                )
            self.accounts[post.username] = account
            self.actors[post.username] = actor_of(account, self.session.scalars(appointments_of(account.id)))
            lines.append(f"{post.username}\t{password}\t{post.name}")
        text = "Tên đăng nhập\tMật khẩu\tTài khoản (dữ liệu minh họa)\n" + "\n".join(lines) + "\n"
        instance.write_private(app.config["INSTANCE"] / instance.ACCOUNTS_FILE, text)

    def _heads(self) -> list[files.Post]:
        leads = {row["lead"] for row in files.rows("tasks.csv")}
        return [
            files.Post(
                unit["code"].lower(),
                files.head_name(unit),
                (
                    (unit["code"], "leader", unit["head_position"]),
                    (unit["code"], "officer", f"Cán bộ đầu mối {unit['short_name']}"),
                ),
            )
            for unit in files.rows("units.csv")
            if unit["code"] in leads
        ]

    def _make_units(self) -> None:
        at = clock.at(files.PREPARED_ON - timedelta(days=1), 8)
        for position, row in enumerate(files.rows("units.csv"), 1):
            self.units[row["code"]] = units.create(
                self.session,
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                kind=UnitKind(row["kind"]),
                parent=self.units.get(row["parent"]),
                document_style=DocumentStyle(row["document_style"]),
                block=row["block"],
                head_position=row["head_position"],
                position=position,
                valid_from=files.day(row["valid_from"]),
                valid_to=files.day(row["valid_to"]),
                by=NOBODY,
                at=at,
            )

    def _plan(self) -> None:
        self.tell(files.PREPARED_ON, 8, self._make_campaign)
        self._plan_tasks()
        launched = date.fromisoformat(files.campaign()["launch"]["on"])
        self.tell(launched, 8, self._step(CampaignStatus.LAUNCHED))
        self.tell(launched, 8, self._open_periods, 1)
        self._plan_commitments(launched)
        self.tell(launched, 14, self._step(CampaignStatus.REGISTERING))
        closes = date.fromisoformat(files.campaign()["registration_closes_on"])
        self.tell(closes, 17, self._step(CampaignStatus.LIST_CLOSED))
        self.tell(files.RUNNING_ON, 8, self._step(CampaignStatus.RUNNING))
        self._plan_reports()
        self._plan_following()
        self.tell(
            files.ISSUED_ON, 10, lambda at: self.papers.issue(self.campaign, self.periods["2024-08"], at)
        )
        self.tell(
            files.WRITTEN_ON, 15, lambda at: self.papers.write(self.campaign, self.periods["2024-09"], at)
        )

    def _make_campaign(self, at: datetime) -> None:
        said = files.campaign()
        launch = said["launch"]
        self.campaign = campaigns.create(
            self.session,
            by=self.actors[files.CLERK],
            at=at,
            code=said["code"],
            title=said["title"],
            theme=said["theme"],
            slogan=said["slogan"],
            kind=CampaignKind(said["kind"]),
            owner=self.units[said["owner_unit"]],
            area=self.units["HK"],
            starts_on=date.fromisoformat(said["starts_on"]),
            ends_on=date.fromisoformat(said["ends_on"]),
            registration_closes_on=date.fromisoformat(said["registration_closes_on"]),
            expected_task_count=said["expected_task_count"],
            reporting_due_day=said["reporting_due_day"],
            launched_on=date.fromisoformat(launch["on"]),
            launch_event=launch["event"],
            launch_place=launch["place"],
            presider=launch["presider"]["name"],
            presider_post=launch["presider"]["position"],
            announcer=launch["announcer"]["name"],
            announcer_post=launch["announcer"]["position"],
            terms="\n".join(files.TERMS),
            illustrative=True,
            bases=[{**basis, "issued_on": files.day(basis["issued_on"])} for basis in said["basis"]],
            movements=said["linked_movements"],
        )

    def _step(self, to: CampaignStatus) -> Act:
        def act(at: datetime) -> None:
            leader = self.actors[files.LEADER]
            campaigns.move(self.session, self.campaign, to, on=clock.day_of(at), by=leader, at=at)

        return act

    def _open_periods(self, at: datetime) -> None:
        opened = open_periods(self.session, self.campaign, by=self.actors[files.CLERK], at=at)
        self.periods = {f"{period.start_on:%Y-%m}": period for period in opened}

    def _plan_tasks(self) -> None:
        for position, row in enumerate(files.rows("tasks.csv")):
            entered_on = files.REGISTERED_FROM + timedelta(days=position % 8)
            self.tell(entered_on, 9, self._register(row), position)
            self.tell(files.APPROVED_ON, 14, self._approve(row["number"]), position)

    def _register(self, row: dict[str, str]) -> Act:
        def act(at: datetime) -> None:
            by = self.actors[row["lead"].lower()]
            task = tasks.draft(
                self.session,
                self.campaign,
                task_entry(row, self.units, self.campaign.movements),
                by=by,
                at=at,
            )
            tasks.submit(self.session, task, by=by, at=at)
            self.tasks[row["number"]] = task

        return act

    def _approve(self, number: str) -> Act:
        def act(at: datetime) -> None:
            given = tasks.approve(self.session, self.tasks[number], by=self.actors[files.LEADER], at=at)
            if given != int(number):
                message = f"task {number} of the files was given the number {given}"
                raise ValueError(message)

        return act

    def _plan_commitments(self, launched: date) -> None:
        leads = list(dict.fromkeys(row["lead"] for row in files.rows("tasks.csv")))
        self.tell(launched, 8, lambda at: self.day.open(self.campaign, at), 30)
        for position, code in enumerate(leads):
            self.tell(files.FROZEN_ON, 9, self._prepare(code, launched), position)
            self.tell(launched, 9, self._sign(code), position)
        self.tell(launched, 10, self.day.close)

    def _prepare(self, code: str, launched: date) -> Act:
        return lambda at: self.day.prepare(self.campaign, self.units[code], launched, at)

    def _sign(self, code: str) -> Act:
        return lambda at: self.day.sign(code, at)

    def _plan_following(self) -> None:
        following = self.following
        self.tell(files.RUNNING_ON, 9, lambda at: following.assign(self.tasks, at))
        self.tell(files.MET_ON, 14, lambda at: following.call(self.campaign, at))
        for minute, one in enumerate(files.DECISIONS, 30):
            self.tell(files.MET_ON, 15, self._decide(one), minute)
            if one.done_on is not None:
                self.tell(one.done_on, 10, self._end(one))
        self.tell(files.MET_ON, 16, following.close)

    def _decide(self, one: files.Decision) -> Act:
        return lambda at: self.following.decide(one, self.tasks[one.task], at)

    def _end(self, one: files.Decision) -> Act:
        return lambda at: self.following.end(one, at)

    def _plan_reports(self) -> None:
        values: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
        for row in files.rows("progress.csv"):
            values[row["task"], row["period"]][int(row["indicator"])] = Decimal(row["value"])
        for row in files.rows("reports.csv"):
            minute = int(row["task"])
            submitted_on = date.fromisoformat(row["submitted_on"])
            self.tell(submitted_on, 16, self._report(row, values[row["task"], row["period"]]), minute)
            if row["verdict"]:
                self.tell(date.fromisoformat(row["verdict_on"]), 17, self._verdict(row), minute)

    def _report(self, row: dict[str, str], values: dict[int, Decimal]) -> Act:
        def act(at: datetime) -> None:
            task = self.tasks[row["task"]]
            by = self.actors[task.lead_unit.code.lower()]
            entry = progress.ReportEntry(
                values={task.indicators[number - 1].id: value for number, value in values.items()},
                narrative=row["narrative"],
                obstacle=row["obstacle"],
                next_step=row["next_step"],
            )
            report = progress.begin(self.session, task, self.periods[row["period"]], by=by, at=at)
            progress.write(self.session, report, entry, by=by, at=at)
            progress.submit(self.session, report, by=by, at=at)
            self.reports[row["task"], row["period"]] = report

        return act

    def _verdict(self, row: dict[str, str]) -> Act:
        def act(at: datetime) -> None:
            report, leader = self.reports[row["task"], row["period"]], self.actors[files.LEADER]
            if row["verdict"] == "accepted":
                reviews.accept(self.session, report, by=leader, at=at, note=row["verdict_note"])
            else:
                reviews.send_back(self.session, report, row["verdict_note"], by=leader, at=at)

        return act
