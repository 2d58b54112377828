"""Những gì máy khác hỏi: whether the program lives, whether it can work, and its figures. Nothing of people."""

import hmac
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, current_app, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pledges.access.guard import open_to_all
from pledges.core.database import db
from pledges.core.watching.figures import CONTENT_TYPE, exposed
from pledges.settings import is_loopback
from pledges.site.blueprint import blueprint
from pledges.site.gauges import gauges
from pledges.upkeep.migrating import heads

FLOOR = 200 * 1024 * 1024
"""With less room than this on the instance's disk, in bytes, nobody should be led here."""
_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
_OLD_OR_NEW = text("SELECT version_num FROM alembic_version")


@blueprint.get("/healthz")
@open_to_all(because="máy giám sát hỏi chương trình còn chạy không, chỉ trả lời có")
def alive() -> Response:
    """Còn chạy: the process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@blueprint.get("/suc-khoe")
@open_to_all(because="máy giám sát hỏi chương trình phục vụ được không, chỉ trả lời có hoặc vì sao không")
def health() -> Response:
    """Phục vụ được: 503 names what is missing: `database`, `migration`, `folder`, `disk`."""
    missing = [*_missing_of_database(), *_missing_of_disk(current_app.config["INSTANCE"])]
    if not missing:
        return jsonify(status="ok")
    answer = jsonify(status="unavailable", missing=missing)
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return answer


@blueprint.get("/metrics")
@open_to_all(because="Prometheus không đăng nhập được; chỉ trả lời máy này hoặc ai có METRICS_TOKEN")
def metrics() -> Response:
    """Số đo cho Prometheus: to this very machine, or to who brings the token; others find nothing."""
    if not (_from_here() or _has_token()):
        abort(404)
    return Response(exposed(gauges(db.session(), current_app.config)), content_type=CONTENT_TYPE)


def _missing_of_database() -> Iterator[str]:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        yield from _rolled_back("database")
        return
    try:
        found = tuple(sorted(db.session.scalars(_OLD_OR_NEW)))
    except SQLAlchemyError:
        yield from _rolled_back("migration")
        return
    if found != _heads():
        yield "migration"


def _rolled_back(missing: str) -> Iterator[str]:
    with suppress(SQLAlchemyError):
        db.session.rollback()
    yield missing


@cache
def _heads() -> tuple[str, ...]:
    """The program's newest migrations: they don't change while it runs."""
    return heads()


def _missing_of_disk(instance: Path) -> Iterator[str]:
    try:
        with tempfile.TemporaryFile(dir=instance) as probe:
            probe.write(b"?")
    except OSError:
        yield "folder"
    with suppress(OSError):
        if shutil.disk_usage(instance).free < FLOOR:
            yield "disk"


def _from_here() -> bool:
    """Whether a program of this machine asks by itself: who comes through a proxy on it brings what proxies add."""
    return is_loopback(request.remote_addr or "") and not any(name in request.headers for name in _PROXIED)


def _has_token() -> bool:
    token: str | None = current_app.config["METRICS_TOKEN"]
    if token is None:
        return False
    wanted = f"Bearer {token}".encode()
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted)
