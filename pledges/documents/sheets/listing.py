"""Danh sách, bảng tổng hợp: what an office prints to work with. A list is no type of document: it bears no number.

By itself it says who made it, of what, and as of when; attached to a document it is printed as that one's annex.
"""

from dataclasses import dataclass, field

from pledges.documents.sheets.paper import (
    Annex,
    Block,
    Closing,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Signature,
    SigningSide,
    Title,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheet:
    """Một danh sách: its title, of what it is (`abstract`), sentences above (`opening`), and its tables.

    `attached_to` names the document that it is an annex of: "Báo cáo số 05/BC-UBND ngày …"; empty for a list that is
    handed out by itself.
    """

    heading: Heading
    title: str
    abstract: str
    opening: tuple[str, ...]
    blocks: tuple[Block, ...]
    attached_to: str = ""
    made_by: str = "Người lập danh sách"
    landscape: bool = True
    foot: Foot = field(default_factory=Foot)

    @property
    def _closing(self) -> Closing:
        return Closing(SigningSide((Signature(posts=(self.made_by,)),)))

    def paper(self) -> Paper:
        """The list as it is printed."""
        body = (*(Paragraph(text) for text in self.opening), *self.blocks)
        if not self.attached_to:
            return Paper(
                heading=self.heading,
                title=Title(self.title, self.abstract),
                body=body,
                closing=self._closing,
                foot=self.foot,
                landscape=self.landscape,
            )
        annex = Annex(
            label="Phụ lục",
            title=f"{self.title}\n{self.abstract}",
            attached_to=f"(Kèm theo {self.attached_to.strip(' .()')})",
            body=body,
            landscape=self.landscape,
        )
        return Paper(
            heading=self.heading,
            title=Title(self.title, self.abstract),
            body=(),
            closing=self._closing,
            annexes=(annex,),
            foot=self.foot,
        )
