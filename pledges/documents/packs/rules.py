"""Which packs there are, and how the work on one stands. Plain Python."""

from enum import StrEnum


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


_PACKS = {
    PackKind.COMMITMENTS: ("Bản cam kết của các đơn vị", "ban-cam-ket"),
    PackKind.UNIT_REPORTS: ("Báo cáo của từng đơn vị", "bao-cao-don-vi"),
    PackKind.REPORT_FORMS: ("Phiếu báo cáo để điền tay", "phieu-bao-cao"),
    PackKind.ISSUED: ("Văn bản đã phát hành", "van-ban-phat-hanh"),
    PackKind.EVIDENCE: ("Hồ sơ minh chứng", "minh-chung"),
}


class Binding(StrEnum):
    """Cách đóng tập: one PDF, or a file each in a ZIP."""

    PDF = "pdf"
    ZIP = "zip"

    @property
    def label(self) -> str:
        """The binding in the office's words."""
        return {Binding.PDF: "Một tệp PDF để in liền", Binding.ZIP: "Tệp ZIP, mỗi văn bản một tệp"}[self]


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
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self in {JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED}
