"""What may be uploaded: recognised by its first bytes, never by its name, and never shown as HTML."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledges.core.refusal import Refused

LARGEST = 15 * 1024 * 1024
"""The most bytes that one file may have."""

_CONTENTS = "[Content_Types].xml"
"""Where a package of Office says what it holds (ECMA-376, part 2)."""
_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MOST_SAID = 1024 * 1024
"""The most bytes that a table of contents may have: one that says more is made to hurt."""
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The ways in which a package of Office is packed (ECMA-376, part 2, annex B)."""

_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, EOFError, OSError)
"""What reading a zip may come to that is none, or that was made to hurt."""


def _any(_content: bytes) -> bool:
    return True


def holds_a_book(content: bytes) -> bool:
    """Whether a zip says of itself that it is a spreadsheet without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            said = packed.getinfo(_CONTENTS)
            if said.file_size > _MOST_SAID or said.compress_type not in _PACKED:
                return False
            return _BOOK in packed.read(_CONTENTS)
    except _BROKEN:
        return False


@dataclass(frozen=True)
class FileKind:
    """A kind of file that the office sends: how it begins, what else tells it, and how it is served."""

    media_type: str
    extension: str
    signatures: tuple[tuple[int, bytes], ...]
    shown: bool = False
    proves: Callable[[bytes], bool] = _any


PAPERS = (
    FileKind("application/pdf", "pdf", ((0, b"%PDF-"),), shown=True),
    FileKind("image/jpeg", "jpg", ((0, b"\xff\xd8\xff"),), shown=True),
    FileKind("image/png", "png", ((0, b"\x89PNG\r\n\x1a\n"),), shown=True),
    FileKind("image/heic", "heic", ((4, b"ftypheic"), (4, b"ftypheix"), (4, b"ftypmif1"), (4, b"ftypmsf1"))),
    FileKind(
        "image/webp", "webp", ((8, b"WEBP"),), shown=True, proves=lambda content: content[:4] == b"RIFF"
    ),
)
"""Papers as people scan and photograph them; everything else is refused with a sentence. `shown` ones open in the
browser."""

EVIDENCE = (
    *PAPERS,
    FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        ((0, b"PK\x03\x04"),),
        proves=holds_a_book,
    ),
)
"""What may stand beside a report: papers, and lists."""

SHOWN = frozenset(kind.media_type for kind in EVIDENCE if kind.shown)
"""The media types that open in the browser."""


class FileRefused(Refused):
    """An upload is not taken; the message is for the user."""


def recognise(content: bytes, kinds: Sequence[FileKind] = PAPERS) -> FileKind:
    """The kind of a file by its first bytes; raises `FileRefused` for an empty, large or unknown one."""
    if not content:
        raise FileRefused("Tệp rỗng, không có nội dung.")
    if len(content) > LARGEST:
        raise FileRefused(f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB; đồng chí giảm dung lượng rồi gửi lại.")
    for kind in kinds:
        begins = any(content[at : at + len(signature)] == signature for at, signature in kind.signatures)
        if begins and kind.proves(content):
            return kind
    lists = ", bảng Excel (.xlsx)" if EVIDENCE[-1] in kinds else ""
    raise FileRefused(f"Chỉ nhận tệp PDF{lists} và ảnh (JPG, PNG, WEBP, HEIC).")
