"""An amendment as a page shows it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.tasks.amending.changes import Change, changes
from pledges.tasks.amending.models import Amendment
from pledges.tasks.parts import unit_names
from pledges.units.models import Unit


def shown_changes(session: Session, amendment: Amendment) -> list[Change]:
    """What the amendment changes, in words; nothing where the task is to be dropped."""
    if amendment.drops:
        return []
    before, after = amendment.before, amendment.after
    names = unit_names(amendment.task)
    if codes := {*before["cooperating"], *after["cooperating"]} - names.keys():
        found = session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes)))
        names |= {row.code: row.name for row in found}
    return changes(before, after, names)
