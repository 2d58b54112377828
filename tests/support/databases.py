"""Databases for tests that must hold on both kinds: empty, or with the small world in them."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from pledges.settings import DATABASE_FILE
from tests.support import apps, world
from tests.support.apps import Reused
from tests.support.clock import Hands
from tests.support.memory import Kept, Trail
from tests.support.postgres import Server
from tests.support.tables import make_tables
from tests.support.ward import Ward

KINDS = ("sqlite", "postgresql")
TEMPLATE, REUSED, BARE = "world", "reused", "migrated"


def build_world(instance: Path, **settings: str) -> None:
    """Migrate a database and make the small world in it."""
    app = apps.make(instance, Hands(world.DAY), **settings)
    make_tables(app)
    with Session(apps.engine_of(app)) as session:
        world.build(session)
    apps.close(app)


def build_bare(instance: Path, address: str) -> None:
    """Migrate a database in which there is nothing."""
    app = apps.make(instance, Hands(world.DAY), DATABASE_URL=address)
    make_tables(app)
    apps.close(app)


class SQLite:
    """SQLite, with the small world made once in a file that is copied for each test."""

    def __init__(self, folder: Path) -> None:
        build_world(folder / "instance")
        self.file = folder / "instance" / DATABASE_FILE
        apps.settle(self.file)
        self.reused = Reused(folder / "reused" / "instance")
        self.bare = folder / "migrated" / DATABASE_FILE
        self.kept: dict[str, Path] = {}
        self.written: Kept = {}

    def migrated(self) -> Path:
        """A file with all tables and nothing in them, made once."""
        if not self.bare.exists():
            build_bare(self.bare.parent, f"sqlite:///{self.bare}")
            apps.settle(self.bare)
        return self.bare

    def copy(self, instance: Path) -> None:
        """Have an instance folder with the small world and nothing else."""
        apps.empty(instance)
        shutil.copyfile(self.file, instance / DATABASE_FILE)

    def keep(self, name: str) -> None:
        """Keep what the application has now, whose connections are closed, to be lent by this name."""
        apps.settle(self.reused.instance / DATABASE_FILE)
        self.kept[name] = self.reused.instance.parent / name
        shutil.copytree(self.reused.instance, self.kept[name])

    def lend(self, name: str = "") -> Flask:
        """The application that goes from test to test, with the small world, or with what was kept by a name."""
        self.copy(self.reused.instance)
        if name:
            shutil.copytree(self.kept[name], self.reused.instance, dirs_exist_ok=True)
        return self.reused.lend(world.DAY)


class Postgres:
    """A server, with the small world made once in a database that is copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.server = Server()
        self.numbers = itertools.count(1)
        build_world(folder / "instance", DATABASE_URL=self.server.create(TEMPLATE))
        self.reused = Reused(folder / "reused" / "instance", DATABASE_URL=self.server.create(REUSED))
        self.folder = folder
        self.bare = ""
        self.kept: dict[str, Path] = {}

    def migrated(self) -> str:
        """The name of a database with all tables and nothing in them, made once."""
        if not self.bare:
            build_bare(self.folder / "migrated", self.server.create(BARE))
            self.bare = BARE
        return self.bare

    def keep(self, name: str) -> None:
        """Keep what the application has now, whose connections are closed, to be lent by this name."""
        self.server.create(name, REUSED)
        self.kept[name] = self.reused.instance.parent / name
        shutil.copytree(self.reused.instance, self.kept[name])

    def lend(self, name: str = "") -> Flask:
        """The application that goes from test to test, with the small world, or with what was kept by a name."""
        apps.empty(self.reused.instance)
        self.server.drop(REUSED)
        self.server.create(REUSED, name or TEMPLATE)
        if name:
            shutil.copytree(self.kept[name], self.reused.instance, dirs_exist_ok=True)
        return self.reused.lend(world.DAY)


class Database:
    """One kind of database in one test."""

    def __init__(
        self, kind: str, folder: Path, sqlite: SQLite, postgres: Postgres | None, *, remembers: bool = True
    ) -> None:
        self.kind = kind
        self.remembers = remembers
        """Not where a test replaces parts of the program: what is made then is no other test's."""
        self.folder = folder
        self.sqlite = sqlite
        self.postgres = postgres
        self.made: list[str] = []
        self.wards: list[Ward] = []
        self.borrowed: list[Reused] = []

    def empty(self) -> str:
        """The address of a database without any table."""
        return self._new("template0") if self.postgres else f"sqlite:///{self.folder / 'empty.sqlite'}"

    def migrated(self) -> str:
        """The address of a database with all tables and nothing in them."""
        if self.postgres:
            return self._new(self.postgres.migrated())
        shutil.copyfile(self.sqlite.migrated(), self.folder / "migrated.sqlite")
        return f"sqlite:///{self.folder / 'migrated.sqlite'}"

    def ward(self, kept: str = "") -> Ward:
        """The small world, or what was kept by a name."""
        source = self.postgres or self.sqlite
        if source.reused.lent:  # a fixture of the whole module holds it
            made = Ward(self._application())
        else:
            made = Ward(source.lend(kept), self._trail(kept))
            self.borrowed.append(source.reused)
        self.wards.append(made)
        return made

    def _trail(self, kept: str) -> Trail | None:
        file = self.sqlite.reused.instance / DATABASE_FILE
        return None if self.postgres or not self.remembers else Trail(self.sqlite.written, file, kept)

    def ward_with(self, name: str, more: Callable[[Ward], None]) -> Ward:
        """The small world with more in it, made once for all tests that ask for this name."""
        source = self.postgres or self.sqlite
        if source.reused.lent:
            made = self.ward()
            more(made)
            return made
        if name not in source.kept:
            first = Ward(source.lend())
            try:
                more(first)
            finally:
                first.close()
                source.reused.take_back()
            source.keep(name)
        return self.ward(name)

    def _application(self) -> Flask:
        instance = self.folder / "instance"
        if self.postgres:
            return apps.make(instance, Hands(world.DAY), DATABASE_URL=self._new(TEMPLATE))
        self.sqlite.copy(instance)
        return apps.make(instance, Hands(world.DAY))

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
        for reused in self.borrowed:
            reused.take_back()
