"""`permissions-page`: who may do what, as the page docs/permissions.md."""

import click
from flask import Flask

from pledges.access.page import page


@click.command("permissions-page")
def permissions_page() -> None:
    """In trang “Ai được làm gì” (docs/permissions.md)."""
    click.echo(page(), nl=False)


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(permissions_page)
