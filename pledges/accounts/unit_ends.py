"""Kết thúc đơn vị: the day on which a unit ends, with what follows for those who hold posts in it.

The page stands here and not with the units, because it speaks of the posts, which units know nothing of.
"""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission, Subject
from pledges.access.roles import Actor, Role
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import EndUnitForm
from pledges.accounts.models import Appointment
from pledges.accounts.queries import appointments_on
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.refusal import Refused
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.queries import alive_on, below


@dataclass(frozen=True)
class Following:
    """What follows from the end of a unit: the units below it that live on, and the posts held in it."""

    units: tuple[Unit, ...]
    posts: tuple[Appointment, ...]


@blueprint.route("/quan-tri/don-vi/<int:unit_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.MANAGE_UNITS)
def end_unit(unit_id: int) -> Answer | str:
    """Ngày kết thúc của đơn vị."""
    unit = db.session.get(Unit, unit_id) or abort(404)
    actor = authorise(Permission.MANAGE_UNITS, Subject(unit_path=unit.path))
    following = _following(unit)
    form = EndUnitForm.bind(unit)
    if form.accepts():
        with form.act() as act:
            _keep_own_post(actor, unit, form.valid_to.data)
            _end(db.session(), unit, form.valid_to.data, by=actor)
            if form.with_below.data and form.valid_to.data:
                for lower in following.units:
                    _end(db.session(), lower, _end_of_lower(lower, form.valid_to.data), by=actor)
            act.location = url_for("units.unit", unit_id=unit.id)
            db.session.commit()
            flash(_said(unit), "good")
            return redirect(act.location)
    return render_template("accounts/end_unit.html", form=form, unit=unit, following=following)


def _following(unit: Unit) -> Following:
    today = clock.today()
    lower = [
        one for one in db.session.scalars(alive_on(today).where(below([unit.path]))) if one.id != unit.id
    ]
    posts = db.session.scalars(appointments_on(today).where(Appointment.unit_id == unit.id))
    return Following(tuple(lower), tuple(posts))


def _keep_own_post(actor: Actor, unit: Unit, on: date | None) -> None:
    """Who administers by a post in this unit can't end it in the past: nobody could then undo it."""
    here = any(held.role is Role.ADMINISTRATOR and held.unit_id == unit.id for held in actor.holdings)
    above = any(
        held.role is Role.ADMINISTRATOR and held.unit_id != unit.id and held.reaches(unit.path)
        for held in actor.holdings
    )
    if on is not None and on < clock.today() and here and not above:
        raise Refused(
            "Đồng chí đang quản trị chính đơn vị này: ghi ngày kết thúc từ hôm nay trở đi, hoặc nhờ quản trị cấp trên."
        )


def _end(session: Session, unit: Unit, on: date | None, *, by: Actor) -> None:
    units.edit(session, unit, parent=unit.parent, valid_to=on, by=by, at=clock.now())


def _end_of_lower(unit: Unit, on: date) -> date:
    """The day on which a unit below ends with the one above: an earlier end stays, no end lies before the begin."""
    end = min(on, unit.valid_to or on)
    return max(end, unit.valid_from or end)


def _said(unit: Unit) -> str:
    if unit.valid_to is None:
        return f"{unit.name} tiếp tục hoạt động, không có ngày kết thúc."
    return f"{unit.name} hoạt động đến hết ngày {format_date(unit.valid_to)}."
