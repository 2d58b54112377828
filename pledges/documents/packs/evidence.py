"""Hồ sơ minh chứng: the evidence of reports as one ZIP, with a manifest of every file, the missing ones too.

Everything lies in one folder, in which `sha256sum -c SHA256SUMS` says whether all of it is as it was handed out. One
file at a time is held in memory; the manifest grows on the disk beside the archive.
"""

import codecs
import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pledges.core import clock
from pledges.core.clock import local
from pledges.core.dates import format_instant
from pledges.core.downloads import plain_name
from pledges.core.numbers import two_digits
from pledges.documents.packs import queries
from pledges.documents.packs.papers import Source
from pledges.documents.papers_archive import CSV_NAME, SUMS_NAME, harmless
from pledges.files.operations import FileMissing, content_of
from pledges.files.photos import plain as without_traces
from pledges.progress.calendar import ReportEventKind
from pledges.progress.queries import periods_of

Moment = tuple[int, int, int, int, int, int]
PRESENT = "có trong hồ sơ"
_LONGEST_FOLDER = 60
_PIECE = 64 * 1024
_VERDICTS = {
    ReportEventKind.SUBMITTED: "Đã gửi, chờ duyệt",
    ReportEventKind.ACCEPTED: "Đã duyệt",
    ReportEventKind.RETURNED: "Bị trả lại",
}
HEADINGS = (
    "Tệp trong hồ sơ", "Khối", "Đơn vị", "Số phần việc", "Phần việc", "Kỳ báo cáo", "Lần gửi", "Tình trạng báo cáo",
    "Người gửi", "Chức vụ", "Gửi lúc", "Tên tệp gốc", "Tình trạng tệp", "Dung lượng (byte)", "SHA-256 của tệp",
    "SHA-256 khi lưu",
)  # fmt: skip
Told = Callable[[int], None]


@dataclass(frozen=True)
class Kept:
    """A piece of evidence: its row, the words of its period, and its name in the archive."""

    row: Any
    period: str
    name: str


def write(source: Source, files: Path, into: BinaryIO, told: Told) -> int:
    """Write the archive; how many files it tells of. `told` hears of each, and what it raises stops it."""
    folder = plain_name(f"Minh chứng {source.campaign.code}".replace(".", " "))
    number = 0
    with (
        ZipFile(into, "w") as archive,
        tempfile.TemporaryFile("w+b") as table,
        tempfile.TemporaryFile("w+b") as sums,
    ):
        manifest = _Manifest(archive, folder, table, sums)
        for number, one in enumerate(_kept(source), start=1):
            manifest.take(one, files)
            told(number)
        manifest.close()
    return number


def _kept(source: Source) -> Iterator[Kept]:
    """The evidence in its order, each with a name in the archive that none before has."""
    asked, wanted = source.asked, set(source.asked.items)
    periods = {one.id: one.label for one in source.session.scalars(periods_of(source.campaign_id))}
    statement = queries.evidence(
        source.campaign_id, source.actor, period_id=asked.period_id, accepted=asked.accepted
    )
    folders, number = _Folders(), 0
    before: tuple[int, ...] = ()
    for row in source.session.execute(statement.execution_options(yield_per=500)):
        if row.unit_id not in wanted:
            continue
        report = (row.task_id, row.period_id, row.round)
        number = number + 1 if report == before else 1
        before, period = report, periods[row.period_id]
        yield Kept(row, period, f"{folders.of(row, period)}/{_file(row, number)}")


class _Folders:
    """Folders by unit, task and period, without accents; two of the same name are told apart."""

    def __init__(self) -> None:
        self._units: dict[int, str] = {}
        self._periods: dict[int, str] = {}

    def of(self, row: Any, period: str) -> str:
        """The folder of a row."""
        unit = _own_name(self._units, row.unit_id, row.unit)
        task = _short(f"{two_digits(row.task_number)} {row.task}")
        return f"{unit}/{task}/{_own_name(self._periods, row.period_id, period)}"


def _own_name(given: dict[int, str], number: int, name: str) -> str:
    """The folder of a record, numbered where another one is called the same."""
    if number not in given:
        plain = free = _short(name)
        taken = set(given.values())
        more = 2
        while free in taken:
            free, more = f"{plain}-{more}", more + 1
        given[number] = free
    return given[number]


def _short(name: str) -> str:
    """A folder's name; whole words as far as they fit: Windows takes no path of more than 260 letters."""
    plain = plain_name(name.replace(".", " "))
    if len(plain) <= _LONGEST_FOLDER:
        return plain
    return plain[: _LONGEST_FOLDER + 1].rpartition("-")[0] or plain[:_LONGEST_FOLDER]


def _file(row: Any, number: int) -> str:
    stem = row.name.rpartition(".")[0] or row.name
    return f"lan-{row.round}-{number:02}-{_short(stem)}.{row.extension}"


class _Put(NamedTuple):
    """What was put into the archive of a file; nothing of one that is missing."""

    name: str
    size: str
    sha256: str


_NOTHING = _Put("", "", "")


class _Manifest:
    """The archive while it is filled, and the list and the sums of what was put into it."""

    def __init__(self, archive: ZipFile, folder: str, table: BinaryIO, sums: BinaryIO) -> None:
        self.archive, self.folder, self.table, self.sums = archive, folder, table, sums
        self._report: tuple[int, int] | None = None
        self._here: dict[str, _Put] = {}
        self.table.write(codecs.BOM_UTF8)
        self._line(HEADINGS)

    def take(self, one: Kept, files: Path) -> None:
        """List a file, and put it in: once, where a report that was sent again brings it again."""
        row, state = one.row, PRESENT
        report = (row.task_id, row.period_id)
        if report != self._report:
            self._report, self._here = report, {}
        try:
            put = self._here.get(row.sha256) or self._take(one, files)
        except FileMissing as missing:
            put, state = _NOTHING, str(missing)
        else:
            self._here[row.sha256] = put
        self._line((
            put.name, row.block, row.unit, row.task_number, row.task, one.period, row.round, _VERDICTS[row.verdict],
            row.sent_by, row.sent_by_post, format_instant(row.sent_at), row.name, state, put.size, put.sha256,
            row.sha256,
        ))  # fmt: skip

    def _take(self, one: Kept, files: Path) -> "_Put":
        """A photo goes in without where and with what it was taken."""
        row = one.row
        content = without_traces(row.media_type, content_of(files, row.sha256))
        self._put(one.name, io.BytesIO(content), local(row.sent_at).timetuple()[:6])
        sha256 = hashlib.sha256(content).hexdigest()
        self.sums.write(f"{sha256}  {one.name}\n".encode())
        return _Put(one.name, str(len(content)), sha256)

    def close(self) -> None:
        """Put the list and the sums in."""
        self.sums.write(f"{_sum_of(self.table)}  {CSV_NAME}\n".encode())
        moment = local(clock.now()).timetuple()[:6]
        for name, written in ((CSV_NAME, self.table), (SUMS_NAME, self.sums)):
            written.seek(0)
            self._put(name, written, moment, ZIP_DEFLATED)

    def _line(self, cells: Iterable[Any]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(map(harmless, cells))
        self.table.write(text.getvalue().encode())

    def _put(self, name: str, content: BinaryIO, moment: Moment, packed: int = ZIP_STORED) -> None:
        # Pictures and PDFs are packed already; text is worth it.
        info = ZipInfo(f"{self.folder}/{name}", moment)
        info.external_attr, info.compress_type = 0o644 << 16, packed
        with self.archive.open(info, "w") as entry:
            shutil.copyfileobj(content, entry)


def _sum_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
