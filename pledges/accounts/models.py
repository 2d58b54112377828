"""Accounts, appointments, sessions, and the attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledges.access.roles import Role
from pledges.accounts.rules import LOCK_AFTER
from pledges.core.base import Base, Versioned
from pledges.core.text import fold, person_sort_key
from pledges.core.types import SORT_KEY, choice
from pledges.units.models import Unit
from pledges.units.rules import alive


class Account(Versioned, Base):
    """Tài khoản: a person (or, in the demo, a post) who signs in.

    Only what the work needs is kept: name, work phone and e-mail (Luật 91/2025/QH15). `locked_at` says since when
    browsers that the account never signed in from are kept out; `password_expires_at` until when a one-time password
    opens.
    """

    __tablename__ = "account"
    __table_args__ = (
        sa.CheckConstraint("username <> ''", "username_given"),
        sa.CheckConstraint("name <> ''", "name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str] = mapped_column(SORT_KEY)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    wants_digest: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    password_expires_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @validates("name")
    def _derive(self, _key: str, name: str) -> str:
        self.name_fold = fold(name)
        self.name_sort = person_sort_key(name)
        return name

    @property
    def open(self) -> bool:
        """Whether the account may sign in at all."""
        return self.closed_at is None

    def locked(self, at: datetime) -> bool:
        """Whether browsers that the account never signed in from are kept out; `queries.locked` asks the same."""
        return self.locked_at is not None and self.locked_at > at - LOCK_AFTER.within

    def __repr__(self) -> str:
        """The account for a developer's eye."""
        return f"<Account {self.username}>"


class Appointment(Base):
    """Chức vụ được giao: a person's post and role in a unit, from–to; one person can hold several."""

    __tablename__ = "appointment"
    __table_args__ = (
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", "validity"),
        sa.UniqueConstraint("account_id", "unit_id", "role", "post", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    post: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    account: Mapped[Account] = relationship()
    unit: Mapped[Unit] = relationship()

    def alive(self, on: date) -> bool:
        """Whether the post is held on the day."""
        return alive(self.valid_from, self.valid_to, on)


class SignInAttempt(Base):
    """A failed attempt to sign in, kept as long as it counts, or as the person may want to know of it.

    `browser` is the mark of one that the account signed in from before; without, it is counted with all strange ones.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index(None, "username", "at"), sa.Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    address: Mapped[str]
    browser: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class AccountSession(Base):
    """Phiên đăng nhập: a cookie is good only while its row is here, so that a copy of it ends with the session.

    Of the cookie's key only the SHA-256 is kept. By the machine's clock, not the demo's; `previous_at` (when the
    account was signed in to before) and `failures` (how often it was tried in vain since) by the application's.
    """

    __tablename__ = "account_session"
    __table_args__ = (
        sa.CheckConstraint("length(key_digest) = 64", "digest_length"),
        sa.CheckConstraint("failures >= 0", "failures"),
        sa.CheckConstraint("started_at <= seen_at", "order"),
        {"sqlite_autoincrement": True},  # a page that ends one never meets another under its number
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    previous_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)


class SignInProof(Base):
    """Đã qua bước mật khẩu: the password was right, the code is still to come; used up by the one sign-in."""

    __tablename__ = "sign_in_proof"
    __table_args__ = (sa.CheckConstraint("length(key_digest) = 64", "digest_length"),)

    key_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
