"""What every peer is told of a paper: the same words in the same sizes and faces."""

from collections.abc import Iterator
from dataclasses import dataclass

from pledges.documents.sheets.paper import Paper, Recipients, Row, Table
from pledges.paths import STATIC

FONTS = STATIC / "fonts"
WEIGHTS = (
    ("LiberationSerif-Regular.ttf", False, False),
    ("LiberationSerif-Bold.ttf", True, False),
    ("LiberationSerif-Italic.ttf", False, True),
    ("LiberationSerif-BoldItalic.ttf", True, True),
)
"""File, bold, italic."""
FREE_LINES = 4
"""Room for a signature, in lines."""


@dataclass(frozen=True, kw_only=False)
class Sized:
    """A text and how it is set."""

    text: str
    size: int = 14
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Head:
    """Everything above the body."""

    left: tuple[Sized, ...]
    right: tuple[Sized, ...]
    number: Sized
    dated: Sized
    title: tuple[Sized, ...]
    above: tuple[Sized, ...]


def sized(paper: Paper) -> Head:
    """The paper's upper part as the decree sets it."""
    head = paper.heading
    name, *motto = head.crown
    return Head(
        left=(
            *(Sized(line.upper(), 13) for line in head.superior),
            *(Sized(line.upper(), 13, bold=True) for line in head.issuer),
        ),
        right=(Sized(name.upper(), 13, bold=True), *(Sized(line, 14, bold=True) for line in motto)),
        number=Sized(head.number, 13),
        dated=Sized(head.place_and_date, 14, italic=True),
        title=(Sized(paper.title.kind.upper(), bold=True), Sized(paper.title.abstract, bold=True)),
        above=(
            *(Sized(f"Kính gửi: {one}", centred=True) for one in paper.addressees),
            *(Sized(one, italic=True) for one in paper.bases),
        ),
    )


def sides(paper: Paper) -> tuple[tuple[Sized, ...], tuple[Sized, ...]]:
    """The recipients on the left, the signature on the right."""
    recipients = paper.closing.left
    lines = recipients.lines if isinstance(recipients, Recipients) else ()
    left = (Sized("Nơi nhận:", 12, bold=True, italic=True), *(Sized(line, 11) for line in lines))
    signature = paper.closing.right.signatures[0]
    above = (signature.on_behalf, *signature.posts)
    right = (
        *(Sized(one.upper(), 14, bold=True) for one in above if one),
        *(Sized("\N{NO-BREAK SPACE}", 14) for _ in range(FREE_LINES)),
        Sized(signature.name, 14, bold=True),
    )
    return left, right


def shares(table: Table) -> list[float]:
    """The columns' shares of the width, in hundredths."""
    whole = sum(column.share for column in table.columns)
    return [column.share / whole * 100 for column in table.columns]


def rows_of(table: Table) -> Iterator[Row]:
    """The rows; one that says so where there are none."""
    yield from table.rows or (Row((table.when_empty, *("",) * (len(table.columns) - 1))),)
