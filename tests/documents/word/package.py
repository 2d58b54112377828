"""A Word file as its XML says it, read with nothing of the drawing code."""

import io
from dataclasses import dataclass
from functools import cached_property

import docx
from docx.oxml.ns import qn

from pledges.documents.sheets.paper import Paper, Ready
from pledges.documents.word.draw import word
from tests.support.paper_tables import one_line, word_text

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders tcMar vAlign",
    "sectPr": (
        "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid"
    ),
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr",
    "pBdr": "top left bottom right between",
}  # fmt: skip
"""The order in which Word asks for what tells of a paragraph, a run, a table … (ECMA-376, wml.xsd), as far as used."""


@dataclass
class WordFile:
    """One file and its parts."""

    content: bytes

    @cached_property
    def document(self):
        return docx.Document(io.BytesIO(self.content))

    @property
    def body(self):
        return self.document.element.body

    @property
    def texts(self) -> list[str]:
        """Each paragraph in the order of the file, those of tables with them; empty ones left out."""
        said = (one_line(word_text(one)) for one in self.body.iter(qn("w:p")))
        return [one for one in said if one]

    @property
    def tables(self) -> list:
        """The ruled tables."""
        found = self.body.iterchildren(qn("w:tbl"))
        return [one for one in found if one.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") is not None]

    @cached_property
    def styles(self) -> dict:
        return {one.get(qn("w:styleId")): one for one in self.document.styles.element.findall(qn("w:style"))}

    def disorder(self) -> list[tuple[str, list[str]]]:
        """What stands where Word does not look for it."""
        roots = [self.body, self.document.styles.element]
        found = []
        for tag, order in ORDER.items():
            places = {qn(f"w:{name}"): at for at, name in enumerate(order.split())}
            for one in (piece for root in roots for piece in root.iter(qn(f"w:{tag}"))):
                at = [places.get(child.tag, -1) for child in one]
                if at != sorted(at) or -1 in at:
                    found.append((tag, [child.tag.split("}")[1] for child in one]))
        return found


def file_of(paper: Paper) -> WordFile:
    return WordFile(word(Ready(paper)))


def style_of(paragraph) -> str:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))


def held(paragraph) -> bool:
    """Whether a paragraph itself stays on the page of the next."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
