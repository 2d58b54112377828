"""Lines that a draft keeps as JSON: addressees, recipients, posts."""

from pledges.audit.rules import canonical
from pledges.core.text import clean_line


def lines_in(text: str) -> tuple[str, ...]:
    """The lines of a text, one a line, without the marks that the layout sets: "- Như trên;" is "Như trên"."""
    found = (clean_line(line).lstrip("-–• ").rstrip(" ;.") for line in text.splitlines())
    return tuple(line for line in found if line)


def kept(lines: tuple[str, ...]) -> str:
    """The lines as the database keeps them."""
    return canonical(list(lines))
