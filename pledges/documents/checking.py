"""Kiểm tra bản in: what anybody who holds a printed commitment or an issued document may learn from its code.

It says whether the text is in force, and what tells this paper from another: the unit and the campaign that it speaks
of, or number, day and abstract; its digest, its pages, its dates. Of people it says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from pledges.codes.models import CheckCode
from pledges.codes.queries import by_code
from pledges.codes.rules import read_code, shown
from pledges.commitments.content import sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import editions, whole
from pledges.commitments.rules import BrokenSeal, CommitmentStatus
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.issuing.checked import facts_of, issued_as
from pledges.documents.models import Document
from pledges.documents.rules import DocumentStatus
from pledges.documents.seals import KIND

LONGEST = 200
"""Of what is typed or scanned: an address with a code in it is far shorter."""


class Verdict(StrEnum):
    """Kết quả kiểm tra: what the paper with this code is worth."""

    IN_FORCE = "in_force"
    WAITING = "waiting"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return _WORDS[self][0]

    @property
    def kind(self) -> str:
        """How a page colours it."""
        return _WORDS[self][1]

    @property
    def meaning(self) -> str:
        """What it means for the paper in hand."""
        return _WORDS[self][2]


_WORDS = {
    Verdict.IN_FORCE: (
        "Đang có hiệu lực",
        "good",
        "Bản cam kết mang mã này đã đủ chữ ký và chưa bị thay thế.",
    ),
    Verdict.WAITING: (
        "Chưa ký đủ",
        "warn",
        "Nội dung đã chốt nhưng chưa ghi nhận đủ chữ ký, nên bản cam kết chưa có hiệu lực.",
    ),
    Verdict.SUPERSEDED: ("Đã được thay bằng bản mới", "warn", "Bản in này là bản cũ, không còn hiệu lực."),
    Verdict.WITHDRAWN: (
        "Đã thu hồi",
        "bad",
        "Bản cam kết mang mã này đã được thu hồi trước khi ký đủ, không có hiệu lực.",
    ),
    Verdict.BROKEN: (
        "Không xác nhận được",
        "bad",
        (
            "Nội dung đang lưu không còn khớp mã SHA-256 ghi lúc chốt. "
            "Chưa thể kết luận về bản in này; xin báo cho đơn vị phát hành."
        ),
    ),
    Verdict.UNKNOWN: (
        "Không có văn bản nào mang mã này",
        "bad",
        (
            "Xin đối chiếu lại từng ký tự với mã in ở chân trang. Nếu mã trên giấy đúng như đã nhập, "
            "bản in đó không do phần mềm này in ra."
        ),
    ),
    Verdict.MISTYPED: (
        "Mã nhập chưa đúng hoặc không do hệ thống cấp",
        "warn",
        (
            "Mã kiểm tra gồm mười chữ và số, như 7KQ2M-9XDAB, in ở chân trang sau chữ “Mã kiểm tra”; "
            "không có số 0, số 1 và các chữ I, L, O, S, U. Xin nhập lại. "
            "Nếu đã nhập đúng như trên giấy thì mã này không phải do hệ thống cấp."
        ),
    ),
}


@dataclass(frozen=True)
class Answer:
    """What the page says; `facts` are pairs of label and value, empty where nothing was found.

    `said` is what the verdict means for this kind of paper, where that is not what it means for a commitment.
    """

    verdict: Verdict
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    said: str = ""

    @property
    def meaning(self) -> str:
        """What it means for the paper in hand."""
        return self.said or self.verdict.meaning


PageCount = Callable[[Commitment, dict[str, Any]], int | None]
"""How many pages the paper of a commitment has as it is printed now; None where it can't be printed."""


def checked(session: Session, typed: str, pages: PageCount) -> Answer:
    """What a code that somebody typed or scanned says; reads and writes nothing else."""
    code = read_code(typed.rpartition("ma=")[2][:LONGEST])
    if code is None:
        return Answer(Verdict.MISTYPED)
    given = session.scalars(by_code(code)).first()
    if given is None:
        return Answer(Verdict.UNKNOWN, shown(code))
    return _answer(session, given, pages)


def _answer(session: Session, given: CheckCode, pages: PageCount) -> Answer:
    """What the record behind a code says; a code whose record is gone, or says another thing, confirms nothing."""
    if given.kind == Document.__tablename__:
        return _of_document(session, given)
    code = shown(given.code)
    found = None
    if given.kind == KIND:
        found = session.scalars(whole().where(Commitment.id == given.record_id)).first()
    try:
        content = sealed_content(found) if found is not None else {}
    except BrokenSeal:
        content = {}
    if found is None or not content or found.digest != given.digest:
        return Answer(Verdict.BROKEN, code, digest=given.digest)
    return Answer(_VERDICTS[found.status], code, tuple(_facts(session, found, content, pages)), given.digest)


def _of_document(session: Session, given: CheckCode) -> Answer:
    """What an issued document says of itself."""
    code, found = shown(given.code), issued_as(session, given.record_id, given.digest)
    if found is None:
        return Answer(Verdict.BROKEN, code, digest=given.digest)
    verdict, said = _OF_DOCUMENTS[found.status]
    return Answer(verdict, code, facts_of(session, found), given.digest, said)


_OF_DOCUMENTS = {
    DocumentStatus.ISSUED: (
        Verdict.IN_FORCE,
        "Văn bản mang mã này đã phát hành, chưa bị thay thế hay thu hồi.",
    ),
    DocumentStatus.REPLACED: (Verdict.SUPERSEDED, "Văn bản này đã được thay bằng văn bản ghi dưới đây."),
    DocumentStatus.WITHDRAWN: (Verdict.WITHDRAWN, "Văn bản mang mã này đã được thu hồi, không còn hiệu lực."),
}

_VERDICTS = {
    CommitmentStatus.FROZEN: Verdict.WAITING,
    CommitmentStatus.SIGNED: Verdict.IN_FORCE,
    CommitmentStatus.SUPERSEDED: Verdict.SUPERSEDED,
    CommitmentStatus.WITHDRAWN: Verdict.WITHDRAWN,
}


def _facts(
    session: Session, found: Commitment, content: dict[str, Any], pages: PageCount
) -> list[tuple[str, str]]:
    facts = [
        ("Văn bản", "Bản cam kết thi đua"),
        ("Đơn vị cam kết", content["unit"]["name"]),
        ("Phong trào", content["campaign"]["title"]),
        ("Lần lập", str(content["edition"])),
        ("Số phần việc", str(len(content["tasks"]))),
    ]
    if (count := pages(found, content)) is not None:
        facts.append(("Số trang bản in", str(count)))
    facts += [(label, format_date(day)) for label, day in _days(found) if day is not None]
    if found.status is CommitmentStatus.SUPERSEDED:
        facts += _successor(session, found)
    return facts


def _days(found: Commitment) -> list[tuple[str, date | None]]:
    return [
        ("Chốt nội dung ngày", _day(found.frozen_at)),
        ("Ký đủ ngày", found.signed_on),
        ("Được thay ngày", _day(found.superseded_at)),
        ("Thu hồi ngày", _day(found.withdrawn_at)),
    ]


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment is not None else None


def _successor(session: Session, found: Commitment) -> list[tuple[str, str]]:
    """The edition that took its place, and the one in force where that is yet another."""
    later = [
        one
        for one in session.scalars(editions(found.campaign_id, found.unit_id))
        if one.edition > found.edition and one.signed_on is not None
    ]
    said = [("Thay bằng", later[-1])] if later else []
    if len(later) > 1:
        said.append(("Bản lập sau cùng đã ký đủ", later[0]))
    return [(label, _edition(one)) for label, one in said]


def _edition(one: Commitment) -> str:
    signed = f", ký đủ ngày {format_date(one.signed_on)}" if one.signed_on is not None else ""
    return f"bản lập lần {one.edition}{signed}"
