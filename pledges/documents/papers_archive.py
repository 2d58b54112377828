"""Tệp ZIP hồ sơ cam kết đã ký: the papers, a manifest of them for people and for machines, and their sums.

Everything lies in one folder, in which `sha256sum -c SHA256SUMS` says whether all of it is as it was handed out.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pledges.audit.rules import plain
from pledges.core.clock import local
from pledges.core.dates import format_date, format_instant
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.signed_papers import BROKEN, Filed, Place, SignedPaper, SignedPapers, UnitPapers
from pledges.files.operations import FileMissing, content_of
from pledges.files.photos import plain as without_traces

CSV_NAME, JSON_NAME, SUMS_NAME = "danh-muc.csv", "danh-muc.json", "SHA256SUMS"
PRINTED = "Bản in từ nội dung đã chốt"
PRESENT = "có trong hồ sơ"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADINGS = (
    "Đơn vị", "Lần ký", "Tình trạng", "Cách ký", "Người ký", "Tệp", "Loại tệp", "Được tính", "Tình trạng tệp",
    "Dung lượng (byte)", "SHA-256 của tệp", "SHA-256 khi lưu", "SHA-256 của nội dung", "Mã kiểm tra",
    "Mục nhật ký mới nhất", "Mã niêm phong nhật ký",
)  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """Who took the papers out, when, and the newest entry of the log, which says so."""

    by: str
    at: datetime
    log_number: int
    log_hash: str


@dataclass(frozen=True)
class Line:
    """One file of the manifest; without a size it is missing, and `state` says why.

    `counted` says of a filed copy whether it counts; a print of the frozen text proves no signature.
    """

    name: str
    kind: str
    counted: str
    state: str
    size: int | None
    sha256: str
    sha256_filed: str


def write(
    found: SignedPapers,
    issue: Issue,
    folder: Path,
    fonts: Path | None,
    target: BinaryIO,
    told: Callable[[int], None] | None = None,
) -> None:
    """Write the archive; what is missing is named in it. One paper at a time is held in memory.

    `told` hears how many papers are in it; what it raises stops the work.
    """
    with ZipFile(target, "w") as archive:
        shelf = _Shelf(archive, found.folder, folder, fonts, issue.at)
        lines: dict[str, list[Line]] = {}
        for number, paper in enumerate(found.papers, start=1):
            lines[paper.printed] = list(shelf.take(paper))
            if told is not None:
                told(number)
        shelf.put(CSV_NAME, _table(found, issue, lines))
        shelf.put(JSON_NAME, _manifest(found, issue, lines))
        shelf.put(SUMS_NAME, "".join(f"{sha256}  {name}\n" for name, sha256 in shelf.sums).encode())


class _Shelf:
    """The archive while it is filled, with the sums of what was put into it."""

    def __init__(
        self, archive: ZipFile, beginning: str, folder: Path, fonts: Path | None, at: datetime
    ) -> None:
        self.archive, self.beginning, self.folder, self.fonts, self.at = archive, beginning, folder, fonts, at
        self.sums: list[tuple[str, str]] = []

    def put(self, name: str, content: bytes, at: datetime | None = None) -> str:
        """One more file; its SHA-256."""
        moment = local(at or self.at)
        info = ZipInfo(f"{self.beginning}/{name}", moment.timetuple()[:6])
        info.external_attr = 0o644 << 16
        # Pictures and PDFs are packed already; text is worth it.
        info.compress_type = ZIP_DEFLATED if name in {CSV_NAME, JSON_NAME, SUMS_NAME} else ZIP_STORED
        self.archive.writestr(info, content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.sums.append((name, sha256))
        return sha256

    def take(self, paper: SignedPaper) -> Iterator[Line]:
        """The printed paper and its filed copies."""
        yield self._printed(paper)
        for one in paper.filed:
            yield self._copy(one)

    def _printed(self, paper: SignedPaper) -> Line:
        if paper.sheet is None:
            return Line(paper.printed, PRINTED, "", BROKEN, None, "", "")
        try:
            content = draw(paper.sheet, self.fonts)
        except GlyphMissingError as missing:
            return Line(paper.printed, PRINTED, "", str(missing), None, "", "")
        sha256 = self.put(paper.printed, content, paper.frozen_at)
        return Line(paper.printed, PRINTED, "", PRESENT, len(content), sha256, "")

    def _copy(self, one: Filed) -> Line:
        try:
            content = without_traces(one.media_type, content_of(self.folder, one.sha256))
        except FileMissing as missing:
            return Line(one.name, one.kind.label, one.counted, str(missing), None, "", one.sha256)
        sha256 = self.put(one.name, content, one.filed_at)
        return Line(one.name, one.kind.label, one.counted, PRESENT, len(content), sha256, one.sha256)


def _table(found: SignedPapers, issue: Issue, lines: dict[str, list[Line]]) -> bytes:
    """The manifest for Excel: a line for each file."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADINGS)
    for unit in found.units:
        for paper in unit.papers:
            for line in lines[paper.printed]:
                table.writerow(harmless(cell) for cell in _row(unit, paper, line, issue))
    return text.getvalue().encode("utf-8-sig")


def _row(unit: UnitPapers, paper: SignedPaper, line: Line, issue: Issue) -> tuple[Any, ...]:
    return (
        unit.name, paper.edition, paper.status.label, paper.ways, _who(paper), line.name, line.kind, line.counted,
        line.state,
        "" if line.size is None else line.size, line.sha256, line.sha256_filed, paper.digest, paper.code,
        issue.log_number, issue.log_hash,
    )  # fmt: skip


def _who(paper: SignedPaper) -> str:
    """Everybody named, each with the day, or that the signature is missing; a deputy with the capacity."""
    return "; ".join(f"{place.label}: {_when(place)}" for place in paper.places)


def _when(place: Place) -> str:
    if place.on is None:
        return "chưa ký"
    deputy = f"{place.capacity} {place.signer}, " if place.capacity else ""
    return f"{deputy}{format_date(place.on)}"


def harmless(cell: Any) -> str:
    """A cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _manifest(found: SignedPapers, issue: Issue, lines: dict[str, list[Line]]) -> bytes:
    """The manifest for machines: every unit, signed or not, with its papers and their files."""
    every = [line for of_paper in lines.values() for line in of_paper]
    said = {
        "campaign": {"code": found.campaign_code, "title": found.campaign_title},
        "taken": {"by": issue.by, "at": issue.at, "words": format_instant(issue.at)},
        "log": {"number": issue.log_number, "hash": issue.log_hash},
        "counts": {
            "units_signed": found.units_signed,
            "units_to_sign": found.units_to_sign,
            "papers": len(found.papers),
            "files": sum(line.size is not None for line in every),
            "missing": sum(line.size is None for line in every),
        },
        "units": [
            {
                "unit": unit.name,
                "code": unit.code,
                "standing": unit.stage.label,
                "papers": [_paper(paper, lines[paper.printed]) for paper in unit.papers],
            }
            for unit in found.units
        ],
    }
    return json.dumps(plain(said), ensure_ascii=False, indent=2).encode()


def _paper(paper: SignedPaper, lines: list[Line]) -> dict[str, Any]:
    return {
        "edition": paper.edition,
        "status": paper.status.label,
        "ways": paper.ways,
        "digest": paper.digest,
        "check_code": paper.code,
        "frozen_at": paper.frozen_at,
        "signed_on": paper.signed_on,
        "signatories": [asdict(place) for place in paper.places],
        "files": [asdict(line) for line in lines],
    }
