"""`repair`: what a crash left half done is found, told and set aside."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from pledges.upkeep import repair


@click.command("repair")
@click.option("--look", is_flag=True, help="Chỉ rà soát và báo, không chuyển gì đi.")
@with_appcontext
def repair_files(*, look: bool) -> None:
    """Rà soát tệp sau sự cố: chuyển tệp ghi dở và tệp thừa vào thư mục set-aside."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - for other threads too
    finding = repair.found(app) if look else repair.repair(app)
    for sentence in finding.words or ["Tệp và hồ sơ khớp nhau, không có gì ghi dở."]:
        click.echo(sentence)
    if finding.missing:
        raise SystemExit(1)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(repair_files)
