"""Backups in tests: the place of an application, one that is taken from it, and an empty machine beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from pledges.settings import DATABASE_FILE
from pledges.upkeep.places import Place
from pledges.upkeep.rehearsing import Rehearsal
from pledges.upkeep.rules import BackupKind
from pledges.upkeep.working import back_up


def place_of(app: Flask, **changes: object) -> Place:
    """The place of an application; `changes` are settings."""
    return Place.of({**app.config, **changes})


def backed_up(app: Flask, **changes: object) -> tuple[Path, Rehearsal]:
    """A backup of the application's instance."""
    return back_up(place_of(app, **changes), BackupKind.BY_HAND)


@contextmanager
def elsewhere(app: Flask, instance: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """An empty instance with an empty database of the same kind as the application's."""
    instance.mkdir()
    if place_of(app).database:
        yield place_of(app, INSTANCE=instance, DATABASE_URL=f"sqlite:///{instance / DATABASE_FILE}")
        return
    server, name = request.getfixturevalue("postgres").server, f"elsewhere_{secrets.token_hex(4)}"
    address = server.create(name).replace("postgresql://", "postgresql+psycopg://")
    yield place_of(app, INSTANCE=instance, DATABASE_URL=address)
    server.drop(name)
