"""What is said of the log's chain: by the commands that walk it."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.audit.operations import verify
from pledges.audit.queries import head, sealed_as
from pledges.audit.words import WORDS
from pledges.core.dates import format_instant

_PRINTED = re.compile(r"[0-9a-f]{16,64}")


class NoHash(ValueError):
    """What was typed can't be the hash on a paper; the message is for the user."""


@dataclass(frozen=True)
class Outcome:
    """A sentence, and whether what it speaks of is as it should be."""

    whole: bool
    words: str


def walked(session: Session) -> Outcome:
    """Walk the whole chain; name the first bad entry, else the newest."""
    fault = verify(session)
    if fault is not None:
        return Outcome(whole=False, words=f"Nhật ký bị hỏng từ mục số {fault.number}: {fault.reason}.")
    newest = session.scalars(head()).first()
    if newest is None:
        return Outcome(whole=True, words="Nhật ký chưa có mục nào.")
    words = f"Nhật ký toàn vẹn: {newest.number} mục, mã niêm phong mới nhất {newest.hash}."
    return Outcome(whole=True, words=words)


def as_hash(typed: str) -> str:
    """The hash, or its beginning, as it stands in the log; raises `NoHash` for anything else."""
    sought = "".join(typed.split()).rstrip("….").lower()
    if not _PRINTED.fullmatch(sought):
        raise NoHash(f"“{typed}” không phải mã niêm phong: cần ít nhất 16 ký tự đầu, gồm chữ số và a-f.")
    return sought


def printed(session: Session, typed: str) -> Outcome:
    """Whether the log still has the entry whose hash, or its first characters, stands at the foot of a paper.

    The chain alone can't tell that its newest entries were cut off: a paper that was printed before can. Raises
    as `as_hash` does.
    """
    sought = as_hash(typed)
    entry = session.scalars(sealed_as(sought)).first()
    if entry is None:
        words = f"Không mục nào của nhật ký mang mã {sought}: nhật ký đã bị cắt hoặc bị thay."
        return Outcome(whole=False, words=words)
    act = f"{entry.actor_name} {WORDS.get(entry.action, entry.action)}"
    words = f"Mã {sought} là của mục số {entry.number}: {act}, lúc {format_instant(entry.at)}."
    return Outcome(whole=True, words=words)
