"""How the words that are asked for are put to each database's own engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from pledges.index.rules import Asked, Term

TEXT = sa.table("search_text")
"""What the engine keeps over the entries (migration 0004)."""


@dataclass(frozen=True)
class Stage:
    """How closely a text must hold what is asked."""

    accents: bool
    whole: bool
    in_title: bool

    @property
    def column(self) -> str:
        """The column of `search_text` in which the words are looked for."""
        return ("title" if self.in_title else "whole") + ("" if self.accents else "_fold")

    def words(self, term: Term) -> tuple[tuple[str, ...], bool]:
        """The words of a term, and whether the last may go on."""
        return term.spelt if self.accents else term.folded, term.begins and not self.whole


LETTERS = {"title": "w", "title_fold": "z", "whole": "j", "whole_fold": "f"}
"""The letter before each word of a column in FTS5, as migration 0004 writes them and says why."""

WIDEST = Stage(accents=False, whole=False, in_title=False)
STAGES = (
    Stage(accents=True, whole=True, in_title=True),
    Stage(accents=True, whole=True, in_title=False),
    Stage(accents=True, whole=False, in_title=False),
    Stage(accents=False, whole=True, in_title=True),
    Stage(accents=False, whole=True, in_title=False),
    WIDEST,
)
"""In the order of ranks: what a stage holds fits better than what only a later one holds."""


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
    # The words first: most entries lack them, and most that have them are in reach.
    return (
        f"({column} @@ to_tsquery('simple', {words}) AND search_text.scope @@ to_tsquery('simple', {scope}))"
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


Scope = Sequence[Sequence[str]]
"""Signs that an entry must bear: one of each group."""


def matches(asked: Asked, stage: Stage, scope: Scope) -> ColumnElement[bool]:
    """The condition that an entry holds every term as closely as the stage says, and bears one sign of each group."""
    signs = [f"({' OR '.join(group)})" for group in scope]
    expression = " AND ".join([f"scope : ({' AND '.join(signs)})", *_in_fts5(asked, stage)])
    signs = [f"({' | '.join(group)})" for group in scope]
    words = " & ".join(_in_tsquery(*stage.words(term)) for term in asked.terms)
    # Written into the statement: PostgreSQL can plan only for words that it knows. They are letters and digits.
    return holds(
        sa.bindparam(None, expression, sa.Text()),
        sa.literal_column(f"search_text.{stage.column}"),
        sa.bindparam(None, " & ".join(signs), sa.Text(), literal_execute=True),
        sa.bindparam(None, words, sa.Text(), literal_execute=True),
    )


def _in_fts5(asked: Asked, stage: Stage) -> Iterator[str]:
    for term in asked.terms:
        words, goes_on = stage.words(term)
        lettered = " ".join(LETTERS[stage.column] + word for word in words)
        yield f'{stage.column} : "{lettered}"{" *" if goes_on else ""}'


def _in_tsquery(words: Sequence[str], goes_on: bool) -> str:  # noqa: FBT001 - what `Stage.words` says
    return "(" + " <-> ".join(words) + (":*" if goes_on else "") + ")"
