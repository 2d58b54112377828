"""A photo is served without the place, the device and the words in it, the right way up; the stored one stays."""

import io
import struct
from hashlib import sha256

import pytest
from PIL import ExifTags, Image, PngImagePlugin
from sqlalchemy import select

from pledges.files.models import StoredFile
from pledges.files.operations import load
from pledges.files.photos import plain
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.progress.test_evidence import with_file

XMP = b"<x:xmpmeta>Khu pho 1</x:xmpmeta>"
TURNED = 6
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def photo(kind: str, orientation: int = TURNED, **more: object) -> bytes:
    """A picture of a phone: place, device, words and a preview beside it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "GPSPHONE"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (20.0, 57.0, 12.0), 3: "E", 4: (107.0, 5.0, 2.0)}
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", "GPSPHONE")
        more["pnginfo"] = words
    else:
        more["xmp"] = XMP
    if kind == "JPEG":
        more["comment"] = b"GPSPHONE"
    out = io.BytesIO()
    image = Image.new("RGB", (40, 20))
    image.putdata([(x * 6, y * 12, 90) for y in range(20) for x in range(40)])
    image.save(out, kind, exif=exif, icc_profile=b"colours", **more)
    return out.getvalue()


def tells(content: bytes) -> bool:
    return any(word in content for word in (b"GPSPHONE", b"xmpmeta", b"Khu pho"))


@pytest.mark.parametrize("orientation", [1, TURNED])
@pytest.mark.parametrize("kind", TYPES)
def test_only_the_picture_and_its_way_up_are_left(kind: str, orientation: int):
    before = photo(kind, orientation)
    assert tells(before)
    after = plain(TYPES[kind], before)
    assert not tells(after)
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        exif = new.getexif()
        assert dict(exif) == ({ExifTags.Base.Orientation: TURNED} if orientation == TURNED else {})
        assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert (new.format, new.info.get("icc_profile")) == (kind, b"colours")
        assert new.tobytes() == old.tobytes()


def test_every_scan_of_a_jpeg_stays_and_what_follows_its_end_goes():
    before = photo("JPEG", progressive=True) + b"\xff\xd8 a second picture GPSPHONE"
    after = plain("image/jpeg", before)
    assert not tells(after)
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def heic() -> tuple[bytes, bytes, bytes]:
    """A HEIC file of a picture and its Exif, and these two."""
    picture, exif = b"the picture itself", b"\0\0\0\6Exif\0\0GPSPHONE"
    head = box(b"ftyp", b"heic\0\0\0\0mif1")
    infos = box(b"infe", b"\2\0\0\0\0\1\0\0hvc1\0") + box(b"infe", b"\2\0\0\0\0\2\0\0Exif\0")
    iinf = box(b"iinf", b"\0\0\0\0\0\2" + infos)

    def meta(start: int) -> bytes:
        places = ((1, start, len(picture)), (2, start + len(picture), len(exif)))
        rows = b"".join(struct.pack(">HHHHII", number, 0, 0, 1, at, size) for number, at, size in places)
        return box(b"meta", bytes(4) + iinf + box(b"iloc", b"\1\0\0\0\x44\0\0\2" + rows))

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", picture + exif), picture, exif


def test_the_exif_of_a_heic_is_blank_and_nothing_moves():
    before, picture, exif = heic()
    after = plain("image/heic", before)
    assert after == before.replace(exif, bytes(len(exif)))
    assert picture in after
    assert plain("image/heic", before[:40]) == before[:12], "a broken one gives nothing away"


@pytest.mark.parametrize("kind", TYPES)
def test_a_broken_photo_is_no_error_and_tells_nothing(kind: str):
    whole = photo(kind)
    for size in range(12, len(whole), 7):
        assert not tells(plain(TYPES[kind], whole[:size]))


def test_who_sees_the_report_gets_the_plain_photo(ward: Ward, sign_in: SignIn):
    content = photo("JPEG")
    answer = sign_in("leader").get(f"/minh-chung/{with_file(ward, content)}")
    assert not tells(answer.bytes)
    assert answer.bytes == plain("image/jpeg", content)
    stored = ward.session.scalars(select(StoredFile)).one()
    kept = load(ward.app.config["INSTANCE"] / "files", stored)
    assert sha256(kept).hexdigest() == stored.sha256 == sha256(content).hexdigest()
