"""Duyệt nhiều báo cáo: a page to check each, one button; what changed since it was shown is left and named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.addresses import numbers_in
from pledges.core.among import among
from pledges.core.database import db
from pledges.core.forms.several import SeveralForm
from pledges.core.refusal import Refused
from pledges.progress import reading
from pledges.progress.calendar import ReportEventKind
from pledges.progress.ledger import Ledger
from pledges.progress.lines import Line
from pledges.progress.models import Report, ReportRound
from pledges.progress.proofs.showing import Shown, of_rounds
from pledges.progress.queries import seen_by
from pledges.progress.round_lines import lines_of_round
from pledges.progress.rules import Standing
from pledges.reviews import operations
from pledges.reviews.blueprint import blueprint
from pledges.reviews.waiting import reports_waiting
from pledges.tasks.several import DONE, LEFT, MARK, MOST, TICK
from pledges.tasks.waiting import Sought

_ALL, _NONE = "tat-ca", "khong"


@dataclass(frozen=True)
class Checked:
    """A report on the page to check: its figures, what accepting it makes of the task, and what is to be known."""

    report: Report
    round: ReportRound | None
    why_not: str
    lines: Sequence[Line]
    standing: Standing
    tentative: Standing
    proofs: Shown
    days_late: int

    @property
    def ready(self) -> bool:
        """Whether it can be accepted now."""
        return not self.why_not

    @property
    def confirmed(self) -> list[str]:
        """What the unit confirmed of unusual figures, in words."""
        return [f"{line.plan.label}: {line.confirmed}" for line in self.lines if line.confirmed]


@blueprint.route("/duyet/nhieu", methods=["GET", "POST"])
@guard(Permission.REVIEW_REPORT)
def accept_several() -> Response | str:
    """Duyệt nhiều báo cáo: those that were marked in the queue, or all that wait and are asked for."""
    actor, sought, session = current_actor(), Sought.read(request.args), db.session()
    marked = numbers_in(MARK)
    waiting = [one.report for one in reports_waiting(session, actor, clock.today())]
    asked_for = [one.id for one in waiting if sought.fits_task(one.task)]
    wanted = SeveralForm.numbers_sent() or _queued(marked, [one.id for one in waiting]) or asked_for
    shown = _in_order(actor, wanted)
    checked = _checked(session, actor, shown[:MOST])
    form = SeveralForm.over(shown[:MOST], _ticked(checked, at_first=bool(marked)))
    if form.accepts():
        with form.act() as act:
            done, left = _take(session, actor, form)
            result: dict[str, Any] = {DONE: done, LEFT: left}
            act.location = url_for("reviews.accepted_several", **result)
            db.session.commit()
            return redirect(act.location)
    form.seen.data = {report.id: report.version for report in shown[:MOST]}
    return render_template(
        "reviews/accept_several.html",
        form=form,
        checked=checked,
        ready=sum(one.ready for one in checked),
        more=len(shown) - len(checked),
        chosen=set(form.chosen.data or ()),
        tick={wish: _address(wish) for wish in (_ALL, _NONE)},
        sought=sought,
    )


@blueprint.get("/duyet/nhieu/ket-qua")
@guard(Permission.REVIEW_REPORT)
def accepted_several() -> str:
    """Kết quả duyệt nhiều báo cáo: what was accepted, and what was left with the reason."""
    actor, session = current_actor(), db.session()
    done = _in_order(actor, numbers_in(DONE))
    return render_template(
        "reviews/accepted_several.html",
        done=[one for one in _checked(session, actor, done) if _kind(one.report) is ReportEventKind.ACCEPTED],
        left=_checked(session, actor, _in_order(actor, numbers_in(LEFT))),
        waiting=len(reports_waiting(session, actor, clock.today())),
    )


def _take(session: Session, actor: Actor, form: SeveralForm) -> tuple[list[int], list[int]]:
    """Accept each chosen report that stands as it was seen; the ids of those accepted, and of those left."""
    same, changed = form.sort_out(session)
    done = [report.id for report in same if _accept(session, actor, report)]
    return done, [report.id for report in (*changed, *same) if report.id not in done]


def _accept(session: Session, actor: Actor, report: Report) -> bool:
    if _why_not(actor, report):
        return False
    try:
        operations.accept(session, report, by=actor, at=clock.now())
    except Refused:
        return False
    return True


def _why_not(actor: Actor, report: Report) -> str:
    """Why the report can't be accepted, in words; "" when it can."""
    if _kind(report) is not ReportEventKind.SUBMITTED:
        return "Báo cáo không còn chờ duyệt; có thể đồng chí khác vừa duyệt hoặc trả lại."
    if not works_on(report.task.campaign.status):
        return f"Phong trào {report.task.campaign.status.label.lower()} nên không duyệt được nữa."
    if not may(actor, Permission.REVIEW_REPORT, report.subject()):
        return "Đồng chí không có quyền, hoặc chính đồng chí đã lập, sửa hay gửi báo cáo này."
    return ""


def _kind(report: Report) -> ReportEventKind | None:
    """What happened to the newest round last."""
    last = report.last_round
    return last.last_event.kind if last is not None and last.last_event is not None else None


def _queued(numbers: Iterable[int], waiting: Sequence[int]) -> list[int]:
    """These ids as the queue has them; those that don't wait come last."""
    wanted = list(numbers)
    return [*(one for one in waiting if one in wanted), *(one for one in wanted if one not in waiting)]


def _in_order(actor: Actor, numbers: Sequence[int]) -> list[Report]:
    """The reports of these ids that the actor may know of, in their order."""
    if not numbers:
        return []
    found = {one.id: one for one in db.session.scalars(seen_by(actor).where(among(Report.id, numbers)))}
    return [found[number] for number in numbers if number in found]


def _ticked(checked: Iterable[Checked], *, at_first: bool) -> list[int]:
    """Which are ticked when the page opens: as the address wishes, never what can't be accepted."""
    wish = request.args.get(TICK)
    tick = wish == _ALL if wish in {_ALL, _NONE} else at_first
    return [one.report.id for one in checked if tick and one.ready]


def _address(wish: str) -> str:
    """This page with all that can be accepted ticked, or none of it: for browsers without scripts."""
    arguments: dict[str, Any] = request.args.to_dict(flat=False) | {TICK: wish}
    return url_for("reviews.accept_several", **arguments)


def _checked(session: Session, actor: Actor, reports: Sequence[Report]) -> list[Checked]:
    """The reports with all that the page to check shows: a few queries per campaign."""
    ledgers: dict[int, Ledger] = {
        number: reading.of_campaign(session, number, actor)
        for number in {report.task.campaign_id for report in reports}
    }
    rounds = [(report.task_id, _sent(report)) for report in reports]
    today = clock.today()
    found = []
    for report, (_task_id, one), proofs in zip(
        reports, rounds, of_rounds(session, rounds, actor), strict=True
    ):
        ledger = ledgers[report.task.campaign_id]
        found.append(
            Checked(
                report=report,
                round=one,
                why_not=_why_not(actor, report),
                lines=lines_of_round(ledger, report, one) if one is not None else (),
                standing=ledger.standing(report.task_id, today),
                tentative=ledger.tentative(report.task_id, today),
                proofs=proofs,
                days_late=_days_late(ledger, report, today),
            )
        )
    return found


def _days_late(ledger: Ledger, report: Report, day: date) -> int:
    """How many days after the due day the report was first sent; 0 on time, or where none was asked for."""
    period = next(one for one in ledger.periods if one.id == report.period_id)
    first = ledger.first_sent(report.task_id, period, day)
    excused = ledger.excused(report.task_id, period, day) is not None
    return 0 if first is None or excused else period.days_late(first)


def _sent(report: Report) -> ReportRound | None:
    sent = [one for one in report.rounds if one.submitted_at is not None]
    return sent[-1] if sent else None
