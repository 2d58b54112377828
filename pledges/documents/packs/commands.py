"""`draw-packs`: what the program starts beside itself; by hand only where it could not."""

import signal
from types import FrameType
from typing import NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.core.numbers import two_digits
from pledges.documents.packs.beside import COMMAND
from pledges.documents.packs.drawing import draw_waiting


@click.command(COMMAND)
@with_appcontext
def draw_packs() -> None:
    """Lập các tập in đang chờ; chương trình tự gọi lệnh này."""
    signal.signal(signal.SIGTERM, _end)
    click.echo(f"Đã lập {two_digits(draw_waiting())} tập.")


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(draw_packs)
