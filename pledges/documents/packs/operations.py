"""Asking for a pack, giving one up, and asking for it again; the caller commits."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.core.clock import day_of
from pledges.core.database import take_turn
from pledges.core.refusal import Refused
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import Asked, Binding, JobStatus, PackKind


@dataclass(frozen=True, kw_only=True)
class PackEntry:
    """What is asked for: which pack, bound how, of what, the name of its file, and of how many pieces it is."""

    kind: PackKind
    binding: Binding
    asked: Asked
    name: str
    total: int


def ask(session: Session, campaign: Campaign, entry: PackEntry, *, by: Actor, at: datetime) -> PrintJob:
    """Ask for a pack, which then waits to be drawn; the log says who took what out."""
    job = PrintJob(
        account_id=by.account_id,
        campaign=campaign,
        kind=entry.kind,
        binding=entry.binding,
        asked=entry.asked.written(),
        name=entry.name,
        status=JobStatus.WAITING,
        total=entry.total,
        made_at=at,
    )
    session.add(job)
    _log(session, job, by=by, at=at)
    return job


def cancel(session: Session, job: PrintJob, *, at: datetime) -> None:
    """Give a pack up; whoever draws it notices between two papers. Raises `Refused` for one that is over."""
    take_turn(session)
    session.refresh(job)
    if job.status.over:
        raise Refused("Tập này đã kết thúc, không còn gì để hủy.")
    job.status, job.ended_at = JobStatus.CANCELLED, at


def again(session: Session, job: PrintJob, *, by: Actor, at: datetime) -> None:
    """Ask once more, on this day, for a pack that failed, was given up or has expired; `Refused` for one on its way."""
    take_turn(session)
    session.refresh(job)
    if not job.status.over:
        raise Refused("Tập này đang được lập.")
    job.status, job.done, job.sentence = JobStatus.WAITING, 0, ""
    job.asked = replace(Asked.read(job.asked), today=day_of(at)).written()
    job.started_at = job.ended_at = None
    job.made_at = at
    _log(session, job, by=by, at=at)


def _log(session: Session, job: PrintJob, *, by: Actor, at: datetime) -> None:
    after = {
        "kind": job.kind.label,
        "binding": job.binding.value.upper(),
        "papers": job.total,
        "name": job.name,
    }
    record(session, "print_job.asked", job, by=by, at=at, after=after)
