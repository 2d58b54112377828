"""Databases for tests that must hold on both kinds: empty, or with the small world in them."""

import itertools
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.settings import DATABASE_FILE
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.postgres import Server
from tests.support.tables import make_tables
from tests.support.ward import Ward

KINDS = ("sqlite", "postgresql")
TEMPLATE = "world"


def build_world(instance: Path, **settings: str) -> None:
    """Migrate a database and make the small world in it."""
    app = apps.make(instance, Hands(world.DAY), **settings)
    make_tables(app)
    with Session(apps.engine_of(app)) as session:
        world.build(session)
    apps.close(app)


class Postgres:
    """The server, with the small world made once as a template."""

    def __init__(self, folder: Path) -> None:
        self.server = Server()
        self.numbers = itertools.count(1)
        build_world(folder / "instance", DATABASE_URL=self.server.create(TEMPLATE))


class Database:
    """One kind of database in one test."""

    def __init__(self, kind: str, folder: Path, template: Path, postgres: Postgres | None) -> None:
        self.kind = kind
        self.folder = folder
        self.template = template
        self.postgres = postgres
        self.made: list[str] = []
        self.wards: list[Ward] = []

    def empty(self) -> str:
        """The address of a database without any table."""
        return self._new("template0") if self.postgres else f"sqlite:///{self.folder / 'empty.sqlite'}"

    def ward(self, **settings: str) -> Ward:
        """The small world."""
        instance = self.folder / "instance"
        if self.postgres:
            settings = {"DATABASE_URL": self._new(TEMPLATE), **settings}
        else:
            apps.copy(self.template, instance)
        made = Ward(apps.make(instance, Hands(world.DAY), **settings))
        self.wards.append(made)
        return made

    def _new(self, template: str) -> str:
        assert self.postgres is not None
        self.made.append(f"test_{next(self.postgres.numbers)}")
        return self.postgres.server.create(self.made[-1], template)

    def close(self) -> None:
        """Give everything back."""
        for ward in self.wards:
            ward.close()
        for name in self.made:
            assert self.postgres is not None
            self.postgres.server.drop(name)


def sqlite_template(folder: Path) -> Path:
    """A SQLite database with the small world in it, in one file that can be copied."""
    instance = folder / "instance"
    build_world(instance)
    apps.settle(instance / DATABASE_FILE)
    return instance / DATABASE_FILE
