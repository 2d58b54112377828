"""Lines that are typed one a line and kept as JSON: addressees, recipients, posts; cleaned here and nowhere else."""

from pledges.audit.rules import canonical
from pledges.core.text import clean_line


def lines_in(text: str | None) -> tuple[str, ...]:
    """The lines of a text without blank ones and the marks that the layout sets: "- Như trên;" is "Như trên"."""
    found = (clean_line(line).lstrip("-–• ").rstrip(" ;.") for line in (text or "").splitlines())
    return tuple(line for line in found if line)


def kept(lines: tuple[str, ...]) -> str:
    """The lines as the database keeps them."""
    return canonical(list(lines))
