"""Questions about packs: whose they are, which wait, and what can be put into one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, defer, joinedload, load_only

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.among import among
from pledges.documents.issuing.queries import NAMED
from pledges.documents.issuing.queries import in_scope as documents_in_scope
from pledges.documents.models import Document
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import JobStatus
from pledges.documents.rules import PaperKind
from pledges.files.models import StoredFile
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Evidence, Period, Report, ReportEvent, ReportRound
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope as tasks_in_scope
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit


def whole() -> Select[PrintJob]:
    """Packs with the campaign that each is of, the newest first."""
    return (
        select(PrintJob)
        .options(
            joinedload(PrintJob.campaign).joinedload(Campaign.owner),
            joinedload(PrintJob.campaign).joinedload(Campaign.area),
        )
        .order_by(PrintJob.made_at.desc(), PrintJob.id.desc())
    )


def own(account_id: int) -> Select[PrintJob]:
    """The packs that a person asked for: nobody else knows of them."""
    return whole().where(PrintJob.account_id == account_id)


def own_since(account_id: int, moment: datetime) -> Select[PrintJob]:
    """Those since a moment."""
    return own(account_id).where(PrintJob.made_at >= moment)


def waiting() -> Select[int]:
    """The numbers of the packs that nobody began to draw, in the order in which they were asked for."""
    return select(PrintJob.id).where(PrintJob.status == JobStatus.WAITING).order_by(PrintJob.id)


def begun() -> Select[int]:
    """The numbers of the packs that somebody began to draw."""
    return select(PrintJob.id).where(PrintJob.status == JobStatus.DRAWING).order_by(PrintJob.id)


def how_many_before(job_id: int) -> Select[int]:
    """How many packs are drawn before this one."""
    open_ones = (JobStatus.WAITING, JobStatus.DRAWING)
    return select(sa.func.count()).where(PrintJob.status.in_(open_ones), PrintJob.id < job_id)


def units_leading(campaign_id: int, actor: Actor) -> Select[Unit]:
    """The units that lead a registered task of the campaign, in the order of the list."""
    led = select(Task.lead_unit_id).where(
        Task.campaign_id == campaign_id, Task.status.in_(REGISTERED), tasks_in_scope(actor)
    )
    return select(Unit).where(Unit.id.in_(led)).order_by(Unit.position, Unit.id)


def issued(campaign_id: int, actor: Actor, year: int, kind: PaperKind | None = None) -> Select[Document]:
    """What was issued of the campaign in a year, in the order of the register."""
    from_to = (date(year, 1, 1), date(year, 12, 31))
    found = _documents(actor).where(Document.campaign_id == campaign_id, Document.issued_on.between(*from_to))
    found = found.options(load_only(*NAMED))  # what was frozen is long, and none of it is on the list
    return found.where(Document.kind == kind) if kind is not None else found


def issued_these(actor: Actor, document_ids: Iterable[int]) -> Select[Document]:
    """These issued documents with what was frozen, as far as the actor may see them."""
    return _documents(actor).options(defer(Document.filled)).where(among(Document.id, document_ids))


def _documents(actor: Actor) -> Select[Document]:
    return (
        select(Document)
        .options(joinedload(Document.file))
        .where(documents_in_scope(actor), Document.issued_at.is_not(None))
        .order_by(Document.issued_on, Document.kind, Document.number, Document.id)
    )


def years_issued(campaign_id: int, actor: Actor) -> Select[int]:
    """The years in which something of the campaign was issued, the last first."""
    year = sa.cast(sa.extract("year", Document.issued_on), sa.Integer)
    return (
        select(year)
        .where(
            documents_in_scope(actor), Document.campaign_id == campaign_id, Document.issued_at.is_not(None)
        )
        .distinct()
        .order_by(year.desc())
    )


_SENT, _FIRST = aliased(ReportEvent), aliased(ReportEvent)
_LAST, _LATER = aliased(ReportEvent), aliased(ReportEvent)
EVIDENCE = (
    Unit.id.label("unit_id"),
    Unit.name.label("unit"),
    Unit.block.label("block"),
    Task.id.label("task_id"),
    Task.number.label("task_number"),
    Task.title.label("task"),
    Report.period_id.label("period_id"),
    ReportRound.number.label("round"),
    _SENT.at.label("sent_at"),
    _SENT.by_name.label("sent_by"),
    _SENT.by_post.label("sent_by_post"),
    _LAST.kind.label("verdict"),
    Evidence.name.label("name"),
    StoredFile.sha256.label("sha256"),
    StoredFile.size.label("size"),
    StoredFile.media_type.label("media_type"),
    StoredFile.extension.label("extension"),
)
"""What the list of evidence says of a file: columns alone, for there may be tens of thousands."""


def evidence(
    campaign_id: int, actor: Actor, *, period_id: int | None = None, accepted: bool = False
) -> Select[*tuple[Any, ...]]:
    """The files of rounds that were sent, by unit, task, period and round: columns by `EVIDENCE`.

    Only of reports that the actor may see; `accepted` leaves out rounds that no leader has accepted.
    """
    first = select(sa.func.min(_FIRST.id)).where(
        _FIRST.round_id == ReportRound.id, _FIRST.kind == ReportEventKind.SUBMITTED
    )
    last = select(sa.func.max(_LATER.id)).where(_LATER.round_id == ReportRound.id)
    statement = (
        select(*EVIDENCE)
        .join(ReportRound, ReportRound.id == Evidence.round_id)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Task, Task.id == Report.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Period, Period.id == Report.period_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .join(_SENT, _SENT.id == first.correlate(ReportRound).scalar_subquery())
        .join(_LAST, _LAST.id == last.correlate(ReportRound).scalar_subquery())
        .where(Task.campaign_id == campaign_id, tasks_in_scope(actor, Permission.SEE_REPORT))
        .order_by(
            Unit.position, Unit.id, Task.number, Task.id, Period.start_on, ReportRound.number, Evidence.id
        )
    )
    if period_id is not None:
        statement = statement.where(Report.period_id == period_id)
    if accepted:
        statement = statement.where(_LAST.kind == ReportEventKind.ACCEPTED)
    return statement


def evidence_by_unit(
    campaign_id: int, actor: Actor, *, period_id: int | None = None, accepted: bool = False
) -> Select[int, str, str, int, int]:
    """The units with such files, in the order of the list: number, name, block, how many files, how many bytes."""
    found = evidence(campaign_id, actor, period_id=period_id, accepted=accepted).order_by(None).subquery()
    return (
        select(Unit.id, Unit.name, Unit.block, sa.func.count(), sa.func.sum(found.c.size))
        .join(found, found.c.unit_id == Unit.id)
        .group_by(Unit.id, Unit.name, Unit.block, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
