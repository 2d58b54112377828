"""Bản sao lưu: its name, what its table of contents says, how long it is kept, and when one is missed."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pledges.core.dates import ZONE
from pledges.core.refusal import Refused

FORMAT = 1
"""The form of the file; a program refuses one that it does not know."""
PREFIX = "sao-luu-"
SUFFIX = ".tar"
TOO_OLD = timedelta(hours=36)
"""A night was missed, and the morning after it: the age at which people are told."""
YOUNG = timedelta(hours=48)
"""So long a backup is kept whatever else there is: who takes two in a day wants both."""
BEFORE_UPDATES = 3
"""So many of those that were taken before an update are kept, however old."""
_NAME = re.compile(r"sao-luu-(\d{8}-\d{6})-(dem|tay|cap-nhat)\.tar")


class BackupKind(StrEnum):
    """Vì sao sao lưu: what a backup was taken for; the value stands in its name."""

    NIGHTLY = "dem"
    BY_HAND = "tay"
    BEFORE_UPDATE = "cap-nhat"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            BackupKind.NIGHTLY: "hằng đêm",
            BackupKind.BY_HAND: "theo yêu cầu",
            BackupKind.BEFORE_UPDATE: "trước khi cập nhật",
        }[self]


class BackupError(Refused):
    """A backup can't be taken, read or put back; the message is one Vietnamese sentence."""


@dataclass(frozen=True)
class Name:
    """Tên tệp sao lưu: when by the office's clock, and what for."""

    at: datetime
    kind: BackupKind

    def __str__(self) -> str:
        """The name as the folder has it."""
        return f"{PREFIX}{self.at.astimezone(ZONE):%Y%m%d-%H%M%S}-{self.kind}{SUFFIX}"

    @classmethod
    def read(cls, text: str) -> "Name | None":
        """The name of a file, if it is one of ours."""
        found = _NAME.fullmatch(text)
        if not found:
            return None
        try:
            at = datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=ZONE)
        except ValueError:
            return None
        return cls(at.astimezone(UTC), BackupKind(found[2]))


@dataclass(frozen=True)
class Member:
    """Một phần của bản sao lưu: its name, SHA-256 and size."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Head:
    """Phần đầu: what must be known before the rest can be read."""

    format: int
    program: str
    dialect: str
    revisions: tuple[str, ...]
    made_at: str

    def text(self) -> bytes:
        """The head as it stands in the file."""
        return _json(asdict(self))


@dataclass(frozen=True)
class Manifest:
    """Bản kê: what a whole backup holds. It stands at its end, when everything has been read.

    `counts` is the number of rows of each table; `sealed` the number of entries of the log and `seal` the hash of
    the newest; `numbers` where the next numbers come from (PostgreSQL's sequences); `columns` those of each table, in
    the order in which they were written; `absent` the files that were gone or altered already when it was taken.
    """

    head: Head
    kind: str
    counts: dict[str, int]
    sealed: int
    seal: str
    members: tuple[Member, ...]
    columns: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(self.counts.values())

    @property
    def files(self) -> int:
        """The files that it holds."""
        return sum(one.name.startswith("files/") for one in self.members)

    @property
    def made_at(self) -> datetime:
        """When it was taken."""
        return datetime.fromisoformat(self.head.made_at)

    def text(self) -> bytes:
        """The manifest as it stands in the file."""
        return _json(asdict(self))


def _json(said: dict[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_head(text: bytes) -> Head:
    """The head of a backup; raises BackupError for what is none, or of a newer program."""
    try:
        said = json.loads(text)
        number = int(said["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("Tệp này không phải bản sao lưu của chương trình.") from error
    if number > FORMAT:
        raise BackupError(
            f"Bản sao lưu do bản mới hơn của chương trình ({said.get('program', '?')}) lập: "
            "hãy cài bản đó rồi khôi phục."
        )
    try:
        return Head(number, said["program"], said["dialect"], tuple(said["revisions"]), said["made_at"])
    except (KeyError, TypeError) as error:
        raise BackupError("Phần đầu của bản sao lưu thiếu thông tin.") from error


def read_manifest(text: bytes) -> Manifest:
    """The manifest of a backup; raises BackupError."""
    try:
        said = json.loads(text)
        head = Head(**said.pop("head"))
        members = tuple(Member(**one) for one in said.pop("members"))
        absent = tuple(said.pop("absent"))
        made = Manifest(
            head=Head(head.format, head.program, head.dialect, tuple(head.revisions), head.made_at),
            members=members,
            absent=absent,
            **said,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("Bản kê trong bản sao lưu không đọc được.") from error
    return made


@dataclass(frozen=True)
class Keep:
    """Giữ bao lâu: how many days, weeks and months have their newest backup."""

    days: int = 7
    weeks: int = 4
    months: int = 12


def to_remove(names: Iterable[Name], keep: Keep, now: datetime, good: Name | None) -> list[Name]:
    """Those that nothing keeps any more, oldest first.

    Kept are the newest of each of the last days, weeks and months that have one, the last few that were taken
    before updates, whatever is young, and in any case the newest one that was rehearsed well (`good`).
    """
    ordered = sorted(names, key=lambda one: one.at, reverse=True)
    kept = {one for one in ordered if now - one.at < YOUNG} | {one for one in ordered if one == good}
    kept.update(
        _newest_of_each([one.at.astimezone(ZONE).strftime("%Y-%m-%d") for one in ordered], ordered, keep.days)
    )
    kept.update(
        _newest_of_each([one.at.astimezone(ZONE).strftime("%G-%V") for one in ordered], ordered, keep.weeks)
    )
    kept.update(
        _newest_of_each([one.at.astimezone(ZONE).strftime("%Y-%m") for one in ordered], ordered, keep.months)
    )
    kept.update([one for one in ordered if one.kind is BackupKind.BEFORE_UPDATE][:BEFORE_UPDATES])
    return [one for one in reversed(ordered) if one not in kept]


def _newest_of_each(labels: Sequence[str], ordered: Sequence[Name], number: int) -> list[Name]:
    first: dict[str, Name] = {}
    for label, one in zip(labels, ordered, strict=True):
        first.setdefault(label, one)
    return list(first.values())[:number]


def megabytes(size: int) -> str:
    """A size in words: "12,4 MB", "3,1 GB"."""
    if size >= 10**9:
        return f"{size / 10**9:.1f} GB".replace(".", ",")
    if size < 10**5:
        return "dưới 0,1 MB"
    return f"{size / 10**6:.1f} MB".replace(".", ",")
