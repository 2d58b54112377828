"""Nhật ký yêu cầu: each request gets its id, and one line when its last byte is sent.

moment, id, method, endpoint, status, ms, bytes, account's number, statements and their ms. Not the address, which may
hold a secret or what was searched for, and nothing that was sent.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

from pledges.core.forms.sending import sender_id
from pledges.core.watching import errors, figures, statements, watch
from pledges.core.watching.keeping import REQUESTS, Keeper, keep_for
from pledges.core.watching.watch import Watch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["init", "statements"]

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
_GIVEN = "HTTP_X_REQUEST_ID"
_FAULT = 500


class Watched:
    """The application, watched: the innermost that still sees the last byte."""

    def __init__(self, app: Flask, keeper: Keeper, quiet: frozenset[str]) -> None:
        self.inner: WSGIApplication = app.wsgi_app
        self.keeper, self.quiet = keeper, quiet
        self.believes = bool(app.config["PROXIES"])
        self.slow_after = app.config["SLOW_QUERY_MS"] / 1000

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        given = watch.believed(environ.get(_GIVEN, "")) if self.believes else None
        method = figures.plain_method(environ["REQUEST_METHOD"])
        mine = Watch(given or watch.new_id(), method, self.slow_after)
        watch.follow(mine)
        length = 0

        def begin(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            nonlocal length
            mine.status = int(status[:3])
            length = next((int(value) for name, value in headers if name == "Content-Length"), 0)
            headers.append((HEADER, mine.id))
            return start_response(status, headers, exc_info)

        try:
            body = self.inner(environ, begin)
        except BaseException:
            mine.status = _FAULT
            self.end(mine)
            raise
        if type(body) is environ.get(
            "wsgi.file_wrapper"
        ):  # servers send a file that they see by faster means
            mine.bytes = length
            self.end(mine)
            return body
        return _Body(body, mine, self)

    def end(self, mine: Watch) -> None:
        """Write the line of a request, and count it."""
        if watch.current() is mine:
            watch.follow(None)
        seconds = time.perf_counter() - mine.started
        try:
            figures.answered(mine, seconds)
            if mine.endpoint in self.quiet and mine.status < _FAULT:
                return
            self.keeper.write(
                REQUESTS,
                id=mine.id,
                method=mine.method,
                endpoint=mine.endpoint,
                status=mine.status,
                ms=round(seconds * 1000, 1),
                bytes=mine.bytes,
                account=mine.account or None,
                queries=mine.queries,
                query_ms=round(mine.query_seconds * 1000, 1),
            )
        except Exception:
            log.exception("the request's line was lost")


class _Body:
    """The answer's bytes, counted as they go."""

    def __init__(self, pieces: Iterable[bytes], mine: Watch, watched: Watched) -> None:
        self._pieces, self._rest = pieces, iter(pieces)
        self._mine, self._watched, self._ended = mine, watched, False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece = next(self._rest)
        except StopIteration:
            raise
        except Exception as error:
            errors.note(error, self._watched.keeper)
            raise
        self._mine.bytes += len(piece)
        return piece

    def close(self) -> None:
        """End the answer, whole or not."""
        try:
            if hasattr(self._pieces, "close"):
                self._pieces.close()
        finally:
            if not self._ended:
                self._ended = True
                self._watched.end(self._mine)


def _note_answer(response: Response) -> Response:
    mine = watch.current()
    if mine is not None:
        mine.endpoint, mine.account = watch.endpoint_now(), sender_id()
    return response


def init(app: Flask, quiet: frozenset[str]) -> None:
    """Watch the application; the endpoints that machines ask all day are counted, and logged only when they fail."""
    watch.name_requests_in_logs()
    app.after_request(_note_answer)
    app.jinja_env.globals["latest_errors"] = errors.latest
    app.wsgi_app = Watched(app, keep_for(app), quiet)  # type: ignore[method-assign]
