"""Kiểu chữ: the styles of a Word file, each after one element of the paper's layout."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.layouts import Layout, Type, Weight
from pledges.documents.pdf.closing import FREE_SPACE, LEVEL, RECIPIENT_LEADING, SINGLE
from pledges.documents.pdf.heads import ABOUT_BELOW, OPEN, TIGHT
from pledges.documents.pdf.ink import MM
from pledges.documents.sheets.paper import Level, Style
from pledges.documents.word.marks import mark, twips

FACE = "Times New Roman"
"""What offices have, and what their papers are set in; as wide as the face of the PDFs."""
BODY, BASIS, CHAPTERS = (
    "DoanVan",
    "CanCu",
    {Level.ROMAN: "Heading1", Level.ARABIC: "Heading2", Level.LETTER: "Heading3"},
)
CROWN = ("QuocHieu", "TieuNgu")
SUPERIOR, ISSUER, NUMBER, DATE = "CoQuanChuQuan", "CoQuanBanHanh", "SoKyHieu", "DiaDanhThoiGian"
ABOUT = "VeViec"
KIND, ABSTRACT, ADDRESSEE = "Title", "TrichYeu", "KinhGui"
ANNEX, ANNEX_TITLE, ANNEX_NOTE = "PhuLuc", "TenPhuLuc", "KemTheo"
ON_BEHALF, POST, SIGNER = "QuyenHan", "ChucVu", "NguoiKy"
RECIPIENTS, RECIPIENT = "NoiNhan", "DanhSachNoiNhan"
RULE, GAP, LINES = "DuongKe", "KhoangTrong", "DongKe"
CAPTION, PICTURE = "TenBieuDo", "BieuDo"
PAGE_NUMBER, FOOT = "Header", "Footer"


def cell(size: int) -> str:
    """The style of texts in tables of a size."""
    return f"Bang{size}"


def cell_title(size: int) -> str:
    """The style of titles of such tables' columns."""
    return f"TieuDeBang{size}"


class Look(NamedTuple):
    """One style: measures in points; `leading` of 0 is the face's own."""

    key: str
    name: str
    how: Type
    align: str = "center"
    leading: float = 0.0
    rule: str = "exact"
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    keep: bool = False
    outline: int | None = None
    follows: str = ""


def _flowing(layout: Layout, style: Style) -> Iterator[Look]:
    """What flows in the body: a line is never less than its leading; in the Party's papers exactly so much."""
    rule = "exact" if style is Style.PARTY else "atLeast"
    shared = (layout.leading, rule, layout.gap, 0.0, layout.indent * MM)
    yield Look(BODY, "Đoạn văn", layout.body, "both", *shared)
    yield Look(BASIS, "Căn cứ", layout.basis, "both", *shared)
    levels = ((Level.ROMAN, layout.roman), (Level.ARABIC, layout.arabic), (Level.LETTER, layout.letter))
    for at, (level, how) in enumerate(levels):
        name = f"heading {at + 1}"
        yield Look(CHAPTERS[level], name, how, "both", *shared, keep=True, outline=at, follows=BODY)


def _head(layout: Layout, style: Style) -> Iterator[Look]:
    names = ("Tên Đảng",) if style is Style.PARTY else ("Quốc hiệu", "Tiêu ngữ")
    for key, name, how in zip(CROWN, names, layout.crown, strict=False):
        yield Look(key, name, how, leading=TIGHT)
    yield Look(SUPERIOR, "Cơ quan chủ quản", layout.superior, leading=TIGHT)
    yield Look(ISSUER, "Cơ quan ban hành", layout.issuer, leading=TIGHT)
    yield Look(NUMBER, "Số, ký hiệu", layout.number, leading=OPEN)
    yield Look(ABOUT, "Về việc", layout.about, leading=TIGHT, before=ABOUT_BELOW, after=ABOUT_BELOW)
    yield Look(DATE, "Địa danh, thời gian", layout.place_and_date, leading=OPEN)
    yield Look(KIND, "Title", layout.kind, leading=OPEN, before=14, keep=True)
    yield Look(ABSTRACT, "Trích yếu", layout.abstract, leading=OPEN, keep=True)
    yield Look(ADDRESSEE, "Kính gửi", layout.addressee, leading=OPEN)
    yield Look(ANNEX, "Phụ lục", layout.annex_label, leading=OPEN, keep=True, outline=0)
    yield Look(ANNEX_TITLE, "Tên phụ lục", layout.annex_title, leading=OPEN, keep=True)
    yield Look(ANNEX_NOTE, "Kèm theo", layout.annex_note, leading=OPEN, after=8, keep=True)


def _end(layout: Layout) -> Iterator[Look]:
    yield Look(ON_BEHALF, "Quyền hạn ký", layout.on_behalf, leading=LEVEL, keep=True)
    yield Look(POST, "Chức vụ người ký", layout.post, leading=LEVEL, keep=True)
    yield Look(SIGNER, "Người ký", layout.signer, leading=LEVEL, before=FREE_SPACE)
    yield Look(RECIPIENTS, "Nơi nhận", layout.recipients_label, "left", LEVEL, keep=True)
    leading = max(RECIPIENT_LEADING, layout.recipient.size * SINGLE)
    yield Look(RECIPIENT, "Danh sách nơi nhận", layout.recipient, "left", leading)


def _small(layout: Layout, sizes: Iterable[int]) -> Iterator[Look]:
    for size in sorted(sizes):
        yield Look(cell(size), f"Chữ trong bảng {size}", Type(size), "left")
        yield Look(cell_title(size), f"Tiêu đề bảng {size}", Type(size, Weight.BOLD), keep=True)
    yield Look(CAPTION, "Tên biểu đồ", Type(12, Weight.BOLD), before=layout.gap, keep=True)
    yield Look(PICTURE, "Biểu đồ", layout.body, after=layout.gap)
    yield Look(RULE, "Đường kẻ", Type(1), leading=1)
    yield Look(GAP, "Khoảng trống", Type(1), "left", leading=1)
    yield Look(LINES, "Dòng kẻ để ghi", layout.body, "left")
    yield Look(PAGE_NUMBER, "header", layout.page_number)
    yield Look(FOOT, "footer", layout.foot, "left", leading=9)


def looks(layout: Layout, style: Style, sizes: Iterable[int]) -> list[Look]:
    """All styles of a paper; `sizes` are those of its tables."""
    return [*_flowing(layout, style), *_head(layout, style), *_end(layout), *_small(layout, sizes)]


def _paragraphs(look: Look) -> Element:
    spacing = mark(
        "spacing",
        before=twips(look.before),
        after=twips(look.after),
        line=twips(look.leading) if look.leading else "240",
        lineRule=look.rule if look.leading else "auto",
    )
    return mark(
        "pPr",
        mark("keepNext") if look.keep else None,
        spacing,
        mark("ind", firstLine=twips(look.indent)) if look.indent else None,
        mark("jc", val=look.align),
        None if look.outline is None else mark("outlineLvl", val=str(look.outline)),
    )


def letters(how: Type) -> Element:
    """How letters are set; capitals are in the style too, so that what is typed comes out in capitals."""
    weight = how.weight
    size = str(round(how.size * 2))
    return mark(
        "rPr",
        mark("b") if weight in {Weight.BOLD, Weight.BOLD_ITALIC} else None,
        mark("i") if weight in {Weight.ITALIC, Weight.BOLD_ITALIC} else None,
        mark("caps") if how.caps else None,
        mark("sz", val=size),
        mark("szCs", val=size),
        mark("u", val="single") if how.underlined else None,
    )


_BUILT_IN = frozenset({KIND, PAGE_NUMBER, FOOT, *CHAPTERS.values()})


def style_of(look: Look) -> Element:
    """A style as Word keeps it."""
    return mark(
        "style",
        mark("name", val=look.name),
        mark("basedOn", val="Normal"),
        mark("next", val=look.follows) if look.follows else None,
        mark("qFormat"),
        _paragraphs(look),
        letters(look.how),
        type="paragraph",
        customStyle=None if look.key in _BUILT_IN else "1",
        styleId=look.key,
    )
