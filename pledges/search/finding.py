"""Looking in every group for what is asked, and counting what there is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.index import queries
from pledges.index.models import EntryKind
from pledges.index.queries import Fit, Ranked, ranked_each
from pledges.index.rules import Asked
from pledges.search.places import Seeker, amongs
from pledges.search.rules import Group, as_meant, with_one_less
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope

FIRST = 5
"""So many of each group are shown where all groups are."""
PER_PAGE = 20

_BEFORE_ALL = (-1, 0, 0, 0)
"""The rank of a task whose number is asked for."""


@dataclass(frozen=True)
class Section:
    """What was found of one group: the best first, and whether there is more than is counted."""

    group: Group
    fits: tuple[Fit, ...] = ()
    more: bool = False

    @property
    def total(self) -> int:
        """How many were found, or how many are counted."""
        return queries.MOST if self.more else len(self.fits)


def sections(session: Session, who: Seeker, asked: Asked, enough: dict[Group, int]) -> list[Section]:
    """Every group; of each as many as `enough` says are the best in their order."""
    places = [(group, among) for group in Group for among in amongs(group, who)]
    found = ranked_each(session, asked, [(among, enough.get(group, 0)) for group, among in places])
    by_group: dict[Group, list[Ranked]] = {group: [] for group in Group}
    for (group, _among), one in zip(places, found, strict=True):
        by_group[group].append(one)
    return [_section(session, who, asked, *one) for one in by_group.items()]


def _section(session: Session, who: Seeker, asked: Asked, group: Group, found: list[Ranked]) -> Section:
    fits = sorted(fit for one in found for fit in one.fits)
    if group is Group.TASKS:
        fits = [*_numbered(session, who, asked), *fits]
    return Section(group, tuple(_once(fits))[: queries.MOST], any(one.more for one in found))


def _once(fits: Iterable[Fit]) -> list[Fit]:
    """The best entry of each record; of a person with several posts, the best of them."""
    kept: dict[tuple[EntryKind, int], Fit] = {}
    for fit in fits:
        kind = EntryKind.ACCOUNT if fit.kind is EntryKind.APPOINTMENT else fit.kind
        kept.setdefault((kind, fit.key), fit)
    return list(kept.values())


def _numbered(session: Session, who: Seeker, asked: Asked) -> list[Fit]:
    """The tasks with the number that is asked for: in the list first, then of the registration.

    Numbers are given by campaign: asked campaign by campaign, they are found by the index of their constraint.
    """
    found: list[int] = []
    for column, number in ((Task.number, asked.number), (Task.registration_number, asked.registration)):
        if number is not None:
            found += session.scalars(_with_number(who, column == number))
    return [Fit(_BEFORE_ALL, "", EntryKind.TASK, one, one) for one in dict.fromkeys(found)]


def _with_number(who: Seeker, condition: ColumnElement[bool]) -> Select[int]:
    campaigns = [who.campaign.id] if who.campaign is not None else select(Campaign.id)
    return (
        select(Task.id)
        .join(Task.campaign)
        .where(condition, Task.campaign_id.in_(campaigns), in_scope(who.actor))
        .order_by(Campaign.starts_on.desc(), Task.id)
        .limit(PER_PAGE)
    )


@dataclass(frozen=True)
class Hint:
    """Other words that find something: what to ask instead, and the word that is left out, if one is."""

    words: str
    total: int
    more: bool
    left_out: str = ""


def hints(session: Session, who: Seeker, asked: Asked) -> list[Hint]:
    """What to ask where nothing was found: as it was meant with the keyboard on, or with one word less."""
    everywhere = replace(who, campaign=None)
    tried = [("", Asked.read(as_meant(asked.typed))), *with_one_less(asked)]
    if who.campaign is not None:
        tried.insert(0, ("", asked))
    found = []
    for left_out, other in tried:
        if other.terms and (other != asked or who.campaign is not None):
            all_found = sections(session, everywhere, other, {})
            total, more = sum(one.total for one in all_found), any(one.more for one in all_found)
            if total:
                found.append(Hint(other.typed, total, more, left_out))
    return found
