"""Sửa sau sự cố: what a program that was killed left half done is found, told and kept; nothing is ever deleted.

A file gets its name before its row is committed, so a crash leaves files without rows, and drafts that nobody goes on
writing. They go to a folder of their own with the day on which they were found. A row without its file is only told:
the file must come from a backup. Here names are compared; what the files say is for `verify`.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.core import clock
from pledges.core.database import db, only_reading, take_turn
from pledges.core.locks import is_free
from pledges.core.numbers import two_digits
from pledges.files.models import StoredFile
from pledges.files.operations import DRAFT, place
from pledges.instance import sync_folder

log = logging.getLogger(__name__)

FILES, SET_ASIDE = "files", "set-aside"
_HASH = re.compile("[0-9a-f]{64}")
_NAMED = 5
"""So many names are told; of more, how many."""


@dataclass(frozen=True)
class Finding:
    """Kết quả rà soát: names of drafts, of files without rows, of rows without files, and where the first two went."""

    drafts: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    set_aside: Path | None = None

    @property
    def whole(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.drafts or self.strays or self.missing)

    @property
    def words(self) -> list[str]:
        """A sentence for each kind of what was found."""
        where = f"đã chuyển vào {self.set_aside}" if self.set_aside else "chưa chuyển đi"
        said = []
        if self.drafts:
            said.append(
                f"{two_digits(len(self.drafts))} tệp ghi dở khi chương trình bị ngắt, {where}: {_named(self.drafts)}."
            )
        if self.strays:
            said.append(
                f"{two_digits(len(self.strays))} tệp không hồ sơ nào nhắc đến, {where}: {_named(self.strays)}."
            )
        if self.missing:
            said.append(
                f"{two_digits(len(self.missing))} tệp có trong hồ sơ nhưng không còn trên đĩa, hãy khôi phục từ bản "
                f"sao lưu: {_named(self.missing)}."
            )
        return said


def found(app: Flask) -> Finding:
    """What is half done in the application's instance; nothing is touched."""
    with app.app_context(), only_reading() as session:
        return _look(session, app.config["INSTANCE"])


def repair(app: Flask) -> Finding:
    """Set aside what is half done; what was found, and where it went.

    Nobody writes meanwhile: whoever stored a file and waits for the turn finds it gone then, and writes it again.
    """
    instance: Path = app.config["INSTANCE"]
    before = found(app)
    if not (before.drafts or before.strays):
        return before
    with app.app_context(), Session(db.engine) as session:
        take_turn(session)
        finding = _look(session, instance)
        folder = instance / SET_ASIDE / clock.local(clock.real()).date().isoformat()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in [*_drafts(instance), *(place(instance / FILES, name) for name in finding.strays)]:
            path.replace(_free(folder / path.name))
            sync_folder(path.parent)
        sync_folder(folder)
        return replace(finding, set_aside=folder)


def at_start(app: Flask) -> list[str]:
    """Repair, before anything is served; the sentences for who starts the program. They stand in its log too.

    A disk that lets nothing be moved keeps nobody from reading.
    """
    try:
        finding = repair(app)
    except OSError:
        log.exception("what an earlier crash left could not be set aside")
        finding = found(app)
    for sentence in finding.words:
        log.warning("after a crash: %s", sentence)
    return finding.words


def _look(session: Session, instance: Path) -> Finding:
    rows = set(session.scalars(select(StoredFile.sha256)))
    here = {path.name for path in _files(instance) if _HASH.fullmatch(path.name)}
    missing = {name for name in rows - here if not place(instance / FILES, name).exists()}
    drafts = tuple(sorted(path.name for path in _drafts(instance)))
    return Finding(drafts, tuple(sorted(here - rows)), tuple(sorted(missing)))


def _drafts(instance: Path) -> Iterator[Path]:
    """Files that were being written by a process that is no more: it would hold their locks."""
    for path in _files(instance):
        if path.name.startswith(DRAFT) and is_free(path):
            yield path


def _files(instance: Path) -> Iterator[Path]:
    """Everything that lies where files are kept."""
    folder = instance / FILES
    if not folder.is_dir():
        return
    with closing(os.scandir(folder)) as parts:
        for part in parts:
            if part.is_dir(follow_symlinks=False):
                with closing(os.scandir(part.path)) as files:
                    yield from (Path(file.path) for file in files if file.is_file(follow_symlinks=False))


def _free(path: Path) -> Path:
    """The path, or the first like it that nothing has."""
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{path.name.split(' ', 1)[0]} {number}")
    return path


def _named(names: tuple[str, ...]) -> str:
    told = ", ".join(name[:16] for name in names[:_NAMED])
    return f"{told} và {len(names) - _NAMED} tệp nữa" if len(names) > _NAMED else told
