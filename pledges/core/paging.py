"""Pages of lists whose rows are columns, not records."""

from typing import Any

from flask_sqlalchemy.pagination import SelectPagination

from pledges.core.database import db

PER_PAGE = 50


class RowPagination(SelectPagination):
    """As Flask-SQLAlchemy's, with whole rows instead of each row's first column."""

    def _query_items(self) -> list[Any]:
        select: Any = self._query_args["select"]
        return list(db.session.execute(select.limit(self.per_page).offset(self._query_offset)))


def page_of(select: Any, *, per_page: int = PER_PAGE) -> RowPagination:
    """The page that the address asks for (`page`); 404 for one that there is not."""
    return RowPagination(select=select, session=db.session, per_page=per_page, max_per_page=per_page)
