"""Thân văn bản: paragraphs, headings, tables and lines in their order, and what may not stand alone."""

from dataclasses import replace

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.layouts import Layout, Type
from pledges.documents.pdf.text import ROOM
from pledges.documents.sheets.charts import BarChart, LineChart, going_on
from pledges.documents.sheets.paper import Block, Level, Section, Table
from pledges.documents.sheets.room import NewPage, RuledLines
from pledges.documents.word import looks
from pledges.documents.word.charts import Charts
from pledges.documents.word.heads import gap
from pledges.documents.word.marks import keep, mark, paragraph, run, twips
from pledges.documents.word.measures import cased, most_bars, room
from pledges.documents.word.tables import hold, table_of

THIN = "3"
"""Thickness of lines to write on, in eighths of a point."""


class Flow:
    """The pieces of one part of a paper."""

    def __init__(self, layout: Layout, width: float, charts: Charts) -> None:
        self.layout, self.width, self.charts = layout, width, charts
        self.most_bars = most_bars(landscape=width > room(landscape=False))
        self.pieces: list[Element] = []
        self._turn = self._after_table = False
        self._named = ""

    def add(self, block: Block) -> None:
        """Add a block; a heading, or a sentence that ends in a colon, stays with what follows it."""
        if isinstance(block, NewPage):
            self._turn = True
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, BarChart | LineChart):
            self._chart(block)
        elif isinstance(block, RuledLines):
            self._lines(block.count)
        elif isinstance(block, Section):
            levels = {Level.ROMAN: self.layout.roman, Level.ARABIC: self.layout.arabic}
            how = levels.get(block.level, self.layout.letter)
            self._named = block.text
            self.text(looks.CHAPTERS[block.level], block.text, how)
        else:
            self.text(looks.BODY, block.text, self.layout.body, held=block.text.endswith(":"))

    def text(self, style: str, text: str, how: Type, *, held: bool = False) -> None:
        """Add a paragraph of a style."""
        self._put(paragraph(style, run(cased(text, how)), keep=held, turn=self._turning()))

    def tie(self) -> None:
        """Keep the end of the last block on the page of what follows."""
        if self._after_table:
            keep(self.pieces[-2])
        keep(self.pieces[-1])

    def end(self) -> None:
        """End the part with a paragraph, as Word asks of every part, that takes no room."""
        self._put(paragraph(looks.GAP))

    def _turning(self) -> bool:
        """Whether a page begins here; not where nothing stands on this one yet."""
        turn, self._turn = self._turn and bool(self.pieces), False
        return turn

    def _put(self, piece: Element) -> None:
        self.pieces.append(piece)
        self._after_table = False

    def _table(self, content: Table) -> None:
        """A table between free space: without a paragraph between them Word would join two tables into one."""
        if self._turning():
            self._put(paragraph(looks.GAP, turn=True, keep=True))
        else:
            before = gap(self.layout.gap)
            keep(before)
            self._put(before)
        made = table_of(content, self.width, self._named)
        if content.held:
            hold(made)
        self._put(made)
        self._put(paragraph(looks.GAP, keep=content.held))
        self._after_table = True

    def _chart(self, chart: BarChart | LineChart) -> None:
        """A chart below its title; one of more bars than a page holds goes on in another."""
        charts = [chart]
        if isinstance(chart, BarChart):
            starts = range(0, len(chart.bars), self.most_bars) or (0,)
            charts = [
                replace(
                    chart,
                    title=going_on(chart.title) if at else chart.title,
                    bars=chart.bars[at : at + self.most_bars],
                )
                for at in starts
            ]
        for one in charts:
            self._put(paragraph(looks.CAPTION, run(one.title), turn=self._turning()))
            self._put(paragraph(looks.PICTURE, self.charts.add(one, self.width)))

    def _lines(self, count: int) -> None:
        for at in range(count):
            edges = (
                mark(side, val="single", sz=THIN, space="0", color="000000") for side in ("bottom", "between")
            )
            spacing = mark("spacing", line=twips(ROOM), lineRule="exact")
            turn = self._turning() if at == 0 else False
            self._put(paragraph(looks.LINES, border=mark("pBdr", *edges), spacing=spacing, turn=turn))
