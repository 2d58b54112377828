"""A paper as a source of typst."""

from collections.abc import Iterator

from benchmarks.peers.said import Sized, rows_of, shares, sides, sized
from pledges.documents.sheets.charts import BarChart
from pledges.documents.sheets.paper import Block, Paper, Paragraph, RowKind, Section, Table

_SETUP = """
#set text(font: "Liberation Serif", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 12.7mm, all: true), leading: 8pt, spacing: 14pt)
#set table(stroke: .5pt, inset: (x: 1.2mm, y: .8mm))
#let number = context { let n = counter(page).get().first(); if n > 1 { align(center, text(13pt, str(n))) } }
#set page(width: 210mm, height: 297mm, margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), header: number)
"""
_ANNEX = """
#counter(page).update(0)
#set page(width: 297mm, height: 210mm)
"""
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in '\\#*_`$@<>[]~="/-+.'})


def source(papers: tuple[Paper, ...]) -> str:
    """The papers one after the other."""
    return _SETUP + "\n\n".join("\n\n".join(_paper(paper)) for paper in papers)


def _said(text: str) -> str:
    return text.translate(_MARKS).replace("\n", " \\ ")


def _set(one: Sized) -> str:
    weight, style = ("bold" if one.bold else "regular"), ("italic" if one.italic else "normal")
    return f'text({one.size}pt, weight: "{weight}", style: "{style}")[{_said(one.text)}]'


def _centred(parts: Iterator[Sized] | tuple[Sized, ...], rule: int = 0) -> str:
    lines = " + linebreak() + ".join(map(_set, parts))
    line = f" + v(-8pt) + align(center, line(length: {rule}mm, stroke: .75pt))" if rule else ""
    return f"align(center, {{ set par(first-line-indent: 0pt, leading: 5pt); {lines}{line} }})"


def _paper(paper: Paper) -> Iterator[str]:
    foot = _said(" ".join(paper.foot.lines))
    yield f"#counter(page).update(0)\n#set page(width: 210mm, height: 297mm, footer: text(8pt)[{foot}])"
    said = sized(paper)
    yield (
        f"#grid(columns: (64mm, 1fr), row-gutter: 6pt, {_centred(said.left, 20)}, {_centred(said.right, 62)}, "
        f"{_centred((said.number,))}, {_centred((said.dated,))})"
    )
    yield f"#{_centred(said.title, 45)}"
    for one in said.above:
        yield f"#{_centred((one,))}" if one.centred else f"#{_set(one)}"
    yield from (_block(block) for block in paper.body)
    left, right = sides(paper)
    lines = " + linebreak() + ".join(map(_set, left))
    yield (
        "#block(breakable: false, grid(columns: (1fr, 1fr), "
        f"{{ set par(first-line-indent: 0pt, leading: 5pt); {lines} }}, {_centred(right)}))"
    )
    for annex in paper.annexes:
        yield _ANNEX
        titles = (Sized(annex.label, bold=True), Sized(annex.title.upper(), bold=True))
        yield f"#{_centred((*titles, Sized(annex.attached_to, italic=True)))}"
        yield from (_block(block) for block in annex.body)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _said(block.text)
    if isinstance(block, Section):
        text = block.text.upper() if block.level == "roman" else block.text
        return f"#block(sticky: true, par[*{_said(text)}*])"
    if isinstance(block, Table):
        return _table(block)
    return _bars(block) if isinstance(block, BarChart) else ""


def _table(table: Table) -> str:
    columns = ", ".join(f"{share:.3f}%" for share in shares(table))
    aligns = ", ".join({"centre": "center"}.get(column.align, column.align.value) for column in table.columns)
    head = ", ".join(f"align(center + horizon)[*{_said(column.title)}*]" for column in table.columns)
    cells: list[str] = []
    for row in rows_of(table):
        at, texts = 0, list(row.cells)
        while at < len(texts):
            span = 1
            while row.kind is not RowKind.PLAIN and at == 0 and span < len(texts) and not texts[span]:
                span += 1
            stack = (texts[at],) if isinstance(texts[at], str) else texts[at]
            said = " #line(length: 100%, stroke: .25pt) ".join(map(_said, stack))
            said = said if row.kind is RowKind.PLAIN else f"*{said}*"
            cells.append(f"table.cell(colspan: {span})[{said}]")
            at += span
    return (
        f"#{{ set text({table.size}pt); set par(first-line-indent: 0pt, justify: false, leading: 4pt, spacing: 4pt); "
        f"table(columns: ({columns}), align: ({aligns}), table.header({head}), {', '.join(cells)}) }}"
    )


def _bars(chart: BarChart) -> str:
    rows = ", ".join(
        f"[{_said(bar.label)}], "
        "box(width: 100%, height: 9pt, fill: luma(88%), align(left, rect("
        f"width: {float(bar.progress or 0):.4f} * 100%, height: 9pt, fill: luma(35%)))), "
        f"[*{_said(bar.progress_text)}*], [*{_said(bar.expected_text)}*]"
        for bar in chart.bars
    )
    return (
        f"#{_centred((Sized(chart.title, 12, bold=True),))}\n"
        "#{ set text(11pt); set par(first-line-indent: 0pt, justify: false); "
        f"grid(columns: (58mm, 1fr, 24mm, 24mm), row-gutter: 5pt, align: (left, left, center, center), {rows}) }}"
    )
