"""What is done with explanation requests: asked, answered, ended."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.core.clock import day_of
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.rules import (
    ExplanationRefused,
    check_answer_by,
    check_answerable,
    check_closable,
)
from pledges.progress.models import Period
from pledges.tasks.models import Indicator
from pledges.tasks.rules import REGISTERED


@dataclass(frozen=True)
class Question:
    """What a leader asks: in words, by which day, and about the report of which period, where it is about one."""

    words: str
    answer_by: date
    period: Period | None = None


def ask(
    session: Session, indicator: Indicator, question: Question, *, by: Actor, at: datetime
) -> ExplanationRequest:
    """Yêu cầu giải trình on one indicator; the unit's reports go on beside it."""
    task = indicator.task
    check_works(task.campaign.status)
    if task.status not in REGISTERED:
        raise ExplanationRefused("Chỉ yêu cầu giải trình về phần việc đang trong danh mục.")
    check_answer_by(question.answer_by, day_of(at))
    asked = ExplanationRequest(
        indicator=indicator,
        period=question.period,
        question=question.words,
        answer_by=question.answer_by,
        asked_at=at,
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_by_post=by.post,
    )
    session.add(asked)
    after = {
        "task_number": task.number,
        "indicator": indicator.position,
        "period": question.period.start_on if question.period is not None else None,
        "answer_by": question.answer_by,
    }
    record(session, "explanation_request.asked", asked, by=by, at=at, note=question.words, after=after)
    return asked


def answer(session: Session, asked: ExplanationRequest, words: str, *, by: Actor, at: datetime) -> None:
    """Giải trình, once and in writing; late ones are taken too, and said to be late."""
    check_works(asked.indicator.task.campaign.status)
    check_answerable(answered_by=asked.answered_by_name, closed_by=asked.closed_by_name)
    asked.answer, asked.answered_at = words, at
    asked.answered_by_id, asked.answered_by_name, asked.answered_by_post = by.account_id, by.name, by.post
    record(session, "explanation_request.answered", asked, by=by, at=at, note=words)


def close(session: Session, asked: ExplanationRequest, note: str, *, by: Actor, at: datetime) -> None:
    """Take the answer; or, without one, withdraw the question with a note that says why."""
    answered = asked.answered_at is not None
    check_closable(answered=answered, closed_by=asked.closed_by_name, note=note)
    asked.closed_at, asked.closed_by_name, asked.closing_note = at, by.name, note
    record(
        session, "explanation_request.closed", asked, by=by, at=at, note=note, after={"answered": answered}
    )
