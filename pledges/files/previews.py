"""Small pictures of photos: upright, as JPEG whatever was sent in, and with nothing in them that tells of anybody."""

import io
import threading
from typing import Any

from PIL import Image, ImageOps

QUALITY = 80
MOST_POINTS = 150_000_000
"""A picture of more points is made to hurt: no phone takes it."""
MOST_AT_ONCE = 50_000_000
"""The most points of one that has to be read whole, which takes some ten bytes a point: only a JPEG as phones take it
is read in small from the beginning."""

_FORMATS = {"image/jpeg": ("JPEG",), "image/png": ("PNG",), "image/webp": ("WEBP",)}
"""What a file may be read as: Pillow knows sixty kinds, some of which start another program."""

_one_at_a_time = threading.Lock()
"""A whole picture takes some hundred megabytes while it is read."""


class Unreadable(Exception):
    """The file is no picture that can be read."""


def preview(media_type: str, content: bytes, longest: int) -> bytes:
    """The picture as a JPEG, the right way up, no side longer than `longest` points; raises `Unreadable`.

    Nothing but the points and their colour profile goes along.
    """
    with _one_at_a_time:
        try:
            picture = _heif(content) if media_type == "image/heic" else _opened(media_type, content)
            picture.draft("RGB", (longest, longest))
            picture.thumbnail((longest, longest))  # before it is turned, which takes as much memory again
            return _drawn(ImageOps.exif_transpose(picture))
        except Exception as error:  # of the decoders, which say in many ways that they can't read
            raise Unreadable from error


def _opened(media_type: str, content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=_FORMATS.get(media_type, ()))
    in_small = media_type == "image/jpeg" and not picture.info.get("progressive")
    return _bounded(picture, MOST_POINTS if in_small else MOST_AT_ONCE)  # type: ignore[no-any-return]


def _bounded(picture: Any, most: int) -> Any:
    """The picture, while nothing but its head was read; raises `Unreadable` for one of more points."""
    width, height = picture.size
    if width * height > most:
        raise Unreadable
    return picture


def _heif(content: bytes) -> Image.Image:
    from pi_heif import open_heif  # noqa: PLC0415 - a quarter of a second and a library, for photos of some phones

    opened = _bounded(open_heif(io.BytesIO(content), convert_hdr_to_8bit=True), MOST_AT_ONCE)
    return opened.to_pillow()  # type: ignore[no-any-return]


def _drawn(picture: Image.Image) -> bytes:
    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    bare = Image.new(
        "RGB", picture.size, "white"
    )  # what came with the picture, its comment too, stays behind
    clear = picture.convert("RGBA") if picture.has_transparency_data else None
    bare.paste(picture if clear is None else clear, mask=clear)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile)
    return out.getvalue()
