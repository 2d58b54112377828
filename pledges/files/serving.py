"""Giving a stored file to a browser: as what it is, never as a page, kept by nobody on the way."""

from contextlib import suppress
from pathlib import Path

from flask import Response, current_app

from pledges.core.downloads import file_answer
from pledges.files.models import StoredFile
from pledges.files.operations import load, place, write
from pledges.files.photos import plain
from pledges.files.previews import preview
from pledges.files.rules import SHOWN

_UNNAMED = "tep"


def folder() -> Path:
    """Where the contents of this instance lie."""
    instance: Path = current_app.config["INSTANCE"]
    return instance / "files"


def preview_answer(stored: StoredFile, name: str, longest: int) -> Response:
    """A small upright picture of a photo, as JPEG; raises `Unreadable` for what is none, `FileMissing` as `answer`.

    It is drawn once and lies beside the files: it can be drawn again from the stored one at any time.
    """
    place_of_it = place(current_app.config["INSTANCE"] / "previews", f"{stored.sha256}-{longest}")
    try:
        drawn = place_of_it.read_bytes()
    except FileNotFoundError:
        drawn = preview(stored.media_type, load(folder(), stored), longest)
        with suppress(OSError):  # on a full disk it is drawn again for the next who asks
            write(place_of_it, drawn)
    stem = name.rpartition(".")[0] or name
    response = file_answer(drawn, "image/jpeg", f"{stem.strip() or _UNNAMED}.jpg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def answer(stored: StoredFile, name: str) -> Response:
    """The file under the name it came with; raises `FileMissing` when its bytes are gone or changed.

    The ending is that of the content, whatever the name says. A kind that browsers show opens in them, without any
    right to run or to call (`sandbox`); the others are offered for keeping. A photo goes out without place and device.
    """
    stem = name.rpartition(".")[0] or name
    response = file_answer(
        plain(stored.media_type, load(folder(), stored)),
        stored.media_type,
        f"{stem.strip() or _UNNAMED}.{stored.extension}",
        shown=stored.media_type in SHOWN,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
