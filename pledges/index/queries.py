"""Questions to the index: which entries hold what is asked, and which of them fit best."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from pledges.index.models import EntryKind, SearchEntry
from pledges.index.rules import Asked, Rank, Term, rank

MOST = 1000
"""So many entries of a kind are ranked and counted; of more, the newest that fit best are, and it is said so."""


@dataclass(frozen=True)
class Stage:
    """How closely a text must hold what is asked."""

    accents: bool
    whole: bool
    in_title: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which the words are looked for."""
        ending = "" if self.accents else "_fold"
        return (f"title{ending}",) if self.in_title else (f"title{ending}", f"body{ending}")

    def words(self, term: Term) -> tuple[tuple[str, ...], bool]:
        """The words of a term, and whether the last may go on."""
        return term.spelt if self.accents else term.folded, term.begins and not self.whole


WIDEST = Stage(accents=False, whole=False, in_title=False)
NARROWER = (
    Stage(accents=True, whole=True, in_title=True),
    Stage(accents=True, whole=True, in_title=False),
    Stage(accents=True, whole=False, in_title=False),
    Stage(accents=False, whole=True, in_title=True),
    Stage(accents=False, whole=True, in_title=False),
)
"""In the order of ranks: whatever a stage holds fits better than what only a later one holds."""


class holds(FunctionElement[bool]):  # noqa: N801 - stands in statements as a function of SQL does
    """The condition that the row of `search_text` fits: an FTS5 expression, or queries of two tsvectors."""

    type = sa.Boolean()
    inherit_cache = True
    name = "holds"

    def self_group(self, against: Any = None) -> "holds":
        """Stand as it is: FTS5 takes MATCH as a condition alone, and not compared with 1."""
        del against
        return self


@compiles(holds, "sqlite")
def _holds_in_fts5(element: holds, compiler: SQLCompiler, **given: Any) -> str:
    expression, *_queries = element.clauses
    return f"search_text MATCH {compiler.process(expression, **given)}"


@compiles(holds, "postgresql")
def _holds_in_tsvectors(element: holds, compiler: SQLCompiler, **given: Any) -> str:
    _expression, *parts = element.clauses
    column, scope, words = (compiler.process(one, **given) for one in parts)
    return (
        f"(search_text.scope @@ to_tsquery('simple', {scope}) AND {column} @@ to_tsquery('simple', {words}))"
    )


class entry_of_text(FunctionElement[int]):  # noqa: N801
    """The number of the entry that a row of `search_text` belongs to."""

    type = sa.Integer()
    inherit_cache = True
    name = "entry_of_text"


@compiles(entry_of_text, "sqlite")
def _rowid(*_given: Any, **_more: Any) -> str:
    return "search_text.rowid"


@compiles(entry_of_text, "postgresql")
def _entry_id(*_given: Any, **_more: Any) -> str:
    return "search_text.entry_id"


TEXT = sa.table("search_text")

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


Scope = Sequence[Sequence[str]]
"""Signs that an entry must bear: one of each group."""


def _matches(asked: Asked, stage: Stage, scope: Scope) -> ColumnElement[bool]:
    signs = [f"({' OR '.join(group)})" for group in scope]
    expression = " AND ".join([f"scope : ({' AND '.join(signs)})", *_in_fts5(asked, stage)])
    signs = [f"({' | '.join(group)})" for group in scope]
    words = " & ".join(_in_tsquery(*stage.words(term)) for term in asked.terms)
    # Written into the statement: PostgreSQL can plan only for words that it knows. They are letters and digits.
    return holds(
        sa.bindparam(None, expression, sa.Text()),
        sa.literal_column(f"search_text.{stage.columns[-1]}"),
        sa.bindparam(None, " & ".join(signs), sa.Text(), literal_execute=True),
        sa.bindparam(None, words, sa.Text(), literal_execute=True),
    )


def _in_fts5(asked: Asked, stage: Stage) -> Iterator[str]:
    for term in asked.terms:
        words, goes_on = stage.words(term)
        yield f'{{{" ".join(stage.columns)}}} : "{" ".join(words)}"{" *" if goes_on else ""}'


def _in_tsquery(words: Sequence[str], goes_on: bool) -> str:  # noqa: FBT001 - what `Stage.words` says
    return "(" + " <-> ".join(words) + (":*" if goes_on else "") + ")"


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


def texts(asked: Asked, among: Among, stage: Stage = WIDEST) -> Select[int, int, str, str, str, str, str]:
    """The entries that hold what is asked: record, key, the text, and the sort; the newest first."""
    entry = entry_of_text()
    scope = ((sign_of(among.kind),), *among.scope)
    return (
        sa.select(
            SearchEntry.record_id,
            among.key.label("key"),
            SearchEntry.title,
            SearchEntry.title_fold,
            SearchEntry.body,
            SearchEntry.body_fold,
            SearchEntry.sort,
        )
        .select_from(TEXT)
        .join(SearchEntry, SearchEntry.id == entry)
        .join(among.record.class_, among.record == SearchEntry.record_id)
        .where(_matches(asked, stage, scope), *among.law)
        .order_by(entry.desc())
    )


def records(asked: Asked, kind: EntryKind, scope: Scope = ()) -> Select[int]:
    """The numbers of the records that hold what is asked, whoever may know of them: to narrow another question."""
    matches = _matches(asked, WIDEST, ((sign_of(kind),), *scope))
    return sa.select(SearchEntry.record_id).join(TEXT, SearchEntry.id == entry_of_text()).where(matches)


@dataclass(frozen=True)
class Ranked:
    """What was found, the best first; `more` when there is more than is ranked."""

    fits: list[Fit]
    more: bool = False


def ranked(session: Session, asked: Asked, among: Among, *, enough: int = MOST) -> Ranked:
    """The entries that hold what is asked, the best first; nothing when nothing is asked.

    One query where there are at most `MOST`; where there are more, those that fit best are looked for first, until
    `enough` are at hand: the order holds so far.
    """
    if not asked.terms or any(not group for group in among.scope):
        return Ranked([])
    all_fits = _fits(session, asked, among, WIDEST)
    if len(all_fits) <= MOST:
        return Ranked(sorted(all_fits.values(), key=lambda fit: fit.order))
    found: dict[int, Fit] = {}
    for stage in NARROWER if enough else ():
        found |= _fits(session, asked, among, stage)
        if len(found) > MOST or (len(found) >= enough and (stage.accents or not asked.accented)):
            break
    else:
        found = all_fits | found
    return Ranked(sorted(found.values(), key=lambda fit: fit.order)[:MOST], more=True)


def _fits(session: Session, asked: Asked, among: Among, stage: Stage) -> dict[int, Fit]:
    rows = session.execute(texts(asked, among, stage).limit(MOST + 1))
    return {
        record_id: Fit(among.kind, record_id, key, rank(asked, *text), sort)
        for record_id, key, *text, sort in rows
    }
