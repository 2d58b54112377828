"""Keeping and giving back file contents: written whole, synced, then named by their hash, and the name synced too."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.core.database import take_turn
from pledges.core.locks import take
from pledges.files.models import StoredFile
from pledges.files.queries import by_hash
from pledges.files.rules import PAPERS, FileKind, recognise
from pledges.instance import sync_folder

DRAFT = ".new-"
"""How the names of files begin that are being written. Whoever writes one holds its lock."""


class FileMissing(RuntimeError):
    """The bytes of a stored file are gone or changed; the message is for the user."""


def store(
    session: Session,
    folder: Path,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
    kinds: Sequence[FileKind] = PAPERS,
) -> StoredFile:
    """Keep a content under its SHA-256 and return its row; the same content is kept once.

    Raises `FileRefused` for what is not of the kinds. The bytes are on the disk before the row can be committed.
    """
    kind = recognise(content, kinds)
    sha256 = hashlib.sha256(content).hexdigest()
    kept = place(folder, sha256)
    write(kept, content)
    take_turn(
        session
    )  # so that of several who bring the same content, one makes the row and the others find it
    if not kept.exists():  # repair sets a file without a row aside, in a turn of its own
        write(kept, content)
    stored = session.scalars(by_hash(sha256)).first()
    if stored is None:
        stored = StoredFile(
            sha256=sha256,
            media_type=kind.media_type,
            extension=kind.extension,
            size=len(content),
            stored_at=at,
        )
        session.add(stored)
        after = {"sha256": sha256, "media_type": kind.media_type, "size": len(content)}
        record(session, "file.stored", stored, by=by, at=at, after=after)
    return stored


def load(folder: Path, stored: StoredFile) -> bytes:
    """The bytes of a stored file; raises `FileMissing` when they are gone or not what was stored."""
    return content_of(folder, stored.sha256)


def content_of(folder: Path, sha256: str) -> bytes:
    """The bytes that were stored under a hash; raises as `load` does."""
    try:
        content = place(folder, sha256).read_bytes()
    except FileNotFoundError as absent:
        message = "Tệp đã lưu không còn trên máy chủ; đồng chí báo quản trị khôi phục từ bản sao lưu."
        raise FileMissing(message) from absent
    if hashlib.sha256(content).hexdigest() != sha256:
        message = "Nội dung tệp trên máy chủ không còn khớp với mã đã lưu; đồng chí báo quản trị."
        raise FileMissing(message)
    return content


def place(folder: Path, sha256: str) -> Path:
    """Where the content of a hash lies: two letters a folder, so that none grows too long."""
    return folder / sha256[:2] / sha256


def write(path: Path, content: bytes) -> None:
    """Put the content there whole or not at all; a power cut after this takes neither the content nor its name."""
    if path.exists() and path.stat().st_size == len(content):
        sync_folder(path.parent)  # who gave it its name may have died before doing that
        return
    _make_folder(path.parent)
    handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            take(file)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make the folder with those above it, and have the disk know the names of the new ones."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
