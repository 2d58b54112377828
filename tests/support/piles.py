"""Scans as a machine makes them: pages with words, perhaps with a code in the foot."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

A4 = (210 * mm, 297 * mm)
SIDE = 14 * mm


@dataclass(frozen=True)
class Leaf:
    """A page: the text of its code, what else stands on it, how it lay in the machine."""

    code: str = ""
    words: str = "Ban cam ket thi dua"
    turned: int = 0


BLANK = Leaf(words="")


def scan(leaves: Iterable[Leaf], *, password: str = "") -> bytes:
    """The pages as pictures, at 200 dots an inch."""
    return as_pictures(printed(leaves), password=password)


def printed(leaves: Iterable[Leaf], *, password: str = "", size: tuple[float, float] = A4) -> bytes:
    """The pages as they come from the printer's file."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=size, encrypt=StandardEncryption(password) if password else None)
    for leaf in leaves:
        canvas.setPageRotation(leaf.turned)
        if leaf.words:
            canvas.drawString(30 * mm, 250 * mm, leaf.words)
        if leaf.code:
            _draw_code(canvas, leaf.code)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def _draw_code(canvas: Canvas, text: str) -> None:
    code = QrCodeWidget(text, barLevel="M")
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(SIDE, SIDE, transform=[SIDE / (right - left), 0, 0, SIDE / (top - bottom), 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, canvas, 180 * mm, 8 * mm)


def as_pictures(content: bytes, *, password: str = "") -> bytes:
    """A PDF of which each page is a picture, turned as its page was."""
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=StandardEncryption(password) if password else None)
    source = pdfium.PdfDocument(content)
    for page in source:
        picture = page.render(scale=200 / 72, grayscale=True).to_pil()
        width, height = picture.width * 72 / 200, picture.height * 72 / 200
        canvas.setPageSize((width, height))
        canvas.drawInlineImage(picture, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    source.close()
    return held.getvalue()
