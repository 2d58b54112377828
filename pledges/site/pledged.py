"""Bản cam kết chốt trước khi một phần việc bị hủy hay điều chỉnh: nobody can sign it, so nobody is asked to."""

import json
from collections.abc import Collection

from sqlalchemy.orm import Session

from pledges.commitments.gone import ListNow
from pledges.site import queries


def with_dropped_tasks(session: Session, commitment_ids: Collection[int]) -> set[int]:
    """The commitments whose frozen text holds a task that left the list or was amended; `dropped` tells of one."""
    if not commitment_ids:
        return set()
    texts = session.execute(queries.frozen_texts(commitment_ids)).all()
    now = ListNow.read(session, {(row[1], row[2]) for row in texts})
    return {
        number
        for number, campaign_id, unit_id, content in texts
        if now.gone((campaign_id, unit_id), json.loads(content or "{}").get("tasks", ()))
    }
