"""The open page on which a printed paper is checked. Routes on the blueprint of documents."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, make_response, render_template, request

from pledges.access.guard import open_to_all
from pledges.codes.rules import PATH
from pledges.commitments.models import Commitment
from pledges.core import clock
from pledges.core.database import db
from pledges.core.throttle import Throttle
from pledges.documents.blueprint import blueprint
from pledges.documents.checking import LONGEST, checked
from pledges.documents.commitments import sheet_of
from pledges.documents.page_counts import PageCounts
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.printing import fonts, public_address
from pledges.documents.seals import NO_SEAL, seals_of

MOST, WITHIN = 30, timedelta(minutes=1)
"""As many codes as a hall behind one address scans at its fastest; nobody guesses one of 10^13 by it."""

_THROTTLE, _COUNTS = "documents.check_throttle", "documents.page_counts"


@blueprint.get(PATH)
@open_to_all(because="ai cầm bản in cũng kiểm tra được; không nêu tên người, không ghi gì")
def check() -> Response:
    """Kiểm tra bản in: whether the paper with this code is in force."""
    typed = request.args.get("ma", "")[:LONGEST]
    if not typed.strip():
        return _page(typed)
    throttle: Throttle = current_app.extensions.setdefault(_THROTTLE, Throttle(MOST, WITHIN))
    wait = throttle.wait(request.remote_addr or "", clock.now())
    if wait is not None:
        seconds = max(1, -(-wait // timedelta(seconds=1)))
        answer = _page(typed, wait=seconds)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        answer.headers["Retry-After"] = str(seconds)
        return answer
    return _page(typed, answer=checked(db.session(), typed, _pages))


def _page(typed: str, **shown: Any) -> Response:
    """The page; kept by nobody on the way and found by no search engine."""
    answer = make_response(render_template("documents/check.html", typed=typed, **shown))
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _pages(found: Commitment, content: dict[str, Any]) -> int | None:
    """How many pages its paper has, as it is printed now."""
    counts: PageCounts = current_app.extensions.setdefault(_COUNTS, PageCounts())
    seal = seals_of(db.session(), [found]).get(found.id, NO_SEAL)
    try:
        return counts.of(sheet_of(found, content, clock.today(), seal, public_address()), fonts())
    except GlyphMissingError:
        return None
