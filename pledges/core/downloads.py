"""Answers that are files: named without accents, with the full name beside (RFC 5987, RFC 6266), never sniffed."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, request

from pledges.core.text import fold, nfc

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_SLASH = re.compile(r"[/\\]")
"""What would name a folder where the file is saved."""
_UNSAFE_ENDING = re.compile(r"[^a-z0-9.]")
_UNNAMED = "tep"
_PIECE = 64 * 1024


def plain_name(name: str) -> str:
    """The file name without accents and blanks: "Báo cáo 9.pdf" is "bao-cao-9.pdf"."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if dot else (name, "")
    return (_UNSAFE.sub("-", fold(stem)).strip("-.") or _UNNAMED) + _UNSAFE_ENDING.sub("", fold(ending))


def file_answer(content: bytes, media_type: str, name: str, *, shown: bool = True) -> Response:
    """The content as an answer, shown in the browser or saved; kept by nobody on the way."""
    return _named(Response(content, mimetype=media_type), name, shown=shown)


def large_answer(file: BinaryIO, media_type: str, name: str) -> Response:
    """A file that is too large to be held: sent piece by piece from its beginning to be saved, then closed."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    answer = Response(_pieces(file), mimetype=media_type, direct_passthrough=True)
    answer.content_length = size
    answer.call_on_close(file.close)  # where the other side hangs up
    return _named(answer, name, shown=False)


def kept_answer(path: Path, media_type: str, name: str) -> Response:
    """A file on the disk: a PDF is shown, others are saved; parts of it are given to who asks for them (RFC 9110)."""
    file = path.open("rb")
    size = os.fstat(file.fileno()).st_size
    answer = Response(_pieces(file), mimetype=media_type, direct_passthrough=True)
    answer.call_on_close(file.close)
    answer.content_length = size
    _named(answer, name, shown=media_type == "application/pdf")
    return answer.make_conditional(request, accept_ranges=True, complete_length=size)  # type: ignore[return-value]


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _named(answer: Response, name: str, *, shown: bool) -> Response:
    seen = "".join(letter if letter.isprintable() else " " for letter in nfc(name))
    way, name = "inline" if shown else "attachment", " ".join(_SLASH.sub("-", seen).split())
    answer.headers["Content-Disposition"] = (
        f"{way}; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
