"""Bản cam kết chốt trước khi một phần việc bị hủy: nobody can sign it, so nobody is asked to."""

import json
from collections.abc import Collection

from sqlalchemy.orm import Session

from pledges.site import queries


def with_dropped_tasks(session: Session, commitment_ids: Collection[int]) -> set[int]:
    """The commitments whose frozen text holds a task that no longer stands in the list; `dropped` tells of one."""
    if not commitment_ids:
        return set()
    texts = session.execute(queries.frozen_texts(commitment_ids)).all()
    listed = {tuple(row) for row in session.execute(queries.registered_numbers({row[2] for row in texts}))}
    return {
        number
        for number, campaign_id, unit_id, content in texts
        if any(
            (campaign_id, unit_id, task["number"]) not in listed
            for task in json.loads(content or "{}").get("tasks", ())
        )
    }
