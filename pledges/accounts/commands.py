"""`create-admin`, `reset-password`, `reset-second-factor`: the ways in, and back in, from the server's own keyboard."""

import click
from flask import Flask
from flask.cli import with_appcontext

from pledges.access.roles import NOBODY
from pledges.accounts import operations
from pledges.accounts.administrators import POST, Person, Root, administer, make_root
from pledges.accounts.queries import by_username
from pledges.accounts.second_factor import operations as second_factor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.units.queries import by_code
from pledges.units.rules import DocumentStyle, UnitKind

_KINDS = click.Choice([kind.value for kind in UnitKind])
_STYLES = click.Choice([style.value for style in DocumentStyle])


@click.command("create-admin")
@click.option("--name", prompt="Họ và tên người quản trị", help="Họ và tên người quản trị.")
@click.option("--username", prompt="Tên đăng nhập", help="Tên đăng nhập.")
@click.option("--post", default=POST, show_default=True, help="Chức vụ ghi cho người quản trị.")
@click.option(
    "--unit-code", prompt="Mã đơn vị (ví dụ HK)", help="Mã đơn vị; đã có thì dùng, chưa có thì lập."
)
@click.option("--unit-name", help="Tên đầy đủ của đơn vị, khi đơn vị chưa có.")
@click.option("--short-name", help="Tên gọi tắt của đơn vị, khi đơn vị chưa có.")
@click.option("--kind", type=_KINDS, default=UnitKind.WARD.value, show_default=True, help="Loại đơn vị mới.")
@click.option(
    "--style", type=_STYLES, default=DocumentStyle.STATE.value, show_default=True, help="Thể thức văn bản."
)
@with_appcontext
def create_admin(
    name: str,
    username: str,
    post: str,
    unit_code: str,
    unit_name: str | None,
    short_name: str | None,
    kind: str,
    style: str,
) -> None:
    """Lập tài khoản quản trị, in mật khẩu dùng một lần."""
    session, now, code = db.session(), clock.now(), clean_line(unit_code).upper()
    unit = session.scalars(by_code(code)).first()
    if unit is None:
        unit_name = unit_name or click.prompt("Tên đầy đủ của đơn vị")
        short_name = short_name or click.prompt("Tên gọi tắt của đơn vị", default=unit_name)
    password = operations.one_time_password()
    person = Person(
        username=clean_line(username).lower(),
        name=clean_line(name),
        password=password,
        post=clean_line(post),
        must_change_password=True,
    )
    try:
        if unit is not None:
            administer(session, unit, person, at=now)
        else:
            root = Root(
                code,
                clean_line(str(unit_name)),
                clean_line(str(short_name)),
                UnitKind(kind),
                DocumentStyle(style),
            )
            administer(session, make_root(session, root, at=now), person, at=now)
    except Refused as refused:
        session.rollback()
        raise click.ClickException(str(refused)) from None
    session.commit()
    _tell(person.username, password)


@click.command("reset-password")
@click.argument("username")
@with_appcontext
def reset_password(username: str) -> None:
    """Đặt lại mật khẩu và mở khóa một tài khoản, in mật khẩu dùng một lần."""
    session = db.session()
    account = session.scalars(by_username(clean_line(username))).first()
    if account is None:
        raise click.ClickException(f"không có tài khoản {username}.")
    try:
        password = operations.reset_password(session, account, by=NOBODY, at=clock.now())
    except Refused as refused:
        session.rollback()
        raise click.ClickException(str(refused)) from None
    session.commit()
    _tell(account.username, password)


@click.command("reset-second-factor")
@click.argument("username")
@with_appcontext
def reset_second_factor(username: str) -> None:
    """Đặt lại xác thực hai bước của người mất điện thoại."""
    session = db.session()
    account = session.scalars(by_username(clean_line(username))).first()
    if account is None:
        raise click.ClickException(f"không có tài khoản {username}.")
    try:
        second_factor.reset(session, account, by=NOBODY, at=clock.now())
    except Refused as refused:
        session.rollback()
        raise click.ClickException(str(refused)) from None
    session.commit()
    click.echo(f"Đã đặt lại xác thực hai bước của {account.username}: lần sau đăng nhập chỉ cần mật khẩu.")


def _tell(username: str, password: str) -> None:
    click.echo(f"Tên đăng nhập: {username}")
    click.echo(f"Mật khẩu dùng một lần: {password}")
    click.echo("Mật khẩu chỉ hiện một lần này; lần đầu đăng nhập, chương trình yêu cầu đổi.")


def init(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(create_admin)
    app.cli.add_command(reset_password)
    app.cli.add_command(reset_second_factor)
