"""The vocabulary all papers share. A sheet puts its content into these words; a drawer knows only them.

Texts stand here as they are printed; capitals and weight are the layout's (`documents.layouts`).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.room import NewPage, RuledLines

NATION = ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("Đảng Cộng sản Việt Nam",)


class Style(StrEnum):
    """Thể thức: whose rules a paper follows; a property of the unit that issues it."""

    STATE = "state"
    PARTY = "party"
    FRONT = "front"
    UNION = "union"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Phần đầu: who issues the paper, its number, and where and when.

    `issuer` and `superior` are lines, broken where the office breaks them ("Ủy ban nhân dân", "phường Hà
    Khánh"); a line too long for its place is broken further. `number` is empty where a paper has none, and
    keeps its gap while the paper isn't issued: "Số:       /BC-UBND". `ruled_on` is the day whose rules hold:
    the day of issue, or for a draft the day it was composed.
    """

    style: Style
    issuer: tuple[str, ...]
    place_and_date: str
    ruled_on: date
    superior: tuple[str, ...] = ()
    number: str = ""

    @property
    def crown(self) -> tuple[str, ...]:
        """The lines at the top right: the national name and motto, or the Party's name."""
        return PARTY if self.style is Style.PARTY else NATION


@dataclass(frozen=True, slots=True)
class Title:
    """Tên loại và trích yếu: "Báo cáo", "Kết quả thực hiện …"; of a letter (công văn) the type is empty."""

    kind: str
    abstract: str = ""

    @property
    def about(self) -> str:
        """The line below a letter's number; empty where the abstract stands below a type."""
        return "" if self.kind or not self.abstract else f"V/v {self.abstract}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Đoạn văn: one paragraph of the body."""

    text: str


class Level(StrEnum):
    """Cấp đề mục: I. (bold capitals), 1. (bold), a) (regular)."""

    ROMAN = "roman"
    ARABIC = "arabic"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Section:
    """Đề mục: a heading in the body with its numeral: (Level.ROMAN, "I. Công tác lãnh đạo")."""

    level: Level
    text: str


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: title, share of the table's width; neighbours with the same `group` stand below that title."""

    title: str
    share: float
    align: Align = Align.LEFT
    group: str = ""


class RowKind(StrEnum):
    """What a row is. All but plain rows are bold; their first text reaches over empty cells after it."""

    PLAIN = "plain"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """Hàng: one cell a column. A cell that is a tuple is a stack: one line of the row for each of its texts.

    All stacks of a row have the same length: the indicators of one task, one under the other.
    """

    cells: tuple[str | tuple[str, ...], ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Bảng: drawn with its header repeated on each page. `when_empty` is said where there are no rows.

    `least` is how tall a line of a plain row is at least, in millimetres: where a hand has to sign.
    What is `whole` stands on one page where one holds it, what is `held` on that on which what follows begins.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    when_empty: str
    size: int = 12
    least: float = 0
    whole: bool = False
    held: bool = False

    def __post_init__(self) -> None:
        """Refuse a row that doesn't fill the columns, or stacks of unequal length."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells in a table of {len(self.columns)} columns")
            if len({len(cell) for cell in row.cells if isinstance(cell, tuple)}) > 1:
                raise ValueError("stacks of unequal length in one row")


Block = Paragraph | Section | Table | BarChart | LineChart | NewPage | RuledLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Chữ ký: one place to sign, with the capacity and post as they stand above it.

    `on_behalf` is "TM. Ủy ban nhân dân" or empty; `posts` are "Chủ tịch", or "KT. Chủ tịch" and "Phó Chủ
    tịch". Where it was confirmed in the app, `confirmation` says so in the free space: "Đã xác nhận điện tử
    nội bộ lúc …, mã SHA-256 …". A name that isn't known stays an empty place.
    """

    posts: tuple[str, ...]
    on_behalf: str = ""
    name: str = ""
    confirmation: str = ""


@dataclass(frozen=True, slots=True)
class SigningSide:
    """Một bên ký: the signatures one under the other, with the side's own title if it has one."""

    signatures: tuple[Signature, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận: the lines as printed, "- Như trên;" … "- Lưu: VT."."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Phần cuối: signatures on the right; recipients, or another side's signatures, on the left.

    `below` are recipients who stand under the signatures of two sides.
    """

    right: SigningSide
    left: Recipients | SigningSide | None = None
    below: Recipients | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Phụ lục: its own pages, numbered from 1 again. `label` is "Phụ lục" or "Phụ lục I"."""

    label: str
    title: str
    attached_to: str
    body: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class LogMark:
    """Mốc niêm phong nhật ký: the entry of the log that an act made, and its hash."""

    number: int
    hash: str

    @property
    def text(self) -> str:
        """The line as printed; it can be held against the log."""
        return f"Nhật ký niêm phong đến mục {self.number}: {self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Chân trang: what stands small at the foot of each page.

    `code` is the check code as printed, `check_page` the address at which anybody may ask for it (empty where the
    office has none), `qr` the text of the QR. `log` names the entries that witness the text: what is filed on paper
    shows later whether the log was cut off.
    """

    illustrative: bool = False
    as_of: str = ""
    code: str = ""
    check_page: str = ""
    qr: str = ""
    digest: str = ""
    log: tuple[LogMark, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as printed, the uppermost first."""
        check = f"Mã kiểm tra: {self.code}" * bool(self.code)
        check += f", tra tại {self.check_page}" * bool(check and self.check_page)
        first = " · ".join(filter(None, ("DỮ LIỆU MINH HỌA" * self.illustrative, self.as_of, check)))
        digest = f"SHA-256: {self.digest}" * bool(self.digest)
        return tuple(line for line in (first, digest, *(mark.text for mark in self.log)) if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Văn bản: everything a printed paper says, in the order of its pages; `landscape` is how its main part lies.

    A list attached to what is printed elsewhere has no main part: no `body`, and its first annex is the paper.
    """

    heading: Heading
    title: Title
    body: tuple[Block, ...]
    closing: Closing
    foot: Foot = field(default_factory=Foot)
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False

    def __post_init__(self) -> None:
        """Refuse a paper without a page."""
        if not (self.body or self.annexes):
            raise ValueError("a paper has a body or an annex")

    @property
    def name(self) -> str:
        """The paper's name in a viewer's window: kind and abstract on one line."""
        return " ".join(f"{self.title.kind or 'Công văn'} {self.title.about or self.title.abstract}".split())

    @property
    def begins_landscape(self) -> bool:
        """How its first page lies."""
        return self.landscape if self.body else self.annexes[0].landscape

    @property
    def author(self) -> str:
        """Who issues it, on one line."""
        return " ".join(self.heading.issuer)


class Sheet(Protocol):
    """What can be drawn: a frozen record that puts itself into a paper."""

    def paper(self) -> Paper:
        """Everything the paper says."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """Văn bản đã soạn xong: a paper that was put together elsewhere, for drawers that ask a sheet."""

    content: Paper

    def paper(self) -> Paper:
        """The paper as it is."""
        return self.content
