"""Which papers there are, how a document stands, and how its number is written. Plain Python."""

from datetime import date
from enum import StrEnum

from pledges.documents.sheets.paper import Style


class PaperKind(StrEnum):
    """Loại giấy tờ: what can be printed of a campaign (DOMAIN, 6)."""

    PROGRESS_REPORT = "progress_report"
    INTERIM_REPORT = "interim_report"
    FINAL_REPORT = "final_report"
    URGING_LETTER = "urging_letter"
    MINUTES = "minutes"
    TASK_LIST = "task_list"
    UNIT_SUMMARY = "unit_summary"
    ATTENTION_LIST = "attention_list"
    CALL_LIST = "call_list"
    COMMITMENT = "commitment"
    REPORT_FORM = "report_form"

    @property
    def label(self) -> str:
        """The paper in the office's words."""
        return _PAPERS[self][0]

    @property
    def path(self) -> str:
        """The paper in an address."""
        return _PAPERS[self][1]

    @property
    def code(self) -> str:
        """Chữ viết tắt tên loại, as in the symbol: "BC"; empty for a letter, and for what bears no number."""
        return _PAPERS[self][2]

    @property
    def numbered(self) -> bool:
        """Whether it is a document that is issued under a number; the others are lists, forms and pledges."""
        return self in NUMBERED

    @classmethod
    def of_path(cls, path: str) -> "PaperKind | None":
        """The paper that an address names."""
        return next((kind for kind in cls if kind.path == path), None)


_PAPERS = {
    PaperKind.PROGRESS_REPORT: ("Báo cáo tiến độ", "bao-cao-tien-do", "BC"),
    PaperKind.INTERIM_REPORT: ("Báo cáo sơ kết", "bao-cao-so-ket", "BC"),
    PaperKind.FINAL_REPORT: ("Báo cáo tổng kết", "bao-cao-tong-ket", "BC"),
    PaperKind.URGING_LETTER: ("Công văn đôn đốc", "cong-van-don-doc", ""),
    PaperKind.MINUTES: ("Biên bản lễ ký cam kết", "bien-ban", "BB"),
    PaperKind.TASK_LIST: ("Phụ lục danh mục phần việc", "danh-muc-phan-viec", ""),
    PaperKind.UNIT_SUMMARY: ("Bảng tổng hợp theo đơn vị", "tong-hop-theo-don-vi", ""),
    PaperKind.ATTENTION_LIST: ("Danh sách cần quan tâm", "danh-sach-can-quan-tam", ""),
    PaperKind.CALL_LIST: ("Danh sách gọi đôn đốc", "danh-sach-goi", ""),
    PaperKind.COMMITMENT: ("Bản cam kết thi đua", "cam-ket", ""),
    PaperKind.REPORT_FORM: ("Phiếu báo cáo tiến độ", "phieu-bao-cao", ""),
}
REPORTS = (PaperKind.PROGRESS_REPORT, PaperKind.INTERIM_REPORT, PaperKind.FINAL_REPORT)
LISTS = (PaperKind.TASK_LIST, PaperKind.UNIT_SUMMARY, PaperKind.ATTENTION_LIST)
"""Papers made of the board alone: they may be the annex of another document."""
NUMBERED = frozenset({*REPORTS, PaperKind.URGING_LETTER, PaperKind.MINUTES})


class DocumentStatus(StrEnum):
    """Tình trạng văn bản: how a document stands; a cache of its events."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return {
            DocumentStatus.DRAFT: "Dự thảo",
            DocumentStatus.SUBMITTED: "Đang trình ký",
            DocumentStatus.ISSUED: "Đã phát hành",
            DocumentStatus.REPLACED: "Đã được thay thế",
            DocumentStatus.WITHDRAWN: "Đã thu hồi",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            DocumentStatus.DRAFT: "draft",
            DocumentStatus.SUBMITTED: "sent",
            DocumentStatus.ISSUED: "good",
            DocumentStatus.REPLACED: "off",
            DocumentStatus.WITHDRAWN: "back",
        }[self]

    @property
    def issued(self) -> bool:
        """Whether it bears a number: it stays in the register for ever, whatever becomes of it."""
        return self not in {DocumentStatus.DRAFT, DocumentStatus.SUBMITTED}

    @property
    def replaceable(self) -> bool:
        """Whether another document may take its place; one that was withdrawn stays so."""
        return self in {DocumentStatus.ISSUED, DocumentStatus.WITHDRAWN}


class DocumentEventKind(StrEnum):
    """Việc đã xảy ra với văn bản."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The event in the office's words."""
        return {
            DocumentEventKind.SUBMITTED: "Trình ký",
            DocumentEventKind.RETURNED: "Trả lại dự thảo",
            DocumentEventKind.ISSUED: "Phát hành",
            DocumentEventKind.REPLACED: "Được thay thế",
            DocumentEventKind.WITHDRAWN: "Thu hồi",
        }[self]

    @property
    def status(self) -> DocumentStatus:
        """How the document stands after it."""
        return DocumentStatus.DRAFT if self is DocumentEventKind.RETURNED else DocumentStatus(self.value)


class AttachmentKind(StrEnum):
    """Bản kèm theo văn bản đã phát hành."""

    SIGNED_PDF = "signed_pdf"
    SCAN = "scan"

    @property
    def label(self) -> str:
        """The attachment in the office's words."""
        return {AttachmentKind.SIGNED_PDF: "Bản ký số", AttachmentKind.SCAN: "Bản quét có dấu"}[self]


def symbol_of(kind: PaperKind, issuer: str, style: Style, drafter: str = "") -> str:
    """Ký hiệu: "BC-UBND"; of a letter, "UBND-VP" where the office that drafts it is known; of the Party, "BC/ĐU".

    `issuer` and `drafter` are the abbreviations of the offices. NĐ 30/2020, Phụ lục I; HD 36-HD/VPTW.
    """
    if style is Style.PARTY:
        return f"{kind.code or 'CV'}/{issuer}"
    if not kind.code:
        return f"{issuer}-{drafter}" if drafter else issuer
    return f"{kind.code}-{issuer}"


def number_text(number: int | None, symbol: str, style: Style) -> str:
    """Số, ký hiệu as printed: "Số: 05/BC-UBND", "Số 05-BC/ĐU"; a gap for the hand while there is no number."""
    if style is Style.PARTY:
        return f"Số {_digits(number, '     ')}-{symbol}"
    return f"Số: {_digits(number, '      ')}/{symbol}"


def number_in_text(number: str) -> str:
    """A printed number inside a sentence: "số 05/BC-UBND", "số 05-BC/ĐU"."""
    return number.replace("Số:", "số").replace("Số ", "số ")


def _digits(number: int | None, gap: str) -> str:
    return gap if number is None else f"{number:02d}"


def series_of(issuer_id: int, symbol: str, style: Style, issued_on: date, term: str = "") -> str:
    """The run of numbers that a document belongs to: within it no number is used twice.

    State numbers start again each 1 January; the Party's run per type and term ("2020-2025"). A symbol is the same
    however its letters are written.
    """
    return f"{issuer_id}:{symbol.upper()}:{term if style is Style.PARTY else issued_on.year}"
