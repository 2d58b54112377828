"""Questions to the index: which entries hold what is asked, and which of them fit best."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pledges.index.matching import NARROWER, TEXT, WIDEST, Scope, Stage, entry_of_text, matches
from pledges.index.models import EntryKind, SearchEntry
from pledges.index.rules import Asked, Rank, rank

MOST = 1000
"""So many entries of a kind are counted and shown; of more it is said so."""
RANKED = 300
"""Where more entries hold what is asked, so many of those that fit best are put in order, the newest of them; the
others follow, newest first."""


_TOLD = ("title", "title_fold", "body", "body_fold", "sort")
_LAST_RANK: Rank = (9, 0, 0, 0)
_DENSE = 0.1
"""From this share of the entries on, it is faster to walk through all until enough are met."""


OWN, HELPS, ORGANISES = "u", "h", "o"
"""The places of signs: the record's own unit, a cooperating unit, and the one that organises its campaign."""


def sign_of(kind: EntryKind) -> str:
    """The sign in `scope` of entries of a kind."""
    return f"k{kind}"


def sign_of_campaign(campaign_id: int) -> str:
    """The sign in `scope` of what belongs to a campaign."""
    return f"c{campaign_id}"


def signs_of_path(path: str, place: str = OWN) -> tuple[str, ...]:
    """The signs in `scope` of a unit and all units above it: rights reach down the tree."""
    return tuple(f"{place}{number}" for number in path.strip("/").split("/") if number)


def signs_of_reach(paths: Iterable[str], place: str = OWN) -> tuple[str, ...]:
    """The signs of which an entry must bear one to lie at or below one of the units."""
    return tuple(signs_of_path(path, place)[-1] for path in paths)


@dataclass(frozen=True)
class Among:
    """The entries of one kind among which somebody looks.

    `scope` are the signs that narrow them at once; `law` is the feature's own condition of who may know of a record,
    which decides; `record` is the column of the record's number, `key` that of what several entries may tell of.
    """

    kind: EntryKind
    scope: Scope
    record: InstrumentedAttribute[int]
    law: tuple[ColumnElement[bool], ...]
    key: InstrumentedAttribute[int]


@dataclass(frozen=True)
class Fit:
    """An entry that holds what is asked, and how well."""

    kind: EntryKind
    record_id: int
    key: int
    rank: Rank
    sort: str

    @property
    def order(self) -> tuple[Rank, str, str, int]:
        """The best first."""
        return self.rank, self.sort, self.kind, self.record_id


@dataclass(frozen=True)
class Page:
    """Which of the entries that hold what is asked are wanted: the newest, so many, below the number of an entry.

    `plain` leaves their texts out. `sparse` says that few hold it: it is faster to collect and sort them than to meet
    them on the way through all.
    """

    limit: int
    below: int | None = None
    plain: bool = False
    sparse: bool = False


def texts(asked: Asked, among: Among, stage: Stage, page: Page, *, fenced: bool) -> Select[Any]:
    """The entries that hold what is asked: record, key, the text, the sort, and the entry's own number.

    `fenced` is for PostgreSQL: it then asks for the record of one entry after the other and stops when it has enough,
    instead of joining all tasks to all entries first.
    """
    entry, record = entry_of_text(), among.record.class_
    told = sa.select(SearchEntry.record_id, among.key.label("key"))
    if not page.plain:
        told = told.add_columns(*[getattr(SearchEntry, name) for name in _TOLD])
    told = told.add_columns(SearchEntry.id.label("entry"))
    statement: Any
    if fenced:
        held = told.join(record, among.record == SearchEntry.record_id).where(SearchEntry.id == entry)
        one = held.where(*among.law).offset(0).lateral("told")
        statement = sa.select(*one.c).select_from(TEXT.join(one, sa.true()))
    else:
        joined = told.select_from(TEXT).join(SearchEntry, SearchEntry.id == entry)
        statement = joined.join(record, among.record == SearchEntry.record_id).where(*among.law)
    if page.below is not None:
        statement = statement.where(entry < page.below)
    # An order that the primary key doesn't give makes PostgreSQL collect first.
    order = entry + 0 if page.sparse and fenced else entry
    found: Select[Any] = statement.where(matches(asked, stage, ((sign_of(among.kind),), *among.scope)))
    return found.order_by(order.desc()).limit(page.limit)


def records(asked: Asked, kind: EntryKind, scope: Scope = ()) -> Select[int]:
    """The numbers of the records that hold what is asked, whoever may know of them: to narrow another question."""
    held = matches(asked, WIDEST, ((sign_of(kind),), *scope))
    return sa.select(SearchEntry.record_id).join(TEXT, SearchEntry.id == entry_of_text()).where(held)


@dataclass(frozen=True)
class Ranked:
    """What was found, the best first; `more` when there is more than is ranked."""

    fits: list[Fit]
    more: bool = False


def ranked(session: Session, asked: Asked, among: Among, *, enough: int = RANKED) -> Ranked:
    """The entries that hold what is asked, the best first; nothing when nothing is asked.

    One query where there are at most `RANKED`. Where there are more, they are counted, and those that fit best are
    looked for first, until `enough` are at hand: so many are in their order. None is when nothing but the number is
    wanted.
    """
    if not asked.terms or any(not group for group in among.scope):
        return Ranked([])
    widest = _rows(session, asked, among, WIDEST, Page(RANKED + 1))
    if len(widest) <= RANKED:
        return Ranked(_sorted(_fits(asked, among, widest)))
    last = widest[-1].entry
    sparse = len(widest) < _DENSE * (widest[0].entry - last)
    older = _rows(session, asked, among, WIDEST, Page(MOST - RANKED, last, plain=True, sparse=sparse))
    newest = [*widest, *older]

    def look(stage: Stage) -> dict[int, Fit]:
        if stage is WIDEST:
            return _fits(asked, among, widest)
        return _fits(asked, among, _rows(session, asked, among, stage, Page(RANKED + 1, sparse=sparse)))

    found = _best(asked, look, enough) if enough else {}
    others = [_unranked(among, place, row) for place, row in enumerate(newest) if row.record_id not in found]
    return Ranked([*_sorted(found), *others][:MOST], more=len(newest) > MOST)


def _best(asked: Asked, look: Callable[[Stage], dict[int, Fit]], enough: int) -> dict[int, Fit]:
    """Those that fit best of more than are ranked: with their accents first, then without.

    Where what has the accents can be ranked whole, nothing narrower is asked for.
    """
    found: dict[int, Fit] = {}
    for wide, narrower in NARROWER.items():
        all_of_it = look(wide)
        if len(all_of_it) > RANKED:
            for stage in narrower:
                found |= look(stage)
                if len(found) > RANKED or (len(found) >= enough and not _contradicted(asked, wide)):
                    return found
        found = all_of_it | found
        if len(found) >= enough and not _contradicted(asked, wide):
            return found
    return found


def _contradicted(asked: Asked, wide: Stage) -> bool:
    """Whether finds of these stages may have other accents than those that were typed, which ranks them last."""
    return asked.accented and not wide.accents


def _rows(session: Session, asked: Asked, among: Among, stage: Stage, page: Page) -> Sequence[Any]:
    statement = texts(asked, among, stage, page, fenced=session.get_bind().dialect.name == "postgresql")
    # Past the session, which would handle each of a thousand plain rows as if it held records.
    return session.connection().execute(statement).all()


def _fits(asked: Asked, among: Among, rows: Iterable[Any]) -> dict[int, Fit]:
    return {
        record_id: Fit(among.kind, record_id, key, rank(asked, *text), sort)
        for record_id, key, *text, sort, _entry in rows
    }


def _unranked(among: Among, place: int, row: Any) -> Fit:
    """After all that are in order."""
    return Fit(among.kind, row.record_id, row.key, _LAST_RANK, f"{place:05}")


def _sorted(fits: dict[int, Fit]) -> list[Fit]:
    return sorted(fits.values(), key=_order)


def _order(fit: Fit) -> tuple[Rank, str, str, int]:
    return fit.order
