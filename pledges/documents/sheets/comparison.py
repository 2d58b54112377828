"""So sánh cam kết: what was pledged, what is pledged instead, of which kind the change is, and who allowed it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pledges.documents.sheets.paper import (
    Align,
    Closing,
    Column,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    SigningSide,
    Table,
    Title,
)

SAME = "Không thay đổi"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Một điểm điều chỉnh: its kind in words, what it is about, what was pledged and what is instead."""

    kind: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """Một phần việc: with all that changed of it, and a sentence for each act that allowed a change."""

    number: int
    title: str
    changes: tuple[ChangeLine, ...]
    allowed: tuple[str, ...] = ()


def allowed_words(act: str, who: str, on: str, reason: str, basis: str) -> str:
    """Who allowed a change, when, why, and by which paper."""
    said = f"{act}: {who}, ngày {on}"
    said += f"; lý do: {reason.rstrip(' .')}" if reason else ""
    return f"{said}; căn cứ: {basis.rstrip(' .')}" if basis else said


def compared(lines: Sequence[ComparedLine], now: str, when_empty: str) -> Table:
    """The tasks with their changes under each other; `now` is the title of the later text's column."""
    columns = (
        Column("Số", 9, Align.CENTRE),
        Column("Phần việc, người cho phép", 46),
        Column("Nội dung", 29),
        Column("Đã cam kết", 29),
        Column(now, 29),
        Column("Loại", 23),
    )
    return Table(columns=columns, rows=tuple(map(_row, lines)), when_empty=when_empty, size=11)


def _row(line: ComparedLine) -> Row:
    first = (str(line.number), "\n".join((line.title, *line.allowed)))
    if not line.changes:
        return Row((*first, "", "", "", SAME))
    columns = (
        [one.label for one in line.changes],
        [one.before or NOTHING for one in line.changes],
        [one.after or NOTHING for one in line.changes],
        [one.kind for one in line.changes],
    )
    stacked = (tuple(texts) if len(texts) > 1 else texts[0] for texts in columns)
    return Row((*first, *stacked))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSheet:
    """So sánh nội dung cam kết: one unit's pledge against a later text, or against its tasks as they are today."""

    heading: Heading
    abstract: str
    opening: tuple[str, ...]
    lines: tuple[ComparedLine, ...]
    now: str
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The comparison as it is printed."""
        return Paper(
            heading=self.heading,
            title=Title("So sánh nội dung cam kết", self.abstract),
            body=(
                *(Paragraph(text) for text in self.opening),
                compared(self.lines, self.now, "Không có phần việc nào."),
            ),
            closing=Closing(SigningSide((Signature(posts=("Người lập",)),))),
            foot=self.foot,
        )
