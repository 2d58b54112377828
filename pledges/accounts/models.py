"""Accounts, appointments, and the attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledges.access.roles import Role
from pledges.core.base import Base, Versioned
from pledges.core.text import fold, person_sort_key
from pledges.core.types import SORT_KEY, choice
from pledges.units.models import Unit
from pledges.units.rules import alive


class Account(Versioned, Base):
    """Tài khoản: a person (or, in the demo, a post) who signs in.

    Only what the work needs is kept: name, work phone and e-mail (Luật 91/2025/QH15). `session_stamp` changes when
    every session of the account must end.
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
    session_stamp: Mapped[str]
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
        return self.locked_at is None and self.closed_at is None

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
    """A failed attempt to sign in, kept as long as it counts against the account and the address."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index(None, "username", "at"), sa.Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]


class EndedSession(Base):
    """Phiên đã kết thúc: a session that was signed out of before its cookie ran out.

    The cookie alone says who is signed in, so a copy of it must not open the door again. Kept until the cookie
    would have run out anyway.
    """

    __tablename__ = "ended_session"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
