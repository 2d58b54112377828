"""Trying PDFs from outside in a process of their own: forms, patterns and letters that draw themselves take forever.

PDFium follows what a page draws within what it draws, without end in sight, and nothing stops it but the end of its
process. A plain scan holds nothing of the kind and isn't tried.
"""

import hashlib
import re
import subprocess  # nosec B404 # what ends PDFium
import sys
from collections import OrderedDict

from pledges.files.rules import FileRefused

MOST_SECONDS = 15.0
"""Four hundred pages printed by Word take half of it."""
_DRAWS_WITHIN = re.compile(rb"/(?:Form|Pattern|Type3|ObjStm)\b|/[A-Za-z0-9]*#[0-9A-Fa-f]{2}")
"""What draws something of its own within a page, may hide such, or is a name that hides its letters."""
_PROGRAM = """
import sys
import pypdfium2
document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
for number in range(min(len(document), int(sys.argv[1]))):
    page = document[number]
    page.render(scale=min(0.1, 100 / max(page.get_width(), page.get_height(), 1)))
    page.close()
"""
_MOST_KNOWN = 64
_known: OrderedDict[str, None] = OrderedDict()
"""What was tried and did no harm, by its hash: pictures of pages are asked for one by one."""

_ENDLESS = (
    "Tệp PDF có hình vẽ lồng nhau nên không đọc hết được; đồng chí quét hoặc in lại thành PDF rồi gửi lại."
)


def try_out(content: bytes, most_pages: int) -> None:
    """Have the pages drawn small by another process, where one of them could take forever; raises `FileRefused`."""
    if not _DRAWS_WITHIN.search(content):
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 in _known:
        return
    command = [sys.executable, "-I", "-c", _PROGRAM, str(most_pages)]
    try:
        ended = subprocess.run(  # noqa: S603 # nosec B603 # our own program, and nothing of the file in the command
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(_ENDLESS) from None
    if ended.returncode < 0:  # it was ended by a fault, as this process would be
        raise FileRefused(_ENDLESS)
    _known[sha256] = None
    while len(_known) > _MOST_KNOWN:
        _known.popitem(last=False)
