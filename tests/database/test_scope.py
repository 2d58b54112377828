"""A right that lives in Python and in SQL is asked in both: every person, every record, in worlds made at random."""

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import Select, select

from pledges.access.permissions import Permission, Place, Subject, may, reach
from pledges.access.roles import Actor
from pledges.campaigns import queries as campaigns
from pledges.campaigns.models import Campaign
from pledges.commitments import deputies
from pledges.commitments import queries as commitments
from pledges.commitments.models import Commitment
from pledges.progress import queries as progress
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report
from pledges.tasks import queries as tasks
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from pledges.units import queries as units
from pledges.units.models import Unit
from tests.database.chance import Chance, make_world
from tests.support.databases import KINDS, Database, SQLite

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=[(kind, seed) for kind in KINDS for seed in SEEDS])
def chance(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chance]:
    kind, seed = request.param
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    database = Database(kind, tmp_path_factory.mktemp("chance"), sqlite, server)
    yield make_world(database.ward(), random.Random(seed))  # noqa: S311 - the same worlds each time
    database.close()


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
