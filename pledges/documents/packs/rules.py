"""Which packs there are, what one is made of, and how the work on one stands. Plain Python."""

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
KEPT_FOR = timedelta(hours=24)
"""So long the file of a pack can be fetched."""
LISTED_FOR = timedelta(days=30)
"""So long a pack stands on the list of whoever asked."""
AT_ONCE = 24
"""A pack of no more papers is drawn while the browser waits: a ward's units, in a quarter of a second."""
AT_ONCE_BYTES = 8_000_000
"""The same for files that are only put together."""
TELLING = 0.3
"""Seconds between two words on how far the work has come."""


class PackKind(StrEnum):
    """Loại tập in: which papers are bound."""

    COMMITMENTS = "commitments"
    UNIT_REPORTS = "unit_reports"
    REPORT_FORMS = "report_forms"
    ISSUED = "issued"
    EVIDENCE = "evidence"

    @property
    def label(self) -> str:
        """The pack in the office's words."""
        return _PACKS[self][0]

    @property
    def path(self) -> str:
        """The pack in an address."""
        return _PACKS[self][1]

    @property
    def about(self) -> str:
        """What it is good for, in a sentence."""
        return _PACKS[self][2]

    @property
    def when_empty(self) -> str:
        """What is said where there is nothing to put in."""
        return _PACKS[self][3]

    @property
    def counted(self) -> str:
        """What its pieces are called."""
        return "tệp" if self is PackKind.EVIDENCE else "văn bản"

    @property
    def bindings(self) -> tuple["Binding", ...]:
        """The ways in which it can be bound: photos and lists are no pages of one paper."""
        return (Binding.ZIP,) if self is PackKind.EVIDENCE else tuple(Binding)

    @classmethod
    def of_path(cls, path: str) -> "PackKind | None":
        """The pack that an address names."""
        return next((kind for kind in cls if kind.path == path), None)


_PACKS = {
    PackKind.COMMITMENTS: (
        "Bản cam kết của các đơn vị",
        "ban-cam-ket",
        "Bản cam kết đã chốt của từng đơn vị, có mã kiểm tra và mã QR ở chân trang.",
        "Chưa có bản cam kết nào được chốt để ký.",
    ),
    PackKind.UNIT_REPORTS: (
        "Báo cáo của từng đơn vị",
        "bao-cao-don-vi",
        "Báo cáo tiến độ riêng của mỗi đơn vị, số liệu tính đến một ngày.",
        "Chưa đơn vị nào có phần việc trong danh mục của phong trào.",
    ),
    PackKind.REPORT_FORMS: (
        "Phiếu báo cáo để điền tay",
        "phieu-bao-cao",
        "Mỗi đơn vị một phiếu, điền sẵn phần việc và chỉ tiêu hoặc để trống.",
        "Không đơn vị nào còn phải báo cáo kỳ này.",
    ),
    PackKind.ISSUED: (
        "Văn bản đã phát hành",
        "van-ban-phat-hanh",
        "Văn bản đã phát hành trong năm, đúng bản đã lưu.",
        "Chưa có văn bản nào được phát hành như đồng chí chọn.",
    ),
    PackKind.EVIDENCE: (
        "Hồ sơ minh chứng",
        "minh-chung",
        "Tệp minh chứng của các báo cáo đã gửi, xếp theo đơn vị, phần việc, kỳ, kèm danh mục.",
        "Chưa có báo cáo đã gửi nào kèm tệp minh chứng.",
    ),
}


class Binding(StrEnum):
    """Cách đóng tập: one PDF, or a file each in a ZIP."""

    PDF = "pdf"
    ZIP = "zip"

    @property
    def label(self) -> str:
        """The binding in the office's words."""
        return {Binding.PDF: "Một tệp PDF để in liền", Binding.ZIP: "Tệp ZIP, mỗi văn bản một tệp"}[self]

    @property
    def media_type(self) -> str:
        """What the file is."""
        return f"application/{self.value}"


class JobStatus(StrEnum):
    """Tình trạng tập in."""

    WAITING = "waiting"
    DRAWING = "drawing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return {
            JobStatus.WAITING: "Đang chờ",
            JobStatus.DRAWING: "Đang lập",
            JobStatus.DONE: "Đã xong",
            JobStatus.CANCELLED: "Đã hủy",
            JobStatus.FAILED: "Không lập được",
        }[self]

    @property
    def tone(self) -> str:
        """How pages show it."""
        return {
            JobStatus.WAITING: "draft",
            JobStatus.DRAWING: "sent",
            JobStatus.DONE: "good",
            JobStatus.CANCELLED: "off",
            JobStatus.FAILED: "back",
        }[self]

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self in OVER


OVER = frozenset({JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Yêu cầu lập tập: which items in which order, and how they are printed; all that the drawer needs to know.

    `items` are commitments, units or issued documents, by the pack; `today` is the day on which it was asked for, which
    papers print; `as_of` that of the figures. `accepted` leaves out evidence that no leader accepted yet.
    `signed` is the entry of the log by which all signed commitments with their scans are handed out.
    """

    today: date
    items: tuple[int, ...]
    as_of: date | None = None
    period_id: int | None = None
    blank: bool = False
    accepted: bool = False
    duplex: bool = False
    signed: int | None = None

    def written(self) -> str:
        """The request as canonical JSON."""
        return json.dumps(asdict(self), default=date.isoformat, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Asked":
        """The request that was written so; what a later release adds is left aside."""
        said: dict[str, Any] = json.loads(text)
        known = {one.name: said[one.name] for one in fields(cls) if one.name in said}
        for name in ("today", "as_of"):
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        return cls(**known | {"items": tuple(known["items"])})


@dataclass(frozen=True, slots=True)
class Item:
    """Một mục của tập: what can be ticked; `group` is its block or kind, `size` its bytes where they are known.

    One that is not `taken` has to be ticked by hand.
    """

    id: int
    name: str
    group: str = ""
    note: str = ""
    papers: int = 1
    size: int = 0
    taken: bool = True


def file_name(name: str) -> str:
    """The name of a pack as its file bears it: days as machines sort them, no stroke that parts folders."""
    return _DAY.sub(lambda day: f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}", name).replace("/", "-")


def drawn_at_once(kind: PackKind, papers: int, size: int = 0) -> bool:
    """Whether a pack is small enough to be made while the browser waits."""
    most = AT_ONCE * 4 if kind is PackKind.EVIDENCE else AT_ONCE  # a PDF is read before it is bound
    return papers <= most and size <= AT_ONCE_BYTES
