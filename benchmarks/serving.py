"""One server with the product and the bare page behind it, and a client that asks for pages as fast as it can.

The server is waitress in a process of its own; the client keeps four connections open, each with a thread.
"""

import logging
import multiprocessing
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.connection import Connection

from flask import Flask
from waitress import create_server
from werkzeug.middleware.dispatcher import DispatcherMiddleware

BARE = "/bare"
CONNECTIONS = 4
SECONDS = 2.0


@contextmanager
def serving(product: Flask, bare: Flask) -> Iterator[int]:
    """Serve both; the port."""
    context = multiprocessing.get_context("fork")
    told, telling = context.Pipe(duplex=False)
    server = context.Process(target=_serve, args=(product, bare, telling), daemon=True)
    server.start()
    try:
        yield int(told.recv())
    finally:
        server.terminate()
        server.join()


def _serve(product: Flask, bare: Flask, telling: Connection) -> None:
    logging.getLogger("waitress.queue").setLevel(
        logging.ERROR
    )  # that four clients ask at once is the purpose
    both = DispatcherMiddleware(product, {BARE: bare})
    server = create_server(both, host="127.0.0.1", port=0, threads=CONNECTIONS)
    telling.send(server.effective_port)
    server.run()


@dataclass(frozen=True)
class Asking:
    """A way to ask for a page: its addresses one after the other, and the status of the answers."""

    name: str
    paths: Iterator[str]
    headers: Mapping[str, str]
    status: int = 200


def rate(port: int, asking: Asking) -> float:
    """Answers a second."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as clients:
        done = [clients.submit(_ask, port, asking, begun + SECONDS) for _ in range(CONNECTIONS)]
        answers = sum(one.result() for one in done)
    return answers / (time.perf_counter() - begun)


def _ask(port: int, asking: Asking, until: float) -> int:
    connection, answers = HTTPConnection("127.0.0.1", port), 0
    while time.perf_counter() < until:
        connection.request("GET", next(asking.paths), headers=dict(asking.headers))
        answer = connection.getresponse()
        answer.read()
        if answer.status != asking.status:
            message = f"{asking.name}: {answer.status}"
            raise SystemExit(message)
        answers += 1
    connection.close()
    return answers
