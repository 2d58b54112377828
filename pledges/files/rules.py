"""What may be uploaded: recognised by its first bytes, never by its name, and never shown as HTML."""

from dataclasses import dataclass

from pledges.core.refusal import Refused

LARGEST = 15 * 1024 * 1024
"""The most bytes that one file may have."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that the office sends: how it begins and how it is served."""

    media_type: str
    extension: str
    signatures: tuple[tuple[int, bytes], ...]
    shown: bool = False


KINDS = (
    FileKind("application/pdf", "pdf", ((0, b"%PDF-"),), shown=True),
    FileKind("image/jpeg", "jpg", ((0, b"\xff\xd8\xff"),), shown=True),
    FileKind("image/png", "png", ((0, b"\x89PNG\r\n\x1a\n"),), shown=True),
    FileKind("image/heic", "heic", ((4, b"ftypheic"), (4, b"ftypheix"), (4, b"ftypmif1"), (4, b"ftypmsf1"))),
    FileKind("image/webp", "webp", ((8, b"WEBP"),), shown=True),
)
"""The kinds that are taken; everything else is refused with a sentence. `shown` ones open in the browser."""


class FileRefused(Refused):
    """An upload is not taken; the message is for the user."""


def recognise(content: bytes) -> FileKind:
    """The kind of a file by its first bytes; raises `FileRefused` for an empty, large or unknown one."""
    if not content:
        raise FileRefused("Tệp rỗng, không có nội dung.")
    if len(content) > LARGEST:
        raise FileRefused(f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB; đồng chí giảm dung lượng rồi gửi lại.")
    for kind in KINDS:
        if any(content[at : at + len(signature)] == signature for at, signature in kind.signatures):
            return kind
    raise FileRefused("Chỉ nhận tệp PDF và ảnh (JPG, PNG, WEBP, HEIC).")
