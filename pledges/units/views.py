"""Đơn vị: the tree, the page of one unit, making and changing them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, Place, Subject, reach
from pledges.access.roles import Actor
from pledges.audit.queries import history
from pledges.audit.telling import told
from pledges.core import clock
from pledges.core.database import db
from pledges.core.filters import ORDER, Question, Wishes, order, same
from pledges.units import operations
from pledges.units.forms import UnitEditForm, UnitForm
from pledges.units.models import Unit
from pledges.units.queries import alive_on, below, searched, within
from pledges.units.rules import UnitKind
from pledges.units.tree import Cut, by_name, lines

blueprint = Blueprint("units", __name__)

PER_PAGE = 100


@blueprint.get("/quan-tri/don-vi")
@guard(Permission.MANAGE_UNITS)
def listing() -> str:
    """Đơn vị: the own tree; those that ended only when asked for."""
    own, today = within(_paths(current_actor())), clock.today()
    every = list(db.session.scalars(own))
    wishes = Wishes.read(request.args, "Tìm theo tên hoặc mã", *_questions(every, today))
    found = [
        unit
        for unit in db.session.scalars(searched(own, wishes.words))
        if (wishes["hien"] or unit.alive(today))
        and wishes["loai"] in {"", unit.kind.value}
        and wishes["khoi"] in {"", unit.block}
    ]
    listed = by_name if wishes[ORDER] else lines
    return render_template(
        "units/listing.html", page=Cut(listed(found, today), PER_PAGE), wishes=wishes, today=today
    )


def _questions(units: list[Unit], today: date) -> Iterator[Question]:
    ended = sum(not unit.alive(today) for unit in units)
    kinds = {unit.kind for unit in units}
    yield Question("loai", "Loại", {kind.value: kind.label for kind in UnitKind if kind in kinds})
    yield Question("khoi", "Khối", same(unit.block for unit in units))
    every = f"Tất cả (thêm {ended})" if ended else "Tất cả"
    yield Question("hien", "Hiện", {"": "Đang hoạt động", "tat-ca": every}, narrows=False)
    yield order({"": "Cây đơn vị", "ten": "Tên"})


def _paths(actor: Actor) -> tuple[str, ...]:
    return reach(actor, Permission.MANAGE_UNITS, Place.UNIT)


def _unit(unit_id: int) -> tuple[Unit, Actor]:
    """The unit, when it lies in the actor's tree; 404 to all others."""
    unit = db.session.get(Unit, unit_id) or abort(404)
    return unit, authorise(Permission.MANAGE_UNITS, Subject(unit_path=unit.path))


@blueprint.get("/quan-tri/don-vi/<int:unit_id>")
@guard(Permission.MANAGE_UNITS)
def unit(unit_id: int) -> str:
    """Một đơn vị: facts, the units below it, and what happened to it."""
    shown, _actor = _unit(unit_id)
    lower = lines(db.session.scalars(within([shown.path])), clock.today())[1:]
    entries = list(db.session.scalars(history(Unit.__tablename__, unit_id)))
    return render_template(
        "units/unit.html",
        unit=shown,
        lower=[line for line in lower if line.depth == 1],
        story=[told(entry) for entry in reversed(entries)],
    )


@blueprint.route("/quan-tri/don-vi/lap", methods=["GET", "POST"])
@guard(Permission.MANAGE_UNITS)
def create() -> Answer | str:
    """Lập đơn vị below one of the own tree."""
    actor = current_actor()
    parents = list(db.session.scalars(alive_on(clock.today()).where(below(_paths(actor)))))
    above = request.args.get("cap-tren", type=int)
    form = UnitForm.bind({"parent_id": above, "position": _next_position(parents)}, parents=parents)
    if form.accepts():
        with form.act() as act:
            made = operations.create(
                db.session(), parent=form.parent, by=actor, at=clock.now(), **_facts(form)
            )
            act.location = url_for("units.unit", unit_id=made.id)
            db.session.commit()
            flash(f"Đã lập {made.name}.", "good")
            return redirect(act.location)
    return render_template("units/create.html", form=form, blocks=_blocks(actor))


@blueprint.route("/quan-tri/don-vi/<int:unit_id>/sua", methods=["GET", "POST"])
@guard(Permission.MANAGE_UNITS)
def edit(unit_id: int) -> Answer | str:
    """Sửa đơn vị; its end is a page of its own, because others follow from it."""
    changed, actor = _unit(unit_id)
    form = UnitEditForm.bind(changed, parents=_parents(changed, actor))
    if form.accepts():
        with form.act() as act:
            parent = form.parent or changed.parent
            operations.edit(db.session(), changed, parent=parent, by=actor, at=clock.now(), **_facts(form))
            act.location = url_for("units.unit", unit_id=changed.id)
            db.session.commit()
            flash("Đã lưu thông tin đơn vị.", "good")
            return redirect(act.location)
    return render_template("units/edit.html", form=form, unit=changed, blocks=_blocks(actor))


def _parents(unit: Unit, actor: Actor) -> list[Unit] | None:
    """The units that may stand above this one; None where its place is not the actor's to change.

    Who administers a unit decides on what stands below it, not on where it hangs itself.
    """
    own = _paths(actor)
    if unit.parent is None or not any(unit.parent.path.startswith(path) for path in own):
        return None
    offered = db.session.scalars(alive_on(clock.today()).where(below(own), ~below([unit.path])))
    found = list(offered)
    return found if unit.parent in found else [unit.parent, *found]


def _facts(form: UnitForm | UnitEditForm) -> dict[str, Any]:
    """What the form says of the unit, as the operations take it."""
    return {
        "code": form.code.data,
        "name": form.name.data,
        "short_name": form.short_name.data,
        "kind": form.kind.data,
        "document_style": form.document_style.data,
        "block": form.block.data or "",
        "head_position": form.head_position.data or "",
        "position": form.position.data or 0,
        "valid_from": form.valid_from.data,
    }


def _next_position(units: list[Unit]) -> int:
    return max((unit.position for unit in units), default=0) + 1


def _blocks(actor: Actor) -> list[str]:
    """The blocks in use in the own tree, in the order in which they are first used."""
    units = db.session.scalars(within(_paths(actor)))
    return list(dict.fromkeys(unit.block for unit in units if unit.block))
