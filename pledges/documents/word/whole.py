"""Văn bản Word: the parts of a paper one after the other, each with its own pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import Section as Pages
from docx.shared import Mm, Pt

from pledges.core.archives import settled
from pledges.documents.layouts import BOTTOM, LEFT, PAGE, RIGHT, TOP, Layout, layout_of
from pledges.documents.pdf.ink import MM
from pledges.documents.pdf.pages import FOOT_BELOW, FOOT_LEADING, NUMBER_BELOW
from pledges.documents.sheets.paper import Annex, Foot, Paper, Table
from pledges.documents.word import heads, looks
from pledges.documents.word.charts import Charts
from pledges.documents.word.closing import closing_of
from pledges.documents.word.flow import Flow
from pledges.documents.word.gallery import LANGUAGE, furnish
from pledges.documents.word.marks import mark, paragraph, run, shown
from pledges.documents.word.measures import room

LEAST_BELOW = 5.0
"""How near the foot may come to the page's end, in millimetres: further down printers can't reach."""
NOT_SIGNED = "Bản để soạn, chưa ký"
"""What the foot says in the place of a digest: of a text that anybody can change none would be true."""


def whole(paper: Paper) -> bytes:
    """The paper as a Word file."""
    layout = layout_of(paper.heading.style, paper.heading.ruled_on)
    document = docx.Document()
    furnish(document, looks.looks(layout, paper.heading.style, _sizes(paper)))
    _name(document, paper)
    pages = document.sections[0]
    _surround(pages, paper.foot)
    for at, (flow, landscape) in enumerate(_parts(paper, layout, Charts(document))):
        pages = _next(document) if at else pages
        _lay(pages, landscape=landscape)
        end = document.element.body[-1]
        for piece in flow.pieces:
            end.addprevious(piece)
    made = BytesIO()
    document.save(made)
    return settled(made, {})


def _sizes(paper: Paper) -> set[int]:
    """The sizes of all tables of the paper."""
    blocks = [*paper.body, *(block for annex in paper.annexes for block in annex.body)]
    return {one.size for one in blocks if isinstance(one, Table)}


def _parts(paper: Paper, layout: Layout, charts: Charts) -> Iterator[tuple[Flow, bool]]:
    """What each part says, and how its pages lie."""
    if paper.body:
        yield _main(paper, layout, charts), paper.landscape
    for annex in paper.annexes:
        yield _annex(annex, layout, charts), annex.landscape


def _name(document: Document, paper: Paper) -> None:
    """Say what the file is; its day is that of the rules it follows, so that the same paper is the same file."""
    said = document.core_properties
    said.title, said.author, said.subject = (
        shown(text)[:255] for text in (paper.name, paper.author, paper.title.abstract)
    )
    said.language, said.comments, said.keywords = LANGUAGE, "", ""
    said.last_modified_by, said.revision = said.author, 1
    said.created = said.modified = datetime.combine(paper.heading.ruled_on, time(), UTC).replace(tzinfo=None)
    parts = document.part.package.rels
    for key in [key for key, one in parts.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        parts.pop(key)


def _main(paper: Paper, layout: Layout, charts: Charts) -> Flow:
    width = room(landscape=paper.landscape)
    flow = Flow(layout, width, charts)
    flow.pieces.append(heads.heading(paper.heading, layout, width, paper.title.about))
    flow.pieces += heads.title(paper.title, layout, width)
    flow.pieces += heads.addressees(paper.addressees) if paper.addressees else ()
    for line in paper.bases:
        flow.text(looks.BASIS, line, layout.basis)
    for block in paper.body:
        flow.add(block)
    flow.tie()
    flow.pieces += closing_of(paper.closing, layout, width)
    flow.end()
    return flow


def _annex(annex: Annex, layout: Layout, charts: Charts) -> Flow:
    width = room(landscape=annex.landscape)
    flow = Flow(layout, width, charts)
    flow.pieces += heads.annex_title(annex, layout, width)
    for block in annex.body:
        flow.add(block)
    return flow


def _next(document: Document) -> Pages:
    """The pages of the next part, behind a paragraph that takes no room."""
    pages: Pages = document.add_section(WD_SECTION.NEW_PAGE)
    end = document.element.body[-2]
    how = end.find(qn("w:pPr"))
    how.insert(0, mark("pStyle", val=looks.GAP))
    return pages


def _lay(pages: Pages, *, landscape: bool) -> None:
    """Size, margins, and numbers that begin at 1 and aren't shown on the first page."""
    short, long = (Mm(side) for side in PAGE)
    pages.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    pages.page_width, pages.page_height = (long, short) if landscape else (short, long)
    pages.top_margin, pages.bottom_margin = Mm(TOP), Mm(BOTTOM)
    pages.left_margin, pages.right_margin = Mm(LEFT), Mm(RIGHT)
    pages.header_distance = Pt(NUMBER_BELOW)
    pages.different_first_page_header_footer = True
    properties = pages._sectPr  # noqa: SLF001 - python-docx has no word for where a section's numbers begin
    for one in properties.findall(qn("w:pgNumType")):
        properties.remove(one)
    properties.find(qn("w:cols")).addprevious(mark("pgNumType", start="1"))


def _surround(pages: Pages, foot: Foot) -> None:
    """The number above each page but a part's first, the foot below all; later parts take them over."""
    pages.different_first_page_header_footer = True
    said = " · ".join(part for part in (foot.as_of, NOT_SIGNED * bool(foot.digest)) if part)
    lines = replace(foot, as_of=said, code="", check_page="", qr="", digest="", log=()).lines
    pages.footer_distance = Mm(max(LEAST_BELOW, BOTTOM - (FOOT_BELOW + FOOT_LEADING * len(lines)) / MM))
    number = paragraph(looks.PAGE_NUMBER, mark("r", mark("fldChar", fldCharType="begin")))
    field = mark("instrText")
    field.text = "PAGE"
    number.extend((mark("r", field), mark("r", mark("fldChar", fldCharType="end"))))
    for place, pieces in (
        (pages.header, [number]),
        (pages.first_page_header, [paragraph(looks.PAGE_NUMBER)]),
        (pages.footer, [paragraph(looks.FOOT, run(line)) for line in lines]),
        (pages.first_page_footer, [paragraph(looks.FOOT, run(line)) for line in lines]),
    ):
        place.is_linked_to_previous = False
        element = place._element  # noqa: SLF001 - its paragraphs are made here
        for one in list(element):
            element.remove(one)
        element.extend(pieces or [paragraph(looks.FOOT)])
