"""Kiểu ô: the fonts and number formats that the cells of a .xlsx file point to."""

from typing import Final, NamedTuple

from pledges.core.workbooks.formats import Shape, built_in_shape, shape_of
from pledges.core.workbooks.package import Attributes, Elements


class Style(NamedTuple):
    """Kiểu: the name of a cell's font, and what its number means."""

    font: str = ""
    shape: Shape = Shape.NUMBER


_PLAIN: Final = Style()


def whole(text: str) -> int:
    """Return the count that an attribute holds, -1 if it holds none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else -1  # noqa: PLR2004


class Styles(Elements):
    """Walks through styles.xml, which Excel forgives much: only what is asked for is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._fonts: list[str] = []
        self._shapes: dict[int, Shape] = {}
        self._pairs: list[tuple[int, int]] = []
        self._within = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""
        if tag in ("numFmts", "fonts", "cellXfs", "dxfs"):
            self._within = tag
        elif self._within == "fonts":
            if tag == "font":
                self._fonts.append("")
            elif tag == "name" and self._fonts:
                self._fonts[-1] = attributes.get("val", "")
        elif self._within == "numFmts" and tag == "numFmt":
            number = whole(attributes.get("numFmtId", ""))
            self._shapes[number] = shape_of(attributes.get("formatCode", ""))
        elif self._within == "cellXfs" and tag == "xf":
            pair = whole(attributes.get("fontId", "0")), whole(attributes.get("numFmtId", "0"))
            self._pairs.append(pair)

    def end(self, tag: str) -> None:
        """Leave an element."""
        if tag == self._within:
            self._within = ""

    def all(self) -> list[Style]:
        """Return the styles in the order that cells count them by."""
        return [
            Style(
                self._fonts[font] if 0 <= font < len(self._fonts) else "",
                self._shapes.get(number) or built_in_shape(number),
            )
            for font, number in self._pairs
        ] or [_PLAIN]
