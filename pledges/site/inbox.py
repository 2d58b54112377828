"""Việc đang chờ: the one list of what waits for a person on a day, gravest first.

The first page shows it, the daily digest sends it; the calendar of due days (`site.calendar`) asks the same questions.
"""

from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import OPEN, works_on
from pledges.site.waits.administrators import of_administrator
from pledges.site.waits.clerks import to_call, to_collect
from pledges.site.waits.documents import of_documents
from pledges.site.waits.following import to_explain, to_follow
from pledges.site.waits.kinds import Wait, in_order
from pledges.site.waits.leaders import of_leader
from pledges.site.waits.pledging import to_prepare
from pledges.site.waits.reports import to_report
from pledges.site.waits.signing import declined, to_sign
from pledges.site.waits.tasks import entered_for_others, of_own_units, unsent


def of(session: Session, actor: Actor, day: date) -> list[Wait]:
    """What waits for the person on the day, in a number of queries that does not grow with what lies there.

    A concluded campaign asks for nothing. Needs a request, for the addresses.
    """
    campaigns = list(session.scalars(seen_by(actor)))
    going_on = [campaign for campaign in campaigns if campaign.status in OPEN]
    working = [campaign.id for campaign in campaigns if works_on(campaign.status)]
    own = of_own_units(session, actor, going_on)
    return in_order(
        [
            *unsent(session, own),
            *to_report(session, actor, own, day),
            *entered_for_others(session, actor, going_on),
            *to_explain(session, actor, day),
            *to_follow(session, actor, day),
            *to_sign(session, actor, day),
            *declined(session, actor),
            *to_prepare(session, actor, going_on, day),
            *of_leader(session, actor, day),
            *of_documents(session, actor, day),
            *to_call(session, actor, going_on, day),
            *to_collect(session, actor, working),
            *of_administrator(session, actor),
        ]
    )


def count(waits: list[Wait]) -> int:
    """How many things wait: a bundle stands for several."""
    return sum(one.count for one in waits)
