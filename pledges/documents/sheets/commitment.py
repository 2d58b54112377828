"""Bản cam kết thi đua: what one unit signs. It is no numbered document, but keeps the national heading."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pledges.core.numbers import two_digits
from pledges.documents.sheets.comparison import ComparedLine, compared
from pledges.documents.sheets.paper import (
    Block,
    Closing,
    Foot,
    Heading,
    Level,
    Paper,
    Paragraph,
    Section,
    SigningSide,
    Style,
    Title,
)
from pledges.documents.sheets.tasks import NO_TASKS, TaskLine, committed
from pledges.documents.sheets.wording import listed


@dataclass(frozen=True, slots=True)
class Represented:
    """Người ký cam kết as the text names them: a name, or nobody yet, and the post."""

    post: str
    name: str = ""

    @property
    def text(self) -> str:
        """The line under the committing unit."""
        return f"Đại diện: {self.name} - {self.post}." if self.name else f"Đại diện: {self.post}."


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentSheet:
    """Bản cam kết: frozen tasks and terms. `bases` and `terms` come without closing marks and numerals.

    `amended` is what the edition changes of the one before, which `amends` names; empty in a first edition.
    """

    heading: Heading
    abstract: str
    unit: str
    represented_by: tuple[Represented, ...]
    preamble: str
    tasks: tuple[TaskLine, ...]
    terms: tuple[str, ...]
    copies: int
    signatories: SigningSide
    witnesses: SigningSide | None = None
    bases: tuple[str, ...] = ()
    amended: tuple[ComparedLine, ...] = ()
    amends: str = ""
    kind: str = "Bản cam kết thi đua"
    foot: Foot = field(default_factory=Foot)

    def __post_init__(self) -> None:
        """Refuse what no commitment may have: a number, or the Party's heading."""
        if self.heading.number or self.heading.style is Style.PARTY:
            raise ValueError("a commitment has the national heading and no number")

    def paper(self) -> Paper:
        """The commitment as it is printed."""
        return Paper(
            heading=self.heading,
            title=Title(self.kind, self.abstract),
            bases=listed(self.bases),
            body=tuple(self._body()),
            closing=Closing(self.signatories, self.witnesses),
            foot=self.foot,
        )

    def _body(self) -> Iterator[Block]:
        yield Paragraph(f"Đơn vị cam kết: {self.unit}.")
        yield from (Paragraph(one.text) for one in self.represented_by)
        yield Paragraph(self.preamble)
        yield Section(Level.ROMAN, "I. Nội dung cam kết")
        yield committed(self.tasks)
        if self.amended:
            yield Section(Level.ROMAN, "II. Nội dung điều chỉnh")
            yield Paragraph(f"So với {self.amends}, bản này điều chỉnh các nội dung sau:")
            yield compared(self.amended, "Cam kết mới", NO_TASKS)
        yield Section(Level.ROMAN, f"{'III' if self.amended else 'II'}. Điều khoản chung")
        for at, term in enumerate(self.terms, start=1):
            yield Paragraph(f"{at}. {term.rstrip(' .;')}.")
        yield Paragraph(
            f"Bản cam kết này được lập thành {two_digits(self.copies)} bản có giá trị như nhau, "
            "mỗi bên giữ ít nhất 01 bản để thực hiện."
        )
