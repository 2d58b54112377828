"""New titles of an uploaded list that are close to others, in the campaign or in the list itself.

They are looked for when a page shows them, and never while a list is written and everybody else waits.
"""

from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.text import fold
from pledges.tasks.alike import Alike, titles_of
from pledges.tasks.importing.plan import Plan

_MOST: Final = 3
"""Titles that are pointed out at a new one."""


def alike_in(session: Session, plan: Plan, campaign_id: int, actor: Actor) -> dict[int, list[Alike]]:
    """What is close to each line that makes a task, by its row."""
    if not plan.new:
        return {}
    titles = titles_of(session, actor, [campaign_id])[campaign_id]
    found = {}
    for line in plan.new:
        folded = fold(line.title)
        found[line.row] = list(islice(titles.close_to(folded), _MOST))
        titles.add(folded, Alike(None, line.title, f"dòng {line.row} của tệp"))
    return found
