"""Mã yêu cầu: the id of a request, and what is counted while it is answered.

The id stands in the answer's header, on the page of an error, and in every line that is logged meanwhile.
"""

import logging
import re
import secrets
import time
from contextvars import ContextVar

from flask import has_request_context, request

_BYTES = 5
_PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")
NONE = "-"
"""Stands for the id where no request is answered, and for the endpoint of an address that there is not."""

LINE = "%(asctime)s %(levelname)s %(request_id)s %(message)s"
"""How the lines of the program's own log begin, whoever serves it."""


class Watch:
    """Một yêu cầu đang được trả lời."""

    __slots__ = (
        "account",
        "asked_at",
        "bytes",
        "endpoint",
        "id",
        "method",
        "queries",
        "query_seconds",
        "slow_after",
        "started",
        "status",
    )

    def __init__(self, request_id: str, method: str, slow_after: float) -> None:
        self.id, self.method, self.slow_after = request_id, method, slow_after
        self.started = time.perf_counter()
        self.endpoint, self.account, self.status, self.bytes = NONE, 0, 0, 0
        self.queries, self.query_seconds, self.asked_at = 0, 0.0, 0.0


_current: ContextVar[Watch | None] = ContextVar("pledges_request", default=None)
current = _current.get
"""The request that this thread answers now, if any."""
follow = _current.set
"""From now on this thread answers this request, or none."""


def new_id() -> str:
    """An id that is short enough for the telephone: one of 10¹²."""
    return secrets.token_hex(_BYTES)


def believed(given: str) -> str | None:
    """The id that a proxy gave, if it is plain: whatever else it holds must not come into a log or onto a page."""
    return given if _PLAIN.fullmatch(given) else None


def request_id() -> str:
    """The id of the present request."""
    watch = current()
    return watch.id if watch is not None else new_id()


def endpoint_now() -> str:
    """The endpoint that answers now."""
    if has_request_context():
        return request.endpoint or NONE
    watch = current()
    return watch.endpoint if watch is not None else NONE


_make_record = logging.LogRecord


def _record(*args: object, **named: object) -> logging.LogRecord:
    record = _make_record(*args, **named)  # type: ignore[arg-type]
    watch = current()
    record.request_id = watch.id if watch is not None else NONE
    return record


def name_requests_in_logs() -> None:
    """Put the id into every record of the process; a handler that nobody set up (under gunicorn) shows it, too."""
    logging.setLogRecordFactory(_record)
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(logging.Formatter(LINE))
