"""Files that nobody sends by accident: two kinds at once, bombs, cut ones, and what a name can hide."""
# ruff: noqa: E501, S311 - lists of values, one after the other; no secret is drawn

import io
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.support.files import HEIC, HTML, PDF, book, png
from tests.support.spreadsheets import MAIN, parts, xlsx, zipped

NAMES = (
    b"quet.pdf", b"anh.jpg", b"anh.png", b"danh-muc.xlsx", b"danh-muc.csv", b"danh-muc.xls", b"anh.heic", b"x" * 200 + b".pdf",
    "đ".encode() * 200 + b".xlsx", b"../../../etc/passwd", b"..\\..\\x.pdf", b"C:\\x.pdf", b"a\x00.pdf", b"\xff\xfe.pdf", b".htaccess", b"",
    b"con.pdf", "\u202efdp.exe".encode(), b"<svg onload=zqfuzz()>.pdf", b"=1+1.xlsx", b"a;b.pdf", b"%00.pdf", b"khong duoi", b"ten.PDF.exe",
    "e\u0302\u0301m.pdf".encode(), b" .pdf", b"/", b"a/b/c.png", "🇻🇳.pdf".encode(),
)  # fmt: skip
TYPES = (
    b"application/octet-stream",
    b"application/pdf",
    b"text/html",
    b"image/svg+xml",
    b"",
    b"x",
    b"image/png; charset=\xff",
)


def _pdf(*bodies: bytes, root: int = 1, more: bytes = b"") -> bytes:
    """A PDF of these objects, the first of which is the number one."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, root, more, len(out),
    )  # fmt: skip


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), more, content)


CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"


def _page(box: bytes = b"0 0 595 842", more: bytes = b"") -> bytes:
    return b"<</Type /Page /Parent 2 0 R /MediaBox [%s] %s>>" % (box, more)


def _pages(*bodies: bytes) -> bytes:
    return _pdf(CATALOG, b"<</Type /Pages /Kids [3 0 R] /Count 1>>", *bodies)


def _deflated(size: int) -> bytes:
    packer = zlib.compressobj(9)
    piece = packer.compress(b" " * 2**20)
    return piece + b"".join(packer.compress(b" " * 2**20) for _ in range(size // 2**20 - 1)) + packer.flush()


def _whole_pdf(encrypt: str | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt)
    canvas.drawString(100, 700, "Ban cam ket")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(kind: str, across: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (across, across), "white").save(out, kind)
    return out.getvalue()


def _huge_png(across: int, high: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, high, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", _deflated(2**25)) + chunk(b"IEND", b"")


def _huge_jpeg() -> bytes:
    whole = _picture("JPEG")
    at = whole.index(b"\xff\xc0")
    return whole[: at + 5] + struct.pack(">HH", 65_500, 65_500) + whole[at + 9 :]


def _book(**more: str | bytes) -> bytes:
    return zipped({**parts('<row r="1"><c r="A1"><v>1</v></c></row>'), **more})


SHEET = "xl/worksheets/sheet1.xml"


def _lying_zip() -> bytes:
    """A book whose table of contents says that its sheet is small."""
    whole = bytearray(_book(**{SHEET: b"<worksheet>" + b" " * (60 * 2**20)}))
    at = whole.rindex(b"PK\x01\x02")
    while at > 0:
        whole[at + 24 : at + 28] = struct.pack("<I", 100)
        at = whole.rfind(b"PK\x01\x02", 0, at)
    return bytes(whole)


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]><sst xmlns="{MAIN}"><si><t>&l11;</t></si></sst>'.encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "one byte": lambda: b"%",
    "HTML": lambda: HTML,
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='zqfuzz()'/>",
    "program": lambda: b"MZ\x90\0" + bytes(500),
    "script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "noise": lambda: random.Random(7).randbytes(50_000),
    "zeros": lambda: bytes(100_000),
    "PDF and ZIP": lambda: _whole_pdf() + zipped({"a.txt": "a"}),
    "ZIP and PDF": lambda: xlsx() + _whole_pdf(),
    "PDF and HTML": lambda: b"%PDF-1.4\n" + HTML + PDF,
    "GIF and script": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;zqfuzz()//",
    "JPEG and PHP": lambda: _picture("JPEG") + b"<?php system($_GET[0]); ?>",
    "PNG and ZIP": lambda: png() + zipped({"x": "y"}),
    "HEIC and rubbish": lambda: HEIC[:12] + random.Random(8).randbytes(20_000),
    "HEIC of nested boxes": lambda: HEIC[:12] + struct.pack(">I4s", 0, b"meta") * 20_000,
    "WEBP and rubbish": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8L" + random.Random(9).randbytes(5000),
    "BMP in a book's name": lambda: b"BM" + bytes(100),
    "book that says so alone": book,
    "book with macros": lambda: book(holding="sheet.macroEnabled.main+xml"),
    "zip in a zip": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(10**6)})})}),
    "zip of bad names": lambda: zipped({"../../x": "x", "/etc/x": "x", "[Content_Types].xml": "<Types/>"}),
    "zip of many parts": lambda: zipped({**parts(), **{f"xl/{n}.xml": "<a/>" for n in range(2000)}}),
    "zip bomb": lambda: _book(**{SHEET: b"<worksheet>" + b" " * (60 * 2**20)}),
    "zip bomb that lies": _lying_zip,
    "entity bomb": lambda: _book(**{"xl/sharedStrings.xml": _laughs()}),
    "foreign entity": lambda: _book(
        **{"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
    ),
    "deep XML": lambda: _book(**{SHEET: b"<a>" * 400_000}),
    "broken XML": lambda: _book(**{SHEET: b"<worksheet><sheetData><row"}),
    "book of far cells": lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "book of no cells": lambda: xlsx('<row r="99999999999999999999"><c r="A0"><v>1e999</v></c></row>'),
    "book of rubbish": lambda: xlsx('<row r="x"><c r="1A" t="s"><v>999999999</v></c><c t="d"><v>0</v></c></row>'),
    "book of wild numbers": lambda: xlsx(
        "".join(
            f'<row r="{n}"><c r="A{n}"><v>{one}</v></c></row>'
            for n, one in enumerate(("NaN", "1e999", "-1", "9" * 400, "INF", "", " ", "1_0"), 1)
        )
    ),
    "CSV of NUL": lambda: b"Ten,Don vi\n\0\0\0,\xff\n",
    "CSV of quotes": lambda: b'"' * 100_000,
    "CSV of commas": lambda: b"," * 300_000,
    "CSV of lines": lambda: b"\n" * 300_000,
    "CSV of halves": lambda: "Tên,Đơn vị\n\ud800".encode("utf-16", "surrogatepass"),
    "old Excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "pixel bomb PNG": lambda: _huge_png(100_000, 100_000),
    "pixel bomb that fits": lambda: _huge_png(16_000, 16_000),
    "pixel bomb JPEG": _huge_jpeg,
    "pixel bomb HEIC": lambda: HEIC.replace(struct.pack(">I4sI", 20, b"ispe", 0), struct.pack(">I4sI", 20, b"ispe", 2**31)),
    "PNG of no size": lambda: _huge_png(0, 0),
    "PDF of a huge page": lambda: _pages(_page(b"0 0 9999999 9999999")),
    "PDF of a page beyond numbers": lambda: _pages(_page(b"-1e999 0 1e999 99999999999999999999")),
    "PDF of no page": lambda: _pdf(CATALOG, b"<</Type /Pages /Kids [] /Count 0>>"),
    "PDF that says a billion pages": lambda: _pdf(CATALOG, b"<</Type /Pages /Kids [2 0 R] /Count 1000000000>>"),
    "PDF of itself": lambda: _pdf(CATALOG, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R>>"),
    "PDF of deep arrays": lambda: _pages(_page(more=b"/X " + b"[" * 100_000 + b"]" * 100_000)),
    "PDF of deep dictionaries": lambda: _pages(_page(more=b"/X <<" * 50_000 + b">>" * 50_000)),
    "PDF of a bomb": lambda: _pages(
        _page(more=b"/Contents 4 0 R"), _stream(_deflated(2**27), b"/Filter /FlateDecode")
    ),
    "PDF of a form in itself": lambda: _pages(
        _page(more=b"/Contents 4 0 R /Resources <</XObject <</A 5 0 R>>>>"),
        _stream(b"/A Do " * 1000),
        _stream(b"/A Do /A Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</A 5 0 R>>>>"),
    ),
    "PDF of a huge picture": lambda: _pages(
        _page(more=b"/Contents 4 0 R /Resources <</XObject <</A 5 0 R>>>>"),
        _stream(b"600 0 0 800 0 0 cm /A Do"),
        _stream(
            b"x", b"/Type /XObject /Subtype /Image /Width 99999 /Height 99999 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        ),
    ),
    "PDF with a script": lambda: _pages(_page(more=b"/AA <</O <</S /JavaScript /JS (app.alert\\(1\\))>>>>")),
    "locked PDF": lambda: _whole_pdf("secret"),
    "PDF of a false signature": lambda: _pdf(
        b"<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [4 0 R]>>>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>", _page(),
        b"<</FT /Sig /T (a) /V 5 0 R>>",
        b"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 99999999999 -5 1e9] /Contents <3080>>>",
    ),
    "PDF of a signature in itself": lambda: _pdf(
        b"<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [4 0 R]>>>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>", _page(),
        b"<</FT /Sig /T (a) /Kids [4 0 R] /Parent 4 0 R /V 4 0 R>>",
    ),
    "PDF with a loop of tables": lambda: PDF.replace(b"trailer <<", b"trailer <</Prev 0 /XRefStm 0 "),
    "PDF": _whole_pdf,
    "JPEG": lambda: _picture("JPEG"),
    "PNG": png,
    "WEBP": lambda: _picture("WEBP"),
    "HEIC": lambda: HEIC,
    "book": lambda: xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>Tên phần việc</t></is></c></row>'),
}  # fmt: skip
CUT = ("PDF", "JPEG", "PNG", "WEBP", "HEIC", "book", "locked PDF", "PDF of a false signature")
KINDS = (*MAKERS, *(f"{name}, cut at {part}/7" for name in CUT for part in range(1, 7)))
"""Every kind of hostile file."""


@cache
def content(kind: str) -> bytes:
    """A file of the kind."""
    name, _, cut = kind.partition(", cut at ")
    whole = MAKERS[name]()
    return whole[: len(whole) * int(cut[0]) // 7] if cut else whole
