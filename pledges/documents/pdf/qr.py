"""Mã QR: a text as black squares in a picture."""

from functools import lru_cache

from pledges.documents.pdf.ink import Box

MASK = 3
"""Every mask can be read; to try all eight for the prettiest takes ten times as long."""


@lru_cache(maxsize=64)
def _runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The number of modules a side, and the dark runs of each row: row, first column, length."""
    # Loaded late: most papers bear no code, and the library brings all of its bar codes.
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # noqa: PLC0415

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()  # type: ignore[no-untyped-call]
    code.makeImpl(False, MASK)  # noqa: FBT003 - the encoder's own order of arguments
    runs = []
    for row, modules in enumerate(code.modules):
        first = None
        for column, dark in enumerate((*modules, False)):
            if dark and first is None:
                first = column
            elif not dark and first is not None:
                runs.append((row, first, column - first))
                first = None
    return code.moduleCount, tuple(runs)


def squares(text: str, x: float, below: float, side: float) -> list[Box]:
    """The boxes of a QR of a side length, its left upper corner at (x, below) of the picture."""
    count, runs = _runs(text)
    module = side / count
    return [
        Box(x + first * module, below + row * module, length * module, module, 0.0)
        for row, first, length in runs
    ]
