"""Leaders' pages: the queue of what waits; verdicts, decisions and questions stand in the modules beside."""

from flask import render_template, request

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.proofs.showing import of_rounds
from pledges.reviews import deciding, explaining, several, verdicts
from pledges.reviews.blueprint import blueprint
from pledges.reviews.waiting import Wanted
from pledges.reviews.waiting import queue as what_waits

__all__ = ["blueprint", "deciding", "explaining", "several", "verdicts"]


@blueprint.get("/duyet")
@guard(Permission.REVIEW_REPORT)
def queue() -> str:
    """Việc chờ duyệt: tasks, reports and obstacles that wait for this leader."""
    wanted = Wanted.read(request.args)
    actor, session = current_actor(), db.session()
    whole_queue = what_waits(session, actor, clock.today())
    reports = [one.report for one in whole_queue.reports]
    shown = of_rounds(session, [(report.task_id, report.last_round) for report in reports], actor)
    return render_template(
        "reviews/queue.html",
        queue=whole_queue.narrowed(wanted),
        whole=whole_queue,
        wishes=wanted.wishes.offering(whole_queue.answers),
        carried=wanted.sought.arguments(),
        proofs={report.id: one for report, one in zip(reports, shown, strict=True)},
    )
