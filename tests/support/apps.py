"""Applications for tests: made through the settings alone, over a database that is a copy of a made one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from jinja2 import FileSystemBytecodeCache

from pledges import create_app
from pledges.core.database import db, uncommitted
from pledges.settings import DATABASE_FILE
from tests.support.clock import Hands

KEY = "0f3c9a61d2b84e75a1c6f09b7d3e5428"
FORGOTTEN = "tests.forgotten"


def make(instance: Path, clock: Hands, **settings: Any) -> Flask:
    """An application over an instance folder, on the tests' clock; templates are compiled once for all."""
    instance.mkdir(parents=True, exist_ok=True)
    app = create_app({"INSTANCE": instance, "SECRET_KEY": KEY, "TESTING": True, "CLOCK": clock, **settings})
    app.config["HANDS"] = clock
    compiled = instance.parent.parent / "compiled-templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    watch(app)
    return app


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


def copy(template: Path, instance: Path) -> None:
    """Put a copy of a made SQLite database into an instance folder."""
    instance.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, instance / DATABASE_FILE)


def settle(file: Path) -> None:
    """Bring everything of a SQLite database into its one file, so that it can be copied."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
