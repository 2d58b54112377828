"""`backup`: take a backup now, rehearse it, and remove old ones; the program calls it by itself each night."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from pledges.core.database import db
from pledges.core.numbers import format_number
from pledges.upkeep import fallback
from pledges.upkeep.places import Place
from pledges.upkeep.rules import BackupError, BackupKind, megabytes
from pledges.upkeep.working import back_up

COMMAND = "backup"
KINDS = [BackupKind.BY_HAND.value, BackupKind.NIGHTLY.value]


@click.command(COMMAND)
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], hidden=True)
@with_appcontext
def backup(kind: str) -> None:
    """Sao lưu cơ sở dữ liệu, tệp và khóa bí mật vào một tệp, rồi khôi phục thử và đối chiếu."""
    if kind == BackupKind.NIGHTLY:
        fallback.keep(db.session(), current_app)
    try:
        path, rehearsal = back_up(Place.of(current_app.config), BackupKind(kind))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Đã sao lưu vào {path} ({megabytes(path.stat().st_size)}).")
    if not rehearsal.whole:
        click.echo(f"Khôi phục thử không được: {'; '.join(rehearsal.problems)}.", err=True)
        raise SystemExit(1)
    if rehearsal.manifest:
        rows, files = format_number(rehearsal.manifest.rows), format_number(rehearsal.manifest.files)
        click.echo(f"Khôi phục thử được: {rows} dòng, {files} tệp, nhật ký toàn vẹn.")
        if rehearsal.manifest.absent:
            absent = format_number(len(rehearsal.manifest.absent))
            click.echo(f"{absent} tệp đã mất hoặc bị sửa từ trước khi sao lưu.", err=True)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(backup)
