"""Faces that others made are read as they are, or refused with a sentence; never printed with as something else."""

import struct
from pathlib import Path
from shutil import copy

import pytest
from PIL import ImageFont
from reportlab.pdfbase.ttfonts import TTFontFile

from pledges.documents.pdf import faces
from pledges.documents.pdf.embedding import Codes
from pledges.documents.pdf.faces import FacesUnfitError
from pledges.documents.pdf.sfnt import FontUnreadableError, Sfnt

FILES = sorted(faces.FOLDER.glob("LiberationSerif-*.ttf"))
REGULAR = (faces.FOLDER / "LiberationSerif-Regular.ttf").read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_widths_are_those_that_others_read(path: Path):
    """Two other readers agree: reportlab's, and FreeType's."""
    sfnt, other = Sfnt(path.read_bytes()), TTFontFile(str(path))
    glyphs = sfnt.characters()
    assert {
        code for code in glyphs if sfnt.measure(glyphs[code])[0] * 1000 / sfnt.em != other.charWidths[code]
    } == set()
    drawn = ImageFont.truetype(str(path), sfnt.em, layout_engine=ImageFont.Layout.BASIC)
    for letter in "aẾộĐđƯự …“”≤":
        assert drawn.getlength(letter) == sfnt.measure(glyphs[ord(letter)])[0]


def with_groups(data: bytes) -> bytes:
    """The same face with its characters in the newer kind of table, which knows those beyond the first 65,536."""
    glyphs = sorted(Sfnt(data).characters().items())
    groups = b"".join(struct.pack(">LLL", code, code, glyph) for code, glyph in glyphs)
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    table += struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    (count,) = struct.unpack_from(">H", data, 4)
    changed = bytearray(data)
    for at in range(12, 12 + 16 * count, 16):
        if data[at : at + 4] == b"cmap":
            changed[at + 8 : at + 16] = struct.pack(">LL", len(data), len(table))
    return bytes(changed) + table


def test_both_kinds_of_tables_of_characters_are_read():
    assert Sfnt(with_groups(REGULAR)).characters() == Sfnt(REGULAR).characters()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in FILES:
        copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(("glyphs", "fits"), [(40_000, True), (65_000, False)])
def test_a_face_with_more_glyphs_than_codes_is_refused(glyphs: int, fits: bool):
    """A code takes two bytes; the first letter that needs a greater one would stop a print."""
    changed = bytearray(REGULAR)
    start, _ = Sfnt(REGULAR)._place(b"maxp")
    changed[start + 4 : start + 6] = struct.pack(">H", glyphs)
    sfnt = Sfnt(bytes(changed))
    if fits:
        assert Codes(sfnt, sfnt.characters())
    else:
        with pytest.raises(FontUnreadableError, match="quá nhiều chữ"):
            Codes(sfnt, sfnt.characters())


def test_a_face_without_outlines_is_refused(folder: Path):
    path = folder / "LiberationSerif-Bold.ttf"
    path.write_bytes(path.read_bytes().replace(b"glyf", b"CFF ", 1))
    with pytest.raises(FacesUnfitError, match=r"LiberationSerif-Bold\.ttf: thiếu bảng glyf"):
        faces.load(folder)


@pytest.mark.parametrize("length", [0, 3, 11, 200, 5000, 100_000])
def test_a_face_that_was_cut_off_is_refused(folder: Path, length: int):
    (folder / "LiberationSerif-Italic.ttf").write_bytes(REGULAR[:length])
    with pytest.raises(FacesUnfitError, match=r"Không đọc được tệp phông chữ .*LiberationSerif-Italic\.ttf"):
        faces.load(folder)
