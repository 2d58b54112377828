"""What a request brings to a form: its fields and files, without what no page of this product sends."""

import json
import os
import re
from typing import Any
from urllib.parse import urlencode

import wtforms
from flask import g, request
from sqlalchemy import select
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict

from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.conflicts import CARRIED
from pledges.core.forms.receipts import FormReceipt, key_of

_LONG_NUMBER = re.compile("[0-9]{11}")
"""No field is named by such a number; the numbers of rows are read with `int`, which refuses very long ones."""
_NAME = re.compile("[0-9a-f]{24}")


def brought(form: type[wtforms.Form]) -> CombinedMultiDict[str, Any] | MultiDict[str, Any] | None:
    """What was sent, or what was kept of this very page; None for a page that is opened with nothing of both."""
    if request.method == "POST":
        return sent_fields(form)
    found = _resumed(continues=getattr(form, "keeps", False) and getattr(form, "continues", False))
    if found is None:
        return None
    g.resumed = found
    return _sensible(found.typed())


def sender_id() -> int:
    """The account that acts in this request; 0 for nobody."""
    actor = g.get("actor")
    return actor.account_id if actor is not None else 0


def address_of_this_page() -> str:
    """Its path with what the address asked for (the campaign), but not for something that was kept."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != unsent.ARGUMENT]
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path


def sent_fields(form: type[wtforms.Form]) -> CombinedMultiDict[str, Any]:
    """The fields that the request brings, and the files for the fields that ask for files."""
    asked = _file_fields(form)
    files: MultiDict[str, FileStorage] = MultiDict(
        [(name, file) for name, file in request.files.items(multi=True) if name in asked]
    )
    return CombinedMultiDict([files, _sensible(request.form)])


def content_sent() -> str:
    """All that a person filled in, files by name and size: equal for two sendings of one page untouched."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in CARRIED]
    files = [(name, one.filename, _size(one)) for name, one in request.files.items(multi=True)]
    return json.dumps([fields, files])


def _size(file: FileStorage) -> int:
    here = file.stream.tell()
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(here)
    return size


def led_to() -> str | None:
    """Where the form led that the address of this page names, when somebody goes back to it after it was carried out.

    None where something was typed into it since: that is shown.
    """
    key = _key_asked_for()
    if not key or request.method != "GET":
        return None
    typed = select(unsent.UnsentForm.id).where(unsent.UnsentForm.key == key)
    if db.session.scalar(typed) is not None:
        return None
    receipt = db.session.get(FormReceipt, key)
    return receipt.location if receipt is not None else None


def _key_asked_for() -> str:
    """The sender's key that the address of this page names; "" when it names none."""
    wanted = request.args.get(unsent.ARGUMENT, "")
    return key_of(sender_id(), wanted) if sender_id() and _NAME.fullmatch(wanted) else ""


def _resumed(*, continues: bool) -> unsent.UnsentForm | None:
    """What this page is asked to show of the sender's own, or, where the form continues, the newest of the page."""
    wanted = _key_asked_for()
    if not sender_id() or not (wanted or continues):
        return None
    rows = unsent.of_page(sender_id(), request.path)
    if wanted:
        asked = db.session.scalars(rows.where(unsent.UnsentForm.key == wanted)).first()
        g.nothing_resumed = asked is None
        if asked is not None or not continues:
            return asked
    return db.session.scalars(rows.limit(1)).first()


def _sensible(fields: MultiDict[str, str]) -> MultiDict[str, str]:
    named = [(name, value) for name, value in fields.items(multi=True) if _is_name(name)]
    return MultiDict(named)


def _is_name(name: str) -> bool:
    # WTForms takes "²" for the number of a row as well, and fails to read it.
    return name.isascii() and _LONG_NUMBER.search(name) is None


def _file_fields(form: type[wtforms.Form]) -> set[str]:
    kinds = {name: getattr(getattr(form, name), "field_class", object) for name in dir(form)}
    return {name for name, kind in kinds.items() if issubclass(kind, wtforms.FileField)}
