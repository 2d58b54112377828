"""What people make of a paper: titles of 300 letters, names of four lines, one word of 200 letters, nothing at all."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import cycle, islice

from pledges.documents.sheets.charts import BarChart
from pledges.documents.sheets.paper import (
    Block,
    Closing,
    Paper,
    Paragraph,
    Recipients,
    Row,
    RowKind,
    SigningSide,
    Table,
)

LONG = ("Tổ chức thực hiện mô hình tuyến phố văn minh, xanh, sạch, đẹp, an toàn giao thông, " * 4)[
    :300
].strip()
WORD = "Nghiêng" * 29
FOUR_LINES = (
    "Ban Chỉ đạo thực hiện phong trào",
    "toàn dân đoàn kết xây dựng",
    "đời sống văn hóa, nếp sống văn minh",
    "Phường Hà Khánh",
)


def crowded(paper: Paper) -> Paper:
    """Too much of everything, in each place where somebody types."""
    return replace(
        paper,
        heading=replace(paper.heading, issuer=FOUR_LINES),
        title=replace(paper.title, abstract=LONG),
        body=_with_a_word(tuple(map(_crowded, paper.body))),
        annexes=tuple(
            replace(annex, title=LONG, body=tuple(map(_crowded, annex.body))) for annex in paper.annexes
        ),
        closing=_closed(
            paper.closing,
            [f"- {LONG[:40]} {at};" for at in range(29)],
            "Công chức " + LONG[:90],
            "Trần " * 12,
        ),
    )


def bare(paper: Paper) -> Paper:
    """A campaign in which nothing has happened, signed by nobody yet, for one recipient."""
    return replace(
        paper,
        body=tuple(map(_emptied, paper.body)),
        annexes=tuple(replace(annex, body=tuple(map(_emptied, annex.body))) for annex in paper.annexes),
        closing=_closed(paper.closing, [], "", ""),
        bases=(),
    )


def repeated(paper: Paper, count: int) -> Paper:
    """Each table with so many plain rows, numbered on."""
    parts = [replace(annex, body=_longer(annex.body, count)) for annex in paper.annexes]
    return replace(paper, body=_longer(paper.body, count), annexes=tuple(parts))


def _with_a_word(body: tuple[Block, ...]) -> tuple[Block, ...]:
    at = next((at for at, block in enumerate(body) if isinstance(block, Paragraph)), None)
    if at is None:
        return body
    return (*body[:at], Paragraph(f"Đơn vị {WORD} và {LONG}:"), *body[at:])


def _crowded(block: Block) -> Block:
    if isinstance(block, BarChart):
        return replace(
            block, bars=tuple(replace(bar, label=f"{LONG[:90]} {WORD[:30]}") for bar in block.bars)
        )
    if not isinstance(block, Table):
        return block
    widths = sorted(range(len(block.columns)), key=lambda at: -block.columns[at].share)
    first = next((at for at, row in enumerate(block.rows) if row.kind is RowKind.PLAIN), None)
    if first is None:
        return block
    rows = list(block.rows)
    cells = list(rows[first].cells)
    for at, text in zip(widths, (LONG, WORD), strict=False):
        cells[at] = (text, *cells[at][1:]) if isinstance(cells[at], tuple) else text
    rows[first] = Row(tuple(cells))
    return replace(block, rows=tuple(rows))


def _emptied(block: Block) -> Block:
    return replace(block, rows=()) if isinstance(block, Table) else block


def _longer(body: tuple[Block, ...], count: int) -> tuple[Block, ...]:
    return tuple(_more(block, count) if isinstance(block, Table) else block for block in body)


def _more(table: Table, count: int) -> Table:
    plain = [row for row in table.rows if row.kind is RowKind.PLAIN]
    rows = islice(cycle(plain), count) if plain else ()
    return replace(table, rows=tuple(Row((str(at), *row.cells[1:])) for at, row in enumerate(rows, start=1)))


def _closed(closing: Closing, more: Iterable[str], post: str, name: str) -> Closing:
    """With more recipients or one, and with another's post and name above and below each place to sign."""

    def named(side: SigningSide) -> SigningSide:
        return replace(
            side,
            signatures=tuple(
                replace(one, posts=(post,) if post else one.posts, name=name.strip())
                for one in side.signatures
            ),
        )

    def told(recipients: Recipients) -> Recipients:
        return Recipients((*more, recipients.lines[-1]))

    left = closing.left
    return Closing(
        named(closing.right),
        told(left) if isinstance(left, Recipients) else named(left) if left else None,
        told(closing.below) if closing.below else None,
    )


WAYS: dict[str, Callable[[Paper], Paper]] = {"usual": lambda paper: paper, "crowded": crowded, "bare": bare}
