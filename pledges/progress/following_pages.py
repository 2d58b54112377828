"""Bắt đầu từ phong trào trước: last year's campaign and tasks as the beginning of a new one.

Each page is one form in two faces: the questions, and what will happen; only the button of the second writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns import operations
from pledges.campaigns.blueprint import blueprint
from pledges.campaigns.choices import offered
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.campaigns.rules import takes_tasks
from pledges.campaigns.shift import Shift
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.sending import brought
from pledges.core.numbers import two_digits
from pledges.progress.following import copies, ground_of
from pledges.progress.following_forms import (
    CopyingForm,
    DaysRow,
    FollowForm,
    FollowTasksForm,
    asking_for,
)
from pledges.progress.periods import follow_own_periods
from pledges.tasks.following import Copy, Ground
from pledges.tasks.following import follow as follow_tasks_of
from pledges.units.models import Unit

ACT, AGAIN, CHECK, MAKE = "act", "again", "check", "make"
"""The name of the buttons, and their values: work the days out again, see what will happen, do it.

Any other shows the questions as they were answered.
"""

CARRIED = (
    "kind", "theme", "slogan", "expected_task_count", "terms", "illustrative",
    "cycle", "reporting_due_day", "reporting_weekday", "grace_days", "locks_after_days",
)  # fmt: skip
"""What a new campaign takes over as it stands; the launch is an event of its own and is not taken over."""


@dataclass(frozen=True)
class Summary:
    """What will happen: the copies, and those that stay behind with the reason."""

    copied: Sequence[Any]
    left: Sequence[tuple[Copy, str]]
    dropped: Sequence[tuple[Copy, str]]
    """Tasks that lose cooperating units, with their names."""
    marks_lost: int

    @property
    def units(self) -> int:
        """How many units get drafts."""
        return len({one.lead.id for one in self.copied})


@blueprint.route("/phong-trao/<int:campaign_id>/lap-tiep", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def follow(campaign_id: int) -> Response | str:
    """Bắt đầu từ phong trào trước: a new campaign with the facts, bases, movements and tasks of this one."""
    source = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.EDIT_CAMPAIGN, source.subject(), see=Permission.SEE_CAMPAIGN)
    choices = offered(db.session(), actor, source, other=True)
    first = _first(source)
    ground = _ground(source, first, choices["areas"])
    found = _copies(source, ground, None, actor)
    kind = asking_for(FollowForm, found)
    form = kind.bind(first | kind.first, copies=found, **choices)
    wish = request.form.get(ACT)
    if wish == MAKE and form.accepts():
        with form.act() as act:
            made, number = _begin(source, form, ground.shift, actor)
            act.location = url_for("campaigns.campaign", campaign_id=made.id)
            db.session.commit()
            flash(f"Đã lập phong trào với {two_digits(number)} phần việc nháp.", "good")
            return redirect(act.location)
    checked = wish in {AGAIN, CHECK} and form.validate() and wish == CHECK
    return _shown("campaigns/follow.html", form, ground, checked=checked, source=source, actor=actor)


@blueprint.route("/phong-trao/<int:campaign_id>/chep-phan-viec", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def follow_tasks(campaign_id: int) -> Response | str:
    """Chép thêm phần việc of the campaign that this one follows."""
    into = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.EDIT_CAMPAIGN, into.subject(), see=Permission.SEE_CAMPAIGN)
    source = into.follows
    if source is None or not may(actor, Permission.SEE_CAMPAIGN, source.subject()):
        abort(404)
    ground = ground_of(db.session(), source, into.starts_on, into.ends_on, into.area)
    found = _copies(source, ground, into, actor)
    form = asking_for(FollowTasksForm, found).bind(into, copies=found)
    wish = request.form.get(ACT)
    if wish == MAKE and form.accepts():
        with form.act() as act:
            number = _copy(form, into, ground.shift, actor)
            act.location = url_for("campaigns.campaign", campaign_id=into.id)
            db.session.commit()
            flash(f"Đã chép {two_digits(number)} phần việc nháp.", "good")
            return redirect(act.location)
    checked = wish in {AGAIN, CHECK} and form.validate() and wish == CHECK
    return _shown(
        "campaigns/follow_tasks.html", form, ground, checked=checked, source=source, actor=actor, into=into
    )


def _first(source: Campaign) -> dict[str, Any]:
    """What the form proposes: everything a year later, until that lies ahead."""
    today = clock.today()
    years = max(today.year - source.starts_on.year, 1)
    shift = Shift(years, 0)
    if shift.moved(source.starts_on) < today:
        shift = Shift(years + 1, 0)
    before, after = str(source.starts_on.year), str(source.starts_on.year + shift.years)
    closes_on = source.registration_closes_on
    return {
        "title": source.title.replace(before, after),
        "code": source.code.replace(before, after) if before in source.code else f"{source.code}-{after}",
        "kind": source.kind,
        "theme": source.theme,
        "slogan": source.slogan,
        "owner": source.owner_unit_id,
        "area": source.area_unit_id,
        "starts_on": shift.moved(source.starts_on),
        "ends_on": shift.moved(source.ends_on),
        "registration_closes_on": shift.moved(closes_on) if closes_on else None,
    }


def _ground(source: Campaign, first: dict[str, Any], areas: Sequence[Unit]) -> Ground:
    """The ground by the days that were typed, or by those proposed where they can't be read."""
    days = DaysRow(brought(FollowForm), data=first)
    days.area.offer(areas, lambda unit: unit.name)
    starts_on: date = days.starts_on.data or first["starts_on"]
    ends_on: date = days.ends_on.data or first["ends_on"]
    return ground_of(
        db.session(), source, starts_on, max(starts_on, ends_on), days.area.record or source.area
    )


def _copies(source: Campaign, ground: Ground, into: Campaign | None, actor: Actor) -> list[Copy]:
    """The tasks to choose from: none for those who don't enter for the units, or may not know of them."""
    if not may(actor, Permission.ENTER_TASK, (into or source).subject()):
        return []
    return copies(db.session(), source, ground, into, actor, clock.today())


def _begin(source: Campaign, form: FollowForm, shift: Shift, actor: Actor) -> tuple[Campaign, int]:
    planned = Campaign(owner=form.owner.record, area=form.area.record)
    authorise(Permission.EDIT_CAMPAIGN, planned.subject())
    typed = ("title", "code", "kind", "theme", "slogan", "starts_on", "ends_on", "registration_closes_on")
    made = operations.create(
        db.session(),
        by=actor,
        at=clock.now(),
        **{name: getattr(source, name) for name in CARRIED}
        | {name: form[name].data for name in typed}
        | {"owner": form.owner.record, "area": form.area.record, "follows": source}
        | {"bases": [operations.basis_facts(basis) for basis in source.bases]}
        | {"movements": [movement.name for movement in source.movements]},
    )
    follow_own_periods(db.session(), source, made, shift, by=actor, at=clock.now())
    return made, _copy(form, made, shift, actor)


def _copy(form: CopyingForm, into: Campaign, shift: Shift, actor: Actor) -> int:
    chosen = list(form.chosen())
    for one in chosen:
        authorise(Permission.ENTER_TASK, into.subject_of(one.lead))
    return len(follow_tasks_of(db.session(), into, chosen, shift, by=actor, at=clock.now()))


def _shown(
    template: str,
    form: CopyingForm,
    ground: Ground,
    *,
    checked: bool,
    source: Campaign,
    actor: Actor,
    into: Campaign | None = None,
) -> str:
    """The questions, or what will happen."""
    return render_template(
        template,
        form=form,
        ground=ground,
        source=source,
        into=into,
        copying=may(actor, Permission.ENTER_TASK, (into or source).subject()),
        open=into is None or takes_tasks(into.status),
        summary=_summary(form) if checked else None,
        sent=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name in form and name not in {"csrf_token", "form_key", "version", "was"}
        ],
    )


def _summary(form: CopyingForm) -> Summary:
    copied = list(form.chosen())
    left = [
        (copy, copy.obstruction.label if copy.obstruction else "không chọn")
        for copy in form.copies
        if not form.ticked(copy)
    ]
    dropped = [(one.copy, ", ".join(unit.name for unit in one.copy.gone)) for one in copied if one.copy.gone]
    return Summary(copied, left, dropped, sum(one.copy.marks_lost for one in copied))
