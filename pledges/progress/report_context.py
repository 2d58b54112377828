"""What the form of a report is judged by, and what stands beside it, on the page of one task and on that of a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.progress.behalf import needs_paper
from pledges.progress.calendar import ReportEventKind
from pledges.progress.corrected import says_the_same
from pledges.progress.ledger import Ledger
from pledges.progress.models import Period, Report, ReportEvent, ReportRound
from pledges.progress.remarks import last_return, remarks_on
from pledges.progress.round_lines import around_of
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.models import Task


def judged_by(
    ledger: Ledger, task: Task, period: Period, known: Report | None, actor: Actor
) -> dict[str, Any]:
    """The context of the fields of one task's report: plans, what stood before, the days, whose report it is."""
    facts, today = ledger.tasks[task.id], clock.today()
    return {
        "number": task.number,
        "plans": tuple(zip(facts.indicator_ids, facts.plan.indicators, strict=True)),
        "before": ledger.values_before(task.id, period.start_on, today),
        "around": around_of(ledger, task.id, period.start_on, today),
        "start_on": task.start_on,
        "today": today,
        "for_another": enters_for_another(actor, task.lead_unit, Permission.ENTER_REPORT),
        "needs_paper": needs_paper(actor, task.lead_unit, open_round(known)),
    }


def open_round(known: Report | None) -> ReportRound | None:
    """The round that is being written, if there is one."""
    last = known.last_round if known is not None else None
    return last if last is not None and last.last_event is None else None


def with_the_leaders(known: Report | None) -> bool:
    """Whether the report was sent and is not to be written now: it waits, or was accepted."""
    last = known.last_round if known is not None else None
    event = last.last_event if last is not None else None
    return event is not None and event.kind is not ReportEventKind.RETURNED


def accepted(known: Report) -> bool:
    """Whether the report stands accepted, and nobody is writing it anew."""
    last = known.last_round
    event = last.last_event if last is not None else None
    return event is not None and event.kind is ReportEventKind.ACCEPTED


def being_corrected(known: Report) -> bool:
    """Whether accepted figures are being said anew."""
    one = open_round(known)
    return one is not None and one.correction != ""


@dataclass(frozen=True)
class Beside:
    """What the page of a report tells beside its fields.

    `returned` is the return that the unit has still to answer, `remarks` are its words on lines; `correction` is why
    accepted figures are said anew, `accepted` those figures, `same` that nothing differs from them yet; `late` tells
    that sending it now is late.
    """

    returned: ReportEvent | None
    remarks: Mapping[int, str]
    correction: str
    accepted: Mapping[int, Decimal]
    saved_at: Any
    late: bool
    same: bool


def beside(known: Report | None, period: Period, today: date) -> Beside:
    """What there is to tell of a report (None: nobody has begun it)."""
    one = open_round(known)
    correction = one.correction if one is not None else ""
    return Beside(
        returned=last_return(known) if known is not None else None,
        remarks=remarks_on(known) if known is not None else {},
        correction=correction,
        accepted=_counting(known) if known is not None and correction else {},
        saved_at=one.entered_at if one is not None else None,
        late=today > period.grace_until and not _was_sent(known),
        same=known is not None and one is not None and says_the_same(known, one),
    )


def _counting(known: Report) -> dict[int, Decimal]:
    """The figures that count while the report is corrected, by indicator."""
    rounds = [one for one in known.rounds if one.accepted]
    return {figure.indicator_id: figure.value for figure in rounds[-1].figures} if rounds else {}


def _was_sent(known: Report | None) -> bool:
    return known is not None and any(one.submitted_at is not None for one in known.rounds)
