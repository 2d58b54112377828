"""A right that lives in Python and in SQL is asked in both: every person, every record, in worlds made at random."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, Subject, may, reach
from pledges.access.roles import Actor, Holding, Role
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import Account
from pledges.campaigns import queries as campaigns
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind
from pledges.commitments import deputies
from pledges.commitments import queries as commitments
from pledges.commitments.models import Commitment, Decline, Signatory, Signature
from pledges.commitments.rules import SigningWay
from pledges.progress import queries as progress
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Period, Report, ReportEvent, ReportRound, RoundWriter
from pledges.tasks import queries as tasks
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.rules import TaskEventKind, TaskStatus
from pledges.units import queries as units
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind
from tests.support.databases import KINDS, Database, SQLite
from tests.support.ward import Ward
from tests.support.world import MADE_AT

PEOPLE, UNITS, CAMPAIGNS, TASKS = 30, 16, 4, 50
SEEDS = (1, 2, 3)
FIRST_PERSON = 1000


@dataclass
class Chance:
    """A world made at random, beside the small one."""

    dice: random.Random
    session: Session
    actors: list[Actor]

    def someone(self) -> int:
        return self.dice.choice(self.actors).account_id

    def event(self, kind: Any, model: Any, by: int | None = None) -> Any:
        number = self.someone() if by is None else by
        return model(kind=kind, at=MADE_AT, by_id=number, by_name="Ai đó", by_post="", reason="vì thế")


def make_units(session: Session, dice: random.Random) -> list[Unit]:
    made: list[Unit] = []
    for number in range(UNITS):
        parent = dice.choice(made) if made and dice.random() < 0.9 else None
        unit = Unit(
            code=f"R{number}", name=f"Đơn vị {number}", short_name=f"R{number}", kind=UnitKind.OFFICE,
            document_style=DocumentStyle.STATE, position=number, parent=parent,
        )  # fmt: skip
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        made.append(unit)
    return made


def make_actors(made: list[Unit], dice: random.Random) -> list[Actor]:
    roles = list(Role)
    return [
        Actor(
            FIRST_PERSON + number,
            f"Người {number}",
            tuple(
                Holding(dice.choice(roles), unit.id, unit.path, "")
                for unit in dice.sample(made, dice.choice([0, 1, 1, 2, 3]))
            ),
        )
        for number in range(PEOPLE)
    ]


def make_campaign(chance: Chance, number: int, made: list[Unit]) -> Campaign:
    owner = chance.dice.choice(made[UNITS // 2 :])
    area = owner.parent if owner.parent and chance.dice.random() < 0.5 else owner
    campaign = Campaign(
        code=f"R{number}", title=f"Phong trào {number}", kind=CampaignKind.REGULAR, owner=owner, area=area,
        starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31),
    )  # fmt: skip
    chance.session.add(campaign)
    chance.session.add(
        Period(
            campaign=campaign, start_on=date(2024, 4, 1), end_on=date(2024, 4, 30), due_on=date(2024, 4, 25)
        )
    )
    return campaign


def make_task(chance: Chance, campaign: Campaign, made: list[Unit], number: int) -> Task:
    status = chance.dice.choice([TaskStatus.DRAFT, TaskStatus.SUBMITTED, TaskStatus.APPROVED])
    task = Task(
        campaign=campaign, lead_unit=chance.dice.choice(made), title=f"Việc {number}",
        start_on=date(2024, 4, 1), due_on=date(2024, 12, 1), status=status,
        number=number if status is TaskStatus.APPROVED else None,
        registration_number=number if status is not TaskStatus.DRAFT else None,
        entered_by_id=chance.someone(), entered_by_name="Ai đó", entered_at=MADE_AT,
        cooperating=chance.dice.sample(made, chance.dice.choice([0, 0, 1, 3])),
        indicators=[Indicator(position=1, label="Cây", measure="cây", target=Decimal(3))],
        events=[chance.event(TaskEventKind.DRAFTED, TaskEvent), chance.event(TaskEventKind.EDITED, TaskEvent)],
    )  # fmt: skip
    if status is not TaskStatus.DRAFT:
        task.events.append(chance.event(TaskEventKind.SUBMITTED, TaskEvent))
    chance.session.add(task)
    return task


def make_report(chance: Chance, task: Task, period: Period) -> None:
    report = Report(task=task, period=period, created_at=MADE_AT)
    rounds = chance.dice.choice([1, 2, 3])
    for number in range(1, rounds + 1):
        one = ReportRound(number=number, entered_by_id=chance.someone(), entered_at=MADE_AT)
        one.writers = [RoundWriter(account_id=by) for by in {chance.someone(), chance.someone()}]
        steps = [ReportEventKind.SUBMITTED, ReportEventKind.RETURNED]
        if number == rounds:
            steps = chance.dice.choice(
                [[], steps[:1], steps[:1], steps, [steps[0], ReportEventKind.ACCEPTED]]
            )
        one.events = [chance.event(kind, ReportEvent) for kind in steps]
        report.rounds.append(one)
    chance.session.add(report)


@pytest.fixture(scope="module", params=[(kind, seed) for kind in KINDS for seed in SEEDS])
def chance(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chance]:
    kind, seed = request.param
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    database = Database(kind, tmp_path_factory.mktemp("chance"), sqlite, server)
    yield make_world(database.ward(), random.Random(seed))  # noqa: S311 - the same worlds each time
    database.close()


def make_accounts(chance: Chance) -> None:
    """Those who sign have accounts."""
    for actor in chance.actors:
        chance.session.add(
            Account(
                id=actor.account_id, username=f"r{actor.account_id}", name=actor.name, password_hash="",
                session_stamp="", created_at=MADE_AT,
            )
        )  # fmt: skip
    chance.session.flush()


def make_signatory(chance: Chance, unit: Unit, position: int) -> Signatory:
    """Somebody or a place without an account; signed, by the own hand or a deputy's, refused, undone, or waiting."""
    account_id = chance.dice.choice([None, chance.someone()])
    made = Signatory(position=position, name="Ai đó", post="Khu trưởng", account_id=account_id)
    done = chance.dice.choice(["waits", "refused", "signed", "signed", "undone"])
    if done == "refused":
        made.declines.append(
            Decline(reason="vì thế", at=MADE_AT, by_id=chance.someone(), by_name="Ai đó", by_post="")
        )
    elif done != "waits":
        signature = Signature(
            signatory=made, way=SigningWay.IN_APP, signed_on=date(2024, 4, 1), digest="0" * 64, at=MADE_AT,
            by_id=chance.someone(), by_name="Ai đó", by_post="",
        )  # fmt: skip
        if chance.dice.random() < 0.5:
            signature.capacity, signature.authorisation = Capacity.FOR_HEAD, make_authorisation(chance, unit)
        if done == "undone":
            signature.undone_at, signature.undone_because = MADE_AT, "nhầm"
    return made


def make_authorisation(chance: Chance, unit: Unit) -> Authorisation:
    return Authorisation(
        unit=unit, principal_post="Khu trưởng", account_id=chance.someone(), post="Khu phó",
        capacity=Capacity.FOR_HEAD, paper="Quyết định số 1", valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31), recorded_at=MADE_AT, recorded_by_id=1, recorded_by_name="Ai đó",
    )  # fmt: skip


def make_world(ward: Ward, dice: random.Random) -> Chance:
    made = make_units(ward.session, dice)
    chance = Chance(dice, ward.session, make_actors(made, dice))
    make_accounts(chance)
    held = [make_campaign(chance, number, made) for number in range(CAMPAIGNS)]
    all_tasks = [make_task(chance, dice.choice(held), made, number) for number in range(1, TASKS + 1)]
    ward.session.flush()
    for task in all_tasks:
        if task.status is TaskStatus.APPROVED:
            period = ward.session.query(Period).filter_by(campaign_id=task.campaign_id).one()
            make_report(chance, task, period)
    for campaign in held:
        for unit in dice.sample(made, 4):
            author = {"prepared_by_id": chance.someone(), "prepared_at": MADE_AT}
            commitment = Commitment(campaign=campaign, unit=unit, **author)
            commitment.signatories = [make_signatory(chance, unit, position) for position in (1, 2)]
            ward.session.add(commitment)
    ward.session.commit()
    return chance


def allowed_in_python(
    chance: Chance, model: Any, permission: Permission, also: Callable[[Any], bool] = lambda _: True
) -> dict[int, set[int]]:
    records = list(chance.session.scalars(select(model)))
    subjects = {record.id: record.subject() for record in records if also(record)}
    return {
        actor.account_id: {number for number, subject in subjects.items() if may(actor, permission, subject)}
        for actor in chance.actors
    }


def allowed_in_sql(chance: Chance, query: Callable[[Actor], Select[Any]]) -> dict[int, set[int]]:
    return {actor.account_id: ids(chance.session.scalars(query(actor)).unique()) for actor in chance.actors}


def ids(records: Iterable[Any]) -> set[int]:
    return {record.id for record in records}


def agree(python: dict[int, set[int]], sql: dict[int, set[int]]) -> None:
    assert python == sql
    different = {frozenset(allowed) for allowed in python.values()}
    assert len(different) > 1, "the world says too little: everybody may do the same"


TASK_PERMISSIONS = (Permission.SEE_TASK, Permission.ENTER_TASK)
REPORT_PERMISSIONS = (Permission.SEE_REPORT, Permission.ENTER_REPORT)
COMMITMENT_PERMISSIONS = (
    Permission.SEE_COMMITMENT,
    Permission.PREPARE_COMMITMENT,
    Permission.SIGN_COMMITMENT,
    Permission.RECORD_PAPER_SIGNATURE,
)


@pytest.mark.parametrize("permission", TASK_PERMISSIONS)
def test_tasks(chance: Chance, permission: Permission):
    def query(actor: Actor) -> Select[Any]:
        return select(Task).where(tasks.in_scope(actor, permission))

    agree(allowed_in_python(chance, Task, permission), allowed_in_sql(chance, query))


def test_the_list_of_tasks(chance: Chance):
    agree(allowed_in_python(chance, Task, Permission.SEE_TASK), allowed_in_sql(chance, tasks.seen_by))


def test_tasks_that_wait_for_a_decision(chance: Chance):
    """Others' entries only, whoever entered or sent them."""
    python = allowed_in_python(
        chance, Task, Permission.DECIDE_TASK, lambda task: task.status is TaskStatus.SUBMITTED
    )
    agree(python, allowed_in_sql(chance, tasks.awaiting_approval))


@pytest.mark.parametrize("permission", COMMITMENT_PERMISSIONS)
def test_commitments(chance: Chance, permission: Permission):
    def query(actor: Actor) -> Select[Any]:
        return select(Commitment).where(commitments.in_scope(actor, permission))

    agree(allowed_in_python(chance, Commitment, permission), allowed_in_sql(chance, query))


def test_the_list_of_commitments(chance: Chance):
    python = allowed_in_python(chance, Commitment, Permission.SEE_COMMITMENT)
    agree(python, allowed_in_sql(chance, commitments.seen_by))


def test_units_whose_authorisations_are_kept(chance: Chance):
    everywhere = list(chance.session.scalars(select(Unit)))
    keeps = Permission.MANAGE_AUTHORISATIONS
    python = {
        actor.account_id: {
            unit.id
            for unit in everywhere
            if may(actor, keeps, deputies.subject_of(chance.session, unit, actor))
        }
        for actor in chance.actors
    }
    agree(python, allowed_in_sql(chance, deputies.managed_units))


@pytest.mark.parametrize("permission", REPORT_PERMISSIONS)
def test_reports(chance: Chance, permission: Permission):
    def query(actor: Actor) -> Select[Any]:
        return select(Report).join(Task).where(tasks.in_scope(actor, permission))

    agree(allowed_in_python(chance, Report, permission), allowed_in_sql(chance, query))


def test_the_list_of_reports(chance: Chance):
    agree(allowed_in_python(chance, Report, Permission.SEE_REPORT), allowed_in_sql(chance, progress.seen_by))


def test_reports_that_wait_for_a_verdict(chance: Chance):
    """Others' entries only, whoever entered or sent a round of them."""

    def waits(report: Report) -> bool:
        last = report.rounds[-1].last_event
        return last is not None and last.kind is ReportEventKind.SUBMITTED

    python = allowed_in_python(chance, Report, Permission.REVIEW_REPORT, waits)
    agree(python, allowed_in_sql(chance, progress.awaiting_review))


def test_campaigns(chance: Chance):
    agree(
        allowed_in_python(chance, Campaign, Permission.SEE_CAMPAIGN),
        allowed_in_sql(chance, campaigns.seen_by),
    )


def test_units(chance: Chance):
    def query(actor: Actor) -> Select[Any]:
        return units.within(reach(actor, Permission.MANAGE_UNITS, Place.UNIT))

    python = {
        actor.account_id: {
            unit.id
            for unit in chance.session.scalars(select(Unit))
            if may(actor, Permission.MANAGE_UNITS, Subject(unit_path=unit.path))
        }
        for actor in chance.actors
    }
    agree(python, allowed_in_sql(chance, query))
