"""Trying PDFs from outside in a process of their own: forms, patterns and letters that draw themselves take forever.

PDFium follows what a page draws within what it draws, without end in sight, and nothing stops it but the end of its
process; nor does a page that unpacks to a hundred thousand times its size. A plain scan holds nothing of either kind
and isn't tried (docs/decisions/0033).
"""

import base64
import hashlib
import re
import subprocess  # nosec B404 # what ends PDFium
import sys
import zlib
from collections import OrderedDict

from pledges.files.rules import FileRefused

MOST_SECONDS = 15.0
"""Four hundred pages printed by Word take half of it."""
_DRAWS_WITHIN = re.compile(rb"/(?:Form|Pattern|Type3|ObjStm)\b|/[A-Za-z0-9]*#[0-9A-Fa-f]{2}")
"""What draws something of its own within a page, may hide such, or is a name that hides its letters."""
LITTLE = 4 * 1024 * 1024
"""Bytes of drawing, unpacked, that PDFium gets through in seconds; a scan has some hundreds beside its picture."""
_MOST_STREAMS = 5000
MOST_MEMORY = 2 * 1024**3
"""What the trial may take; a scan of A4 at 1,200 dots an inch takes a fifth of it."""
_TOKEN = re.compile(rb"(end)?stream\r?\n?")
_UNPACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PACKED_OTHERWISE = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|LZWDecode|LZW|RunLengthDecode|RL)\b|/Filter(?![A-Za-z])(?!\s*[\[/])"
)
"""Other ways of packing, and ways that are told elsewhere: how much comes out is for PDFium to say."""
_PICTURES = (b"\xff\xd8\xff", b"\x00\x00\x00\x0cjP", b"\xff\x4f\xff\x51")
"""How pictures begin whose bytes draw nothing: JPEG and JPEG 2000."""
_PROGRAM = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
except ImportError:
    pass
import pypdfium2
try:
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for number in range(min(len(document), int(sys.argv[1]))):
        try:
            page = document[number]
            page.render(scale=min(0.1, 100 / max(page.get_width(), page.get_height(), 1)))
            page.close()
        except pypdfium2.PdfiumError:
            pass
except pypdfium2.PdfiumError:
    pass
except MemoryError:
    sys.exit(3)
"""
_NO_MEMORY = 3
_MOST_KNOWN = 64
_known: OrderedDict[str, None] = OrderedDict()
"""What was tried and did no harm, by its hash: pictures of pages are asked for one by one."""

_ENDLESS = (
    "Tệp PDF có hình vẽ lồng nhau nên không đọc hết được; đồng chí quét hoặc in lại thành PDF rồi gửi lại."
)


def try_out(content: bytes, most_pages: int) -> None:
    """Have the pages drawn small by another process, where one of them could take forever; raises `FileRefused`."""
    if not (_DRAWS_WITHIN.search(content) or _draws_much(content)):
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 in _known:
        return
    command = [sys.executable, "-I", "-c", _PROGRAM, str(most_pages), str(MOST_MEMORY)]
    try:
        ended = subprocess.run(  # noqa: S603 # nosec B603 # our own program, and nothing of the file in the command
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(_ENDLESS) from None
    if ended.returncode < 0 or ended.returncode == _NO_MEMORY:  # ended by a fault, as this process would be
        raise FileRefused(_ENDLESS)
    _known[sha256] = None
    while len(_known) > _MOST_KNOWN:
        _known.popitem(last=False)


def _draws_much(content: bytes) -> bool:
    """Whether what may be drawn, unpacked, is more than a little, or can't be told: each byte is looked at once."""
    if _PACKED_OTHERWISE.search(content):
        return True
    tokens = list(_TOKEN.finditer(content))
    if len(tokens) > 2 * _MOST_STREAMS:
        return True
    total = unpacked = 0
    ends = [*(token.start() for token in tokens[1:]), len(content)]
    for token, end in zip(tokens, ends, strict=False):  # without tokens there is nothing to end
        if token[1]:
            continue
        packed = _spelt(content[token.end() : end])
        unpacking = zlib.decompressobj()
        try:
            total += len(unpacking.decompress(packed, LITTLE - total + 1))
        except zlib.error:
            total += 0 if packed.startswith(_PICTURES) else len(packed)
        else:
            if not unpacking.eof:
                return True
            unpacked += 1
        if total > LITTLE:
            return True
    return len(_UNPACKED.findall(content)) > unpacked


def _spelt(stream: bytes) -> bytes:
    """What a stream says in letters (ASCII85), as the bytes that it means."""
    said = stream.strip()
    if not said.endswith(b"~>"):
        return stream
    try:
        return base64.a85decode(said[:-2])
    except ValueError:
        return stream
