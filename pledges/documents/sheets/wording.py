"""Marks and breaks that the layout's rules ask for: ends of lists and texts, an office's name in lines."""

import re
from collections.abc import Sequence

from pledges.documents.sheets.paper import Block, Paragraph, Style

_PLACE = re.compile(r"\b(?:phường|xã|thị trấn|thị xã|thành phố|tỉnh|quận|huyện|đặc khu) (\S)", re.IGNORECASE)


def listed(items: Sequence[str], *, lead: str = "") -> tuple[str, ...]:
    """Lines of a list as the office ends them: each with ";", the last with "." (NĐ 30/2020, Phụ lục I)."""
    bare = [item.rstrip(" .;") for item in items]
    return tuple(f"{lead}{item}{'.' if at == len(bare) - 1 else ';'}" for at, item in enumerate(bare))


def addressed(names: Sequence[str]) -> tuple[str, ...]:
    """Those after "Kính gửi": one as it is, several as a list, each in a line (NĐ 30/2020, Phụ lục I)."""
    return listed(names, lead="- ") if len(names) > 1 else tuple(names)


def end_mark(style: Style) -> str:
    """What stands after the last word: "./."; in the Party's papers a full stop."""
    return "." if style is Style.PARTY else "./."


def ended(body: Sequence[Block], mark: str) -> tuple[Block, ...]:
    """The body with the end mark after its last word; below a last block that has no words of its own."""
    *rest, last = body
    if isinstance(last, Paragraph):
        return (*rest, Paragraph(last.text.rstrip(" .;") + mark))
    return (*rest, last, Paragraph(mark))


def roman(style: Style, numeral: str, text: str) -> str:
    """A heading of the first level: "I. …"; in the Party's papers "I- …"."""
    return f"{numeral}{'-' if style is Style.PARTY else '.'} {text}"


_NAMES = re.compile(
    r"(?:Đảng|Đại hội (?:Đảng|đại biểu)|Nhân dân|Nhà nước|Quốc hội|Chính phủ|Việt Nam|Hồ Chí Minh|Trung ương|Ủy ban"
    r"|Bộ (?:Chính trị|luật)|Ban (?:Bí thư|Chấp hành|Thường vụ)|Hội (?:đồng|Nông dân|Liên hiệp|Cựu chiến binh)|Mặt trận"
    r"|Đoàn Thanh niên|Quỹ|Tết|Luật)\b"
)
"""What an abstract may begin with that keeps its capital."""


def small_start(text: str) -> str:
    """A text that goes on from the line above: "kết quả thực hiện …"; a name or a short form keeps its capital."""
    if _NAMES.match(text) or text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def office_lines(name: str) -> tuple[str, ...]:
    """An office's name as a heading breaks it, before its place: ("Ủy ban nhân dân", "phường Hà Khánh").

    A place that isn't named ("Hội Nông dân phường", "Văn hóa - Xã hội") stays on the line.
    """
    name = " ".join(name.split())
    for place in _PLACE.finditer(name):
        if place.start() and not place.group(1).islower():
            return (name[: place.start()].rstrip(), name[place.start() :])
    return (name,)


FIRM = "\N{NO-BREAK SPACE}"
_KEPT = re.compile(r"Đại hội|(?<!\d)\d{4} [-–] \d{4}(?!\d)", re.IGNORECASE)
_DASH = re.compile(r"(?<=\S) (?=[-–] )")


def bound(text: str) -> str:
    """A text in which no line ends inside "Đại hội" or "2025 - 2030", and none begins with a dash between words."""
    if " " not in text:
        return text
    return _DASH.sub(FIRM, _KEPT.sub(lambda found: found.group().replace(" ", FIRM), text))


_TITLES = (
    "Ủy viên Ban Thường vụ",
    "Phó Bí thư Thường trực",
    "Phó Chủ tịch Thường trực",
    "Phó Chủ tịch",
    "Chủ tịch",
    "Phó Bí thư",
    "Bí thư",
    "Phó Trưởng ban",
    "Trưởng ban",
    "Phó Trưởng phòng",
    "Trưởng phòng",
    "Phó Chỉ huy trưởng",
    "Chỉ huy trưởng",
    "Phó Hiệu trưởng",
    "Hiệu trưởng",
    "Phó Chánh Văn phòng",
    "Chánh Văn phòng",
    "Phó Giám đốc",
    "Giám đốc",
    "Phụ trách",
    "Công chức",
    "Phó Trưởng",
    "Trưởng",
)
"""What a post begins with, a longer title before one that it begins with: behind it a line may end."""


def post_lines(post: str) -> tuple[str, ...]:
    """A post above a signature, a part a line: "Bí thư Đảng ủy," and "Chủ tịch UBND phường".

    Within a part a line may end behind the title alone: "Trưởng ban" / "công tác Mặt trận".
    """
    *first, last = post.split(", ")
    return tuple(_firm(part) for part in (*(f"{part}," for part in first), last))


def _firm(part: str) -> str:
    prefix = next((mark for mark in ("KT. ", "TL. ", "TUQ. ", "Q. ") if part.startswith(mark)), "")
    rest = part.removeprefix(prefix)
    for title in _TITLES:
        if rest.lower().startswith(f"{title.lower()} "):
            whole = (prefix + rest[: len(title)], rest[len(title) + 1 :])
            return " ".join(piece.replace(" ", FIRM) for piece in whole)
    return part.replace(" ", FIRM)


_TOGETHER = re.compile(
    r"Đảng ủy|Ủy ban(?: nhân dân)?|Hội đồng(?: nhân dân)?|nhân dân|Mặt trận|Tổ quốc|Việt Nam|Phụ nữ"
    r"|Nông dân|Cựu chiến binh|Thanh niên|Hồ Chí Minh|Công an|Quân sự|Y tế|Mầm non|Tiểu học|Thống kê|Hộ tịch|Kế toán"
    r"|Tài chính|Xã hội|Văn hóa|Tư pháp|Địa chính|Xây dựng|Đô thị|Môi trường|Văn phòng|Bộ phận|Khu phố \S+"
    r"|Tổ dân phố \S+"
    r"|(?:phường|xã|thị trấn|thành phố|tỉnh) (?-i:[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*)*)",
    re.IGNORECASE,
)
"""Words of offices' names that belong together, and a place with its kind."""


def firm(name: str) -> str:
    """An office's name in which a line ends between its parts alone: "Văn phòng" / "Đảng ủy phường"."""
    kept = _TOGETHER.sub(lambda found: found.group().replace(" ", FIRM), " ".join(name.split()))
    return kept.replace(" - ", f"{FIRM}- ")
