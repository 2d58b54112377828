"""What kinds of evidence a rule can ask for. Plain Python."""

from enum import StrEnum


class ProofKind(StrEnum):
    """Loại minh chứng."""

    PHOTO = "photo"
    DOCUMENT = "document"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return {ProofKind.PHOTO: "ảnh", ProofKind.DOCUMENT: "danh sách, văn bản"}[self]
