"""The scan of a signed paper: kept as soon as it comes, so that a wrong day never costs it."""

from datetime import datetime

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from pledges.access.roles import Actor
from pledges.commitments.signing_forms import PaperForm
from pledges.core.database import db
from pledges.core.refusal import Refused
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.serving import folder

_KEPT_FOR = 24 * 60 * 60


def keep(form: PaperForm, *, by: Actor, at: datetime) -> None:
    """Before anything else is judged: store the scan that came, and let the form carry its sealed number.

    Only a form that was rendered for this very person is believed: its key says so.
    """
    upload = form.scan.data
    came = isinstance(upload, FileStorage) and upload.filename
    if request.method != "POST" or not came or not form.form_key.data:
        return
    try:
        stored = files.store(db.session(), folder(), upload.stream.read(), by=by, at=at)
    except Refused as refused:
        db.session.rollback()
        form.scan.process_errors.append(str(refused))
        return
    db.session.commit()
    form.kept.data = str(_serializer().dumps([stored.id, upload.filename]))


def kept(form: PaperForm) -> tuple[StoredFile, str] | None:
    """The scan that the form carries, and the name it came under."""
    try:
        number, name = _serializer().loads(form.kept.data or "", max_age=_KEPT_FOR)
    except BadSignature:
        return None
    stored = db.session.get(StoredFile, number)
    return (stored, str(name)) if stored is not None else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="scan of a commitment")
