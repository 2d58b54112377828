"""Đóng băng: what is kept of a document for ever when it is issued, and the seal that its print bears.

The record says everything the paper says but its seal: check code, digest and the mark of the log can only be known
once there is a record. So the digest is that of the record, and whoever has record, code and log entry can draw the
print again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pledges.audit.models import LogEntry
from pledges.codes.rules import address_of, check_page, shown
from pledges.documents.models import Document
from pledges.documents.rules import number_text
from pledges.documents.sheets.paper import LogMark, Paper
from pledges.documents.sheets.record import digest_of, written


@dataclass(frozen=True, kw_only=True)
class Press:
    """What issuing works with: how a document becomes a paper, how a paper is drawn, and where the print is kept.

    `compose` is given the number and the day, `draw` returns the print and how many pages it has.
    """

    compose: Callable[[Document, int, date], Paper]
    draw: Callable[[Paper], tuple[bytes, int]]
    folder: Path
    public_address: str = ""


def composed(document: Document, number: int, issued_on: date, press: Press) -> Paper:
    """The paper as it is to be frozen: under its number, and without a seal."""
    paper = press.compose(document, number, issued_on)
    heading = replace(
        paper.heading, number=number_text(number, document.symbol, paper.heading.style), ruled_on=issued_on
    )
    foot = replace(paper.foot, code="", check_page="", qr="", digest="", log=())
    return replace(paper, heading=heading, foot=foot)


def frozen(paper: Paper) -> tuple[str, str]:
    """The record of a paper, and its digest."""
    text = written(paper)
    return text, digest_of(text)


def sealed(paper: Paper, code: str, digest: str, entry: LogEntry, public_address: str) -> Paper:
    """The paper with its seal at the foot: the code, where it is checked, the digest, and the mark of the log."""
    foot = replace(
        paper.foot,
        code=shown(code),
        check_page=check_page(public_address),
        qr=address_of(code, public_address),
        digest=digest,
        log=(LogMark(entry.number, entry.hash),),
    )
    return replace(paper, foot=foot)
