"""A paper as a page of HTML with the sizes and places of the layout, for WeasyPrint and Chromium."""

from collections.abc import Iterator
from html import escape

from benchmarks.peers.said import FONTS, WEIGHTS, Sized, rows_of, shares, sides, sized
from pledges.documents.sheets.charts import BarChart
from pledges.documents.sheets.paper import Annex, Block, Paper, Paragraph, Row, RowKind, Section, Table

_STYLE = """
@page { size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm;
  @top-center { content: counter(page); font: 13pt Paper; } @bottom-left { content: "FOOT"; font: 8pt Paper; } }
@page :first { @top-center { content: none; } }
@page annex { size: 297mm 210mm; }
* { margin: 0; padding: 0; }
body { font: 14pt/18.5pt Paper; }
.annex { page: annex; break-before: page; }
p { text-align: justify; text-indent: 12.7mm; margin-top: 6pt; orphans: 2; widows: 2; }
p.head { break-after: avoid; }
.c { text-align: center; text-indent: 0; margin: 0; }
.rule { border-bottom: .75pt solid #000; margin: 2.5pt auto 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 6pt 0; line-height: 1.15; }
td, th { border: .5pt solid #000; padding: .8mm 1.2mm; vertical-align: top; overflow-wrap: break-word; }
th { text-align: center; vertical-align: middle; }
tr { break-inside: avoid; }
table.none, table.none td { border: 0; padding: 0; }
.stack { border-top: .25pt solid #000; }
.bar { height: 9pt; background: #e0e0e0; } .fill { height: 9pt; background: #595959; }
"""


def _faces() -> str:
    return "".join(
        f"@font-face {{ font-family: Paper; src: url('{(FONTS / file).as_uri()}');"
        f" font-weight: {'bold' if bold else 'normal'}; font-style: {'italic' if italic else 'normal'}; }}\n"
        for file, bold, italic in WEIGHTS
    )


def html(papers: tuple[Paper, ...]) -> str:
    """The papers one after the other."""
    foot = " ".join(papers[0].foot.lines)
    said = "".join(f"<div{_begun(at)}>{''.join(_paper(paper))}</div>" for at, paper in enumerate(papers))
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title>'
        f"<style>{_faces()}{_STYLE.replace('FOOT', foot)}</style></head><body>{said}</body></html>"
    )


def _begun(at: int) -> str:
    return ' style="break-before: page"' if at else ""


def _set(one: Sized, tag: str = "div", more: str = "c") -> str:
    weight = "bold" if one.bold else "normal"
    slant = "italic" if one.italic else "normal"
    style = f"font: {slant} {weight} {one.size}pt/18.5pt Paper"
    return f'<{tag} class="{more}" style="{style}">{escape(one.text).replace(chr(10), "<br>")}</{tag}>'


def _paper(paper: Paper) -> Iterator[str]:
    said = sized(paper)
    rule = '<div class="rule" style="width: {}mm"></div>'.format
    left = "".join(map(_set, said.left)) + rule(20)
    right = "".join(map(_set, said.right)) + rule(62)
    yield (
        f'<table class="none"><tr><td style="width: 39%">{left}</td><td>{right}</td></tr>'
        f"<tr><td>{_set(said.number)}</td><td>{_set(said.dated)}</td></tr></table>"
    )
    yield "".join(map(_set, said.title)) + rule(45)
    for one in said.above:
        yield _set(one, "p", "head" if one.centred else "")
    for block in paper.body:
        yield _block(block)
    left_side, right_side = sides(paper)
    yield (
        '<table class="none" style="break-inside: avoid"><tr><td>'
        + "".join(_set(one, "div", "") for one in left_side)
        + "</td><td>"
        + "".join(map(_set, right_side))
        + "</td></tr></table>"
    )
    for annex in paper.annexes:
        yield _annex(annex)


def _annex(annex: Annex) -> str:
    titles = (
        Sized(annex.label, 14, bold=True),
        Sized(annex.title.upper(), 14, bold=True),
        Sized(annex.attached_to, 14, italic=True),
    )
    return f'<div class="annex">{"".join(map(_set, titles))}{"".join(map(_block, annex.body))}</div>'


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Section):
        text = block.text.upper() if block.level == "roman" else block.text
        return f'<p class="head"><b>{escape(text)}</b></p>'
    if isinstance(block, Table):
        return _table(block)
    return _bars(block) if isinstance(block, BarChart) else ""


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width: {share:.3f}%">' for share in shares(table))
    head = "".join(f"<th>{escape(column.title)}</th>" for column in table.columns)
    body = "".join(f"<tr>{''.join(_cells(table, row))}</tr>" for row in rows_of(table))
    return (
        f'<table style="font-size: {table.size}pt"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cells(table: Table, row: Row) -> Iterator[str]:
    plain = row.kind is RowKind.PLAIN
    texts = list(row.cells)
    at = 0
    while at < len(texts):
        span = 1
        while not plain and at == 0 and span < len(texts) and not texts[span]:
            span += 1
        stack = (texts[at],) if isinstance(texts[at], str) else texts[at]
        said = "".join(
            f"<div{' class=stack' * bool(step)}>{escape(one).replace(chr(10), '<br>')}</div>"
            for step, one in enumerate(stack)
        )
        said = said if plain else f"<b>{said}</b>"
        yield f'<td colspan="{span}" style="text-align: {table.columns[at].align.value}">{said}</td>'
        at += span


def _bars(chart: BarChart) -> str:
    rows = "".join(
        f"<tr><td>{escape(bar.label)}</td><td><div class=bar>"
        f'<div class=fill style="width: {float(bar.progress or 0) * 100:.2f}%"></div></div></td>'
        f"<td class=c><b>{bar.progress_text}</b></td><td class=c><b>{bar.expected_text}</b></td></tr>"
        for bar in chart.bars
    )
    return f'<div class=c><b>{escape(chart.title)}</b></div><table class=none style="font-size: 11pt">{rows}</table>'
