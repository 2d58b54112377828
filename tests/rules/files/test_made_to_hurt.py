"""Files that were made to hurt: they cost neither the server's time nor its memory, nor an error page."""

import io
import struct
import zipfile

import pytest
from PIL import Image

from pledges.files import previews
from pledges.files.photos import plain
from pledges.files.previews import MOST_AT_ONCE, Unreadable, preview
from pledges.files.rules import EVIDENCE, FileRefused, recognise
from tests.support.files import HEIC


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def heic(iloc: bytes) -> bytes:
    """A HEIC file whose one Exif item lies where the table says."""
    infe = box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif"))
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", 1) + infe)
    return box(b"ftyp", b"heic\0\0\0\0mif1") + box(b"meta", bytes(4) + iinf + box(b"iloc", bytes(4) + iloc))


NO_SIZES, FOUR_BYTES = 0, 0x4400


@pytest.mark.parametrize(
    "iloc",
    [
        struct.pack(">HHHHH", NO_SIZES, 1, 2, 0, 65_535),
        struct.pack(">HHHHH", FOUR_BYTES, 1, 1, 0, 200) + struct.pack(">II", 0, 0) * 200,
    ],
    ids=["pieces that take no room", "pieces that are the whole file"],
)
def test_a_photo_of_countless_pieces_is_not_gone_through(iloc: bytes):
    """Two pages of such a table would keep a server busy for an hour."""
    content = heic(iloc)
    assert plain("image/heic", content) == content[:12]


def png(width: int, height: int) -> bytes:
    """The head of a picture that says of itself how large it is."""
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    return out.getvalue().replace(struct.pack(">II", 1, 1), struct.pack(">II", width, height), 1)


def test_a_picture_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_of: pytest.fail("it was read"))
    with pytest.raises(Unreadable):
        preview("image/png", png(10_000, MOST_AT_ONCE // 10_000 + 1), 280)


def test_a_photo_of_a_phone_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch):
    assert preview("image/heic", HEIC, 280)[:3] == b"\xff\xd8\xff"
    monkeypatch.setattr(previews, "MOST_AT_ONCE", 24 * 48 - 1)
    monkeypatch.setattr("pi_heif.HeifFile.to_pillow", lambda *_of: pytest.fail("it was read"))
    with pytest.raises(Unreadable):
        preview("image/heic", HEIC, 280)


def test_a_picture_is_read_as_what_it_is_kept_as_and_as_nothing_else():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "GIF")
    for media_type in ("image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"):
        with pytest.raises(Unreadable):
            preview(media_type, out.getvalue(), 280)


def test_however_a_picture_is_broken_it_is_no_error_page(monkeypatch: pytest.MonkeyPatch):
    """The libraries say in many ways that they can't read: this one when the way up stands in a broken block."""

    def broken(_picture: Image.Image) -> Image.Image:
        raise struct.error("required argument is not an integer")

    monkeypatch.setattr("PIL.ImageOps.exif_transpose", broken)
    with pytest.raises(Unreadable):
        preview("image/png", png(1, 1), 280)


def test_only_a_picture_begins_as_one():
    with pytest.raises(FileRefused, match="Chỉ nhận"):
        recognise(b"%!PS-AdoWEBP\n%%BoundingBox: 0 0 10 10\nshowpage\n", EVIDENCE)


def test_a_list_that_is_packed_as_no_office_packs_is_refused_in_words():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("[Content_Types].xml", b"<Types>" * 50)
    content = bytearray(out.getvalue())
    content[70:80] = b"\xff" * 10
    with pytest.raises(FileRefused, match="Chỉ nhận"):
        recognise(bytes(content), EVIDENCE)
