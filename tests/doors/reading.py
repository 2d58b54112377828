"""What an answer says, whatever it is: page, table, paper, archive, calendar; all in small letters."""

import io
import zipfile

import pypdfium2
from werkzeug.test import TestResponse

ARCHIVES = frozenset({
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
})  # fmt: skip
DEEPEST = 3


def said(answer: TestResponse) -> bytes:
    """Everything that can be read in an answer, its headers too."""
    told = str(answer.headers).encode()
    return (told + text_of(answer.get_data(), answer.mimetype)).lower()


def text_of(content: bytes, media_type: str, depth: int = 0) -> bytes:
    """The text of a content of this type, and of all that is packed in it."""
    if media_type == "application/pdf" or (depth and content.startswith(b"%PDF")):
        return _of_pdf(content)
    if media_type in ARCHIVES or (depth and content.startswith(b"PK") and depth < DEEPEST):
        return _of_archive(content, depth)
    if media_type == "text/calendar":
        return content.replace(b"\r\n ", b"")
    return content


def _of_archive(content: bytes, depth: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = [(one.filename, packed.read(one)) for one in packed.infolist()]
    return b"\n".join(name.encode() + b"\n" + text_of(body, "", depth + 1) for name, body in members)


def _of_pdf(content: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return content
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages).encode()
