"""Photos without what they tell of a person: place, device, owner and text are left out when a photo is served.

Only the way up stays. The picture itself is not coded anew; the stored bytes, which the hash is of, are not touched.
"""

import struct
import zlib
from collections.abc import Callable, Iterator

from pledges.files.heic import blanked

_ORIENTATION, _UPRIGHT, _LAST = 0x0112, 1, 8
_EXIF = b"Exif\0\0"
_MARK, _END, _SCAN, _COMMENT = 0xFF, 0xD9, 0xDA, 0xFE
_APP1, _APP2, _ADOBE = 0xE1, 0xE2, 0xEE
_APPLICATIONS = frozenset(range(_APP1, 0xF0)) - {_ADOBE}
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of a JPEG without a body."""
_PNG_HEAD = 8
_PNG_TELLS = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_HEAD, _WEBP_EXIF, _WEBP_XMP = 12, 0x08, 0x04


def plain(media_type: str, content: bytes) -> bytes:
    """The file as it may be served: of a photo, the picture and its way up alone."""
    strip = _STRIPPERS.get(media_type)
    return strip(content) if strip else content


def orientation_of(exif: bytes) -> int:
    """Which way up the picture is, by its Exif block (a TIFF file); 1, upright, where that says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return _UPRIGHT
    try:
        at = struct.unpack_from(f"{order}I", exif, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", exif, at)[0]):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value) if _UPRIGHT <= value <= _LAST else _UPRIGHT
    except struct.error:
        return _UPRIGHT
    return _UPRIGHT


def _exif_of(orientation: int) -> bytes:
    """An Exif block that tells the way up and nothing else; empty for an upright picture."""
    if orientation == _UPRIGHT:
        return b""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _jpeg(content: bytes) -> bytes:
    orientation, kept = _UPRIGHT, []
    for marker, segment in _segments(content):
        body = segment[4:]
        if marker == _APP1 and body.startswith(_EXIF):
            orientation = orientation_of(body[len(_EXIF) :])
        elif not _tells(marker, body):
            kept.append(segment)
    exif = _exif_of(orientation)
    if exif:
        exif = b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(exif)) + _EXIF + exif
    return b"\xff\xd8" + exif + b"".join(kept)


def _tells(marker: int, body: bytes) -> bool:
    """Whether a JPEG's segment is a comment or of an application, but for colours: JFIF, ICC profile, Adobe."""
    if marker == _APP2:
        return not body.startswith(b"ICC_PROFILE\0")
    return marker == _COMMENT or marker in _APPLICATIONS


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a JPEG, each scan with its data, up to the end of the first picture: others tell too."""
    at = 2
    while at + 4 <= len(content) and content[at] == _MARK:
        marker = content[at + 1]
        if marker == _MARK:
            at += 1
            continue
        end = at + 2 if marker in _BARE else at + 2 + int(struct.unpack_from(">H", content, at + 2)[0])
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end
        if content[at : at + 2] == b"\xff\xd9":
            break
    if content[at : at + 2] == b"\xff\xd9":
        yield _END, content[at : at + 2]


def _end_of_scan(content: bytes, at: int) -> int:
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] not in _BARE | {0x00, 0xFF}:
            return at
        at += 1
    return len(content)


def _png(content: bytes) -> bytes:
    kept, orientation, at = [content[:_PNG_HEAD]], _UPRIGHT, _PNG_HEAD
    while at + 12 <= len(content):
        size = struct.unpack_from(">I", content, at)[0]
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if kind == b"eXIf":
            orientation = orientation_of(body)
        elif kind not in _PNG_TELLS:
            kept.append(content[at : at + 12 + size])
        at += 12 + size
        if kind == b"IEND":
            break
    exif = _exif_of(orientation)
    if exif and len(kept) > 1:
        said = b"eXIf" + exif
        kept.insert(2, struct.pack(">I", len(exif)) + said + struct.pack(">I", zlib.crc32(said)))
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, exif, at = [], b"", _WEBP_HEAD
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        body = content[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            exif = _exif_of(orientation_of(body.removeprefix(_EXIF)))
        elif kind != b"XMP ":
            kept.append((kind, body))
        at += 8 + size + size % 2
    if exif:
        kept.append((b"EXIF", exif))
    chunks = b"".join(_chunk(kind, body, told=bool(exif)) for kind, body in kept)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _chunk(kind: bytes, body: bytes, *, told: bool) -> bytes:
    if kind == b"VP8X" and body:
        flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if told else 0)
        body = bytes([flags]) + body[1:]
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/heic": blanked,
}
