"""Gói: the zip of XML parts that a .xlsx file is, opened as if it were sent to do harm.

Nothing is unpacked to disk, nothing is fetched, no more is inflated than the limits allow, and XML with a
document type, by which entity bombs and outside files come in, is refused.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, TypeAlias
from xml.sax import SAXException  # nosec B406 # names alone: defusedxml reads
from xml.sax.handler import ContentHandler  # nosec B406 # as above
from xml.sax.xmlreader import AttributesImpl  # nosec B406 # as above

from defusedxml.expatreader import create_parser

from pledges.core.workbooks.limits import LONGEST_TAG, MOST_ELEMENTS, MOST_INFLATED, MOST_PARTS
from pledges.core.workbooks.sheets import Unreadable

BROKEN: Final = (
    "Không đọc được tệp này: tệp bị hỏng, hoặc không do Excel ghi ra. "
    "Hãy mở bằng Excel, lưu lại thành .xlsx (chọn Lưu thành, kiểu “Excel Workbook”), rồi tải lên lại."
)
TOO_MUCH: Final = (
    "Bên trong tệp này có quá nhiều dữ liệu so với một danh mục phần việc. Hãy chép riêng danh mục sang một sổ tính "
    "mới, bỏ ảnh và các dòng, cột trống có định dạng, rồi tải lên lại."
)
_ENTRY: Final = b"PK\x01\x02"
_CHUNK: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The two that Excel writes. Others inflate without a limit that could be set."""
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, SAXException, EOFError, LookupError, OSError, RuntimeError, ValueError
)  # fmt: skip
"""What a damaged or falsified file makes the libraries raise; documents with a type are a ValueError."""


Attributes: TypeAlias = "AttributesImpl[str]"


class Elements(ContentHandler):
    """What walks through the elements of a part; a subclass says what it does about each.

    Prefixes are taken off: producers name the same elements c and x:c.

    ``left`` is how many elements may still come.
    """

    left = MOST_ELEMENTS

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""

    def end(self, tag: str) -> None:
        """Leave an element."""

    def startElement(self, name: str, attrs: Attributes) -> None:  # noqa: N802 - the library's name
        """Enter an element, with its prefix; raise ``Unreadable`` if it is one too many."""
        self.left -= 1
        if self.left < 0:
            raise Unreadable(TOO_MUCH)
        self.start(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - the library's name
        """Leave an element, with its prefix."""
        self.end(name.rpartition(":")[2])


class Package:
    """Gói: the parts of a .xlsx file by name, and what may still be taken out of it."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``; raise ``Unreadable`` if it is no sound zip or holds more than it may."""
        # Counted before the library builds an object for each.
        if data.count(_ENTRY) > MOST_PARTS:
            raise Unreadable(TOO_MUCH)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _FAULTS:
            raise Unreadable(BROKEN) from None
        self._parts = {part.filename: part for part in self._zip.infolist()}
        if len(self._parts) < len(self._zip.infolist()) or any(map(_strays, self._parts)):
            raise Unreadable(BROKEN)
        if sum(part.file_size for part in self._parts.values()) > MOST_INFLATED:
            raise Unreadable(TOO_MUCH)
        self._inflated = 0
        self._elements = 0

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, xl/workbook.xml among them."""
        return frozenset(self._parts)

    def walk(self, name: str, through: Elements) -> None:
        """Let ``through`` see every element of the part ``name``; raise ``Unreadable`` if that can't be."""
        part = self._parts.get(name)
        if part is None or part.flag_bits & _ENCRYPTED or part.compress_type not in _PACKINGS:
            raise Unreadable(BROKEN)
        through.left = MOST_ELEMENTS - self._elements
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(through)
        try:
            for piece in self._pieces(part):
                parser.feed(piece)
            parser.close()
        except Unreadable:
            raise
        except _FAULTS:
            raise Unreadable(BROKEN) from None
        self._elements = MOST_ELEMENTS - through.left

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the content of ``part``, counting what really comes and how far its tags are apart."""
        apart = 0
        with self._zip.open(part) as file:
            while piece := file.read(_CHUNK):
                self._inflated += len(piece)
                if self._inflated > MOST_INFLATED:
                    raise Unreadable(TOO_MUCH)
                first, *others = piece.split(b"<")
                apart += len(first)
                if apart > LONGEST_TAG:
                    raise Unreadable(TOO_MUCH)
                apart = len(others[-1]) if others else apart
                yield piece


def _strays(name: str) -> bool:
    """Return whether ``name`` leads out of the package: no Office program writes such a name."""
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def target_of(part: str, target: str) -> str:
    """Return the name of the part that ``part`` calls ``target``: from the root if it begins with a slash."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
