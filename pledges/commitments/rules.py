"""The way of a commitment: prepared, frozen, signed by everybody named, superseded by a newer edition.

A frozen one can be taken back while a signature is missing.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from pledges.audit.rules import canonical
from pledges.core.refusal import Refused


class CommitmentStatus(StrEnum):
    """Where a commitment stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return {
            CommitmentStatus.DRAFT: "Đang soạn",
            CommitmentStatus.FROZEN: "Đã chốt, chờ ký",
            CommitmentStatus.SIGNED: "Đã ký",
            CommitmentStatus.SUPERSEDED: "Đã thay bằng bản mới",
            CommitmentStatus.WITHDRAWN: "Đã thu hồi",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours the status."""
        return {
            CommitmentStatus.DRAFT: "draft",
            CommitmentStatus.FROZEN: "sent",
            CommitmentStatus.SIGNED: "good",
            CommitmentStatus.SUPERSEDED: "off",
            CommitmentStatus.WITHDRAWN: "off",
        }[self]


class SigningWay(StrEnum):
    """How a signature was given; the ways are equal in every count and list.

    In the app it is proof of approval, not a "chữ ký số" (Luật Giao dịch điện tử 20/2023/QH15, Điều 22-23).
    """

    PAPER = "paper"
    IN_APP = "in_app"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """The way in words."""
        return {
            SigningWay.PAPER: "Ký trên giấy",
            SigningWay.IN_APP: "Xác nhận điện tử nội bộ",
            SigningWay.OUTSIDE: "Chữ ký số trên tệp PDF",
        }[self]


class CopyKind(StrEnum):
    """What was filed of a commitment that was signed outside the app."""

    SCAN = "scan"
    SIGNED_PDF = "signed_pdf"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return {
            CopyKind.SCAN: "Bản quét, ảnh chụp bản ký giấy",
            CopyKind.SIGNED_PDF: "Tệp PDF có chữ ký số",
        }[self]


CHANGED = "Nội dung vừa thay đổi so với trang đồng chí đọc; đọc lại dưới đây rồi chốt."


class StepRefused(Refused):
    """A step that the commitment's status does not allow; the message is for the user."""


class BrokenSeal(Exception):
    """A frozen text that does not match its digest: somebody changed it past the program."""

    def __init__(self, digest: str) -> None:
        """Keep the digest that the text should have."""
        super().__init__(digest)
        self.digest = digest


class Gone(NamedTuple):
    """A task that a frozen text pledges no more as it stands in the list: it left it, or was amended since."""

    number: int
    title: str
    amended: bool = False


def dropped_words(tasks: Iterable[Gone]) -> str:
    """Why a frozen text is not signed: what it pledges left the campaign's list since, or was amended."""
    said: dict[str, list[str]] = {}
    for one in tasks:
        words = "đã được điều chỉnh sau khi chốt" if one.amended else "không còn trong danh mục"
        said.setdefault(words, []).append(f"số {one.number} “{one.title}”")
    named = ", phần việc ".join(f"{'; '.join(names)} {words}" for words, names in said.items())
    return f"Phần việc {named} nên bản này không ký được nữa; cần thu hồi bản chốt rồi soạn bản mới."


def seal(content: dict[str, Any]) -> tuple[str, str]:
    """The canonical text of a commitment and its SHA-256: what is signed, for ever."""
    text = canonical(content)
    return text, digest_of(text)


def digest_of(text: str) -> str:
    """The SHA-256 of a commitment's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def status_of(*, frozen: bool, superseded: bool, signatories: int, signatures: int) -> CommitmentStatus:
    """The status that the facts give: signed when everybody named has signed (a khu phố after its third)."""
    if superseded:
        return CommitmentStatus.SUPERSEDED
    if not frozen:
        return CommitmentStatus.DRAFT
    if signatories and signatures >= signatories:
        return CommitmentStatus.SIGNED
    return CommitmentStatus.FROZEN
