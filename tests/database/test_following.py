"""Copying tasks into a campaign that follows: on both kinds of database, and whatever the tasks went through."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment
from pledges.progress.following import copies, ground_of
from pledges.progress.models import Report
from pledges.tasks.following import AlreadyFollowed, Chosen, follow
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskEventKind, TaskStatus
from tests.support.databases import KINDS, Database, SQLite
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another

STARTS = st.dates(date(2024, 6, 1), date(2027, 12, 31))
LENGTHS = st.integers(min_value=2, max_value=900)


@pytest.fixture(scope="module", params=KINDS)
def ward(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ward]:
    """Six tasks of all kinds of pasts: signed for, reported, reviewed, with milestones of their own."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = Database(request.param, tmp_path_factory.mktemp("following"), sqlite, server)
    made = database.ward()
    made.commitment("KP1", "signed")
    for unit, status in (
        ("KP1", "committed"),
        ("KP2", "approved"),
        ("KP3", "approved"),
        ("KP2", "cancelled"),
    ):
        made.task(unit, status, cooperating=["KP1"] if unit != "KP1" else [])
    for number, task in enumerate(made.session.scalars(select(Task).order_by(Task.id)).all()[:3]):
        made.report(task, "2024-09", [30, 40 + number], ("accepted", "submitted", "returned")[number])
    create_another(made, "HK-2025").follows = made.campaign
    made.session.commit()
    yield made
    database.close()


def into(ward: Ward) -> Campaign:
    return ward.session.scalars(select(Campaign).where(Campaign.code == "HK-2025")).one()


def chosen(ward: Ward, campaign: Campaign, *, rebased: bool = False) -> tuple[list[Chosen], list[Task]]:
    """Copies of all that can be copied, made and not committed."""
    session, source = ward.session, ward.campaign
    ground = ground_of(session, source, campaign.starts_on, campaign.ends_on, campaign.area)
    found = [
        Chosen(copy, copy.lead, frozenset(copy.reached) if rebased else frozenset())
        for copy in copies(session, source, ground, campaign, ward.actor("clerk"), ward.day)
        if copy.obstruction is None and copy.lead is not None
    ]
    return found, follow(session, campaign, found, ground.shift, by=ward.actor("clerk"), at=ward.now)


@settings(max_examples=25, deadline=None)
@given(starts_on=STARTS, length=LENGTHS, rebased=st.booleans())
def test_whatever_the_tasks_went_through_only_their_content_is_copied(
    ward: Ward, starts_on: date, length: int, rebased: bool
):
    campaign = into(ward)
    campaign.starts_on, campaign.ends_on = starts_on, date.fromordinal(starts_on.toordinal() + length)
    ward.session.flush()
    found, made = chosen(ward, campaign, rebased=rebased)
    try:
        assert len(made) == len(found) == 4
        for one, task in zip(found, made, strict=True):
            old = one.copy.task
            assert (task.status, task.number, task.registration_number) == (TaskStatus.DRAFT, None, None)
            assert [event.kind for event in task.events] == [TaskEventKind.DRAFTED]
            assert task.follows_id == old.id
            assert campaign.starts_on <= task.start_on < task.due_on <= campaign.ends_on
            assert [row.label for row in task.indicators] == [row.label for row in old.indicators]
            assert [row.target for row in task.indicators] == [row.target for row in old.indicators]
            assert not {row.id for row in task.indicators} & {row.id for row in old.indicators}
        ids = [task.id for task in made]
        assert not ward.session.scalar(select(func.count()).where(Report.task_id.in_(ids)))
        assert not ward.session.scalar(select(func.count()).where(Commitment.campaign_id == campaign.id))
        assert (campaign.last_task_number, campaign.last_registration_number) == (0, 0)
    finally:
        ward.session.rollback()


def test_no_task_is_copied_twice(ward: Ward):
    campaign = into(ward)
    found, made = chosen(ward, campaign)
    ground = ground_of(ward.session, ward.campaign, campaign.starts_on, campaign.ends_on, campaign.area)
    actor = ward.actor("clerk")
    again = copies(ward.session, ward.campaign, ground, campaign, actor, ward.day)
    assert [copy.follower for copy in again] == made
    with pytest.raises(AlreadyFollowed, match="đã được chép"):
        follow(ward.session, campaign, found[:1], ground.shift, by=actor, at=ward.now)
    ward.session.rollback()
