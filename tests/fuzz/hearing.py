"""Which arguments of its address a door reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict


class Heard(ImmutableMultiDict[str, Any]):
    """Arguments that remember what they were asked for."""

    asked: set[str] = set()  # noqa: RUF012 - one for all requests: who wants to know empties it

    def get(self, key: str, *more: Any, **named: Any) -> Any:
        """As asked."""
        Heard.asked.add(key)
        return super().get(key, *more, **named)

    def getlist(self, key: str, *more: Any, **named: Any) -> Any:
        """As asked."""
        Heard.asked.add(key)
        return super().getlist(key, *more, **named)

    def __getitem__(self, key: str) -> Any:
        Heard.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        Heard.asked.add(str(key))
        return super().__contains__(key)


@contextmanager
def hearing(app: Flask) -> Iterator[set[str]]:
    """Hear which arguments the application asks for meanwhile."""
    Heard.asked = set()
    kind = app.request_class
    app.request_class = type("Hearing", (kind,), {"parameter_storage_class": Heard})
    try:
        yield Heard.asked
    finally:
        app.request_class = kind
