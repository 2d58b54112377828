"""What the pages of a PDF say of the paper they are: digests and check codes, in the text and in QR codes."""

import re
from dataclasses import dataclass

import pypdfium2

from pledges.codes.rules import ALPHABET, code_in, read_code
from pledges.core.pdfium import opened
from pledges.files import scanned
from pledges.files.signed.rules import PdfRefused
from pledges.files.trial import try_out

MOST_PAGES = 100
"""More pages than any paper has that is signed."""

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_CODE = re.compile(rf"(?<![0-9A-Z])[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}(?![0-9A-Z])")
_BREAK = re.compile(r"(?<=[0-9a-f])\s*[\r\n]+\s*(?=[0-9a-f])")

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

    Raises `PdfRefused` or `FileRefused` for a file that can't or must not be read.
    """
    pages, text = _text(content)
    # A digest may stand on two lines; two that stand one below the other must not become one word.
    digests = frozenset(_DIGEST.findall(text) + _DIGEST.findall(_BREAK.sub("", text)))
    codes = {code for found in _CODE.findall(text) if (code := read_code(found))}
    if digest not in digests:
        texts = [text for page in scanned.read_pages(content) for text in page.texts]
        codes |= {code for text in texts if (code := code_in(text))}
    return Said(pages, digests, frozenset(codes))


def _text(content: bytes) -> tuple[int, str]:
    """How many pages there are, and the text on them; a scan has none."""
    try_out(content, MOST_PAGES)
    try:
        with opened(content) as document:
            pages = len(document)
            if pages > MOST_PAGES:
                raise PdfRefused(f"Tệp có {pages} trang, quá {MOST_PAGES} trang nên không kiểm được.")
            return pages, "\n".join(str(page.get_textpage().get_text_range()) for page in document)
    except pypdfium2.PdfiumError as unreadable:
        raise PdfRefused(UNREADABLE) from unreadable
