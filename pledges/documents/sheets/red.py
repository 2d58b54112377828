"""Chữ đỏ: a text that is printed in red; it says in signs and words what red says, for those who print in grey."""


class Red(str):
    """A text of a cell or a paragraph, to be printed in red."""

    __slots__ = ()
