"""Fetching the board: a fixed number of queries, whatever the number of tasks and reports."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments.queries import signed_units
from pledges.core.clock import day_of
from pledges.overview import kept, queries
from pledges.overview.board import Board, build
from pledges.overview.recalling import recall
from pledges.overview.rules import BoardFacts, ObstacleFacts, TaskCard, UnitFacts
from pledges.progress import reading


def of_campaign(session: Session, campaign: Campaign, actor: Actor, as_of: date) -> Board:
    """The board of a campaign on a day, with the tasks that the actor may know of; kept while nothing changes."""
    return kept.board(session, campaign, actor, as_of, lambda: anew(session, campaign, actor, as_of))


def anew(session: Session, campaign: Campaign, actor: Actor, as_of: date) -> Board:
    """The same, from the tables as they are."""
    return build(
        BoardFacts(
            as_of=as_of,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
            expected_tasks=campaign.expected_task_count,
            whole=sees_all(actor, campaign),
            ledger=recall(reading.of_campaign(session, campaign.id, actor)),
            cards={card.id: card for card in _cards(session, campaign, actor)},
            reports={
                (task_id, period_id): number
                for task_id, period_id, number in session.execute(queries.reports(campaign.id, actor))
            },
            obstacles=tuple(_obstacles(session, campaign, actor, as_of)),
            signed_units=frozenset(session.scalars(signed_units(campaign.id, as_of))),
        )
    )


def sees_all(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor may know of every task of the campaign, by a post where it is organised or above its area."""
    organises = reach(actor, Permission.SEE_TASK, Place.CAMPAIGN)
    holds = reach(actor, Permission.SEE_TASK, Place.UNIT)
    return any(campaign.owner.path.startswith(path) for path in organises) or any(
        campaign.area.path.startswith(path) for path in holds
    )


def _cards(session: Session, campaign: Campaign, actor: Actor) -> Iterator[TaskCard]:
    helpers: dict[int, list[str]] = defaultdict(list)
    for task_id, short_name in session.execute(queries.helpers(campaign.id, actor)):
        helpers[task_id].append(short_name)
    own = reach(actor, Permission.SEE_TASK, Place.UNIT)
    for task_id, number, title, product, state, social, movement, common, *unit, path in session.execute(
        queries.cards(campaign.id, actor)
    ):
        yield TaskCard(
            id=task_id,
            number=number,
            title=title,
            product=product,
            lead=UnitFacts(*unit),
            cooperating=tuple(helpers[task_id]),
            state_funding=state,
            social_funding=social,
            own=any(path.startswith(above) for above in own),
            movement=movement or "",
            common=common or "",
        )


def _obstacles(session: Session, campaign: Campaign, actor: Actor, day: date) -> Iterator[ObstacleFacts]:
    found = session.execute(queries.open_obstacles(campaign.id, actor, day))
    for number, task_id, report_id, text, request, raised_at in found:
        yield ObstacleFacts(number, task_id, report_id, text, request, raised_on=day_of(raised_at))
