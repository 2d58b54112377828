"""Bảng phần việc: all tasks of a campaign as a table that is filled in like a spreadsheet and saved in one go."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.rules import takes_late_tasks_only, takes_tasks
from pledges.campaigns.selection import selected
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import Act
from pledges.core.refusal import Refused
from pledges.tasks import operations
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.blueprint import blueprint
from pledges.tasks.grid import page
from pledges.tasks.grid.forms import GridForm, pressed
from pledges.tasks.grid.judging import Judged, called, judge, lacking_paper, unjudged, write
from pledges.tasks.grid.narrowing import Filter, Narrowed
from pledges.tasks.grid.sent import MOST_ROWS, TYPED
from pledges.tasks.models import Task
from pledges.tasks.rows.columns import TASK_COLUMNS, names_of
from pledges.tasks.rows.known import Known, known_of
from pledges.tasks.rules import EDITABLE

BLANK = 5
"""How many blank lines stand below the tasks, and how many more the button brings."""
NO_PAPER = "Chưa lưu: đồng chí đang nhập thay các đơn vị, ghi rõ theo giấy tờ nào ở ô cuối bảng."
ADD, GIVE_UP, NARROW, WIDEN, DROP, TURN = "add", "give-up", "filter", "all", "drop-", "page-"


@blueprint.route("/phan-viec/bang", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def grid() -> Response | str:
    """Bảng phần việc: the campaign's tasks for the clerk, the own units' for an officer."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    form = GridForm.bind(campaign, Filter.read(request.args))
    act = pressed() if request.method == "POST" else ""
    if act == ADD:
        form.keep_typed()
        return _page(form, actor, blank=_blank(form) + BLANK)
    if act == GIVE_UP or _leads_on(act):
        return _elsewhere(form, act)
    if act and not form.too_long and form.accepts():
        with form.act() as doing:
            _save(form, actor, doing)
            if doing.location:
                return redirect(doing.location)
    return _page(form, actor, blank=max(_blank(form), BLANK))


def _save(form: GridForm, actor: Actor, doing: Act) -> None:
    """Write the rows that can be written, and say where that leads; nowhere when none could."""
    if not takes_tasks(form.campaign.status):
        raise Refused(operations.CLOSED)
    session = db.session()
    judged = judge(form.unsaved, known_of(session, actor, form.campaign))
    bad = [row for row in judged if not row.good and not row.dropped]
    paper = form.from_paper.data or ""
    lacks_paper = lacking_paper(judged, actor, paper)
    if lacks_paper or (bad and not any(row.good for row in judged)):
        session.rollback()
        form.from_paper.errors = [NO_PAPER] if lacks_paper else []
        form.checked.data = "1"
        form.keep_typed()
        return
    written = write(session, judged, form.campaign, paper, by=actor, at=clock.now())
    doing.location = form.set_aside([row.sent for row in bad], form.wanted, checked=True)
    session.commit()
    flash(f"Đã lưu {written} phần việc." if written else "Không có gì thay đổi để lưu.", "good")


def _leads_on(act: str) -> bool:
    return act in {NARROW, WIDEN} or act.startswith((DROP, TURN))


def _elsewhere(form: GridForm, act: str) -> Response | str:
    """Another part of the grid: what was typed and not saved comes along."""
    if not form.validate():
        return _page(form, current_actor(), blank=max(_blank(form), BLANK))
    wanted = _wanted(form.wanted, act)
    rows = [] if act == GIVE_UP else form.unsaved
    with form.act() as doing:
        doing.location = form.set_aside(rows, wanted, checked=bool(form.checked.data))
        db.session.commit()
        return redirect(doing.location)
    return _page(form, current_actor(), blank=max(_blank(form), BLANK))


def _wanted(now: Filter, act: str) -> Filter:
    """What is shown after the button, of what is shown now."""
    if act == NARROW:
        return Filter.read(request.form)
    if act == WIDEN:
        return Filter.read({})
    if act.startswith(DROP):
        return now.without(act.removeprefix(DROP))
    return now.at(act.removeprefix(TURN)) if act.startswith(TURN) else now


def _blank(form: GridForm) -> int:
    """How many blank rows were sent: as many come back, but no more than could be saved."""
    return min(sum(row.blank and row.is_new for row in form.rows), MOST_ROWS)


def _page(form: GridForm, actor: Actor, *, blank: int) -> str:
    """The grid, with what was sent and not saved in its place."""
    campaign, session = form.campaign, db.session()
    known = known_of(session, actor, campaign)
    own = [task for task in known.tasks.values() if task.lead_unit_id in known.leads]
    if form.checked.data:
        rest = [row for row in judge(form.unsaved, known) if not row.dropped]
    else:
        rest = [unjudged(row, known) for row in form.unsaved]
    behalf = any(enters_for_another(actor, unit) for unit in known.units if unit.id in known.leads)
    return render_template("tasks/grid.html", behalf=behalf, **_shown(form, known, own, rest, blank))


def _shown(form: GridForm, known: Known, own: list[Task], rest: list[Judged], blank: int) -> dict[str, Any]:
    campaign = form.campaign
    opened = takes_tasks(campaign.status) and bool(known.leads)
    narrowed = Narrowed(form.wanted, own)
    lines = page.lines(
        db.session(), known, narrowed.shown, rest, first=narrowed.first, blank=blank if opened else 0
    )
    return {
        "form": form,
        "campaign": campaign,
        "address": form.address(),
        "narrowed": narrowed,
        "wishes": narrowed.wishes,
        "lines": lines,
        "columns": TASK_COLUMNS,
        "names": {column.key: names_of(column) for column in TYPED},
        "blank": page.blank_line(),
        "said": page.said(lines),
        "most_listed": page.MOST_LISTED,
        "unsaved": sum(line.unsaved for line in lines),
        "opened": opened,
        "drafts": sum(task.status in EDITABLE for task in own),
        "late": takes_late_tasks_only(campaign.status),
        "known": known,
        "leads": _leads(known),
        "most": MOST_ROWS,
        "heaviest": current_app.config["MAX_CONTENT_LENGTH"],
        "add": BLANK,
    }


def _leads(known: Known) -> list[tuple[str, str]]:
    """The units that the actor may enter for and that exist when a task may begin: what the grid calls them, names."""
    day = known.campaign.day_within(clock.today())
    living = [unit for unit in known.units if unit.id in known.leads and unit.alive(day)]
    return [(called(unit, known), unit.name) for unit in living]
