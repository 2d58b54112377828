"""Tệp sao lưu: a tar that is written as it is read and ends in the SHA-256 of all its bytes, sealed by age or not.

An open backup is a tar. A sealed one is a tar around it: `noi-dung.tar.age`, before it `khoa.age` when the key is a
passphrase. So both can be opened without this program, by tar and age. Behind the tar's own end stands one line with
the hash of everything before it: age alone would not guard the outer tar, and an open tar is not guarded at all.
Nothing is held in memory but a piece at a time.
"""

import hashlib
import io
import tarfile
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from pledges.backup_keys import Key, SealError
from pledges.upkeep.rules import BackupError

PIECE = 1 << 20
SEALED, SEALED_KEY = "noi-dung.tar.age", "khoa.age"
_LABEL = b"sha256 "
TRAILER = len(_LABEL) + 64 + 1
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
DAMAGED = "Bản sao lưu bị hỏng hoặc bị cắt cụt: mã kiểm ở cuối tệp không khớp."
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Part:
    """What goes into the tar: its name, its size, and its bytes, asked for when their turn comes."""

    name: str
    size: int
    pieces: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, name: str, content: bytes) -> "Part":
        """A small part."""
        return cls(name, len(content), lambda: (content,))

    @classmethod
    def file(cls, name: str, path: Path) -> "Part":
        """A file as it lies."""
        return cls(name, path.stat().st_size, lambda: pieces_of(path))


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def tarred(parts: Iterable[Part]) -> Iterator[bytes]:
    """The tar of the parts, piece by piece. A part that is not as long as it said ends it."""
    for part in parts:
        yield from _member(part)
    yield _END


def _member(part: Part) -> Iterator[bytes]:
    yield _header(part.name, part.size)
    written = 0
    for piece in part.pieces():
        written += len(piece)
        yield piece
    if written != part.size:
        raise BackupError(f"Phần {part.name} đổi độ dài trong lúc sao lưu: hãy sao lưu lại.")
    yield bytes(-written % _BLOCK)


def _header(name: str, size: int) -> bytes:
    """One block, whatever the size. Nothing of who made it or when: that stands in the manifest."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


class _Pulled(io.RawIOBase):
    """A stream to read over pieces that are made as they are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._left = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def write(target: BinaryIO, parts: Iterable[Part], key: Key | None) -> None:
    """Write the whole file, sealed when there is a key; the target can be read and sought."""
    if key is None:
        target.writelines(tarred(parts))
    else:
        _write_sealed(target, parts, key)
    target.flush()
    target.seek(0)
    digest = hashlib.sha256()
    while piece := target.read(PIECE):
        digest.update(piece)
    target.write(_LABEL + digest.hexdigest().encode() + b"\n")


def _write_sealed(target: BinaryIO, parts: Iterable[Part], key: Key) -> None:
    """How long the sealed part is, is known behind it: its header is written then."""
    if key.sealed_identity:
        target.writelines(_member(Part.of(SEALED_KEY, key.sealed_identity)))
    header_at = target.tell()
    target.write(bytes(_BLOCK))
    begun = target.tell()
    key.seal(io.BufferedReader(_Pulled(tarred(parts)), PIECE), target)
    size = target.seek(0, io.SEEK_END) - begun
    target.write(bytes(-size % _BLOCK) + _END)
    target.seek(header_at)
    target.write(_header(SEALED, size))
    target.seek(0, io.SEEK_END)


def check_whole(path: Path, progress: Progress | None = None) -> str:
    """The hash of a file whose every byte is as it was written; raises BackupError for any other."""
    size = path.stat().st_size
    left, digest = size - TRAILER, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0:
            piece = file.read(min(PIECE, left))
            if not piece:
                break
            digest.update(piece)
            left -= len(piece)
            if progress:
                progress(len(piece))
        said = file.read()
    if left or said != _LABEL + digest.hexdigest().encode() + b"\n":
        raise BackupError(DAMAGED)
    return digest.hexdigest()


def is_sealed(path: Path) -> bool:
    """Whether a key is needed to read the file."""
    with _opened(path) as tar:
        first = tar.next()
        return first is not None and first.name in {SEALED, SEALED_KEY}


def unseal(path: Path, key: Key | None, draft: Path) -> Path:
    """The open tar: the file itself, or what its sealed part holds, written to `draft`; raises BackupError."""
    with _opened(path) as tar:
        members = {one.name: one for one in tar}
        if SEALED not in members:
            return path
        if key is None:
            raise BackupError(
                "Bản sao lưu được niêm bằng khóa: hãy đặt BACKUP_KEY, hoặc đưa khóa bằng --key-file."
            )
        wrapped = _bytes_of(tar, members.get(SEALED_KEY))
        source = tar.extractfile(members[SEALED])
        if source is None:
            raise BackupError(DAMAGED)
        with draft.open("wb") as target:
            try:
                key.unseal(source, target, wrapped)
            except SealError as error:
                raise BackupError(str(error)) from error
    return draft


def _bytes_of(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> bytes | None:
    found = tar.extractfile(member) if member else None
    return found.read() if found else None


def parts_in(path: Path) -> Generator[tuple[str, IO[bytes]]]:
    """The parts of an open tar in their order, each to be read before the next."""
    with _opened(path) as tar:
        for member in tar:
            plain = member.isreg() and not member.issparse()  # a sparse one makes terabytes out of a line
            file = tar.extractfile(member) if plain else None
            if file is None:
                raise BackupError(f"Bản sao lưu có phần lạ: {member.name}.")
            yield member.name, file


def _opened(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, "r:")
    except tarfile.TarError as error:
        raise BackupError("Tệp này không phải bản sao lưu của chương trình.") from error
