"""Questions to the index: which entries hold what is asked, and which of them fit best."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import BindParameter, ColumnElement, Select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import InstrumentedAttribute, Session

from pledges.index.matching import STAGES, TEXT, WIDEST, Scope, Stage, entry_of_text, matches
from pledges.index.models import EntryKind, SearchEntry
from pledges.index.rules import Asked, Rank, rank

MOST = 1000
"""So many entries of a kind are counted and shown; of more it is said so."""
RANKED = 300
"""Where more entries hold what is asked, so many of those that fit best are put in order, the newest of them; the
others follow, newest first."""


_TOLD = (
    SearchEntry.id,
    SearchEntry.title,
    SearchEntry.title_fold,
    SearchEntry.body,
    SearchEntry.body_fold,
    SearchEntry.sort,
)
_ONE_BY_ONE: tuple[ColumnElement[int], ...] = (
    sa.literal_column("told[1] AS record_id"),
    sa.literal_column("told[2] AS key"),
    sa.literal_column("entry"),
)
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


class Fit(NamedTuple):
    """An entry that holds what is asked, and how well: sorted, the best comes first."""

    rank: Rank
    sort: str
    kind: EntryKind
    record_id: int
    key: int


@dataclass(frozen=True)
class Page:
    """How many of the entries that hold what is asked are wanted, the newest.

    `sparse` says that few hold it: it is faster to collect and sort them than to meet them on the way through all.
    """

    limit: int
    sparse: bool = False


def held(asked: Asked, among: Among, stage: Stage, page: Page, *, singly: bool) -> Select[Any]:
    """The entries that hold what is asked, newest first: record, key, and the entry's own number.

    `singly` is for PostgreSQL: it puts the entries in order first, then asks for the record of one after the other
    until it has enough, instead of joining all tasks to all entries.
    """
    entry, record = entry_of_text(), among.record.class_
    fits = matches(asked, stage, ((sign_of(among.kind),), *among.scope))
    statement: Any
    if singly:
        told = sa.select(array([SearchEntry.record_id, among.key])).where(SearchEntry.id == entry)
        told = told.join(record, among.record == SearchEntry.record_id).where(*among.law).correlate(TEXT)
        # An order that the primary key doesn't give makes PostgreSQL collect first.
        place = (entry + 0 if page.sparse else entry).label("entry")
        each = sa.select(told.scalar_subquery().label("told"), place).select_from(TEXT).where(fits)
        # Read straight from the fenced query, in its order: only so it is planned for as many as are wanted.
        fenced = each.order_by(place.desc()).offset(0).subquery("each_of_them")
        statement = sa.select(*_ONE_BY_ONE).select_from(fenced).where(sa.literal_column("told").is_not(None))
    else:
        statement = sa.select(SearchEntry.record_id, among.key, entry.label("entry")).select_from(TEXT)
        statement = statement.join(SearchEntry, SearchEntry.id == entry)
        statement = statement.join(record, among.record == SearchEntry.record_id)
        statement = statement.where(fits, *among.law).order_by(entry.desc())
    found: Select[Any] = statement.limit(page.limit)
    return found


def records(asked: Asked, kind: EntryKind, scope: Scope = ()) -> Select[int]:
    """The numbers of the records that hold what is asked, whoever may know of them: to narrow another question."""
    fits = matches(asked, WIDEST, ((sign_of(kind),), *scope))
    return sa.select(SearchEntry.record_id).join(TEXT, SearchEntry.id == entry_of_text()).where(fits)


@dataclass(frozen=True)
class Ranked:
    """What was found, the best first; `more` when there is more than is ranked."""

    fits: list[Fit]
    more: bool = False


Held = tuple[int, ...]
"""An entry that holds what is asked: its record, the key, its own number."""

Wanted = tuple[Among, int]
"""Where to look, and how many of the best are wanted in their order: none where nothing but the number is."""


def ranked(session: Session, asked: Asked, among: Among) -> Ranked:
    """The entries that hold what is asked, the best first; nothing when nothing is asked.

    Of more than `RANKED`, so many that fit best are in their order.
    """
    return ranked_each(session, asked, [(among, RANKED)])[0]


def ranked_each(session: Session, asked: Asked, wanted: Sequence[Wanted]) -> list[Ranked]:
    """The same in several places, with as few questions as may be.

    One for the newest that hold it everywhere; where they are more than can be ranked, some for those that fit best,
    until enough are at hand; and one for the texts of all that are ranked.
    """
    newest = _newest(session, asked, [among for among, _enough in wanted])
    best = [
        _best(session, asked, among, rows, enough)
        for (among, enough), rows in zip(wanted, newest, strict=True)
    ]
    texts = _texts(session, [entry for rows in best for _record_id, _key, entry in rows])
    return [
        _in_order(asked, among.kind, chosen, rows, texts)
        for (among, _enough), chosen, rows in zip(wanted, best, newest, strict=True)
    ]


def _newest(session: Session, asked: Asked, amongs: Sequence[Among]) -> list[list[Held]]:
    """In each place the newest entries that hold what is asked, one more than are counted."""
    page, singly = Page(MOST + 1), _singly(session)
    each = [
        held(asked, one, WIDEST, page, singly=singly).add_columns(sa.literal_column(f"{place} AS place"))
        for place, one in enumerate(amongs)
        if asked.terms and all(one.scope)
    ]
    found: list[list[Held]] = [[] for _ in amongs]
    if each:
        lines = [sa.select(sa.text("*")).select_from(one.subquery()) for one in each]
        # Past the session, which would handle each of a thousand rows as if it held records.
        for record_id, key, entry, place in session.connection().execute(sa.union_all(*lines)).all():
            found[place].append((record_id, key, entry))
    return [sorted(rows, key=itemgetter(2), reverse=True) for rows in found]


def _best(
    session: Session, asked: Asked, among: Among, newest: Sequence[Held], enough: int
) -> Collection[Held]:
    """Those to rank: all, or of more than are ranked those that fit best, until there are enough of them."""
    if not enough or len(newest) <= RANKED:
        return newest if enough else ()
    page = Page(RANKED + 1, sparse=len(newest) < _DENSE * (newest[0][2] - newest[-1][2]))
    found: dict[int, Held] = {}
    for stage in STAGES:
        if stage is WIDEST:
            rows = newest[: page.limit]
        else:
            statement = held(asked, among, stage, page, singly=_singly(session))
            rows = [tuple(row) for row in session.connection().execute(statement).all()]
        found |= {row[0]: row for row in rows}
        # Without their accents, some may have others than those that were typed, which ranks them last.
        if len(found) > RANKED or (len(found) >= enough and (stage.accents or not asked.accented)):
            break
    return found.values()


def _singly(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _texts(session: Session, entries: Sequence[int]) -> dict[int, Sequence[str]]:
    """The text and the sort of each entry."""
    if not entries:
        return {}
    # Numbers of ours: a thousand of them go faster as they stand than as parameters.
    ids: BindParameter[int] = sa.bindparam("entries", entries, expanding=True, literal_execute=True)
    rows = session.connection().execute(sa.select(*_TOLD).where(SearchEntry.id.in_(ids))).all()
    return {entry: told for entry, *told in rows}


def _in_order(
    asked: Asked,
    kind: EntryKind,
    best: Iterable[Held],
    newest: Iterable[Held],
    texts: Mapping[int, Sequence[str]],
) -> Ranked:
    """The best in their order, then the others, newest first."""
    fits = {}
    for record_id, key, entry in best:
        if entry in texts:  # it may have gone since
            *text, sort = texts[entry]
            fits[record_id] = Fit(rank(asked, *text), sort, kind, record_id, key)
    others = [
        Fit(_LAST_RANK, f"{place:05}", kind, record_id, key)
        for place, (record_id, key, _entry) in enumerate(newest)
        if record_id not in fits
    ]
    return Ranked([*sorted(fits.values()), *others][:MOST], more=len(fits) + len(others) > MOST)
