"""The table of the doors, tests/doors/expected.txt: one row for each door, one column for each person.

A cell holds four letters, for what the address names: a record of Khu phố 1, one of another unit of the ward (`.`
where the record belongs to the ward as a whole), one of another ward, one that isn't there. An address that names no
record is asked plainly, with another ward's campaign (`?phong-trao=`), and with a campaign that isn't there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("expected.txt")
LETTERS = {
    "y": "opens (200)",
    ">": "is led on to another page (302)",
    "!": "is let in, and told that it can't be done now (400, 409)",
    "f": "403",
    "n": "404",
    "s": "has to sign in (302 to the sign-in page; 401 to a POST)",
    ".": "is not asked",
}
LET_IN = frozenset("y>!")
ALL, GET, POST = "GET+POST", "GET", "POST"


@dataclass(frozen=True)
class Row:
    """What a door answers: `alone` is what a POST comes to that brings nothing but a token, from whom is let in."""

    endpoint: str
    methods: str
    alone: str
    cells: Mapping[str, str]
    note: str = ""

    @property
    def door(self) -> tuple[str, str]:
        """Which row it is."""
        return self.endpoint, self.methods

    def fits(self, person: str, place: int, method: str, letter: str) -> bool:
        """Whether this answer stands in the row."""
        wanted = self.cells[person][place]
        if method == POST and self.methods != GET and wanted in LET_IN:
            return letter in self.alone
        return letter == wanted


def read(text: str) -> dict[tuple[str, str], Row]:
    """The rows by endpoint and method."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    people = lines[0].split()[3:]
    rows: dict[tuple[str, str], Row] = {}
    for line in lines[1:]:
        told, _, note = line.partition("  # ")
        endpoint, methods, alone, *cells = told.split()
        assert len(cells) == len(people), f"{endpoint}: {len(cells)} cells for {len(people)} people"
        row = Row(endpoint, methods, alone.strip("-"), dict(zip(people, cells, strict=True)), note.strip())
        for method in methods.split("+"):
            assert (endpoint, method) not in rows, f"{endpoint} {method} stands twice in the table"
            rows[endpoint, method] = row
    return rows


def written(rows: Iterable[Row], people: Iterable[str], head: str) -> str:
    """The table as text."""
    people = list(people)
    widths = [max(len(one), 4) for one in people]
    names = "  ".join(one.ljust(width) for one, width in zip(people, widths, strict=True))
    lines = [head.rstrip(), "", f"{'endpoint':<36} {'methods':<8} {'alone':<5}  {names}".rstrip()]
    for row in rows:
        cells = "  ".join(row.cells[one].ljust(width) for one, width in zip(people, widths, strict=True))
        note = f"  # {row.note}" if row.note else ""
        lines.append(f"{row.endpoint:<36} {row.methods:<8} {row.alone or '-':<5}  {cells}".rstrip() + note)
    return "\n".join(lines) + "\n"


def kept() -> dict[tuple[str, str], Row]:
    """The table as it stands."""
    return read(FILE.read_text(encoding="utf-8"))
