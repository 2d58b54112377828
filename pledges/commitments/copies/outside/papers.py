"""What the pages of a PDF say of the paper they are: digests and check codes, in the text and in QR codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from pledges.codes.rules import ALPHABET, code_in, read_code
from pledges.commitments.copies.outside.rules import PdfRefused
from pledges.core.pdfium import opened

MOST_PAGES = 200
"""More pages than any commitment has: a file of more is no commitment."""
MOST_RENDERED = 40
"""Only so many pages are looked at for a QR: rendering one takes a tenth of a second."""
_DPI, _POINTS = 200, 72
_MOST_PIXELS = 6_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_CODE = re.compile(rf"(?<![0-9A-Z])[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}(?![0-9A-Z])")

UNREADABLE = (
    "Tệp PDF hỏng hoặc không đúng cách nên không mở được; đồng chí xuất lại tệp từ công cụ ký số rồi nộp lại."
)


@dataclass(frozen=True)
class Said:
    """What was found on the pages."""

    pages: int
    digests: frozenset[str]
    codes: frozenset[str]


def read_pages(content: bytes, digest: str) -> Said:
    """What the pages say; the QR codes are looked for only where the text doesn't hold the digest.

    Raises `PdfRefused` for a file that can't be opened.
    """
    try:
        with opened(content) as document:
            pages = len(document)
            if pages > MOST_PAGES:
                raise PdfRefused(f"Tệp có {pages} trang, quá {MOST_PAGES} trang nên không phải bản cam kết.")
            text = "\n".join(_text(page) for page in document)
            digests = frozenset(_DIGEST.findall(_joined(text)) + _DIGEST.findall(text))
            codes = {code for found in _CODE.findall(text) if (code := read_code(found))}
            if digest not in digests:
                codes |= set(_scanned(document))
            return Said(pages, digests, frozenset(codes))
    except pypdfium2.PdfiumError as unreadable:
        raise PdfRefused(UNREADABLE) from unreadable


def _text(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


def _joined(text: str) -> str:
    """A digest may be broken at the end of a line."""
    return re.sub(r"(?<=[0-9a-f])\s*[\r\n]+\s*(?=[0-9a-f])", "", text)


def _scanned(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(min(len(document), MOST_RENDERED)):
        page = document[number]
        width, height = page.get_size()
        scale = min(_DPI / _POINTS, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_pil()
        for barcode in zxingcpp.read_barcodes(picture, formats=_QR):
            if code := code_in(barcode.text):
                yield code
