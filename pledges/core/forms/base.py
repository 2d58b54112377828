"""The two kinds of forms: `Form` makes or does something, `EditForm` changes a record that others may change too.

A view goes: `form = XForm.bind(…)`, then `if form.accepts():` the operation inside `with form.act() as act:`, a
visible commit and `redirect(act.location)`; else the page with the form. What that buys every form:

- a dead token (CSRF) shows the form again with everything typed, one click to send;
- ten equal POSTs make one record and get ten equal answers (`receipts`);
- an edit of what somebody else changed meanwhile leads to the conflict page (`conflicts`);
- after a session that ended, sign-in leads back to the filled form, and one that `keeps` is never lost (`keeping`);
- what the rules refuse stands above the form, with nothing lost.
"""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import wtforms
from flask import current_app, g, request
from flask import session as cookie
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from wtforms.csrf.session import SessionCSRF
from wtforms.meta import DefaultMeta

from pledges.core.base import Base
from pledges.core.database import crossed, db, note_checked
from pledges.core.forms import conflicts, unsent
from pledges.core.forms.keeping import Keeping
from pledges.core.forms.messages import Vietnamese
from pledges.core.forms.receipts import FormReceipt, OtherContent, account_of, claim, new_key
from pledges.core.forms.sending import brought, content_sent, sender_id
from pledges.core.forms.unsent import Fields
from pledges.core.refusal import Refused

log = logging.getLogger(__name__)

_VIETNAMESE = Vietnamese()
_SENT_BEFORE = (
    "Biểu mẫu này đã được ghi một lần với nội dung khác; nội dung đang hiện dưới đây chưa ghi. "
    "Đồng chí xem lại, nếu vẫn cần thì bấm gửi lần nữa."
)
_TOLD = "_flashes"
"""Where Flask keeps what the next page is to say."""
_BETWEEN = "Dữ liệu vừa được thay đổi ở nơi khác nên chưa ghi được; đồng chí xem lại rồi gửi lại."


class Row(wtforms.Form):
    """A row of questions inside a form (an indicator of a task): no token of its own, Vietnamese messages."""

    class Meta(DefaultMeta):
        """Vietnamese messages."""

        csrf = False

        def get_translations(self, _form: Any) -> Vietnamese:
            """Vietnamese for every message."""
            return _VIETNAMESE


class KeyField(wtforms.HiddenField):
    """The key of one rendered form; a foreign or missing one is replaced by a fresh one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the key only if it was made here for the person who sends it."""
        sent = str(valuelist[0]) if valuelist else None
        self.data = sent if account_of(sent) == sender_id() else None

    @property
    def sealed(self) -> str:
        """The key, made now where there is none."""
        if not self.data:
            self.data = new_key(sender_id())
        return str(self.data)

    def _value(self) -> str:
        return self.sealed


class Form(Keeping):
    """A form that makes something new, or does something that no other edit can contradict."""

    class Meta(DefaultMeta):
        """CSRF as a field, Vietnamese messages."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_field_name = "csrf_token"

        @property
        def csrf_secret(self) -> bytes:
            """What signs the tokens."""
            secret = current_app.secret_key
            return secret.encode() if isinstance(secret, str) else bytes(secret or b"")

        @property
        def csrf_context(self) -> Any:
            """Where the browser's part of the token lives."""
            return cookie

        @property
        def csrf_time_limit(self) -> timedelta:
            """A token lives as long as the session."""
            return current_app.permanent_session_lifetime

        def get_translations(self, _form: Any) -> Vietnamese:
            """Vietnamese for every message."""
            return _VIETNAMESE

    form_key = KeyField()
    receipt: FormReceipt | None = None
    closed = False
    """Whether the page takes no answers any more."""

    def prepare(self, **context: Any) -> None:
        """Offer the choices that depend on what is in the database; `context` is what `bind` was given."""

    @classmethod
    def bind(cls, data: Mapping[str, Any] | None = None, **context: Any) -> Self:
        """The form as sent, or as kept from an ended session, or fresh with `data` in it."""
        g.bound_form = form = cls(brought(cls), data=dict(data or {}))
        form.prepare(**context)
        form.begin_keeping()
        return form

    def accepts(self) -> bool:
        """Whether the form was sent, for the first time, and says nothing wrong.

        Raises `AlreadyDone` for a resend of what was carried out. What was changed after that is shown again.
        """
        if request.method != "POST":
            return False
        key, spent = self.form_key.sealed, None
        try:
            self.receipt = claim(db.session(), key, content_sent(), self.window)
            if not self.closed and self.validate() and self.unchanged():
                unsent.forget(db.session(), sender_id(), key)
                return True
        except OtherContent:
            self.form_key.data, spent = None, key
            self.refuse(_SENT_BEFORE)
        except DBAPIError as error:
            if not crossed(error):
                raise
            self.refuse_crossed(error)
        db.session.rollback()
        self.keep_typed(instead_of=spent)
        return False

    def close(self) -> None:
        """Take no answers any more: what was sent is kept. A resend of what was carried out raises `AlreadyDone`."""
        self.closed = True
        self.accepts()

    def keep_typed(self, *, instead_of: str | None = None) -> None:
        """Keep what was sent, where the form does that: it was not accepted, or only asked for another row."""
        self.keep(self.form_key.sealed, instead_of=instead_of)

    def unchanged(self) -> bool:
        """Whether nobody changed meanwhile what the form is about."""
        return True

    def act(self) -> "Act":
        """The scope of the operation: a refusal is shown above the form, and nothing is written."""
        return Act(self)

    def refuse(self, sentence: str, field: str = "") -> None:
        """Show a sentence above the form, as an error of the whole or of a field, beside which it stands too."""
        errors: Any = self[field].errors if field in self else self.form_errors
        errors.append(sentence)

    def refuse_crossed(self, error: BaseException | None) -> None:
        """Undo everything, and say that another's change at the same moment was in the way."""
        log.warning("refused by the database at %s", request.path, exc_info=error)
        db.session.rollback()
        self.refuse(_BETWEEN)


class EditForm(Form):
    """A form that changes a record: it carries the version it saw, and what the fields said then."""

    version = wtforms.HiddenField()
    was = wtforms.HiddenField()

    continues = True
    outdated = False
    """Whether somebody has changed the record since what is shown here was typed."""

    record: Base
    _context: Mapping[str, Any]

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """What the fields say of the record as it is; attributes of the same name, unless overridden."""
        return {name: getattr(record, name) for name in field_names(cls) if hasattr(record, name)}

    @classmethod
    def bind(cls, record: Any = None, **context: Any) -> Self:  # type: ignore[override]
        """The form as sent, or as kept, or filled with the record as it is."""
        fresh = cls.fresh(record, context)
        sent = brought(cls)
        if sent is None:
            fresh.begin_keeping()
            return fresh
        # A choice between two sides holds for the version that was seen; of another one nothing is known yet.
        known = sent.get("version") == fresh.version.data
        g.bound_form = form = cls(
            conflicts.resolved(sent, fresh) if known else sent, data=cls.values_of(record)
        )
        form.prepare(**context)
        form.record, form._context, form.outdated = record, context, not known
        form.begin_keeping()
        return form

    @classmethod
    def fresh(cls, record: Any, context: Mapping[str, Any]) -> Self:
        """The form filled with the record as it is now, whatever was sent."""
        form = cls(None, data=cls.values_of(record))
        form.prepare(**context)
        form.version.data = str(record.version)
        form.was.data = json.dumps(conflicts.shown_values(form), ensure_ascii=False)
        form.record, form._context = record, context
        return form

    def typed_fields(self) -> Fields:
        """What was sent, with the version that the form holds: an operation of its own may have changed the record."""
        held = [("version", str(self.version.data or ""))]
        return [pair for pair in super().typed_fields() if pair[0] != "version"] + held

    def unsent_words(self) -> list[tuple[str, str]]:
        """What was typed and does not stand in the record."""
        stored = super(EditForm, self.fresh(self.record, self._context)).unsent_words()
        return [said for said in super().unsent_words() if said not in stored]

    def unchanged(self) -> bool:
        """Whether the record still has the version that the form saw; raises `Conflict` when it has not."""
        kind, number = type(self.record), self.record.id  # type: ignore[attr-defined]
        table = kind.__table__
        present = db.session.scalar(select(table.c.version).where(table.c.id == number).with_for_update())
        if str(present) != self.version.data:
            db.session.rollback()
            self.keep_typed()
            db.session.refresh(self.record)
            fresh = self.fresh(self.record, self._context)
            fresh.go_on_as(self)
            raise conflicts.Conflict(self, fresh, self.record, request.form)
        note_checked(db.session(), self.record)
        return True


class Act:
    """Carrying out a form: `location` is the page it leads to, for this sender and every resend."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._location = ""

    @property
    def location(self) -> str:
        """The page that the form leads to."""
        return self._location

    @location.setter
    def location(self, url: str) -> None:
        self._location = url
        if self.form.receipt is not None:
            self.form.receipt.location = url

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        """Undo what was refused, and say why above the form; good news that was told before the commit is unsaid."""
        if error is not None and _TOLD in cookie:
            del cookie[_TOLD]
        if isinstance(error, Refused):
            db.session.rollback()
            self.form.refuse(str(error), error.field)
            self.form.keep_typed()
            return True
        if crossed(error):
            self.form.refuse_crossed(error)
            self.form.keep_typed()
            return True
        return False


def field_names(form: type[wtforms.Form]) -> list[str]:
    """The names of the fields that people fill, in order."""
    blank = form.__dict__.get("_unbound_fields") or [
        (name, getattr(form, name)) for name in dir(form) if hasattr(getattr(form, name), "_formfield")
    ]
    return [name for name, _field in blank if name not in conflicts.CARRIED]
