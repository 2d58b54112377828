"""Trang in trong trình duyệt: the pages of a paper as pictures, drawn from the very bytes that are printed."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil
from pathlib import Path
from threading import Lock

from PIL import Image

from pledges.core.pdfium import opened
from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Ready, Sheet
from pledges.documents.sheets.record import digest_of, written

DOTS = 110
"""Dots an inch: type of eleven points is read on a screen, and a page takes some 20 kB."""
COLOURS = 64
"""Greys of the letters' edges, and the red of what was restated."""
REMEMBERED = 24


@dataclass(frozen=True)
class PageSize:
    """How large the picture of a page is, in points of the screen."""

    width: int
    height: int


@dataclass
class Drawn:
    """The papers that were drawn last: the pictures of one paper's pages are asked for one by one."""

    _known: OrderedDict[tuple[str, Path | None], bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, sheet: Sheet, fonts: Path | None) -> bytes:
        """The paper as PDF; raises as `draw` does. One that says anything else is another paper."""
        paper = sheet.paper()
        key = digest_of(written(paper)), fonts  # of its record: red text is the same to Python as black
        with self._lock:
            known = self._known.get(key)
        made = known if known is not None else draw(Ready(paper), fonts)
        with self._lock:
            self._known[key] = made
            self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return made


DRAWN = Drawn()
"""Those of this process."""


def sizes_of(content: bytes) -> Sequence[PageSize]:
    """The pages of a PDF, and how large their pictures are."""
    with opened(content) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    return [PageSize(ceil(width * DOTS / 72), ceil(height * DOTS / 72)) for width, height in sizes]


def picture_of(content: bytes, number: int) -> bytes | None:
    """The picture of a page, counted from 1, as PNG; None where there is no such page."""
    with opened(content) as document:
        if not 1 <= number <= len(document):
            return None
        with closing(document[number - 1]) as page:
            image: Image.Image = page.render(scale=DOTS / 72).to_pil().convert("RGB")
    output = BytesIO()
    small = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(output, "PNG")
    return output.getvalue()
