"""Boards and pages that were worked out once and are shown until something changes (decision 0018).

They live in the process's memory, under the version that the log gives (`audit.feed`), so nothing is written for a
reader, a crash loses nothing, and a second process needs to know nothing of the first. The version is read before
everything else and again afterwards: only what was read while it stayed the same is kept.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from flask import Response, current_app, g, make_response, request
from flask import session as cookie
from sqlalchemy.orm import Session

from pledges import paths
from pledges.access.guard import current_actor
from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.audit import feed
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db, reading, reads_only
from pledges.core.shelf import Shelf
from pledges.overview.board import Board

MOST_CELLS = 100_000
"""So many cells of boards a process keeps: those of a hundred wards of 24 tasks, or of two with 2,400."""
MOST_BYTES = 48_000_000
"""So many bytes of pages a process keeps."""

_BOARDS, _PAGES = "kept boards", "kept pages"

P = ParamSpec("P")


def board(session: Session, campaign: Campaign, actor: Actor, day: date, fetch: Callable[[], Board]) -> Board:
    """The board, kept or fetched; for whoever may know of the same tasks it is the same."""
    if not reads_only(session):
        return fetch()
    before = feed.version(session)
    key = (before, _said_of(campaign), _sight(actor), day)
    shelf: Shelf[Board] = current_app.extensions.setdefault(_BOARDS, Shelf(MOST_CELLS))
    kept = shelf.get(key)
    if kept is not None:
        return kept
    made = fetch()
    if feed.version(session) == before:
        shelf.put(key, made, len(made.rows) * max(len(made.periods), 1))
    return made


def _said_of(campaign: Campaign) -> tuple[Any, ...]:
    """What a board takes from the campaign's own row, which may have been read before the version."""
    return (
        campaign.id,
        campaign.starts_on,
        campaign.ends_on,
        campaign.expected_task_count,
        campaign.owner.path,
        campaign.area.path,
    )


def _sight(actor: Actor) -> tuple[Any, ...]:
    """All that decides which tasks, reports and obstacles the actor's board holds."""
    asked = (Permission.SEE_TASK, Permission.SEE_REPORT)
    return tuple(reach(actor, permission, place) for permission in asked for place in Place)


def page(view: Callable[P, Any]) -> Callable[P, Any]:
    """A view whose page says the same as long as the version, the reader, the day and the address are the same.

    The page must tell no time of day, and may name nobody's own entries but the reader's. It carries a tag; who asks
    with that tag again gets 304 before anything is read but the reader and the version. Browsers store no page
    (`no-store`, see `factory`): the tag is for the page's own script, which asks whether there is something new.
    """

    @wraps(view)
    def shown(*args: P.args, **kwargs: P.kwargs) -> Any:
        if not reading() or cookie.get("_flashes") or g.get("resumed") or g.get("nothing_resumed"):
            return view(*args, **kwargs)
        version = feed.version(db.session(), g.get("log_head"))
        tag = g.kept_tag = _tag(version)
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        g.authorised = True  # a page is kept for the very reader to whom it was shown before
        shelf: Shelf[bytes] = current_app.extensions.setdefault(_PAGES, Shelf(MOST_BYTES))
        kept = shelf.get((tag, _seed()))
        if kept is not None:
            return _tagged(Response(kept, mimetype="text/html"), tag)
        g.authorised = False
        answer = make_response(view(*args, **kwargs))
        if answer.status_code != 200:  # noqa: PLR2004 - only what was found is kept
            return answer
        if feed.version(db.session()) == version:
            body = answer.get_data()
            shelf.put((tag, _seed()), body, len(body))
        return _tagged(answer, tag)

    return shown


def _tag(version: feed.Version) -> str:
    """Everything that a kept page depends on, in one word that can't be guessed."""
    address = request.script_root, request.full_path
    told = (version, current_actor(), cookie.get("session"), clock.today(), address, _build())
    key = current_app.secret_key
    sealed = key if isinstance(key, bytes) else str(key).encode()
    return hashlib.blake2b(
        repr(told).encode(), key=hashlib.sha256(sealed).digest(), digest_size=18
    ).hexdigest()


def _seed() -> str | None:
    """What the tokens of the page's forms are made from: it comes into the cookie with the first form."""
    seed: str | None = cookie.get("csrf")
    return seed


def _tagged(answer: Response, tag: str) -> Response:
    answer.set_etag(tag, weak=True)
    return answer


@lru_cache(maxsize=1)
def _build() -> str:
    """The program and its templates, by the times of their files: after an update no tag of before fits."""
    package = Path(paths.__file__).parent
    found = sorted(
        (str(file), file.stat().st_mtime_ns)
        for folder, kind in ((package, "*.py"), (paths.TEMPLATES, "*.html"))
        for file in folder.rglob(kind)
    )
    return hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()
