"""Bringing an empty database to what the program expects, the way the product does it."""

from alembic import command
from alembic.config import Config
from flask import Flask

from pledges import paths


def migrations_of(app: Flask) -> Config:
    """What Alembic's commands want to be told."""
    config: Config = app.extensions["migrate"].migrate.get_config(str(paths.MIGRATIONS))
    return config


def make_tables(app: Flask) -> None:
    """Migrate to the newest revision."""
    with app.app_context():
        command.upgrade(migrations_of(app), "head")
