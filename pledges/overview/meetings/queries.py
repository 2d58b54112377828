"""Questions that the agenda of a meeting asks."""

from datetime import date

from sqlalchemy import Select, func, select

from pledges.core.clock import end_of
from pledges.followups.models import FollowUp
from pledges.followups.queries import whole as follow_ups
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import whole
from pledges.tasks.models import Task


def explanations_open(campaign_id: int, day: date) -> Select[ExplanationRequest]:
    """What leaders had asked by the day and no unit had answered by then, the first to be answered first."""
    until = end_of(day)
    return whole().where(
        Task.campaign_id == campaign_id,
        ExplanationRequest.asked_at <= until,
        ExplanationRequest.answered_at.is_(None) | (ExplanationRequest.answered_at > until),
        ExplanationRequest.closed_at.is_(None) | (ExplanationRequest.closed_at > until),
    )


def follow_ups_open(campaign_id: int, day: date) -> Select[FollowUp]:
    """What had been written down by the day and was still to be done at its end, the first due first."""
    until = end_of(day)
    return (
        follow_ups()
        .where(
            FollowUp.campaign_id == campaign_id,
            FollowUp.made_at <= until,
            FollowUp.ended_at.is_(None) | (FollowUp.ended_at > until),
        )
        .order_by(None)
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )


def decisions(meeting_ids: list[int]) -> Select[int | None, int, int]:
    """How many decisions each meeting made, and how many of these have ended; those without any are left out."""
    return (
        select(FollowUp.meeting_id, func.count(), func.count(FollowUp.ended_at))
        .where(FollowUp.meeting_id.in_(meeting_ids))
        .group_by(FollowUp.meeting_id)
        .order_by(FollowUp.meeting_id)
    )
