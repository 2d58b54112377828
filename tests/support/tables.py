"""Bringing an empty database to what the program expects."""

import sqlalchemy as sa
from flask import Flask

from pledges.audit.models import REFUSALS
from pledges.core.database import db


def make_tables(app: Flask) -> None:
    """Make the tables and what guards the log."""
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            for statement in REFUSALS[connection.dialect.name]:
                connection.execute(sa.text(statement))
