"""Answers that are files: named without accents, with the full name beside (RFC 5987, RFC 6266), never sniffed."""

import re
from urllib.parse import quote

from flask import Response

from pledges.core.text import fold, nfc

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_UNNAMED = "tep"


def plain_name(name: str) -> str:
    """The file name without accents and blanks: "Báo cáo 9.pdf" is "bao-cao-9.pdf"."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if dot else (name, "")
    return (_UNSAFE.sub("-", fold(stem)).strip("-.") or _UNNAMED) + fold(ending)


def file_answer(content: bytes, media_type: str, name: str, *, shown: bool = True) -> Response:
    """The content as an answer, shown in the browser or saved; kept by nobody on the way."""
    way = "inline" if shown else "attachment"
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = (
        f"{way}; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(nfc(name), safe='')}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
