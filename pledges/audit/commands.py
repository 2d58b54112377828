"""`verify-log`: walk the chain and name the first bad entry."""

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.audit.chain import walked
from pledges.core.database import db


@click.command("verify-log")
@with_appcontext
def verify_log() -> None:
    """Kiểm tra nhật ký: đi hết chuỗi, nêu mục sai đầu tiên."""
    found = walked(db.session())
    click.echo(found.words, err=not found.whole)
    if not found.whole:
        raise SystemExit(1)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(verify_log)
