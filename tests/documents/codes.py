"""What a reader of codes finds in a picture of printed pages."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

OFFICE_SCANNER = 150
"""Dots an inch: what the office's scanner is set to for lists of pages."""


def pictures(pdf: bytes, dots: int = OFFICE_SCANNER) -> list[Image.Image]:
    """Each page as a scanner would see it, if it saw perfectly."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [page.render(scale=dots / 72).to_pil() for page in document]


def codes(pdf: bytes, dots: int = OFFICE_SCANNER) -> list[list[str]]:
    """The texts of the QR codes on each page."""
    return [read(picture) for picture in pictures(pdf, dots)]


def read(picture: Image.Image) -> list[str]:
    """The texts of the QR codes in one picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]
