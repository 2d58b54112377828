"""What is searched of tasks, units and people, and where each lies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from pledges.accounts.models import Account, Appointment
from pledges.campaigns.models import Campaign
from pledges.index.queries import HELPS, ORGANISES, sign_of_campaign, signs_of_path
from pledges.index.sources import Told
from pledges.tasks.models import Indicator, Task, cooperation
from pledges.units.models import Unit

LAST = 10**6
"""Comes after every number."""
SORTED_BY = 60
"""So much of a sort key tells entries apart that are alike in everything else."""
_DAYS = 10**7

Owner = aliased(Unit)


def names_of(unit: Any) -> tuple[str, ...]:
    """What a unit is called: name, short name, code."""
    return unit.name, unit.short_name, unit.code


def newest_first(starts_on: date) -> str:
    """A sort key that puts the newest campaign first."""
    return f"{_DAYS - starts_on.toordinal():07}"


def grouped(session: Session, statement: Any) -> dict[int, list[Any]]:
    """Rows by their first column."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(statement):
        found[row[0]].append(row)
    return found


def _task_rows(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    yield from session.execute(
        select(
            Task.id,
            Task.title,
            Task.title_sort,
            Task.product,
            Task.number,
            Task.campaign_id,
            Campaign.starts_on,
            Owner.path.label("owner_path"),
            Unit.name,
            Unit.short_name,
            Unit.code,
            Unit.path,
        )
        .join(Task.lead_unit)
        .join(Task.campaign)
        .join(Owner, Owner.id == Campaign.owner_unit_id)
        .where(Task.id.in_(ids))
    )


def tasks(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Title; product, indicators, lead and cooperating units. By campaign, newest first, then by number."""
    labels = grouped(
        session,
        select(Indicator.task_id, Indicator.label)
        .where(Indicator.task_id.in_(ids))
        .order_by(Indicator.task_id, Indicator.position),
    )
    helping = grouped(
        session,
        select(cooperation.c.task_id, Unit.name, Unit.short_name, Unit.code, Unit.path)
        .join(Unit, Unit.id == cooperation.c.unit_id)
        .where(cooperation.c.task_id.in_(ids))
        .order_by(cooperation.c.task_id, Unit.position, Unit.id),
    )
    for row in _task_rows(session, ids):
        helped = helping.get(row.id, ())
        names = (*names_of(row), *(name for unit in helped for name in names_of(unit)))
        places = (*signs_of_path(row.path), *signs_of_path(row.owner_path, ORGANISES))
        yield Told(
            row.id,
            row.title,
            (row.product, *(one.label for one in labels.get(row.id, ())), *names),
            (
                sign_of_campaign(row.campaign_id),
                *places,
                *(sign for unit in helped for sign in signs_of_path(unit.path, HELPS)),
            ),
            newest_first(row.starts_on) + f"{row.number or LAST:07}" + row.title_sort[:SORTED_BY],
        )


def units(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Name; short name, code, the post of its head. In the order of the official list."""
    for unit in session.execute(
        select(
            Unit.id,
            Unit.name,
            Unit.short_name,
            Unit.code,
            Unit.path,
            Unit.head_position,
            Unit.position,
            Unit.name_sort,
        ).where(Unit.id.in_(ids))
    ):
        body = (unit.short_name, unit.code, unit.head_position)
        sort = f"{max(unit.position, 0):07}{unit.name_sort[:SORTED_BY]}"
        yield Told(unit.id, unit.name, body, signs_of_path(unit.path), sort)


def accounts(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Only the name: for those who keep accounts, among them accounts without a post."""
    for account in session.execute(
        select(Account.id, Account.name, Account.name_sort).where(Account.id.in_(ids))
    ):
        yield Told(account.id, account.name, (), (), account.name_sort[:SORTED_BY])


def appointments(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Name; post and unit. One entry for each post, so that nobody is found by one that is over."""
    for row in session.execute(
        select(
            Appointment.id,
            Account.name.label("person"),
            Account.name_sort,
            Appointment.post,
            Unit.name,
            Unit.short_name,
            Unit.code,
            Unit.path,
        )
        .join(Appointment.account)
        .join(Appointment.unit)
        .where(Appointment.id.in_(ids))
    ):
        body = (row.post, *names_of(row))
        yield Told(row.id, row.person, body, signs_of_path(row.path), row.name_sort[:SORTED_BY])
