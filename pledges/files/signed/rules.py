"""What the check of a signed PDF can find, in the office's words; what a signature proves, and what it leaves open.

Nothing here opens a file. A signature proves something when its bytes are whole, it covers the file, nothing was
changed after it, and its certificate was good when it was given. What the app can't know by itself (whose root that
is, whether the text is the very one, when it was given) is a doubt, for somebody to answer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pledges.core.dates import ZONE, format_date
from pledges.core.refusal import Refused


class PdfRefused(Refused):
    """A file that is not taken as a signed PDF; the message is for the user."""


class NotSigned(PdfRefused):
    """A file without any signature inside."""


class Integrity(StrEnum):
    """Whether what was signed is still what stands in the file."""

    WHOLE = "whole"
    CHANGED = "changed"
    FORGED = "forged"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """The finding in words."""
        return {
            Integrity.WHOLE: "Nguyên vẹn: nội dung đúng như lúc ký",
            Integrity.CHANGED: "Hỏng: nội dung trong tệp không còn như lúc ký",
            Integrity.FORGED: "Hỏng: chữ ký không khớp với chứng thư kèm theo",
            Integrity.UNREADABLE: "Không đọc được chữ ký này",
        }[self]


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    FILE = "file"
    REVISION = "revision"
    PART = "part"

    @property
    def label(self) -> str:
        """The finding in words."""
        return {
            Coverage.FILE: "Toàn bộ tệp",
            Coverage.REVISION: "Toàn bộ tệp như lúc ký; sau đó tệp có phần ghi thêm",
            Coverage.PART: "Chỉ một phần của tệp",
        }[self]


class Later(StrEnum):
    """What was added to the file after a signature."""

    NOTHING = "nothing"
    ARCHIVING = "archiving"
    SIGNING = "signing"
    FORBIDDEN = "forbidden"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The finding in words."""
        return {
            Later.NOTHING: "Không có gì",
            Later.ARCHIVING: "Chỉ dấu thời gian và dữ liệu để lưu trữ lâu dài",
            Later.SIGNING: "Chỉ chữ ký của người ký sau hoặc ô điền của biểu mẫu",
            Later.FORBIDDEN: "Có phần ghi thêm mà người ký không cho phép",
            Later.CHANGED: "Tệp bị sửa: thêm trang, đổi nội dung hoặc chú thích",
        }[self]


class Trust(StrEnum):
    """What is known of the certificate: good at the moment of signing, and whose root it leads to."""

    KNOWN = "known"
    EXPIRED_SINCE = "expired_since"
    NO_ROOTS = "no_roots"
    UNKNOWN_ROOT = "unknown_root"
    SELF_SIGNED = "self_signed"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NOT_FOR_SIGNING = "not_for_signing"
    REVOKED = "revoked"
    WEAK = "weak"
    BROKEN_CHAIN = "broken_chain"
    NOT_LOOKED_AT = "not_looked_at"

    @property
    def label(self) -> str:
        """The finding in words."""
        return {
            Trust.KNOWN: "Do tổ chức trong danh sách gốc tin cậy của phường cấp",
            Trust.EXPIRED_SINCE: (
                "Do tổ chức tin cậy cấp, nhưng đã hết hạn khi nộp tệp, "
                "mà không có dấu thời gian để biết chắc đã ký khi còn hạn"
            ),
            Trust.NO_ROOTS: "Không kiểm được nguồn gốc chứng thư vì phường chưa cấu hình gốc tin cậy",
            Trust.UNKNOWN_ROOT: "Do tổ chức không có trong danh sách gốc tin cậy của phường cấp",
            Trust.SELF_SIGNED: "Chứng thư tự cấp: không có tổ chức nào chứng nhận người ký",
            Trust.EXPIRED: "Chứng thư đã hết hạn lúc ký",
            Trust.NOT_YET_VALID: "Chứng thư chưa có hiệu lực lúc ký",
            Trust.NOT_FOR_SIGNING: "Chứng thư không được cấp để ký văn bản",
            Trust.REVOKED: "Chứng thư đã bị thu hồi, theo dữ liệu kèm trong tệp",
            Trust.WEAK: "Thuật toán ký đã lỗi thời, có thể bị giả mạo",
            Trust.BROKEN_CHAIN: "Chuỗi chứng thư dẫn tới gốc tin cậy có chỗ không hợp lệ",
            Trust.NOT_LOOKED_AT: "Không xét, vì chữ ký đã hỏng",
        }[self]


DOUBTFUL = frozenset({Trust.NO_ROOTS, Trust.UNKNOWN_ROOT, Trust.EXPIRED_SINCE})
"""Certificates of which the app can't say whether they were good: who knows the signer may answer for them."""


class Sameness(StrEnum):
    """By what the file is known to hold the very text that was frozen."""

    BYTES = "bytes"
    DIGEST = "digest"
    CODE = "code"
    UNPROVEN = "unproven"

    def words(self, paper: str) -> str:
        """The finding in words; `paper` is what the frozen text is called: "bản chốt"."""
        return {
            Sameness.BYTES: f"Tệp là {paper}, có thêm chữ ký",
            Sameness.DIGEST: f"Trên tệp có đúng mã SHA-256 của {paper}",
            Sameness.CODE: f"Trên tệp có đúng mã kiểm tra của {paper}",
            Sameness.UNPROVEN: f"Không tìm thấy mã SHA-256 hay mã kiểm tra của {paper} trên tệp",
        }[self]


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Dấu thời gian: a time that an authority vouches for; `good` when its own signature and root were proven."""

    at: datetime
    authority: str
    good: bool


@dataclass(frozen=True, kw_only=True)
class PdfSignature:
    """One signature of the file, as it was found. `mark` is the SHA-256 of its own bytes, empty when unreadable."""

    mark: str
    name: str = ""
    organisation: str = ""
    serial: str = ""
    issuer: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    said_at: datetime | None = None
    stamp: Stamp | None = None
    integrity: Integrity
    coverage: Coverage = Coverage.PART
    later: Later = Later.CHANGED
    trust: Trust = Trust.NOT_LOOKED_AT
    root: str = ""

    @property
    def signed_at(self) -> datetime | None:
        """When it was given: as an authority vouches, else as the signer's computer said."""
        return self.stamp.at if self.stamp is not None and self.stamp.good else self.said_at

    @property
    def signed_on(self) -> date | None:
        """The day in Việt Nam on which it was given."""
        return self.signed_at.astimezone(ZONE).date() if self.signed_at is not None else None

    @property
    def validity_words(self) -> str:
        """From when to when the certificate is good."""
        days = [one and format_date(one.astimezone(ZONE).date()) for one in (self.valid_from, self.valid_to)]
        return f"hiệu lực từ {days[0] or 'không rõ ngày'} đến {days[1] or 'không rõ ngày'}"

    @property
    def label(self) -> str:
        """The signature in a list."""
        return self.name or "Không rõ người ký"


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything that the check of one file found. `roots` counts the trusted roots that it was checked against."""

    checked_at: datetime
    pages: int
    sameness: Sameness
    roots: int
    signatures: tuple[PdfSignature, ...]
    stamps: tuple[Stamp, ...] = ()


def fault(signature: PdfSignature) -> str:
    """Why a signature proves nothing, in words; empty when it does."""
    found = (
        (signature.integrity is not Integrity.WHOLE, f"{signature.integrity.label}."),
        (
            signature.coverage is Coverage.PART,
            "Chữ ký chỉ bao trùm một phần của tệp nên không chứng minh được cả văn bản.",
        ),
        (signature.later in {Later.FORBIDDEN, Later.CHANGED}, f"{signature.later.label} sau khi ký."),
        (signature.trust is not Trust.KNOWN and signature.trust not in DOUBTFUL, f"{signature.trust.label}."),
    )
    return next((words for holds, words in found if holds), "")


def doubts(signature: PdfSignature) -> list[str]:
    """What the clerk has to know for certain before a signature that is not refused counts."""
    trust, name = signature.trust, signature.label
    found = []
    if trust in DOUBTFUL:
        found.append(f"Chứng thư của {name}: {trust.label[0].lower()}{trust.label[1:]}.")
    if signature.signed_at is None:
        found.append(f"Chữ ký của {name} không ghi thời điểm ký; lấy ngày nộp tệp làm ngày ký.")
    return found
