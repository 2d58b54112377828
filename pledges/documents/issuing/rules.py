"""What may be done with a document, and how its number runs. Plain Python."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pledges.core.dates import format_date
from pledges.core.refusal import Refused
from pledges.documents.rules import DocumentStatus, PaperKind, number_text
from pledges.documents.sheets.paper import Style

_TYPES = {"BC": "Báo cáo", "BB": "Biên bản", "": "Công văn"}
_TERM = re.compile(r"(?P<first>\d{4})-(?P<last>\d{4})")
_YEARS_OF_A_TERM = 5
_FATES = {DocumentStatus.WITHDRAWN: "đã thu hồi", DocumentStatus.REPLACED: "đã được thay thế"}


class NumberUsed(Refused):
    """Another document of the series has the number; the message names it."""


@dataclass(frozen=True)
class Numbered:
    """A number of a series that is used, by what and on which day."""

    number: int
    issued_on: date
    words: str


def type_of(kind: PaperKind) -> str:
    """Tên loại văn bản, as it begins a sentence: "Báo cáo"."""
    return _TYPES.get(kind.code, kind.label)


def style_of_symbol(symbol: str) -> Style:
    """Whose number is written with the symbol: those of the Party hold the slash themselves ("BC/ĐU")."""
    return Style.PARTY if "/" in symbol else Style.STATE


def number_and_symbol(number: int, symbol: str) -> str:
    """Số, ký hiệu in a sentence: "05/BC-UBND", "05-BC/ĐU"."""
    return number_text(number, symbol, style_of_symbol(symbol)).removeprefix("Số").lstrip(": ")


def name_of(kind: PaperKind, number: int | None, symbol: str) -> str:
    """What a document is called: "Báo cáo số 05/BC-UBND", "Dự thảo Báo cáo tiến độ" before it has a number."""
    if number is None:
        return f"Dự thảo {kind.label[:1].lower()}{kind.label[1:]}"
    return f"{type_of(kind)} số {number_and_symbol(number, symbol)}"


def with_fate(words: str, status: DocumentStatus) -> str:
    """A document that is named, with what became of it: "06/BC-UBND (đã thu hồi)"."""
    return f"{words} ({_FATES[status]})" if status in _FATES else words


def next_number(used: Iterable[int]) -> int:
    """Số tiếp theo that is suggested: one more than the highest used."""
    return max(used, default=0) + 1


def term_of(issued_on: date) -> str:
    """Nhiệm kỳ that is suggested: "2020-2025"; Party congresses are held in years that end in 0 and 5."""
    first = issued_on.year - issued_on.year % _YEARS_OF_A_TERM
    return f"{first}-{first + _YEARS_OF_A_TERM}"


def check_term(term: str) -> None:
    """Refuse what names no term of office."""
    found = _TERM.fullmatch(term)
    if found is None or int(found["first"]) >= int(found["last"]):
        raise Refused("Nhiệm kỳ ghi bằng hai năm, ví dụ 2020-2025.")


def check_day(issued_on: date, today: date) -> None:
    """Refuse a day that is still to come."""
    if issued_on > today:
        raise Refused(f"Ngày ban hành không được sau hôm nay ({format_date(today)}).")


def check_number(number: int, used: Sequence[Numbered]) -> None:
    """Refuse a number that another document of the series has."""
    taken = next((one for one in used if one.number == number), None)
    if taken is not None:
        highest = next_number(one.number for one in used)
        raise NumberUsed(
            f"Số {number:02} đã dùng cho {taken.words}, ngày {format_date(taken.issued_on)}. "
            f"Số tiếp theo là {highest:02}."
        )


def doubts(number: int, issued_on: date, as_of: date, used: Sequence[Numbered]) -> tuple[str, ...]:
    """What is unusual about a number and its day, and is asked about before it is issued."""
    found = []
    before = max((one for one in used if one.number < number), key=lambda one: one.number, default=None)
    after = min((one for one in used if one.number > number), key=lambda one: one.number, default=None)
    if before is not None and before.issued_on > issued_on:
        found.append(
            f"Ngày ban hành sớm hơn ngày của số liền trước: số {before.number:02} ban hành ngày "
            f"{format_date(before.issued_on)}."
        )
    if after is not None and after.issued_on < issued_on:
        found.append(
            f"Ngày ban hành muộn hơn ngày của số liền sau: số {after.number:02} ban hành ngày "
            f"{format_date(after.issued_on)}."
        )
    if as_of > issued_on:
        found.append(f"Số liệu tính đến ngày {format_date(as_of)}, sau ngày ban hành.")
    return tuple(found)


def missing(
    *, abstract: str, posts: Sequence[str], signer: str, recipients: Sequence[str]
) -> tuple[str, ...]:
    """What a document still lacks before it can go to whoever signs."""
    asked = {
        "trích yếu": bool(abstract.strip()),
        "chức vụ người ký": any(post.strip() for post in posts),
        "họ tên người ký": bool(signer.strip()),
        "nơi nhận": any(one.strip() for one in recipients),
    }
    return tuple(words for words, given in asked.items() if not given)


def check_whole(lacking: Sequence[str]) -> None:
    """Refuse a document that lacks something."""
    if lacking:
        raise Refused(f"Chưa trình ký được: còn thiếu {', '.join(lacking)}.")


def check_printable(unprintable: Sequence[str]) -> None:
    """Refuse a document with characters that no printed face has."""
    if unprintable:
        named = "; ".join(unprintable)
        raise Refused(f"Chưa trình ký được: không in được {named}. Hãy sửa hoặc xóa các ký tự này.")


def check_stands(status: DocumentStatus, wanted: DocumentStatus, act: str) -> None:
    """Refuse an act on a document that stands elsewhere."""
    if status is not wanted:
        raise Refused(f"Văn bản đang ở bước “{status.label.lower()}” nên không {act} được.")


def check_reason(reason: str) -> None:
    """Refuse to take something back without saying why."""
    if not reason.strip():
        raise Refused("Ghi lý do.")
