"""Pages of lists, as the address asks for them."""

from typing import Any

from flask import abort, request
from flask_sqlalchemy.pagination import Pagination, SelectPagination

from pledges.core.database import db

PER_PAGE = 50
LAST = 10**6
"""No list has more pages: beyond, the database would be asked to skip more rows than it can count."""


class RowPagination(SelectPagination):
    """As Flask-SQLAlchemy's, with whole rows instead of each row's first column."""

    def _query_items(self) -> list[Any]:
        select: Any = self._query_args["select"]
        return list(db.session.execute(select.limit(self.per_page).offset(self._query_offset)))


def page_of(select: Any, *, per_page: int = PER_PAGE) -> RowPagination:
    """The page of rows that the address asks for (`page`); 404 for one that there is not."""
    _refuse_beyond()
    return RowPagination(select=select, session=db.session, per_page=per_page, max_per_page=per_page)


def records_of(select: Any, *, per_page: int = PER_PAGE) -> Pagination:
    """The page of records that the address asks for (`page`); 404 for one that there is not."""
    _refuse_beyond()
    return db.paginate(select, per_page=per_page, max_per_page=per_page)


def _refuse_beyond() -> None:
    if request.args.get("page", 1, type=int) > LAST:
        abort(404)
