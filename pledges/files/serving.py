"""Giving a stored file to a browser: as what it is, never as a page, kept by nobody on the way."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

from flask import Response, current_app

from pledges.files.models import StoredFile
from pledges.files.operations import load
from pledges.files.rules import KINDS

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_SHOWN = frozenset(kind.media_type for kind in KINDS if kind.shown)
_STROKED = str.maketrans("đĐ", "dD")
_UNNAMED = "tep"


def folder() -> Path:
    """Where the contents of this instance lie."""
    instance: Path = current_app.config["INSTANCE"]
    return instance / "files"


def answer(stored: StoredFile, name: str) -> Response:
    """The file under the name it came with; raises `FileMissing` when its bytes are gone or changed.

    A kind that browsers show opens in them, without any right to run or to call (`sandbox`); the others are
    offered for keeping.
    """
    response = Response(load(folder(), stored), mimetype=stored.media_type)
    response.headers["Content-Disposition"] = disposition(name, stored)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, stored: StoredFile) -> str:
    """How a file is offered: its name without accents for old clients, and as it is (RFC 5987, RFC 6266).

    The ending is that of the content, whatever the name says.
    """
    stem = name.rsplit(".", 1)[0] if "." in name else name
    plain = f"{_plain(stem) or _UNNAMED}.{stored.extension}"
    exact = quote(f"{stem or _UNNAMED}.{stored.extension}", safe="")
    way = "inline" if stored.media_type in _SHOWN else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{exact}"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.translate(_STROKED))
    return _UNSAFE.sub("-", letters.encode("ascii", "ignore").decode()).strip("-.")
