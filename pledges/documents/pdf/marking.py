"""Bản đánh dấu: a kept print with words drawn over its pages, behind its own bytes, which stay as they were."""

from io import BytesIO
from math import cos, radians, sin
from pathlib import Path
from typing import Any

from pledges.documents.layouts import Weight
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.canvas import Canvas
from pledges.documents.pdf.faces import FOLDER, Face, load
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM, Picture, Text

_LARGE, _SMALL = 60.0, 10.0
_PALE = 0.16
"""How much of the large words covers what stands below them: all of it can be read."""
_EDGE = 12 * MM
"""How far the line stands from the left edge: in the margin, where no paper has anything."""
_FREE = 15 * MM
_LEAD, _DROP = 1.3, 0.95


def marked(content: bytes, words: str, line: str, folder: Path | None = None) -> bytes:
    """The print with large pale words across each page, and a line that says more along its left edge.

    What is given back begins with the print, byte for byte: the marks are an update behind it. Raises
    `GlyphMissingError` for what the faces can't show.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - a third of a second
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - as above

    drawn, sizes = _drawn(words, line, folder)
    over = PdfFileReader(BytesIO(drawn))
    writer: Any = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    forms = [writer.import_page_as_xobject(over, at) for at in range(len(sizes))]
    for at in range(int(writer.root["/Pages"]["/Count"])):
        _mark(writer, at, forms, sizes)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _drawn(words: str, line: str, folder: Path | None) -> tuple[bytes, list[tuple[float, float]]]:
    """A file with a page for each of the two, just as large as it is."""
    faces = load(folder or FOLDER)
    written = BytesIO()
    canvas, sizes = Canvas(written, faces), []
    for text, size in ((words, _LARGE), (line, _SMALL)):
        face: Face = faces[Weight.BOLD]
        said = admit(text, face)
        sizes.append((face.width(said, size), size * _LEAD))
        canvas.setPageSize(sizes[-1])
        picture = Picture(size * _LEAD, [Text(0, size * _DROP, said, face, size, red=True)])
        canvas.put(picture, 0, size * _LEAD, "Watermark")
        canvas.showPage()
    canvas.end_paper()
    canvas.close(Named(words, "", line))
    return written.getvalue(), sizes


def _mark(writer: Any, at: int, forms: list[Any], sizes: list[tuple[float, float]]) -> None:
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 - as above

    made: Any = generic
    page = writer.find_page_for_modification(at)[0].get_object()
    left, low, right, high = (float(one) for one in page["/MediaBox"])
    names = [f"/Mark{at}{which}" for which in range(len(forms))]
    pale = f"/MarkPale{at}"
    drawn = [
        "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC",
        f"q {pale} gs {_across(right - left, high - low, *sizes[0])} {names[0]} Do Q",
        f"q {_along(high - low, *sizes[1])} {names[1]} Do Q EMC",
    ]
    name = made.pdf_name
    resources = made.DictionaryObject(
        {
            name("/XObject"): made.DictionaryObject(
                {name(one): form for one, form in zip(names, forms, strict=True)}
            ),
            name("/ExtGState"): made.DictionaryObject(
                {name(pale): made.DictionaryObject({name("/ca"): made.FloatObject(_PALE)})}
            ),
        }
    )
    stream = writer.add_object(made.StreamObject(stream_data="\n".join(drawn).encode("ascii")))
    writer.add_stream_to_page(at, stream, resources)


def _across(width: float, height: float, wide: float, high: float) -> str:
    """From the lower left to the upper right, in the middle of the page and as large as there is room."""
    angle = radians(45)
    scale = min(1.0, (min(width, height) - 2 * _FREE) / (wide * cos(angle) + high * sin(angle)))
    along, up = scale * cos(angle), scale * sin(angle)
    x = width / 2 - (wide * along - high * up) / 2
    y = height / 2 - (wide * up + high * along) / 2
    return f"{along:.4f} {up:.4f} {-up:.4f} {along:.4f} {x:.2f} {y:.2f} cm"


def _along(height: float, wide: float, high: float) -> str:
    """Upwards along the left edge, in the middle."""
    scale = min(1.0, (height - 2 * _FREE) / wide)
    x, y = _EDGE + high * scale, (height - wide * scale) / 2
    return f"0 {scale:.4f} {-scale:.4f} 0 {x:.2f} {y:.2f} cm"
