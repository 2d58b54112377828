"""PDFium, which reads and renders pages: one thread at a time, since it knows no threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2

_ALONE = Lock()


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF with its pages, for this thread alone; raises `pypdfium2.PdfiumError` for what can't be opened."""
    with _ALONE:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()
