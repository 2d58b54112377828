"""Bản cam kết chốt trước khi một phần việc bị hủy hay điều chỉnh: nobody can sign it, so nobody is asked to."""

import json
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy.orm import Session

from pledges.commitments.content import gone_of
from pledges.commitments.queries import amended_texts
from pledges.site import queries


def with_dropped_tasks(session: Session, commitment_ids: Collection[int]) -> set[int]:
    """The commitments whose frozen text holds a task that left the list or was amended; `dropped` tells of one."""
    if not commitment_ids:
        return set()
    texts = session.execute(queries.frozen_texts(commitment_ids)).all()
    listed: dict[tuple[int, int], set[int | None]] = defaultdict(set)
    for campaign_id, unit_id, number in session.execute(
        queries.registered_numbers({row[2] for row in texts})
    ):
        listed[campaign_id, unit_id].add(number)
    amended: dict[tuple[int, int], dict[int | None, str | None]] = defaultdict(dict)
    for campaign_id, unit_id, number, text in session.execute(
        amended_texts({(row[1], row[2]) for row in texts})
    ):
        amended[campaign_id, unit_id][number] = text
    return {
        number
        for number, campaign_id, unit_id, content in texts
        if gone_of(
            json.loads(content or "{}").get("tasks", ()),
            listed[campaign_id, unit_id],
            amended[campaign_id, unit_id],
        )
    }
