"""Gợi ý thể thức: what Nghị định 30/2020/NĐ-CP, Phụ lục I and II, would have written otherwise. Plain Python.

Hints alone: each names the place, proposes other words and says why. They never keep anybody from saving or issuing.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pledges.core.dates import long_date

LONGEST_ABSTRACT = 190
"""About three lines of bold 14 between rules that leave room at both sides."""
_AROUND = 18


@dataclass(frozen=True, slots=True)
class Hint:
    """Một gợi ý: what stands there with the words around it, what is proposed, and why; `field` is where.

    `span` is the place that `right` would take, where one press can set it right.
    """

    found: str
    proposal: str
    why: str
    field: str = ""
    span: tuple[int, int] | None = None
    right: str = ""


def set_right(text: str, span: tuple[int, int]) -> str:
    """The text with what a hint proposes for this place; as it is where no hint speaks of it any more."""
    hint = next((one for one in hints_in(text) if one.span == span), None)
    return text if hint is None else f"{text[: span[0]]}{hint.right}{text[span[1] :]}".strip()


@dataclass(frozen=True, slots=True)
class _Swap:
    """Words that are written otherwise; `right` makes them of what was found, or says "" where they are right."""

    pattern: re.Pattern[str]
    right: Callable[[re.Match[str]], str]
    why: str


def _unless(*before: str) -> str:
    return "".join(f"(?<!{words} )" for words in before)


_PEOPLE = re.compile(
    _unless(
        "Ủy ban", "ủy ban", "Uỷ ban", "uỷ ban", "Hội đồng", "hội đồng", "Tòa án", "tòa án", "Công an", "công an",
        "Quân đội", "quân đội", "Viện kiểm sát", "viện kiểm sát", "Kiểm sát", "kiểm sát", "vũ trang", "Học viện",
    )
    + r"\bnhân dân\b"
)  # fmt: skip
_STATE = re.compile(
    _unless(
        "quản lý", "Quản lý", "cơ quan", "Cơ quan", "ngân sách", "Ngân sách", "hành chính", "doanh nghiệp", "kho bạc",
        "Kho bạc", "vốn", "kiểm toán", "Kiểm toán", "bí mật", "công vụ", "Ngân hàng",
    )
    + r"\bnhà nước\b"
)  # fmt: skip
_DAY = re.compile(r"\b([Nn])gày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b")
_MONTH = re.compile(r"(?<!\d )\b([Tt])háng (\d{1,2}) năm (\d{4})\b")
_STARTS = re.compile(r"(?:^|[.!?:]\s+|\n|^- )$")


def _inside(found: re.Match[str]) -> bool:
    """Whether what was found stands inside a sentence."""
    return _STARTS.search(found.string[: found.start()]) is None


def _lower(found: re.Match[str]) -> str:
    return found[0][:1].lower() + found[0][1:] if _inside(found) else ""


def _upper(found: re.Match[str]) -> str:
    return found[0][:1].upper() + found[0][1:]


def _day(found: re.Match[str]) -> str:
    day, month, year = int(found[2]), int(found[3]), int(found[4])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:  # noqa: PLR2004 - months of a year
        return ""
    return f"{found[1]}{long_date(date(year, month, day))[1:]}"


def _month(found: re.Match[str]) -> str:
    month = int(found[2])
    wanted = f"{month:02}" if month <= 2 else str(month)  # noqa: PLR2004 - January and February
    return f"{found[1]}háng {wanted} năm {found[3]}"


_SWAPS = (
    _Swap(_PEOPLE, _upper, "“Nhân dân” viết hoa (Phụ lục II)"),
    _Swap(_STATE, _upper, "“Nhà nước” viết hoa (Phụ lục II)"),
    _Swap(re.compile(r"\bKhoản(?= \d)"), _lower, "“khoản” viết thường khi viện dẫn (Phụ lục II)"),
    _Swap(
        re.compile(r"\bĐiểm(?= [a-zđ]\b(?:,| khoản| Khoản))"),
        _lower,
        "“điểm” viết thường khi viện dẫn (Phụ lục II)",
    ),
    _Swap(re.compile(r"\bđiều(?= \d+\b)"), _upper, "“Điều” viết hoa khi viện dẫn (Phụ lục II)"),
    _Swap(re.compile(r"\bchương(?= [IVX]+\b)"), _upper, "“Chương” viết hoa khi viện dẫn (Phụ lục II)"),
    _Swap(_DAY, _day, "ngày dưới 10 và tháng 1, 2 thêm số 0, tháng 3 đến 9 thì không (Phụ lục I)"),
    _Swap(_MONTH, _month, "tháng 1, 2 thêm số 0, tháng 3 đến 9 thì không (Phụ lục I)"),
    _Swap(re.compile(r" +(?=[,.;:!?)”])(?!\.\.)"), lambda _found: "", "không có khoảng trắng trước dấu câu"),
)
_ALWAYS = {_SWAPS[-1].pattern}
"""Here nothing at all is the proposal."""


def hints_in(text: str) -> Iterator[Hint]:
    """What a text would have otherwise, in the order of its places."""
    found = [
        (match.start(), _hint(match, right, swap.why))
        for swap in _SWAPS
        for match in swap.pattern.finditer(text)
        if (right := swap.right(match)) != match[0] and (right or swap.pattern in _ALWAYS)
    ]
    found += [(match.start(), _hint(match, "", _END)) for match in _END_MARK.finditer(text)]
    yield from (hint for _at, hint in sorted(found, key=lambda pair: pair[0]))
    yield from _bases(text)


_END_MARK = re.compile(r"\./\.")
_END = "dấu “./.” tự in sau chữ cuối cùng của văn bản, không viết ở giữa"


def _hint(found: re.Match[str], right: str, why: str) -> Hint:
    text, start, end = found.string, found.start(), found.end()
    left, rest = _left(text[:start]), _right(text[end:])
    return Hint(
        f"{left}{found[0]}{rest}".strip(), f"{left}{right}{rest}".strip(), why, span=found.span(), right=right
    )


def _left(text: str) -> str:
    """The words before a place, as many as tell where it is."""
    line = text.rpartition("\n")[2]
    return line if len(line) <= _AROUND else "…" + line[-_AROUND:].partition(" ")[2]


def _right(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _AROUND else line[:_AROUND].rpartition(" ")[0] + "…"


def _bases(text: str) -> Iterator[Hint]:
    """Căn cứ: each line ends with ";", the last of them with "."."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    bases = [line for line in lines if line.startswith("Căn cứ ")]
    for at, line in enumerate(bases):
        mark = "." if at == len(bases) - 1 else ";"
        if not line.endswith(mark):
            end = line[-_AROUND:].partition(" ")[2] or line
            yield Hint(
                f"…{end}",
                f"…{end.rstrip(' .;,')}{mark}",
                "mỗi căn cứ kết thúc bằng “;”, căn cứ cuối bằng “.”",
            )


def hints_of_abstract(text: str) -> Iterator[Hint]:
    """What the abstract would have otherwise: it is short, and ends without a mark."""
    if len(text) > LONGEST_ABSTRACT:
        yield Hint(
            f"{text[:40]}…",
            f"rút ngắn còn không quá {LONGEST_ABSTRACT} ký tự",
            f"trích yếu dài {len(text)} ký tự, in quá ba dòng; trích yếu ngắn gọn, đủ nội dung chủ yếu",
        )
    if text.endswith((".", ";", ",")):
        yield Hint(text[-_AROUND:], text[-_AROUND:].rstrip(" .;,"), "trích yếu không có dấu ở cuối")
    yield from hints_in(text)


_SHORT = re.compile(r"\b[A-ZĐ]{2,8}\b")
_NUMERAL = re.compile(r"[IVXLC]+")
COMMON = frozenset(
    {"UBND", "HĐND", "MTTQ", "BC", "KH", "QĐ", "NĐ", "CP", "TTr", "CT", "QH", "TW", "VT", "STT", "PDF"}
)
"""Short forms that everybody knows, and those of symbols of documents."""


def unexplained(texts: Iterable[tuple[str, str]]) -> Iterator[Hint]:
    """Short forms that stand nowhere beside their long form up to the place where they are first used.

    `texts` are the document's texts in their order, each with its field; fields without a name are read only.
    """
    known = set(COMMON)
    for where, text in texts:
        for match in _SHORT.finditer(text):
            word = match[0]
            if word in known or _NUMERAL.fullmatch(word) or _of_a_symbol(match):
                continue
            known.add(word)
            if where and not _explained(match):
                why = "chữ viết tắt dùng lần đầu thì viết đầy đủ, chữ viết tắt để trong ngoặc đơn ngay sau"
                hint = _hint(match, f"… ({word})", why)
                yield replace(hint, field=where, span=None)


def _of_a_symbol(found: re.Match[str]) -> bool:
    """Whether it is a part of a symbol: 133/KH-UBND."""
    around = (
        found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() : found.end() + 1]
    )
    return any(mark in "/-" for mark in around)


def _explained(found: re.Match[str]) -> bool:
    before = found.string[: found.start()]
    return before.endswith(("(", "viết tắt là ", "gọi tắt là ", "gọi là "))


def hints_of(texts: Sequence[tuple[str, str]], abstract: str) -> dict[str, list[Hint]]:
    """Every hint by its field; `texts` are the document's in their order, those without a field are read only."""
    found: dict[str, list[Hint]] = {}
    if said := list(hints_of_abstract(abstract)):
        found["abstract"] = said
    for field, text in texts:
        if field and (here := list(hints_in(text))):
            found.setdefault(field, []).extend(replace(one, field=field) for one in here)
    for hint in unexplained(texts):
        found.setdefault(hint.field, []).append(hint)
    return found
