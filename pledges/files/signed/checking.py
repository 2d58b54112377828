"""Checking the signatures of a PDF with pyHanko, without ever asking the network.

pyHanko is loaded when the first file is checked: it takes seconds, and most processes never need it.
"""

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pledges.core.dates import ZONE
from pledges.core.text import clean_line
from pledges.files.signed.papers import UNREADABLE
from pledges.files.signed.rules import (
    Coverage,
    Integrity,
    Later,
    NotSigned,
    PdfRefused,
    PdfSignature,
    Stamp,
    Trust,
)

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import (
        ModificationInfo,
        PdfSignatureStatus,
        TimestampSignatureStatus,
    )
    from pyhanko_certvalidator import ValidationContext

log = logging.getLogger(__name__)
# Who signed is personal data, and what was found stands on a page: neither belongs into the server's journal.
for talkative in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(talkative).setLevel(logging.CRITICAL)

MOST_SIGNATURES = 30
"""Ten signatories, as many official seals and timestamps; each costs a look at the whole file."""
LONGEST_NAME = 200

NO_SIGNATURE = "Tệp không có chữ ký số nào."
LOCKED = "Tệp PDF được đặt mật khẩu nên không kiểm được chữ ký; đồng chí bỏ mật khẩu, ký lại rồi nộp."
TOO_MANY = f"Tệp có quá {MOST_SIGNATURES} chữ ký số, nhiều hơn một văn bản có; đồng chí kiểm tra lại tệp."

Contexts = Callable[[datetime], "ValidationContext"]


@dataclass(frozen=True)
class Checked:
    """What the check found of the signatures and of the timestamps over the whole file, in the order of signing."""

    signatures: tuple[PdfSignature, ...]
    stamps: tuple[Stamp, ...]


def check(content: bytes, roots: Sequence[bytes], *, at: datetime) -> Checked:
    """Every signature of a PDF, as it was at the moment of signing; `roots` are files of certificates, PEM or DER.

    Raises `NotSigned` for a file without signatures, `PdfRefused` for one that is locked or damaged, or
    has too many of them.
    """
    reader, fields = _opened(content)
    contexts = _contexts(reader, roots)
    signatures, stamps = [], []
    for name, field in fields:
        found = _examined(reader, name, field, contexts, anchored=bool(roots), at=at)
        if isinstance(found, Stamp):
            stamps.append(found)
        else:
            signatures.append(found)
    if not signatures:
        raise NotSigned(NO_SIGNATURE)
    return Checked(tuple(signatures), tuple(stamps))


def _opened(content: bytes) -> "tuple[PdfFileReader, list[tuple[str, Any]]]":
    """The file with its filled signature fields, in the order in which they were filled."""
    try:
        reader, locked, found = _taken_apart(content)
    except Exception as error:
        # A file from outside can make the parser raise anything: that is a finding, never a fault of ours.
        log.warning("a PDF could not be read for its signatures: %r", error)
        raise PdfRefused(UNREADABLE) from error
    if locked:
        raise PdfRefused(LOCKED)
    if len(found) > MOST_SIGNATURES:
        raise PdfRefused(TOO_MANY)
    return reader, [(name, field) for _revision, name, field in sorted(found, key=lambda one: one[0])]


def _taken_apart(content: bytes) -> "tuple[PdfFileReader, bool, list[tuple[int, str, Any]]]":
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        return reader, True, []
    filled = islice(enumerate_sig_fields(reader, filled_status=True), MOST_SIGNATURES + 1)
    found = [(reader.xrefs.get_last_change(value.reference), name, field) for name, value, field in filled]
    return reader, False, found


def _contexts(reader: "PdfFileReader", roots: Sequence[bytes]) -> Contexts:
    """What makes the circumstances of a check at a moment: our roots, what the file brings along, and no network."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    anchors = [certificate for content in roots for certificate in load_certs_from_pemder_data(content)]

    def context(moment: datetime) -> "ValidationContext":
        plain: dict[str, Any] = {
            "trust_roots": anchors,
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": "soft-fail",
        }
        try:
            return DocumentSecurityStore.read_dss(reader).as_validation_context(plain)
        except Exception:  # noqa: BLE001 - most files bring no such store, and a bad one is as good as none
            return ValidationContext(**plain)

    return context


def _examined(
    reader: "PdfFileReader", name: str, field: Any, contexts: Contexts, *, anchored: bool, at: datetime
) -> PdfSignature | Stamp:
    from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_timestamp  # noqa: PLC0415

    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        if embedded.sig_object_type == "/DocTimeStamp":
            return _stamp(validate_pdf_timestamp(embedded, contexts(at)))
        return _signature(embedded, contexts, anchored=anchored, at=at)
    except Exception as error:  # noqa: BLE001
        # As in `_opened`: whatever the parser says, this one is unreadable.
        log.warning("a signature of a PDF could not be read: %r", error)
        return PdfSignature(mark="", integrity=Integrity.UNREADABLE)


def _signature(
    embedded: "EmbeddedPdfSignature", contexts: Contexts, *, anchored: bool, at: datetime
) -> PdfSignature:
    certificate = embedded.signer_cert
    said_at = _aware(embedded.self_reported_timestamp)
    status = _status(embedded, contexts(said_at or at))
    stamp = _stamp(status.timestamp_validity) if status.timestamp_validity else None
    if stamp is not None and stamp.good:
        status = _status(embedded, contexts(stamp.at))
    found = PdfSignature(
        # Of the signature itself: what stands around it in the file could be padded otherwise.
        mark=hashlib.sha256(embedded.signer_info["signature"].native).hexdigest(),
        name=_part(certificate.subject, "common_name") or _part(certificate.subject, "organization_name"),
        organisation=_part(certificate.subject, "organization_name"),
        serial=f"{certificate.serial_number:X}",
        issuer=_part(certificate.issuer, "common_name") or _part(certificate.issuer, "organization_name"),
        valid_from=_aware(certificate.not_valid_before),
        valid_to=_aware(certificate.not_valid_after),
        said_at=said_at,
        stamp=stamp,
        integrity=_integrity(status),
        coverage=_coverage(status),
        later=_later(status),
    )
    if found.integrity is not Integrity.WHOLE:
        return found
    trust = _trust(status, found.signed_at or at, anchored=anchored)
    if trust is not Trust.KNOWN:
        return replace(found, trust=trust)
    if at > certificate.not_valid_after and not (stamp is not None and stamp.good):
        trust = Trust.EXPIRED_SINCE  # the signer's own clock could be set back
    return replace(found, trust=trust, root=_root(status))


def _status(embedded: "EmbeddedPdfSignature", context: "ValidationContext") -> "PdfSignatureStatus":
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415

    # Certificates of offices are made for signing or for non-repudiation; either will do.
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    return validate_pdf_signature(embedded, context, key_usage_settings=usage)


def _integrity(status: "PdfSignatureStatus") -> Integrity:
    if not status.intact:
        return Integrity.CHANGED
    return Integrity.WHOLE if status.valid else Integrity.FORGED


def _coverage(status: "ModificationInfo") -> Coverage:
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    return {
        SignatureCoverageLevel.ENTIRE_FILE: Coverage.FILE,
        SignatureCoverageLevel.ENTIRE_REVISION: Coverage.REVISION,
    }.get(status.coverage, Coverage.PART)  # type: ignore[arg-type]


def _later(status: "ModificationInfo") -> Later:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415

    found = {
        ModificationLevel.NONE: Later.NOTHING,
        ModificationLevel.LTA_UPDATES: Later.ARCHIVING,
        ModificationLevel.FORM_FILLING: Later.SIGNING,
    }.get(status.modification_level, Later.CHANGED)  # type: ignore[arg-type]
    return Later.FORBIDDEN if found is Later.SIGNING and not status.docmdp_ok else found


def _trust(status: "PdfSignatureStatus", moment: datetime, *, anchored: bool) -> Trust:
    from pyhanko.sign.ades.report import AdESIndeterminate  # noqa: PLC0415

    certificate, problem = status.signing_cert, status.trust_problem_indic
    judged: Iterator[tuple[bool, Trust]] = iter(
        (
            (status.revoked, Trust.REVOKED),
            (moment < certificate.not_valid_before, Trust.NOT_YET_VALID),
            (moment > certificate.not_valid_after, Trust.EXPIRED),
            (not _for_signing(certificate), Trust.NOT_FOR_SIGNING),
            (status.trusted, Trust.KNOWN),
            (problem is AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, Trust.WEAK),
            (problem is AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE, Trust.WEAK),
            (certificate.self_signed != "no", Trust.SELF_SIGNED),
            (problem is not AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND, Trust.BROKEN_CHAIN),
            (anchored, Trust.UNKNOWN_ROOT),
        )
    )
    return next((trust for holds, trust in judged if holds), Trust.NO_ROOTS)


def _for_signing(certificate: "x509.Certificate") -> bool:
    usage = certificate.key_usage_value
    return usage is None or bool({"digital_signature", "non_repudiation"} & usage.native)


def _root(status: "PdfSignatureStatus") -> str:
    if status.validation_path is None:
        return ""
    name = status.validation_path.trust_anchor.authority.name
    return _part(name, "common_name") or _part(name, "organization_name")


def _stamp(status: "TimestampSignatureStatus") -> Stamp:
    authority = _part(status.signing_cert.subject, "common_name")
    return Stamp(
        at=status.timestamp.astimezone(UTC),
        authority=authority,
        good=bool(status.intact and status.valid and status.trusted),
    )


def _part(name: "x509.Name", part: str) -> str:
    """A part of a distinguished name: the last where there are several."""
    value = name.native.get(part, "")
    return clean_line(str(value[-1] if isinstance(value, list) else value))[:LONGEST_NAME]


def _aware(moment: datetime | None) -> datetime | None:
    """The moment in UTC; one without a zone was a wall clock's in Việt Nam."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
