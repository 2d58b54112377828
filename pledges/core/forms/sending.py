"""What a request brings to a form: its fields and files, without what no page of this product sends."""

import json
import os
import re
from typing import Any, cast

import wtforms
from flask import g, request
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict

from pledges.core.forms.conflicts import CARRIED

_LONG_NUMBER = re.compile("[0-9]{11}")
"""No field is named by such a number; the numbers of rows are read with `int`, which refuses very long ones."""


def brought(form: type[wtforms.Form]) -> CombinedMultiDict[str, Any] | MultiDict[str, Any] | None:
    """What was sent, or what was kept of this very page when a session ended; None for a page that is opened."""
    return sent_fields(form) if request.method == "POST" else kept_fields()


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


def kept_fields() -> MultiDict[str, str] | None:
    """What was typed before the session ended, for this very page."""
    kept = cast("MultiDict[str, str] | None", g.get("kept_fields"))
    return _sensible(kept) if kept is not None else None


def _sensible(fields: MultiDict[str, str]) -> MultiDict[str, str]:
    named = [(name, value) for name, value in fields.items(multi=True) if _is_name(name)]
    return MultiDict(named)


def _is_name(name: str) -> bool:
    # WTForms takes "²" for the number of a row as well, and fails to read it.
    return name.isascii() and _LONG_NUMBER.search(name) is None


def _file_fields(form: type[wtforms.Form]) -> set[str]:
    kinds = {name: getattr(getattr(form, name), "field_class", object) for name in dir(form)}
    return {name for name, kind in kinds.items() if issubclass(kind, wtforms.FileField)}
