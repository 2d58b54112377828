"""Questions about rules of evidence, and about files that several reports show."""

from collections.abc import Iterable

from sqlalchemy import Select, exists, select

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Evidence, Period, Report, ReportEvent, ReportRound
from pledges.progress.proofs.models import ProofRule
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit


def rules_of(task_ids: Iterable[int]) -> Select[ProofRule]:
    """What evidence these tasks must show, by task and in the order in which it was set."""
    return (
        select(ProofRule)
        .where(ProofRule.task_id.in_(sorted(set(task_ids))))
        .order_by(ProofRule.task_id, ProofRule.position)
    )


def used(
    file_ids: Iterable[int], actor: Actor
) -> Select[int, int, int, int | None, str, Period, bool, bool, bool]:
    """Every place where these files are shown, the first use first.

    Columns: file, report, task, the task's number, its unit, the period; whether the round was sent, whether the
    actor may see the report, and whether the actor writes it.
    """
    sent = exists().where(
        ReportEvent.round_id == ReportRound.id, ReportEvent.kind == ReportEventKind.SUBMITTED
    )
    return (
        select(
            Evidence.file_id,
            Report.id,
            Task.id,
            Task.number,
            Unit.name,
            Period,
            sent.label("sent"),
            in_scope(actor, Permission.SEE_REPORT).label("seen"),
            in_scope(actor, Permission.ENTER_REPORT).label("written"),
        )
        .join(ReportRound, ReportRound.id == Evidence.round_id)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Period, Period.id == Report.period_id)
        .join(Task, Task.id == Report.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(Evidence.file_id.in_(sorted(set(file_ids))))
        .order_by(Evidence.id)
    )
