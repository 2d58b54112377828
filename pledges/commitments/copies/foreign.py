"""Whether a scan that is to be filed at one commitment bears the code of another."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.codes.rules import code_in
from pledges.commitments.copies import queries, splitting
from pledges.commitments.models import Commitment
from pledges.core.refusal import Refused
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.serving import folder


@dataclass(frozen=True)
class Foreign:
    """A file with the code of another commitment on it: the file's name, and whose the other is."""

    filename: str
    unit: str
    edition: int

    @property
    def words(self) -> str:
        """What is wrong with the file, for the clerk who files it."""
        return f"{self.filename}: mã in trên trang là của bản cam kết {self.unit}, lần {self.edition}"


def foreign_papers(
    session: Session, commitment: Commitment, came: Iterable[tuple[StoredFile, str]]
) -> list[Foreign]:
    """Those of the files that bear another commitment's code and not this one's.

    A file without a code, or one that can't be read, says nothing.
    """
    found = []
    for stored, filename in came:
        owners = list(session.execute(queries.owners_of(_codes(stored))))
        if owners and all(owner.record_id != commitment.id for owner in owners):
            found.append(Foreign(filename, owners[0].name, owners[0].edition))
    return found


def _codes(stored: StoredFile) -> set[str]:
    try:
        content = files.load(folder(), stored)
        if stored.extension == "pdf":
            texts = [text for page in splitting.pages_of(content) for text in page.texts]
        else:
            texts = list(splitting.texts_of_picture(content))
    except Refused:
        return set()
    return {code for text in texts if (code := code_in(text)) is not None}
