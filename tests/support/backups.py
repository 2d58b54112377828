"""Backups in tests: the place of an application, and one that is taken from it."""

from pathlib import Path

from flask import Flask

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
