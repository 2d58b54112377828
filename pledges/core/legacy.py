"""Bảng mã cũ: Vietnamese text written for fonts that drew Latin letters as Vietnamese ones.

Before Unicode an office typed "§­êng" and a font such as .VnTime drew "Đường" (TCVN3, also called ABC);
in the south it typed "Ñöôøng" for VNI-Times. Such text still stands in old Excel files.
"""

from enum import Enum


class Encoding(Enum):
    """Bảng mã: the two old encodings that offices still have files in."""

    TCVN3 = "TCVN3"
    VNI = "VNI"

    @property
    def label(self) -> str:
        """Its name as offices know it."""
        return {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI"}[self.value]
