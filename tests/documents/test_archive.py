"""What an archive asks of a file (ISO 19005-2, level B), as far as it can be read from the bytes."""

import subprocess
import sys
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from struct import unpack_from
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from PIL import Image, ImageCms

from pledges.documents.pdf.archive import Named, colours
from pledges.documents.pdf.cards import cards
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.joining import Joint
from pledges.documents.pdf.pack import pack
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from pledges.documents.sheets.pack import Bound, Pack
from pledges.documents.sheets.paper import Ready
from tests.documents import samples
from tests.documents.every_paper import PAPERS

SPACES = {
    "pdfaid": "{http://www.aiim.org/pdfa/ns/id/}",
    "dc": "{http://purl.org/dc/elements/1.1/}",
    "xmp": "{http://ns.adobe.com/xap/1.0/}",
    "pdf": "{http://ns.adobe.com/pdf/1.3/}",
}
PLACED = "Biển tên"
TOGETHER = "Tập văn bản"
JOINED = "Tập văn bản đã phát hành"


@cache
def content(name: str) -> bytes:
    if name == PLACED:
        return cards(PlaceCards(name=name, author="UBND", cards=(PlaceCard("Khu phố 1", "Nguyễn Văn An"),)))
    if name == TOGETHER:
        papers = tuple(Bound(one, Ready(PAPERS[one]())) for one in ("commitment", "letter"))
        return pack(Pack(name=name, author="UBND", papers=papers))
    if name == JOINED:
        return joined("commitment", "letter")
    return draw(Ready(PAPERS[name]()))


def joined(*names: str) -> bytes:
    """What was kept of papers, as one file."""
    output = BytesIO()
    joint = Joint(output)
    for one in names:
        joint.add(one, content(one))
    joint.close(Named(JOINED, "UBND", JOINED, date(2024, 10, 15)))
    return output.getvalue()


@pytest.fixture(params=[*PAPERS, PLACED, TOGETHER, JOINED])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def pdf(name: str):
    with pikepdf.open(BytesIO(content(name))) as document:
        yield document


def described(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The file's record of itself: the words of each property."""
    (record,) = ET.fromstring(pdf.Root.Metadata.read_raw_bytes()).iter(  # noqa: S314 - our own bytes
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
    )
    return {
        f"{prefix}:{one.tag.removeprefix(space)}": "".join(one.itertext()).strip()
        for one in record
        for prefix, space in SPACES.items()
        if one.tag.startswith(space)
    }


def test_it_says_that_it_is_for_archives(pdf: pikepdf.Pdf):
    said = described(pdf)
    assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "B")
    assert "/Filter" not in pdf.Root.Metadata
    assert pdf.check_pdf_syntax() == []


def test_what_it_says_of_itself_it_says_twice_alike(pdf: pikepdf.Pdf, name: str):
    said, info = described(pdf), pdf.docinfo
    for inside, outside in (
        ("dc:title", "/Title"),
        ("dc:creator", "/Author"),
        ("dc:description", "/Subject"),
        ("xmp:CreatorTool", "/Creator"),
        ("pdf:Producer", "/Producer"),
    ):
        assert said[inside] == str(info[outside])
    if name == PLACED:
        assert "/CreationDate" not in info
        assert "xmp:CreateDate" not in said
    else:
        for inside, outside in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
            plain = said[inside].translate(str.maketrans("", "", "-:T"))
            assert f"D:{plain}" == str(info[outside]).translate(str.maketrans("", "", "'"))


def test_it_is_dated_as_the_paper_is():
    with pikepdf.open(BytesIO(content("progress report"))) as pdf:
        ruled_on = PAPERS["progress report"]().heading.ruled_on
        assert str(pdf.docinfo["/CreationDate"]) == f"D:{ruled_on:%Y%m%d}000000+07'00'"


def test_its_beginning_and_its_end(pdf: pikepdf.Pdf, name: str):
    whole = content(name)
    first, second = whole.split(b"\n", 2)[:2]
    assert first == b"%PDF-1.7"
    assert second[:1] == b"%"
    assert min(second[1:5]) > 127
    assert whole.endswith(b"%%EOF\n")
    one, other = pdf.trailer.ID
    assert bytes(one) == bytes(other)
    assert len(bytes(one)) == 16
    assert "/Encrypt" not in pdf.trailer


def test_nothing_acts_shines_through_or_comes_from_elsewhere(pdf: pikepdf.Pdf):
    refused = {"/AA", "/A", "/OpenAction", "/JavaScript", "/JS", "/Group", "/SMask", "/ca", "/CA", "/BM"}
    refused |= {"/EF", "/AF", "/F", "/FFilter", "/XFA", "/NeedAppearances", "/OCProperties", "/Annots"}
    elements = ("/S", "/P")
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            keys = set(one.keys())
            if all(key in keys for key in elements):
                keys -= {"/A"}  # the attributes of an element
            assert not keys & refused


def test_every_face_is_carried_with_the_widths_that_it_has(pdf: pikepdf.Pdf):
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for font in fonts.values():
        (cut,) = font.DescendantFonts
        program = cut.FontDescriptor.FontFile2.read_bytes()
        assert cut.FontDescriptor.FontFile2.Length1 == len(program)
        assert font.Encoding == "/Identity-H"
        assert cut.CIDToGIDMap == "/Identity"
        assert font.BaseFont == cut.BaseFont == cut.FontDescriptor.FontName
        assert str(font.BaseFont)[7] == "+"
        first, widths = cut.W
        advances = _advances(program)
        assert first == 0
        assert len(widths) == len(advances)
        assert all(abs(float(given) - advance) <= 1 for given, advance in zip(widths, advances, strict=True))


def _advances(program: bytes) -> list[float]:
    (count,) = unpack_from(">H", program, 4)
    tables = {
        tag: at for tag, _, at, _ in (unpack_from(">4sLLL", program, 12 + 16 * at) for at in range(count))
    }
    (em,) = unpack_from(">H", program, tables[b"head"] + 18)
    (glyphs,) = unpack_from(">H", program, tables[b"maxp"] + 4)
    return [unpack_from(">H", program, tables[b"hmtx"] + 4 * at)[0] * 1000 / em for at in range(glyphs)]


def test_every_letter_that_a_paper_needs_is_carried():
    """Rare ones too: each has an outline of its own."""
    letters = "ẾẪộựđĐ ƠƯơư Qg ½ Ǽ €"
    pdf = draw(samples.report(totals=(f"Các chữ {letters} được in.",)))
    with pikepdf.open(BytesIO(pdf)) as document:
        (font,) = {
            font.objgen: font
            for page in document.pages
            for font in page.Resources.Font.values()
            if str(font.BaseFont).endswith("LiberationSerif")
        }.values()
        carried = font.ToUnicode.read_bytes().decode()
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    codes = {
        chr(int(line.strip("<>").split("><")[1], 16)): int(line.strip("<>").split("><")[0], 16)
        for line in carried.splitlines()
        if line.startswith("<") and "><" in line
    }
    outlines = {letter: _outline(program, codes[letter]) for letter in letters if letter != " "}
    assert all(outlines.values())
    assert len(set(outlines.values())) == len(outlines)


def _outline(program: bytes, glyph: int) -> bytes:
    (count,) = unpack_from(">H", program, 4)
    tables = {
        tag: at for tag, _, at, _ in (unpack_from(">4sLLL", program, 12 + 16 * at) for at in range(count))
    }
    (long,) = unpack_from(">h", program, tables[b"head"] + 50)
    form, times = ("L", 1) if long else ("H", 2)
    first, last = unpack_from(f">2{form}", program, tables[b"loca"] + glyph * (4 if long else 2))
    return program[tables[b"glyf"] + first * times : tables[b"glyf"] + last * times]


def test_it_says_what_its_colours_mean(pdf: pikepdf.Pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes() == colours()


def test_its_colours_are_those_of_screens():
    profile, usual = ImageCms.ImageCmsProfile(BytesIO(colours())), ImageCms.createProfile("sRGB")
    steps = [(red, green, blue) for red in (0, 51, 186, 255) for green in (0, 128) for blue in (20, 230)]
    picture = Image.new("RGB", (len(steps), 1))
    for at, step in enumerate(steps):
        picture.putpixel((at, 0), step)
    shown = ImageCms.profileToProfile(picture, profile, usual)
    assert shown is not None
    for at, step in enumerate(steps):
        assert all(abs(one - other) <= 1 for one, other in zip(step, shown.getpixel((at, 0)), strict=True))


def test_another_process_makes_the_same_bytes():
    made = "from tests.documents.test_archive import *; print(sha256(draw(samples.report())).hexdigest())"
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sha256(draw(samples.report())).hexdigest()
