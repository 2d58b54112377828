"""Applications for tests: made through the settings alone, over a database that is a copy of a made one.

Most tests lend theirs from a `Reused`: making one takes longer than most tests, and a new one has to compile every
template and statement again.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from jinja2 import FileSystemBytecodeCache

from pledges import create_app
from pledges.core.database import db, uncommitted
from tests.support.clock import Hands

KEY = "0f3c9a61d2b84e75a1c6f09b7d3e5428"
FORGOTTEN = "tests.forgotten"
CHANGING = ("_got_first_request", "extensions", "jinja_loader", "logger")
"""What a Flask application itself makes or changes while it serves."""


def make(instance: Path, clock: Hands, **settings: Any) -> Flask:
    """An application over an instance folder, on the tests' clock; templates are compiled once for all."""
    instance.mkdir(parents=True, exist_ok=True)
    app = create_app({"INSTANCE": instance, "SECRET_KEY": KEY, "TESTING": True, "CLOCK": clock, **settings})
    app.config["HANDS"] = clock
    compiled = instance.parent.parent / "compiled-templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    watch(app)
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        sa.event.listen(engine_of(app), "connect", forget_to_sync)
    return app


def forget_to_sync(connection: Any, _record: Any) -> None:
    """Leave it to the kernel when a file is on the disk: of a power cut no test would learn."""
    connection.execute("PRAGMA synchronous = OFF")


Parts = dict[str, Any]


class Reused:
    """An application that serves one test after another, each over its own copy of a database and an empty folder.

    A test that changed the application itself spoils it for nobody: the next one gets a new application.
    """

    def __init__(self, instance: Path, **settings: Any) -> None:
        self.instance = instance
        self.settings = settings
        self.lent = False
        self._app: Flask | None = None
        self._made: Parts = {}
        self._extensions: Parts = {}

    def lend(self, day: date) -> Flask:
        """The application in the morning of a day, as if no request had ever reached it."""
        assert not self.lent, "it serves one test at a time"
        self.lent = True
        if self._app is None or parts(self._app) != self._made:
            self._app = make(self.instance, Hands(day), **self.settings)
            self._made, self._extensions = parts(self._app), dict(self._app.extensions)
        self._app.extensions = dict(self._extensions)
        self._app._got_first_request = False
        self._app.config["HANDS"].put(day)
        return self._app

    def take_back(self) -> None:
        """After the test; its connections are closed by then."""
        self.lent = False


def parts(app: Flask) -> Parts:
    """All that an application is made of: settings, views, hooks, handlers, what templates may call."""
    of_templates = {"globals": app.jinja_env.globals, "filters": app.jinja_env.filters}
    return _copied({**vars(app), **of_templates, **dict.fromkeys(CHANGING)})


def _copied(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {name: _copied(one) for name, one in part.items()}
        return {name: one for name, one in kept.items() if one != {}}  # Flask makes empty ones where it looks
    return [_copied(one) for one in part] if isinstance(part, list) else part


def watch(app: Flask) -> None:
    """Note each request that leaves changes which nobody committed; the critic asks for them."""
    app.extensions[FORGOTTEN] = []

    @app.teardown_request
    def look(error: BaseException | None) -> None:
        if error is None and uncommitted(db.session()):
            app.extensions[FORGOTTEN].append(f"{request.method} {request.path}")


def engine_of(app: Flask) -> sa.Engine:
    """The engine behind the application."""
    with app.app_context():
        return db.engine


def close(app: Flask) -> None:
    """Give back every connection."""
    engine_of(app).dispose()


def empty(instance: Path) -> None:
    """Have an instance folder with nothing in it."""
    shutil.rmtree(instance, ignore_errors=True)
    instance.mkdir(parents=True)


def settle(file: Path) -> None:
    """Bring everything of a SQLite database into its one file, so that it can be copied."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
