"""Where packs lie: a folder of the instance that nobody else reads, from which files go after a day."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pledges.core.clock import real
from pledges.core.locks import held, is_free
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import KEPT_FOR

FOLDER = "packs"
_QUEUE = "drawing.lock"
_OWNER_ALONE = 0o600


@dataclass(frozen=True)
class PackShelf:
    """The packs of an instance, each under the number of its job.

    How long a file is kept is reckoned from the file by the machine's own clock: a demo's stands still.
    """

    folder: Path

    def file(self, job: PrintJob) -> Path:
        """The finished pack."""
        return self.folder / f"{job.id}.{job.binding.value}"

    def until(self, job: PrintJob) -> datetime | None:
        """Until when the pack can be fetched; None for one that is not there, or not any more."""
        try:
            written = self.file(job).stat().st_mtime
        except FileNotFoundError:
            return None
        end = datetime.fromtimestamp(written, UTC) + KEPT_FOR
        return end if end > real() else None

    @contextmanager
    def fresh(self, job: PrintJob) -> Iterator[BinaryIO]:
        """A new file for the pack, which becomes it when the block ends well and is gone when it doesn't."""
        self._make()
        draft = self._draft(job.id)
        draft.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.file(job))
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def forget(self, job: PrintJob) -> None:
        """Remove the pack."""
        self.file(job).unlink(missing_ok=True)

    def sweep(self, job_id: int) -> None:
        """Remove what somebody who died had written of a pack."""
        self._draft(job_id).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what is older than it may be: packs, and what was left by those who died."""
        oldest = (real() - KEPT_FOR).timestamp()
        for path in self.folder.glob("*"):
            with contextlib.suppress(
                FileNotFoundError, PermissionError
            ):  # another tidies; Windows: it is open
                if path.name != _QUEUE and path.stat().st_mtime < oldest:
                    path.unlink()

    def turn(self) -> AbstractContextManager[bool]:
        """The turn to draw what waits: one process of the instance has it; False while another has."""
        self._make()
        return held(self.folder / _QUEUE)

    def nobody_draws(self) -> bool:
        """Whether nobody has that turn."""
        return is_free(self.folder / _QUEUE)

    def at_work(self, job_id: int) -> AbstractContextManager[bool]:
        """The sign that somebody draws this pack; it goes with whoever dies.

        One that an earlier drawer left is made young again, so that nobody tidies it away under this one.
        """
        self._make()
        self._sign(job_id).touch()
        return held(self._sign(job_id))

    def deserted(self, job_id: int) -> bool:
        """Whether nobody draws this pack."""
        return is_free(self._sign(job_id))

    def _draft(self, job_id: int) -> Path:
        return self.folder / f"{job_id}.part"

    def _sign(self, job_id: int) -> Path:
        return self.folder / f"{job_id}.lock"

    def _make(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def shelf_of(instance: Path) -> PackShelf:
    """The shelf of an instance."""
    return PackShelf(instance / FOLDER)
