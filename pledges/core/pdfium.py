"""PDFium, which reads and draws pages: one for the whole process, and not made for threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2

LOCK = Lock()
"""Whoever uses anything of PDFium holds it meanwhile."""


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF with its pages, for this thread alone; raises `pypdfium2.PdfiumError` for what can't be opened."""
    with LOCK:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()
