"""The seven kinds of records that are searched: what is read of each, and which changes concern it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, or_, select

from pledges.accounts.models import Account, Appointment
from pledges.campaigns.models import Basis, Campaign, Movement
from pledges.commitments.models import Commitment, Signatory
from pledges.index.models import EntryKind
from pledges.index.sources import Source, Watch
from pledges.search import paper_texts, texts
from pledges.tasks.models import Indicator, Task, cooperation
from pledges.units.models import Unit

_UNIT = ("name", "short_name", "code", "path", "position")
_CAMPAIGN = ("title", "owner", "owner_unit_id", "starts_on")


def _itself(record: Any) -> list[int]:
    return [record.id]


def _of(name: str) -> Callable[[Any], list[int]]:
    """The record whose part has changed, by the column that refers to it."""
    return lambda record: [getattr(record, name)]


def _organised(unit: Unit) -> Select[int]:
    return select(Campaign.id).where(Campaign.owner_unit_id == unit.id)


def _tasks_of(unit: Unit) -> Select[int]:
    helped = select(cooperation.c.task_id).where(cooperation.c.unit_id == unit.id)
    return select(Task.id).where(or_(Task.lead_unit_id == unit.id, Task.id.in_(helped)))


SOURCES = (
    Source(
        EntryKind.TASK,
        lambda: select(Task.id),
        texts.tasks,
        (
            Watch(Task, _itself),
            Watch(Indicator, _of("task_id"), ("label",)),
            Watch(Unit, _tasks_of, _UNIT),
            Watch(Unit, lambda one: select(Task.id).where(Task.campaign_id.in_(_organised(one))), ("path",)),
            Watch(Campaign, lambda one: select(Task.id).where(Task.campaign_id == one.id), _CAMPAIGN[1:]),
        ),
    ),
    Source(EntryKind.UNIT, lambda: select(Unit.id), texts.units, (Watch(Unit, _itself),)),
    Source(
        EntryKind.ACCOUNT,
        lambda: select(Account.id),
        texts.accounts,
        (Watch(Account, _itself, ("name",)),),
    ),
    Source(
        EntryKind.APPOINTMENT,
        lambda: select(Appointment.id),
        texts.appointments,
        (
            Watch(Appointment, _itself),
            Watch(
                Account, lambda one: select(Appointment.id).where(Appointment.account_id == one.id), ("name",)
            ),
            Watch(Unit, lambda one: select(Appointment.id).where(Appointment.unit_id == one.id), _UNIT),
        ),
    ),
    Source(
        EntryKind.COMMITMENT,
        lambda: select(Commitment.id),
        paper_texts.commitments,
        (
            Watch(Commitment, _itself),
            Watch(Signatory, _of("commitment_id")),
            Watch(Unit, lambda one: select(Commitment.id).where(Commitment.unit_id == one.id), _UNIT),
            Watch(
                Unit,
                lambda one: select(Commitment.id).where(Commitment.campaign_id.in_(_organised(one))),
                ("path",),
            ),
            Watch(
                Campaign, lambda one: select(Commitment.id).where(Commitment.campaign_id == one.id), _CAMPAIGN
            ),
        ),
    ),
    Source(
        EntryKind.REPORT,
        lambda: select(Campaign.id),
        paper_texts.reports,
        (Watch(Campaign, _itself, _CAMPAIGN), Watch(Unit, _organised, _UNIT)),
    ),
    Source(
        EntryKind.CAMPAIGN,
        lambda: select(Campaign.id),
        paper_texts.campaigns,
        (
            Watch(Campaign, _itself),
            Watch(Basis, _of("campaign_id")),
            Watch(Movement, _of("campaign_id")),
            Watch(Unit, _organised, _UNIT),
        ),
    ),
)
