"""Tài khoản: what administrators see of accounts and do to them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Role
from pledges.accounts import operations
from pledges.accounts.administrators import keep_one_without
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import AccountActForm, AccountEditForm, AccountForm
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import (
    in_role,
    in_units,
    locked,
    managed_by,
    number_of_sessions,
    posts_of,
    searched,
    sign_ins,
    story,
)
from pledges.accounts.reach import managed, paths, unit_in_reach, units_offered, wholly_managed
from pledges.accounts.second_factor.models import SecondFactor
from pledges.accounts.sessions import oldest
from pledges.audit.telling import told
from pledges.core import clock
from pledges.core.addresses import number_in
from pledges.core.database import db
from pledges.core.filters import ORDER, Question, Wishes, order
from pledges.core.paging import records_of
from pledges.units.models import Unit

PER_PAGE = 30
STORY_LENGTH = 100

STATES: dict[str, tuple[str, Callable[[datetime], ColumnElement[bool]]]] = {
    "mo": ("Đang mở", lambda _now: Account.closed_at.is_(None)),
    "khoa": ("Tạm khóa với máy lạ", locked),
    "dong": ("Đã đóng", lambda _now: Account.closed_at.is_not(None)),
}
"""What the list can be narrowed to: the word in the address, the words to read, the condition at a moment."""

ORDERS = {
    "dang-nhap": ("Tên đăng nhập", (Account.username,)),
    "moi-lap": ("Mới lập trước", (Account.created_at.desc(),)),
}
"""The orders beside that by given name: the word in the address, the words to read, the columns."""


@blueprint.get("/quan-tri/tai-khoan")
@guard(Permission.MANAGE_ACCOUNTS)
def listing() -> str:
    """Tài khoản: search, by given name, with the posts in the own tree."""
    actor = current_actor()
    offered = units_offered(actor)
    asked = unit_in_reach(actor, number_in("don-vi") or 0)
    wishes = Wishes.read(request.args, "Tìm theo tên hoặc tên đăng nhập", *_questions(offered, asked))
    statement = managed_by(actor)
    if state := wishes["tinh-trang"]:
        statement = statement.where(STATES[state][1](clock.now()))
    if asked is not None:
        statement = in_units(statement, [asked.path])
    if role := wishes["vai-tro"]:
        statement = in_role(statement, Role(role), paths(actor), clock.today())
    ordered = searched(statement, wishes.words)
    if wishes[ORDER]:
        ordered = ordered.order_by(None).order_by(*ORDERS[wishes[ORDER]][1], Account.id)
    page = records_of(ordered, per_page=PER_PAGE)
    return render_template(
        "accounts/listing.html",
        page=page,
        posts=_posts_by_account(page, paths(actor)),
        wishes=wishes,
        now=clock.now(),
    )


def _questions(offered: list[Unit], asked: Unit | None) -> Iterator[Question]:
    units = [*offered, *([asked] if asked is not None and asked not in offered else [])]
    yield Question("don-vi", "Đơn vị", {str(unit.id): unit.name for unit in units})
    yield Question("vai-tro", "Vai trò", {role.value: role.label for role in Role})
    yield Question("tinh-trang", "Tình trạng", {value: words for value, (words, _) in STATES.items()})
    yield order({"": "Tên"} | {value: words for value, (words, _) in ORDERS.items()})


def _posts_by_account(page: Pagination, own: tuple[str, ...]) -> dict[int, list[Appointment]]:
    """The posts in the own tree of the accounts on the page that are held today or later."""
    today = clock.today()
    found: dict[int, list[Appointment]] = defaultdict(list)
    for held in db.session.scalars(posts_of([account.id for account in page.items], own)):
        if held.valid_to is None or held.valid_to >= today:
            found[held.account_id].append(held)
    return found


@blueprint.get("/quan-tri/tai-khoan/<int:account_id>")
@guard(Permission.MANAGE_ACCOUNTS)
def account(account_id: int) -> str:
    """Một tài khoản: facts, posts, and what happened to it."""
    found = managed(current_actor(), account_id)
    entries = db.session.scalars(story(account_id, [held.id for held in found.posts]).limit(STORY_LENGTH))
    last = db.session.scalars(sign_ins(account_id).limit(1)).first()
    return render_template(
        "accounts/account.html",
        account=found.account,
        found=found,
        last_sign_in=last,
        story=[told(entry) for entry in entries],
        second_factor=db.session.get(SecondFactor, account_id),
        open_sessions=db.session.scalar(number_of_sessions(account_id, oldest())),
        today=clock.today(),
        now=clock.now(),
    )


@blueprint.route("/quan-tri/tai-khoan/lap", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def create() -> Answer | str:
    """Lập tài khoản: answers with the paper that carries the one-time password."""
    actor = current_actor()
    units = units_offered(actor)
    form = AccountForm.bind(units=units)
    if form.accepts():
        with form.act() as act:
            now, password = clock.now(), operations.one_time_password()
            made = operations.create(
                db.session(),
                username=form.username.data or "",
                name=form.name.data or "",
                phone=form.phone.data or "",
                email=form.email.data or "",
                password=password,
                by=actor,
                at=now,
            )
            if form.unit.record is not None and form.role.data and form.since.data:
                operations.appoint(
                    db.session(),
                    made,
                    form.unit.record,
                    form.role.data,
                    form.post.data or "",
                    since=form.since.data,
                    by=actor,
                    at=now,
                )
            act.location = url_for("accounts.account", account_id=made.id)
            db.session.commit()
            return _slip(made, password, made_now=True)
    return render_template("accounts/create.html", form=form, units=units)


def _slip(account: Account, password: str, *, made_now: bool) -> str:
    """The paper that is handed over. It answers the POST itself: the password stands in no address, log or cookie."""
    return render_template(
        "accounts/slip.html",
        account=account,
        password=password,
        made_now=made_now,
        posts=[held for held in managed(current_actor(), account.id).posts if held.alive(clock.today())],
        address=(current_app.config["PUBLIC_ADDRESS"] or request.host_url.rstrip("/"))
        + url_for("accounts.sign_in"),
    )


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/sua", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def edit(account_id: int) -> Answer | str:
    """Sửa tài khoản: name, work phone and e-mail."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = AccountEditForm.bind(account)
    if form.accepts():
        with form.act() as act:
            changes = {name: form[name].data or "" for name in operations.FIELDS}
            operations.edit(db.session(), account, by=actor, at=clock.now(), **changes)
            return _done(act, account, "Đã lưu thông tin tài khoản.")
    return render_template("accounts/edit.html", form=form, account=account)


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/dat-lai-mat-khau", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def reset_password(account_id: int) -> Answer | str:
    """Đặt lại mật khẩu: answers with the paper that carries the one-time password."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = AccountActForm.bind(account)
    if form.accepts():
        with form.act() as act:
            password = operations.reset_password(db.session(), account, by=actor, at=clock.now())
            act.location = url_for("accounts.account", account_id=account.id)
            db.session.commit()
            return _slip(account, password, made_now=False)
    return render_template("accounts/reset_password.html", form=form, account=account)


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/dong", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def close(account_id: int) -> Answer | str:
    """Đóng tài khoản: nobody signs in with it any more; what was done with it stays."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = AccountActForm.bind(account)
    if form.accepts():
        with form.act() as act:
            keep_one_without(db.session(), account, clock.today())
            operations.close(db.session(), account, by=actor, at=clock.now())
            return _done(act, account, f"Đã đóng tài khoản của {account.name}.")
    posts = [held for held in managed(actor, account_id).posts if held.alive(clock.today())]
    return render_template("accounts/close.html", form=form, account=account, posts=posts)


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/mo-lai", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def reopen(account_id: int) -> Answer | str:
    """Mở lại tài khoản that was closed, or locked after wrong passwords."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = AccountActForm.bind(account)
    if form.accepts():
        with form.act() as act:
            operations.reopen(db.session(), account, by=actor, at=clock.now())
            return _done(act, account, f"Đã mở lại tài khoản của {account.name}.")
    posts = [held for held in managed(actor, account_id).posts if held.alive(clock.today())]
    return render_template("accounts/reopen.html", form=form, account=account, posts=posts)


def _done(act: Any, account: Account, words: str) -> Answer:
    act.location = url_for("accounts.account", account_id=account.id)
    db.session.commit()
    flash(words, "good")
    return redirect(act.location)
