"""Nơi ghi nhật ký máy: which lines go where, and that none of them ever fails a request."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, has_app_context

from pledges.core import clock
from pledges.core.watching import figures
from pledges.core.watching.lines import Lines, Sink, Stream

log = logging.getLogger(__name__)

FOLDER = "logs"
STDERR = "-"
"""What LOG_FOLDER says for the standard error."""
REQUESTS, SLOW, ERRORS = "requests.jsonl", "slow.jsonl", "errors.jsonl"
_SIZES = {REQUESTS: (16 * 1024 * 1024, 4), SLOW: (4 * 1024 * 1024, 1), ERRORS: (256 * 1024, 1)}
"""At so many bytes a file is turned over, and so many earlier ones stay: 80 MB of requests, some 300,000."""
_EXTENSION = "watching"


class Keeper:
    """The files of one application."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        given = settings["LOG_FOLDER"]
        own = Path(settings["INSTANCE"]) / FOLDER
        folder = own if given in {None, STDERR} else Path(given)
        self.errors = Lines(folder / ERRORS, *_SIZES[ERRORS])
        self._sinks: dict[str, Sink] = {ERRORS: self.errors}
        for name in (REQUESTS, SLOW):
            self._sinks[name] = Stream() if given == STDERR else Lines(folder / name, *_SIZES[name])
        self._told = False

    def write(self, name: str, **said: object) -> None:
        """Write a line with the moment; what can't be written is counted, and told once until it can be again."""
        try:
            moment = clock.real().isoformat(timespec="milliseconds")
            self._sinks[name].append(json.dumps({"at": moment, **said}))
            self._told = False
        except Exception:
            figures.line_lost()
            if not self._told:
                self._told = True
                log.exception("%s can't be written; lines are lost until it can", name)


def keep_for(app: Flask) -> Keeper:
    """Make the keeper of an application."""
    keeper = app.extensions[_EXTENSION] = Keeper(app.config)
    return keeper


def keeper() -> Keeper | None:
    """The keeper of the present application, if there is one."""
    return cast("Keeper | None", current_app.extensions.get(_EXTENSION)) if has_app_context() else None
