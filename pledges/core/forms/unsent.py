"""Nội dung chưa gửi: what a person typed into a form and has not sent, kept until it is sent or given up.

One store for all: what a page saves while it is typed into, what was sent and not accepted, what was sent after the
session had ended. A row belongs to one rendering of a form (its key), which any window of its writer can take up.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, defer, mapped_column
from werkzeug.datastructures import MultiDict

from pledges.core import clock
from pledges.core.base import Base
from pledges.core.database import take_turn
from pledges.core.dates import format_instant
from pledges.core.forms.receipts import FormReceipt, name_of, new_key
from pledges.core.refusal import Refused
from pledges.core.text import clean_line

KEPT_FOR = timedelta(days=30)
"""Longer than the weeks of registering and a leave within them; what is older nobody will take up any more."""
MOST = 40
"""Of one person: a ward's 24 tasks all begun at once, and room. Beyond that the oldest goes."""
LARGEST = 1_000_000
"""Letters of one form: a full table of 300 lines is a tenth of it."""
LONGEST_TITLE = 200

ARGUMENT = "giu"
"""In an address: the name of the form's key, whose unsent content the page is to show."""

PAGE, SEEN = "unsent_page", "unsent_seen"
"""The fields by which a form says which page it is, and which save it saw last."""

_SECRETS = ("password", "one_time_code", "sealed")
_NEVER = frozenset({"csrf_token", "form_key", PAGE, SEEN, "act", "rows"})
"""Tokens, and the buttons that were pressed: no part of what was typed."""
_OF_THE_RECORD = frozenset({"version", "was"})
_SEEN = re.compile("([0-9]{1,9})(?: ([0-9a-z]{1,32}))?")

Fields = list[tuple[str, str]]


class UnsentForm(Base):
    """Nội dung chưa gửi: the fields of one form as they were typed, passwords and files left out.

    `revision` counts the saves, `window` is the browser's window that made the last one: by these a save that would
    replace another window's text is told from one that goes on. Neither versioned nor logged: it is nobody's record.
    """

    __tablename__ = "unsent_form"
    __table_args__ = (
        sa.CheckConstraint("path LIKE '/%'", "path"),
        sa.CheckConstraint("revision > 0", "revision"),
        sa.Index(None, "account_id", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    path: Mapped[str]
    page: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    fields: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    window: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    @property
    def name(self) -> str:
        """What lists call it: the title that was typed, or a word for none."""
        return self.title or "chưa đặt tên"

    @property
    def url(self) -> str:
        """The page with this content in it."""
        return address_of(self.path, self.key)

    @property
    def at_text(self) -> str:
        """When it was saved last: the hour, and the day unless it is today."""
        return when(self.at)

    @property
    def texts(self) -> list[str]:
        """What was typed in words; of numbers and choices only their form can say what they mean."""
        typed = (value.strip() for name, value in json.loads(self.fields) if name not in _OF_THE_RECORD)
        return [text for text in typed if " " in text or not text.isascii()]

    def typed(self) -> MultiDict[str, str]:
        """The fields as the form takes them, with the key of its rendering and the save that is seen now."""
        return MultiDict([*json.loads(self.fields), ("form_key", self.key), (SEEN, str(self.revision))])


@dataclass(frozen=True)
class Page:
    """The page of a form: its address and what it is called; what tells its forms apart is a field, or a title."""

    path: str
    name: str
    title_field: str = ""
    title: str = ""


@dataclass(frozen=True)
class Typing:
    """What a window holds: the form's key, the fields, the save that it saw last, and the window itself."""

    account_id: int
    key: str
    page: Page
    fields: Fields
    seen: int = 0
    window: str = ""

    def stored(self) -> str:
        """The fields as the database keeps them; raises `TooMuch` for what no form of this product says."""
        text = json.dumps(self.fields, ensure_ascii=False)
        if len(text) > LARGEST:
            raise TooMuch("Nội dung dài quá mức tự lưu được.")
        return text

    @property
    def title(self) -> str:
        """The title as it was typed, or that of the page."""
        typed = dict(self.fields).get(self.page.title_field, self.page.title)
        return clean_line(typed)[:LONGEST_TITLE]


class TooMuch(Refused):
    """More than a form of this product holds."""


def address_of(path: str, key: str) -> str:
    """The page of a form, asked to show what is kept of the one that has the key."""
    return f"{path}{'&' if '?' in path else '?'}{ARGUMENT}={name_of(key)}"


def when(at: datetime) -> str:
    """The hour of a save, and its day unless that is today."""
    words = format_instant(at)
    return words.split(" ", 1)[0] if clock.day_of(at) == clock.today() else words


def worth_keeping(fields: Iterable[tuple[str, str]]) -> Fields:
    """The fields without tokens, buttons, passwords and codes that open."""
    return [
        (name, value)
        for name, value in fields
        if name not in _NEVER and not any(secret in name for secret in _SECRETS)
    ]


def read_seen(text: str | None) -> tuple[int, str]:
    """The save that a form saw last, and its window: "3 k2f0"; nothing seen for what can't be read."""
    found = _SEEN.fullmatch(text or "")
    return (int(found[1]), found[2] or "") if found else (0, "")


def seal(page: Page) -> str:
    """The page as its form carries it: nobody can put forms where no page of ours is."""
    return str(_serializer().dumps([page.path, page.name, page.title_field, page.title]))


def unseal(sealed: str | None) -> Page | None:
    """What `seal` sealed; None for anything else."""
    try:
        return Page(*_serializer().loads(sealed or ""))
    except BadSignature:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="unsent form")


def save(session: Session, typing: Typing, *, at: datetime) -> UnsentForm | None:
    """Keep what was typed; None when this very window has sent the form meanwhile. Raises `TooMuch`.

    What another window saved under the same key, and this one never saw, stays: the new text then gets a row and a
    key of its own, which the answer tells.
    """
    fields = typing.stored()
    take_turn(session)
    if _sent_by(session, typing):
        return None
    row = session.scalars(select(UnsentForm).where(UnsentForm.key == typing.key)).first()
    if row is not None and (row.account_id != typing.account_id or _unseen(row, typing, fields)):
        row, typing = _apart(session, typing, fields)
    if row is None:
        row = _begin(session, typing, fields, at)
    elif row.fields != fields:
        row.fields, row.title, row.at = fields, typing.title, at
        row.revision += 1
    row.window = typing.window
    session.flush()
    return row


def _sent_by(session: Session, typing: Typing) -> bool:
    """Whether the form was carried out from this window: the save was on its way while it was sent."""
    receipt = session.get(FormReceipt, typing.key)
    return receipt is not None and receipt.window == typing.window != ""


def _unseen(row: UnsentForm, typing: Typing, fields: str) -> bool:
    """Whether the row holds another text, which another window wrote and this one never saw."""
    same_window = row.window == typing.window != ""
    return row.fields != fields and row.revision != typing.seen and not same_window


def _apart(session: Session, typing: Typing, fields: str) -> tuple[UnsentForm | None, Typing]:
    """The row of the same text that was set apart before; if there is none, a key for a new one."""
    own = select(UnsentForm).where(
        UnsentForm.account_id == typing.account_id, UnsentForm.path == typing.page.path
    )
    alike = next((row for row in session.scalars(own) if row.fields == fields), None)
    return alike, replace(typing, key=new_key(typing.account_id))


def _begin(session: Session, typing: Typing, fields: str, at: datetime) -> UnsentForm:
    session.execute(delete(UnsentForm).where(UnsentForm.at < at - KEPT_FOR))
    for oldest in session.scalars(of_account(typing.account_id).offset(MOST - 1)):
        session.delete(oldest)
    page = typing.page
    row = UnsentForm(
        key=typing.key, account_id=typing.account_id, path=page.path, page=page.name, title=typing.title,
        fields=fields, revision=1, at=at,
    )  # fmt: skip
    session.add(row)
    return row


def forget(session: Session, account_id: int, key: str) -> None:
    """Remove what was kept under the key: it was sent, or is kept under another."""
    session.execute(delete(UnsentForm).where(UnsentForm.account_id == account_id, UnsentForm.key == key))


def leave_page(session: Session, path: str, account_id: int, other: Page) -> None:
    """The record of a page goes: the words of who lets it go are removed, those of others move to another page."""
    here = of_path(path)
    session.execute(delete(UnsentForm).where(here, UnsentForm.account_id == account_id))
    session.execute(update(UnsentForm).where(here).values(path=other.path, page=other.name))


def of_account(account_id: int) -> Select[UnsentForm]:
    """Everything that a person has begun and not sent, the newest first; without the fields, which may be long."""
    return (
        select(UnsentForm)
        .options(defer(UnsentForm.fields))
        .where(UnsentForm.account_id == account_id)
        .order_by(UnsentForm.at.desc(), UnsentForm.id.desc())
    )


def of_page(account_id: int, path: str) -> Select[UnsentForm]:
    """What a person has begun on one page, the newest first; whatever its address asked for besides."""
    return of_account(account_id).where(of_path(path))


def of_path(path: str) -> ColumnElement[bool]:
    """The condition of what was begun on one page, whatever its address asked for besides."""
    return or_(UnsentForm.path == path, UnsentForm.path.startswith(f"{path}?", autoescape=True))
