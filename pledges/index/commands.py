"""`reindex`: hold every entry of the search against its record, and right what differs."""

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.core.database import db
from pledges.index.operations import rebuild
from pledges.index.sources import SOURCES

WORDS = {
    "task": "phần việc",
    "unit": "đơn vị",
    "account": "tài khoản",
    "appointment": "chức vụ",
    "commitment": "bản cam kết",
    "report": "báo cáo tiến độ",
    "campaign": "phong trào",
}


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Lập lại mục lục tìm kiếm: nêu số mục sai đã sửa theo từng loại."""
    wrong = rebuild(db.session())
    db.session.commit()
    found = [f"{WORDS[kind]}: {wrong[kind]}" for kind in SOURCES if wrong[kind]]
    if found:
        click.echo(f"Đã sửa {sum(wrong.values())} mục tìm kiếm không khớp ({'; '.join(found)}).")
    else:
        click.echo("Mục lục tìm kiếm khớp với dữ liệu.")


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(reindex)
