"""Ngày đến hạn: what is to be done on which day, as a person's calendar shows it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import OPEN
from pledges.campaigns.selection import url_in
from pledges.progress import reading
from pledges.progress.calendar import ReportStatus, period_label
from pledges.progress.models import Period
from pledges.site.waits import queries
from pledges.site.waits.tasks import OwnTask, of_own_units
from pledges.tasks.rules import REGISTERED

BACK = timedelta(days=31)
"""What came due longer ago stands in no calendar; the first page still says it."""

_OWED = {ReportStatus.NOT_YET_DUE, ReportStatus.DUE, ReportStatus.OVERDUE, ReportStatus.RETURNED}


@dataclass(frozen=True)
class DueDay:
    """A day in the calendar: `key` names it for ever, `url` is a path of this server."""

    key: str
    day: date
    title: str
    text: str
    url: str


def of(session: Session, actor: Actor, today: date) -> list[DueDay]:
    """The person's due days in their order, from a month back on; none of a concluded campaign."""
    campaigns = [one for one in session.scalars(seen_by(actor)) if one.status in OPEN]
    own = [one for one in of_own_units(session, actor, campaigns) if one.status in REGISTERED]
    found = [
        *_reports(session, actor, own, today),
        *_organised(session, actor, campaigns),
        *_explanations(session, actor),
        *_follow_ups(session, actor),
        *_tasks(session, actor),
    ]
    return sorted((one for one in found if one.day >= today - BACK), key=lambda one: (one.day, one.key))


def _reports(session: Session, actor: Actor, own: Sequence[OwnTask], today: date) -> Iterator[DueDay]:
    """One day a period, with the tasks whose reports are still owed."""
    by_campaign: dict[int, list[OwnTask]] = defaultdict(list)
    for task in own:
        by_campaign[task.campaign_id].append(task)
    for campaign_id, tasks in by_campaign.items():
        ledger = reading.of_campaign(session, campaign_id, actor)
        for period in ledger.periods:
            owed = [
                task.title
                for task in tasks
                if ledger.expected(task.id, period, today)
                and ledger.report_status(task.id, period, today) in _OWED
            ]
            if owed:
                yield DueDay(
                    f"report-{period.id}",
                    period.due_on,
                    f"Hạn báo cáo {period.label}: {len(owed)} phần việc",
                    "\n".join(owed),
                    url_for("site.home"),
                )


def _organised(session: Session, actor: Actor, campaigns: Sequence[Campaign]) -> Iterator[DueDay]:
    """For who organises a campaign: the days on which the units report."""
    organised = {one.id: one for one in campaigns if may(actor, Permission.MAKE_FOLLOW_UP, one.subject())}
    if not organised:
        return
    for period in session.scalars(
        select(Period).where(Period.campaign_id.in_(organised)).order_by(Period.due_on, Period.id)
    ):
        label = period_label(period.cycle, period.start_on, period.end_on, period.name)
        campaign = organised[period.campaign_id]
        url = url_in(campaign, "documents.calls")
        title = f"Các đơn vị nộp báo cáo {label}"
        yield DueDay(f"period-{period.id}", period.due_on, title, campaign.title, url)


def _explanations(session: Session, actor: Actor) -> Iterator[DueDay]:
    for number, question, answer_by, indicator, title, _unit, _by in session.execute(
        queries.to_explain(actor)
    ):
        url = url_for("progress.explain", request_id=number)
        words = f"{title}\n{question}"
        yield DueDay(f"explanation-{number}", answer_by, f"Hạn giải trình: {indicator}", words, url)


def _follow_ups(session: Session, actor: Actor) -> Iterator[DueDay]:
    for number, text, due_on, _owner, unit, *_rest in session.execute(queries.to_follow(actor)):
        if due_on is not None:
            url = url_for("followups.follow_up", follow_up_id=number)
            yield DueDay(f"follow-up-{number}", due_on, f"Việc theo dõi: {text}", unit or "", url)


def _tasks(session: Session, actor: Actor) -> Iterator[DueDay]:
    for number, title, due_on, unit in session.execute(queries.own_due_days(actor)):
        url = url_for("progress.task", task_id=number)
        yield DueDay(f"task-{number}", due_on, f"Ngày hoàn thành: {title}", unit, url)
