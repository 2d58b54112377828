"""Findings as they are kept with the copy: canonical JSON, and read back from it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pledges.audit.rules import canonical
from pledges.files.signed.rules import (
    Coverage,
    Findings,
    Integrity,
    Later,
    PdfSignature,
    Sameness,
    Stamp,
    Trust,
)


def written(findings: Findings) -> str:
    """The findings as one text: the same for the same findings."""
    return canonical(asdict(findings))


def read(text: str) -> Findings:
    """The findings that a text holds."""
    data = json.loads(text)
    return Findings(
        checked_at=datetime.fromisoformat(data["checked_at"]),
        pages=data["pages"],
        sameness=Sameness(data["sameness"]),
        roots=data["roots"],
        signatures=tuple(_signature(one) for one in data["signatures"]),
        stamps=tuple(_stamp(one) for one in data["stamps"]),
    )


def _signature(data: dict[str, Any]) -> PdfSignature:
    plain = ("mark", "name", "organisation", "serial", "issuer", "root")
    return PdfSignature(
        **{name: data[name] for name in plain},
        valid_from=_moment(data["valid_from"]),
        valid_to=_moment(data["valid_to"]),
        said_at=_moment(data["said_at"]),
        stamp=_stamp(data["stamp"]) if data["stamp"] else None,
        integrity=Integrity(data["integrity"]),
        coverage=Coverage(data["coverage"]),
        later=Later(data["later"]),
        trust=Trust(data["trust"]),
    )


def _stamp(data: dict[str, Any]) -> Stamp:
    return Stamp(at=datetime.fromisoformat(data["at"]), authority=data["authority"], good=data["good"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
