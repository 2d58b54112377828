"""Questions about stored files."""

from sqlalchemy import Select, select

from pledges.files.models import StoredFile


def by_hash(sha256: str) -> Select[StoredFile]:
    """The stored file of a content."""
    return select(StoredFile).where(StoredFile.sha256 == sha256)
