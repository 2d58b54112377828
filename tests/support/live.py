"""The application behind a real server with threads, and browsers of several people at once."""

import http.cookiejar
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

THREADS = 12


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, and the body."""

    status: int
    location: str
    body: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leave a redirect to the test."""

    def redirect_request(self, *_details: Any) -> None:
        return None


class Live:
    """A running server."""

    def __init__(self, address: str) -> None:
        self.address = address

    def send(self, path: str, fields: Mapping[str, Any] | None = None, *, cookie: str = "") -> Answer:
        """Get a page, or post these fields, with a session's cookie."""
        opener = urllib.request.build_opener(
            _Stay, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        data = urlencode(fields, doseq=True).encode() if fields is not None else None
        request = urllib.request.Request(self.address + path, data, {"Cookie": cookie})  # noqa: S310 - http alone
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.headers.get("Location", ""), answer.read().decode())


@contextmanager
def serving(app: Flask) -> Iterator[Live]:
    """Serve the application from a thread of its own."""
    channels: dict[int, Any] = {}
    server = create_server(app, map=channels, host="127.0.0.1", port=0, threads=THREADS)
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=channels, count=1)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield Live(f"http://127.0.0.1:{server.effective_port}")
    finally:
        ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """Do it so many times at the same moment; what each gave, in order. A failure of one is the test's."""
    start = threading.Barrier(number)
    given: list[Any] = [None] * number
    failures: list[BaseException] = []

    def run(turn: int) -> None:
        try:
            start.wait()
            given[turn] = act(turn)
        except BaseException as failure:  # noqa: BLE001 - shown below
            failures.append(failure)

    threads = [threading.Thread(target=run, args=[turn]) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return given
