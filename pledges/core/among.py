"""Which of many numbers: a list as long as a campaign, or as what a browser brings, goes into a query as one value.

Databases take so many parameters and no more: SQLite 32,766, PostgreSQL 65,535.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

FEW = 500
"""So many go as parameters of their own, for which databases know the best way."""


class EachOf(FunctionElement[int]):
    """The numbers in a text of JSON."""

    type = Integer()
    inherit_cache = True


@compiles(EachOf, "sqlite")
def _on_sqlite(element: EachOf, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **how)}))"  # noqa: S608 # nosec B608 # a bound parameter


@compiles(EachOf, "postgresql")
def _on_postgresql(element: EachOf, compiler: SQLCompiler, **how: Any) -> str:
    text = compiler.process(element.clauses, **how)
    return f"(SELECT CAST(json_array_elements_text(CAST({text} AS json)) AS bigint))"


def among(
    column: ColumnElement[int] | InstrumentedAttribute[int], numbers: Iterable[int]
) -> ColumnElement[bool]:
    """The condition that the column is one of the numbers, however many they are."""
    known = sorted(set(numbers))
    if len(known) <= FEW:
        return column.in_(known)
    return column.bool_op("IN")(EachOf(literal(json.dumps(known))))
