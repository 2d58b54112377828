"""`send-digests`: the daily letters, for the machine's own clock (cron, systemd)."""

from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.core.refusal import Refused
from pledges.site.digests import send_due

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("send-digests")
@click.option(
    "--day", type=_DAY, metavar="NĂM-THÁNG-NGÀY", help="Gửi thư của ngày này; không ghi thì hôm nay."
)
@with_appcontext
def send_digests(day: datetime | None) -> None:
    """Gửi thư nhắc việc của một ngày cho ai có việc chờ và chưa được gửi."""
    asked = day.date() if day is not None else clock.today()
    try:
        sent = send_due(asked)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Ngày {format_date(asked)}: đã gửi {two_digits(sent.letters)} thư nhắc việc.")
    if sent.gone:
        click.echo("Không tới được máy chủ thư; chạy lại lệnh này để gửi những thư còn lại.", err=True)
    if sent.refused:
        click.echo(f"{two_digits(sent.refused)} thư không gửi được; lý do ở nhật ký của máy chủ.", err=True)
    if not sent.whole:
        raise SystemExit(1)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(send_digests)
