"""What is done to units."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.core.refusal import Refused
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind

FIELDS = (
    "code",
    "kind",
    "name",
    "short_name",
    "document_style",
    "block",
    "head_position",
    "position",
    "valid_from",
    "valid_to",
)
"""What a user may set of a unit, beside its parent."""


class UnitInvalid(Refused):
    """A unit would stand where it can't; the message is for the user."""


def facts(unit: Unit) -> dict[str, Any]:
    """The unit as the log keeps it."""
    return {name: getattr(unit, name) for name in FIELDS} | {
        "parent": unit.parent.code if unit.parent else None
    }


def create(  # noqa: PLR0913 - the facts of a unit
    session: Session,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: UnitKind,
    by: Actor,
    at: datetime,
    parent: Unit | None = None,
    document_style: DocumentStyle = DocumentStyle.STATE,
    block: str = "",
    head_position: str = "",
    position: int = 0,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Unit:
    """A new unit in the tree."""
    unit = Unit(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        document_style=document_style,
        block=block,
        head_position=head_position,
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    record(session, "unit.created", unit, by=by, at=at, after=facts(unit))
    return unit


def edit(
    session: Session, unit: Unit, *, by: Actor, at: datetime, parent: Unit | None, **changes: Any
) -> None:
    """Change a unit's facts or its place; the paths of the units below follow it.

    Raises `UnitInvalid` when the new parent lies below the unit itself.
    """
    if parent is not None and parent.path.startswith(unit.path):
        message = "Đơn vị cấp trên không thể là chính đơn vị này hoặc đơn vị trực thuộc của nó."
        raise UnitInvalid(message)
    before = facts(unit)
    for name in FIELDS:
        if name in changes:
            setattr(unit, name, changes[name])
    unit.parent = parent
    _move(session, unit, f"{parent.path if parent else '/'}{unit.id}/")
    was, now = differences(before, facts(unit))
    if now:
        record(session, "unit.edited", unit, by=by, at=at, before=was, after=now)


def _move(session: Session, unit: Unit, path: str) -> None:
    old = unit.path
    if old == path:
        return
    for below in session.scalars(select(Unit).where(Unit.path.startswith(old, autoescape=True))):
        below.path = path + below.path.removeprefix(old)
