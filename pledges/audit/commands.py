"""`verify-log`: walk the chain and name the first bad entry."""

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.audit.operations import verify
from pledges.audit.queries import head
from pledges.core.database import db


@click.command("verify-log")
@with_appcontext
def verify_log() -> None:
    """Kiểm tra nhật ký: đi hết chuỗi, nêu mục sai đầu tiên."""
    fault = verify(db.session())
    if fault is not None:
        click.echo(f"Nhật ký bị hỏng từ mục số {fault.number}: {fault.reason}.", err=True)
        raise SystemExit(1)
    newest = db.session.scalars(head()).first()
    if newest is None:
        click.echo("Nhật ký chưa có mục nào.")
        return
    click.echo(f"Nhật ký toàn vẹn: {newest.number} mục, mã niêm phong mới nhất {newest.hash}.")


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(verify_log)
