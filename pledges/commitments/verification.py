"""Đối chiếu: what the database holds of commitments, against their seals, the log, and the files on the disk.

The log is sealed by its chain, and the newest hash of the day stands on every printed commitment. So whoever changes a
text or takes a signature away must leave a trace in one of three places, and here they are held against each other.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy.orm import Session

from pledges.accounts.authorisations.rules import Capacity
from pledges.codes.queries import codes_of
from pledges.commitments import queries
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.rules import CommitmentStatus, digest_of, status_of
from pledges.files.operations import place

FROZEN, SIGNED, UNDONE = "commitment.frozen", "commitment.signed", "commitment.signature_undone"
WITHDRAWN, DECLINED = "commitment.withdrawn", "commitment.declined"
SUPERSEDED, REINSTATED = "commitment.superseded", "commitment.reinstated"
FILED, ASIDE = "commitment.copy_filed", "commitment.copy_put_aside"
_HELD = (FROZEN, SIGNED, UNDONE, WITHDRAWN, DECLINED, SUPERSEDED, REINSTATED, FILED, ASIDE)
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Verified:
    """How much was held against each other, and a sentence for everything that does not agree."""

    commitments: int
    signatures: int
    files: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """A log entry about a commitment: its number, and what it says stands there since."""

    number: int
    said: dict[str, Any]


_Log = dict[tuple[int, str], list[_Entry]]


def verify(session: Session, folder: Path) -> Verified:
    """Hold everything against each other; `folder` is where the files lie. Reads only, and stops at no fault."""
    log = _log(session)
    commitments = list(session.scalars(queries.whole()))
    signatures: dict[int, list[Signature]] = defaultdict(list)
    faults: list[str] = []
    for one in session.scalars(queries.every_signature()):
        place = cast("Signatory | None", one.signatory)  # the database may be changed past its own references
        if place is None:
            faults.append(f"Chữ ký số {one.id} không còn người ký nào trong dữ liệu.")
        else:
            signatures[place.commitment_id].append(one)
    for commitment in commitments:
        given = signatures[commitment.id]
        found = (
            *_status(commitment, log),
            *_signatures(commitment, given, log),
            *_refusals(commitment, log),
            *_named(commitment),
            *_copies(commitment, log),
        )
        faults += [f"{_label(commitment)}: {words}" for words in found]
    faults += _texts(session, commitments, log)
    faults += _gone(commitments, log)
    filed = list(session.execute(queries.files_filed()))
    faults += _files(filed, folder)
    return Verified(
        commitments=sum(one.digest is not None for one in commitments),
        signatures=sum(map(len, signatures.values())),
        files=len(filed),
        faults=tuple(faults),
    )


def _label(commitment: Commitment) -> str:
    return f"Bản cam kết của {commitment.unit.name}, lần {commitment.edition}"


def _log(session: Session) -> _Log:
    found: _Log = defaultdict(list)
    for number, action, subject_id, after in session.execute(queries.logged(_HELD)):
        found[subject_id, action].append(_Entry(number, _said(after)))
    return found


def _said(after: str) -> dict[str, Any]:
    """What an entry says; nothing where somebody changed it past reading, which the chain tells."""
    try:
        said = json.loads(after)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _texts(session: Session, commitments: list[Commitment], log: _Log) -> Iterator[str]:
    """Each frozen text against its digest, the entry that froze it, and its check code."""
    frozen = {one.id: one for one in commitments if one.digest is not None and one.content is not None}
    kind = Commitment.__tablename__
    codes = {one.record_id: one.digest for one in session.scalars(codes_of(kind, frozen))}
    for commitment in frozen.values():
        label, digest = _label(commitment), commitment.digest
        if digest_of(commitment.content or "") != digest:
            yield f"{label}: nội dung đang lưu không khớp mã SHA-256 {digest}."
        entry = next(iter(log[commitment.id, FROZEN]), None)
        if entry is None:
            yield f"{label}: nhật ký không có mục chốt bản này."
        elif entry.said.get("digest") != digest:
            yield f"{label}: mã SHA-256 khác với mã ghi ở mục số {entry.number} của nhật ký."
        if commitment.id not in codes:
            yield f"{label}: mất mã kiểm tra."
        elif codes[commitment.id] != digest:
            yield f"{label}: mã SHA-256 khác với mã ghi ở mã kiểm tra."


def _gone(commitments: list[Commitment], log: _Log) -> Iterator[str]:
    """What the log says was frozen, and the database no longer has."""
    frozen = {one.id for one in commitments if one.digest is not None}
    for (subject_id, action), entries in log.items():
        if action == FROZEN and subject_id not in frozen:
            yield (
                f"Bản cam kết chốt theo mục số {entries[0].number} của nhật ký, mã SHA-256 "
                f"{entries[0].said.get('digest')}, không còn trong dữ liệu."
            )


def _signatures(commitment: Commitment, given: list[Signature], log: _Log) -> Iterator[str]:
    """The rows against the entries that gave and undid them.

    Entries of the first releases name no row: there must be as many of them as rows that no other entry names.
    """
    entries = log[commitment.id, SIGNED]
    named = {entry.said["signature"]: entry for entry in entries if "signature" in entry.said}
    nameless = [entry for entry in entries if "signature" not in entry.said]
    rows = {one.id: one for one in given}
    for number, entry in named.items():
        if number not in rows:
            yield f"mất chữ ký của {entry.said.get('signatory')}, ghi ở mục số {entry.number} của nhật ký."
    for one in given:
        if one.digest != commitment.digest:
            yield f"chữ ký của {one.signatory.label} là trên một nội dung khác."
        if one.id in named and not _agrees(one, named[one.id].said):
            yield f"chữ ký của {one.signatory.label} khác với mục số {named[one.id].number} của nhật ký."
    unnamed = len(rows.keys() - named.keys())
    if unnamed > len(nameless):
        yield f"có {unnamed - len(nameless)} chữ ký mà nhật ký không ghi."
    elif unnamed < len(nameless):
        yield f"mất {len(nameless) - unnamed} chữ ký đã ghi trong nhật ký."
    yield from _undone(rows, log[commitment.id, UNDONE])


def _agrees(signature: Signature, said: dict[str, Any]) -> bool:
    """Whether the row says what the entry does; what an entry doesn't say is as the frozen text has it."""
    place = signature.signatory
    facts = {
        "way": signature.way,
        "on": signature.signed_on.isoformat(),
        "digest": signature.digest,
        "signatory": place.label,
        "capacity": signature.capacity,
        "signer": signature.signer_name,
        "place": signature.place,
        "certified_by": signature.certified_by,
    }
    named = {"capacity": Capacity.OWN, "signer": said.get("signed_by", place.name)}
    unsaid = {"place": signature.place, "certified_by": signature.certified_by}
    return all(fact == said.get(name, (named | unsaid).get(name)) for name, fact in facts.items())


def _undone(rows: dict[int, Signature], entries: list[_Entry]) -> Iterator[str]:
    logged = {entry.said.get("signature"): entry.number for entry in entries}
    for number, one in rows.items():
        if one.undone_at is not None and number not in logged:
            yield f"chữ ký của {one.signatory.label} bị bỏ mà nhật ký không ghi."
        if one.undone_at is None and number in logged:
            yield (
                f"chữ ký của {one.signatory.label} vẫn được tính dù đã bỏ theo mục số {logged[number]} của nhật ký."
            )


def _refusals(commitment: Commitment, log: _Log) -> Iterator[str]:
    """As many refusals to sign as the log tells of."""
    kept, logged = sum(len(one.declines) for one in commitment.signatories), len(log[commitment.id, DECLINED])
    if kept != logged:
        yield f"dữ liệu giữ {kept} lần từ chối ký, nhật ký ghi {logged} lần."


def _named(commitment: Commitment) -> Iterator[str]:
    """Who is to sign against the frozen text: a place that is taken away would make the others enough."""
    if commitment.content is None or digest_of(commitment.content) != commitment.digest:
        return
    frozen = [
        (one["name"], one["post"], one.get("on_behalf_of", ""))
        for one in commitment.frozen_content()["signatories"]
    ]
    if frozen != [(one.name, one.post, one.on_behalf_of) for one in commitment.signatories]:
        yield "những người ký trong dữ liệu khác với những người ký trong nội dung đã chốt."


def _copies(commitment: Commitment, log: _Log) -> Iterator[str]:
    """The filed copies against the entries that filed them and put them aside.

    Scans of the first releases were filed with a signature, and no entry of their own tells of them.
    """
    kept = Counter(one.file.sha256 for one in commitment.filed)
    filed = Counter(str(entry.said.get("file")) for entry in log[commitment.id, FILED])
    for sha256 in filed - kept:
        yield f"mất bản đã ký mà nhật ký ghi đã lưu, tệp {sha256}."
    aside = Counter(one.file.sha256 for one in commitment.filed if one.aside_at is not None)
    told = Counter(str(entry.said.get("file")) for entry in log[commitment.id, ASIDE])
    for sha256 in (aside - told) + (told - aside):
        yield f"việc đưa tệp {sha256} ra ngoài hồ sơ không khớp giữa dữ liệu và nhật ký."


def _status(commitment: Commitment, log: _Log) -> Iterator[str]:
    """The status against the signatures that stand."""
    given = [one.signature for one in commitment.signatories if one.signature is not None]
    taken_back = bool(log[commitment.id, WITHDRAWN])
    expected = status_of(
        frozen=commitment.content is not None,
        superseded=commitment.superseded_at is not None,
        signatories=len(commitment.signatories),
        signatures=len(given),
    )
    if taken_back or commitment.status is CommitmentStatus.WITHDRAWN:
        if not (taken_back and commitment.status is CommitmentStatus.WITHDRAWN):
            yield "việc thu hồi không khớp giữa dữ liệu và nhật ký."
    elif commitment.status is not expected:
        yield f"đang ghi là “{commitment.status.label}” nhưng theo các chữ ký thì là “{expected.label}”."
    turns = sorted(
        (entry.number, act) for act in (SUPERSEDED, REINSTATED) for entry in log[commitment.id, act]
    )
    if (commitment.superseded_at is not None) != (bool(turns) and turns[-1][1] == SUPERSEDED):
        yield "việc thay bằng bản mới không khớp giữa dữ liệu và nhật ký."
    complete = bool(given) and len(given) == len(commitment.signatories)
    if commitment.signed_on != (max(one.signed_on for one in given) if complete else None):
        yield "ngày ký đủ không khớp với các chữ ký."


def _files(filed: list[Any], folder: Path) -> Iterator[str]:
    """Each filed copy, and each pile that copies were parted from, against its hash."""
    for file, unit in filed:
        if (state := state_of(folder, file.sha256)) is not None:
            yield f"Bản đã ký của {unit}, tệp {file.sha256}: {state}."


def state_of(folder: Path, sha256: str) -> str | None:
    """What is the matter with a stored file's bytes, in words; None when they are what was stored."""
    found = hashlib.sha256()
    try:
        with place(folder, sha256).open("rb") as content:
            while piece := content.read(_PIECE):
                found.update(piece)
    except OSError:
        return "không còn trên máy chủ"
    return None if found.hexdigest() == sha256 else "nội dung trên máy chủ đã bị thay đổi"
