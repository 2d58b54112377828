"""Whether a scan that is to be filed at one commitment bears the code of another."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.commitments.copies import queries
from pledges.commitments.models import Commitment
from pledges.files.codes_on import codes_on
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
        owners = list(session.execute(queries.owners_of(codes_on(folder(), stored))))
        if owners and all(owner.record_id != commitment.id for owner in owners):
            found.append(Foreign(filename, owners[0].name, owners[0].edition))
    return found
