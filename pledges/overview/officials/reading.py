"""Fetching the figures by person: a fixed number of queries, whatever the number of people and tasks."""

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.overview.officials import queries
from pledges.overview.officials.rules import Charge, Official, Span, officials_of
from pledges.progress import reading


def of_campaign(session: Session, campaign_id: int, actor: Actor, span: Span) -> list[Official]:
    """Those whose figures the actor may see, by given name."""
    rows = session.execute(queries.charges(campaign_id, actor))
    charges = [Charge(*row) for row in rows]
    if not charges:
        return []
    ledger = reading.of_these(session, campaign_id, queries.their_tasks(campaign_id, actor))
    return officials_of(ledger, charges, span)
