"""Reading scans: the pages drawn one by one, the codes on them, and the parts that a pile is split into.

A PDF comes from outside: what is too large to draw is refused before it is drawn, and everything that the reader
complains of is refused in a sentence.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from pledges.core.pdfium import LOCK
from pledges.files.rules import FileRefused
from pledges.files.trial import try_out

MOST_PAGES = 400
"""Of one file: twenty units with two copies of ten pages."""

_SHARP = 200 / 72
"""Drawn at 200 dots an inch: at 144 a code of 14 mm is read, and drawing is what takes the time."""
_MOST_POINTS = 12_000_000
"""Of one drawn page: an A4 page at 200 dots an inch has four million."""
_MOST_IN_PICTURE = 150_000_000
"""Points of a picture in a page: A4 scanned at 1,200 dots an inch has 140 million."""
_MOST_ACROSS = 3000
"""Points that a photograph is read at: a page of A4 at 250 dots an inch."""
_MOST_SECONDS = 120.0
_WHITE, _INKED = 200, 0.0001
"""A page is blank when less than this part of it is darker than this grey."""

_LOCKED = "Tệp PDF có mật khẩu nên không đọc được; đồng chí bỏ mật khẩu rồi gửi lại."
_BROKEN = "Tệp PDF bị hỏng hoặc chép thiếu nên không đọc được; đồng chí quét hoặc chép lại rồi gửi lại."
_EMPTY = "Tệp PDF không có trang nào."
_MANY = "Tệp có {} trang, nhiều hơn {} trang; đồng chí chia thành nhiều tệp rồi gửi lần lượt."
_HEAVY = "Trang {} có ảnh quá lớn nên không đọc được; đồng chí quét lại ở 200 đến 300 dpi rồi gửi lại."
_SLOW = "Tệp quá nặng, đọc quá lâu; đồng chí chia thành nhiều tệp hoặc quét ở 200 dpi rồi gửi lại."


@dataclass(frozen=True)
class PageRead:
    """What was read on a page, counted from 1: the texts of its codes of any kind, and whether it is blank."""

    number: int
    texts: tuple[str, ...] = ()
    blank: bool = False


def read_pages(content: bytes) -> list[PageRead]:
    """What stands on each page; raises `FileRefused` with a sentence for what can't or must not be read.

    Between two pages others have their turn, so that a long pile stops nobody's small picture.
    """
    ends = time.monotonic() + _MOST_SECONDS
    found = []
    with _opened(content) as document:
        for number in range(1, _length(document) + 1):
            if time.monotonic() > ends:
                raise FileRefused(_SLOW)
            with LOCK, closing(_page(document, number)) as page:
                found.append(_read(page, number))
    return found


_KNOWN: OrderedDict[str, list[PageRead]] = OrderedDict()
"""What was read of the last piles, by their hash: reading takes seconds, and the check page asks again and again."""
_MOST_KNOWN = 8


def pages_of(content: bytes) -> list[PageRead]:
    """What stands on the pages of a pile; raises `FileRefused`."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = _KNOWN.get(sha256)
    if found is None:
        found = _KNOWN[sha256] = read_pages(content)
        while len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return found


def parts_of(content: bytes, runs: Sequence[tuple[int, int]]) -> list[bytes]:
    """The pages of each run, from the first to the last, as they are, in a PDF of their own."""
    with _opened(content) as document:
        return [_part(document, *run) for run in runs]


def _part(document: pdfium.PdfDocument, first: int, last: int) -> bytes:
    with LOCK, closing(pdfium.PdfDocument.new()) as part:
        part.import_pages(document, list(range(first - 1, last)))
        kept = BytesIO()
        part.save(kept)
        return kept.getvalue()


def picture_of(content: bytes, number: int, width: int) -> bytes:
    """A picture of a page, so many points wide, as PNG; raises `FileRefused` when there is no such page."""
    with _opened(content) as document:
        if not 1 <= number <= _length(document):
            raise FileRefused(_EMPTY)
        with LOCK, closing(_page(document, number)) as page:
            picture = _drawn(page, width / max(page.get_width(), 1))
        kept = BytesIO()
        picture.save(kept, "PNG")
        return kept.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, of which only `LOCK` lets anybody use anything."""
    try_out(content, MOST_PAGES)
    try:
        with LOCK:
            document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise FileRefused(_LOCKED if locked else _BROKEN) from error
    try:
        _check_length(_length(document))
        yield document
    except pdfium.PdfiumError as error:
        raise FileRefused(_BROKEN) from error
    finally:
        with LOCK:
            document.close()


def _length(document: pdfium.PdfDocument) -> int:
    with LOCK:
        return len(document)


def _check_length(pages: int) -> None:
    if not pages:
        raise FileRefused(_EMPTY)
    if pages > MOST_PAGES:
        raise FileRefused(_MANY.format(pages, MOST_PAGES))


def _read(page: pdfium.PdfPage, number: int) -> PageRead:
    picture = _drawn(page, _SHARP)
    texts = _codes(picture)
    return PageRead(number, texts, blank=not texts and _is_blank(picture))


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """A page whose pictures are of a size that may be drawn."""
    page = document[number - 1]
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = one.get_px_size()
        if width * height > _MOST_IN_PICTURE:
            raise FileRefused(_HEAVY.format(number))
    return page


def _drawn(page: pdfium.PdfPage, scale: float) -> Image.Image:
    """The page in greys, in no more points than fit: a page may say that it is a kilometre wide."""
    points = page.get_width() * page.get_height()
    scale = min(scale, (_MOST_POINTS / max(points, 1)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


def _codes(picture: Image.Image) -> tuple[str, ...]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return tuple(dict.fromkeys(one.text for one in found if one.valid and one.text))


def texts_of_picture(content: bytes) -> tuple[str, ...]:
    """What the codes on a photograph say; nothing where it is too large or can't be read."""
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_IN_PICTURE:
                return ()
            picture.draft("L", (_MOST_ACROSS, _MOST_ACROSS))
            return _codes(picture.convert("L"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return ()


def _is_blank(picture: Image.Image) -> bool:
    dark = sum(picture.histogram()[:_WHITE])
    return dark < _INKED * picture.width * picture.height
