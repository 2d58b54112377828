"""Đối chiếu văn bản phát hành: each record, print and code against its digest, the disk, and the log."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from pledges.codes.queries import codes_of
from pledges.commitments.verification import state_of
from pledges.documents.issuing import queries
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.rules import DocumentEventKind, DocumentStatus
from pledges.documents.sheets.record import digest_of

ISSUED, KEPT = "document.issued", "document.print_kept"
_ACTS = {
    DocumentStatus.REPLACED: "document.replaced",
    DocumentStatus.WITHDRAWN: "document.withdrawn",
}
KIND = Document.__tablename__
_Log = dict[tuple[int, str], list[tuple[int, dict[str, Any]]]]


@dataclass(frozen=True)
class Verified:
    """How many issued documents were held against what was kept, and a sentence for all that does not agree."""

    documents: int
    faults: tuple[str, ...]


def verify(session: Session, folder: Path) -> Verified:
    """Hold every issued document against its digest, its code, its print and the log; stops at no fault."""
    found = list(session.scalars(queries.frozen()))
    log = _log(session)
    codes = {one.record_id: one.digest for one in session.scalars(codes_of(KIND, [one.id for one in found]))}
    faults = [
        f"{_label(one)}: {words}"
        for one in found
        for words in (
            *_text(one, codes, log),
            *_print(one, folder, log),
            *_attached(one, folder),
            *_status(one, log),
        )
    ]
    faults += _gone({one.id for one in found}, log)
    return Verified(len(found), tuple(faults))


def _label(one: Document) -> str:
    return f"{name_of(one.kind, one.number, one.symbol)} của {one.issuer.name}"


def _log(session: Session) -> _Log:
    found: _Log = defaultdict(list)
    for number, action, document_id, after in session.execute(
        queries.logged((ISSUED, KEPT, *_ACTS.values()))
    ):
        found[document_id, action].append((number, _said(after)))
    return found


def _said(after: str) -> dict[str, Any]:
    try:
        said = json.loads(after)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _text(one: Document, codes: dict[int, str], log: _Log) -> Iterator[str]:
    """The record against its digest, the entry that issued it, and its check code."""
    if digest_of(one.paper) != one.digest:
        yield f"nội dung đang lưu không khớp mã SHA-256 {one.digest}."
    number, said = next(iter(log[one.id, ISSUED]), (0, {}))
    if not number:
        yield "nhật ký không có mục phát hành văn bản này."
    else:
        told = {"digest": one.digest, "number": one.number, "symbol": one.symbol}
        told["issued_on"] = one.issued_on.isoformat() if one.issued_on else None
        if any(said.get(name) != value for name, value in told.items()):
            yield f"số, ký hiệu, ngày hoặc mã SHA-256 khác với mục số {number} của nhật ký."
    if one.id not in codes:
        yield "mất mã kiểm tra."
    elif codes[one.id] != one.digest:
        yield "mã SHA-256 khác với mã ghi ở mã kiểm tra."


def _print(one: Document, folder: Path, log: _Log) -> Iterator[str]:
    """The print on the disk against its hash, and the hash against the log."""
    file = one.file
    if file is None:
        yield "không có tệp bản in."
        return
    number, said = next(iter(log[one.id, KEPT]), (0, {}))
    if said.get("file") != file.sha256:
        yield (
            f"tệp bản in khác với mục số {number} của nhật ký." if number else "nhật ký không ghi tệp bản in."
        )
    if (state := state_of(folder, file.sha256)) is not None:
        yield f"bản in, tệp {file.sha256}: {state}."


def _attached(one: Document, folder: Path) -> Iterator[str]:
    """The signed copies on the disk against their hashes."""
    for filed in one.attachments:
        if (state := state_of(folder, filed.file.sha256)) is not None:
            yield f"bản ký {filed.name}, tệp {filed.file.sha256}: {state}."


def _status(one: Document, log: _Log) -> Iterator[str]:
    """How it stands against its events and the log."""
    told = {kind.status for kind in _happened(one)} & set(_ACTS)
    logged = {status for status, act in _ACTS.items() if log[one.id, act]}
    stands = {one.status} & set(_ACTS)
    if not told == logged == stands:
        yield "việc thu hồi hoặc thay thế không khớp giữa dữ liệu và nhật ký."


def _happened(one: Document) -> list[DocumentEventKind]:
    return [event.kind for event in one.events]


def _gone(present: set[int], log: _Log) -> Iterator[str]:
    """What the log says was issued, and the database no longer has."""
    for (number, act), entries in list(log.items()):
        if act == ISSUED and entries and number not in present:
            yield (
                f"Văn bản phát hành theo mục số {entries[0][0]} của nhật ký, mã SHA-256 "
                f"{entries[0][1].get('digest')}, không còn trong dữ liệu."
            )
