"""Files that come with a form: kept as soon as they come, so that a wrong day never costs them.

A form that takes such files has a hidden field `kept`; the numbers of what is stored travel in it, sealed.
"""

from datetime import datetime
from typing import Any, Protocol

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from pledges.access.roles import Actor
from pledges.core.database import db
from pledges.core.refusal import Refused
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.serving import folder

KEPT, PILE = "scans kept with a form", "a pile in an address"
_KEPT_FOR = 24 * 60 * 60
MOST = 30
"""Files of one form."""


class _Taking(Protocol):
    """A form that takes files."""

    form_key: Any
    kept: Any

    def __getitem__(self, name: str, /) -> Any:
        """The field of the name."""


def keep(form: _Taking, *names: str, by: Actor, at: datetime, beside: bool = False) -> None:
    """Before anything else is judged: store the files that came, and let the form carry their sealed numbers.

    With `beside` they join those that came before, else they take their place. Only a form that was rendered for
    this very person is believed: its key says so. What is not taken is told at its field; the others are kept.
    """
    if request.method != "POST" or not form.form_key.data:
        return
    came: list[tuple[int, str]] = []
    for name in names:
        for upload in _uploads(form[name].data):
            try:
                stored = files.store(db.session(), folder(), upload.stream.read(), by=by, at=at)
                db.session.commit()
                came.append((stored.id, upload.filename or ""))
            except Refused as refused:
                db.session.rollback()
                form[name].process_errors.append(_named(upload, refused) if beside else str(refused))
    if came:
        before = [(stored.id, name) for stored, name in kept(form)] if beside else []
        form.kept.data = seal([*before, *(one for one in came if one not in before)][:MOST])


def kept(form: _Taking) -> list[tuple[StoredFile, str]]:
    """The files that the form carries, each with the name it came under."""
    found = []
    for number, name in unseal(form.kept.data) or []:
        stored = db.session.get(StoredFile, number)
        if stored is not None:
            found.append((stored, str(name)))
    return found


def seal(content: Any, purpose: str = KEPT) -> str:
    """What travels with a form or an address, so that nobody can change it, nor send it for another purpose."""
    return str(_serializer(purpose).dumps(content))


def unseal(sealed: str | None, purpose: str = KEPT) -> Any:
    """What was sealed for this purpose within a day; None for anything else."""
    try:
        return _serializer(purpose).loads(sealed or "", max_age=_KEPT_FOR)
    except BadSignature:
        return None


def _uploads(data: Any) -> list[FileStorage]:
    given = data if isinstance(data, list) else [data]
    return [one for one in given if isinstance(one, FileStorage) and one.filename]


def _named(upload: FileStorage, refused: Refused) -> str:
    return f"{upload.filename}: {refused}"


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=purpose)
