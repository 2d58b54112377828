"""Phiếu báo cáo tiến độ: what those who report on paper fill in, unit by unit and period by period."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pledges.documents.sheets.paper import (
    Align,
    Block,
    Closing,
    Column,
    Foot,
    Heading,
    Level,
    Paper,
    Paragraph,
    Row,
    Section,
    Signature,
    SigningSide,
    Table,
    Title,
)

COLUMNS = (
    Column("Mã dòng", 15, Align.CENTRE),
    Column("Chỉ tiêu", 53),
    Column("Đăng ký", 26, Align.CENTRE),
    Column("Trước kỳ này", 23, Align.CENTRE),
    Column("Kỳ này", 26, Align.CENTRE),
    Column("Ngày đạt chỉ tiêu", 22, Align.CENTRE),
)
"""Shares are millimetres of a portrait page; the last two are for a hand."""
ROOM_TO_WRITE = 11.5
HOW = (
    "Dòng “thêm trong kỳ” chỉ ghi phần làm thêm, dòng “đến cuối kỳ” ghi mức chung. Chưa có số liệu thì "
    "để trống, không ghi số 0, và nêu lý do."
)
LABEL, SAID = 46, 119
"""Of what is told in words: the widths of its name and of the room for it."""
ROOM_TO_TELL = 12.5
RECEIVED = "Văn thư nhận ngày …… / …… / ……, nhập ngày …… / …… / ……"
NOTHING = "Kỳ này đơn vị không còn phần việc nào phải báo cáo."
SPACE_TO_NAME = "……………………………………………………"


@dataclass(frozen=True, slots=True)
class FormLine:
    """Một dòng của phiếu: an indicator with its code, what was pledged, and the value before the period."""

    code: str
    label: str
    how: str
    target: str
    before: str

    @property
    def row(self) -> Row:
        """The line as printed, with its free cells."""
        said = f"{self.label} ({self.how})" if self.how else self.label
        return Row((self.code, said, self.target, self.before, "", ""))


@dataclass(frozen=True, slots=True)
class FormTask:
    """Một phần việc trên phiếu: its number in words, its title and due day, its lines; `wanted` is the evidence."""

    name: str
    title: str
    lines: tuple[FormLine, ...]
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormSheet:
    """Phiếu báo cáo tiến độ of a unit for a period; blank where nothing is filled in."""

    heading: Heading
    abstract: str
    opening: tuple[str, ...]
    tasks: tuple[FormTask, ...]
    post: str
    foot: Foot = field(default_factory=Foot)

    def paper(self) -> Paper:
        """The form as it is printed."""
        return Paper(
            heading=self.heading,
            title=Title("Phiếu báo cáo tiến độ", self.abstract),
            body=tuple(self._body()),
            closing=Closing(
                SigningSide((Signature(posts=(self.post,)),)),
                SigningSide((Signature(posts=("Người lập phiếu",)),)),
            ),
            foot=self.foot,
        )

    def _body(self) -> Iterator[Block]:
        yield from (Paragraph(line) for line in self.opening)
        if not self.tasks:
            yield Paragraph(NOTHING)
            return
        yield Paragraph(HOW)
        for task in self.tasks:
            yield from _task(task)
        yield Paragraph(RECEIVED)


def _task(task: FormTask) -> Iterator[Block]:
    yield Section(Level.ARABIC, f"{task.name}: {task.title}")
    yield Table(
        columns=COLUMNS,
        rows=tuple(line.row for line in task.lines),
        when_empty="Chưa có chỉ tiêu.",
        least=ROOM_TO_WRITE,
        whole=True,
        held=True,
    )
    asked = f" (cần {task.wanted})" if task.wanted else ""
    said = (
        "Đã làm được gì",
        "Khó khăn, vướng mắc",
        "Việc tiếp theo, đề nghị",
        f"Minh chứng kèm theo{asked}",
    )
    yield Table(
        columns=(Column(task.name, LABEL), Column("Đơn vị ghi", SAID)),
        rows=tuple(Row((label, "")) for label in said),
        when_empty="",
        least=ROOM_TO_TELL,
        whole=True,
    )
