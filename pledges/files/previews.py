"""Small pictures of photos: upright, as JPEG whatever was sent in, and with nothing in them that tells of anybody."""

import io
import threading

from PIL import Image, ImageOps

QUALITY = 80
MOST_POINTS = 150_000_000
"""A picture of more points is made to hurt: no phone takes it."""

_BROKEN = (Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError)

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
            picture = _heif(content) if media_type == "image/heic" else Image.open(io.BytesIO(content))
            if picture.width * picture.height > MOST_POINTS:
                raise Unreadable
            picture.draft("RGB", (longest, longest))
            return _drawn(ImageOps.exif_transpose(picture), longest)
        except _BROKEN as error:
            raise Unreadable from error


def _heif(content: bytes) -> Image.Image:
    from pi_heif import open_heif  # noqa: PLC0415 - a quarter of a second and a library, for photos of some phones

    return open_heif(io.BytesIO(content), convert_hdr_to_8bit=True).to_pillow()  # type: ignore[no-any-return]


def _drawn(picture: Image.Image, longest: int) -> bytes:
    picture.thumbnail((longest, longest))
    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    bare = Image.new(
        "RGB", picture.size, "white"
    )  # what came with the picture, its comment too, stays behind
    clear = picture.convert("RGBA") if picture.has_transparency_data else None
    bare.paste(picture if clear is None else clear, mask=clear)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile)
    return out.getvalue()
