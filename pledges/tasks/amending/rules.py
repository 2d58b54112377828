"""The way of an amendment: proposed, then returned, approved or withdrawn."""

from enum import StrEnum


class AmendmentStatus(StrEnum):
    """Where a proposed amendment stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return {
            AmendmentStatus.PROPOSED: "Đề nghị điều chỉnh, chờ duyệt",
            AmendmentStatus.RETURNED: "Không đồng ý điều chỉnh",
            AmendmentStatus.APPROVED: "Đã duyệt điều chỉnh",
            AmendmentStatus.WITHDRAWN: "Đã rút đề nghị",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours the status."""
        return {
            AmendmentStatus.PROPOSED: "sent",
            AmendmentStatus.RETURNED: "back",
            AmendmentStatus.APPROVED: "good",
            AmendmentStatus.WITHDRAWN: "off",
        }[self]
