"""Hồ sơ cam kết đã ký where it is large: the same archive as its own page hands out, written beside the program."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.models import LogEntry
from pledges.campaigns.models import Campaign
from pledges.documents.packs import operations
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.operations import PackEntry
from pledges.documents.packs.papers import Source
from pledges.documents.packs.rules import Asked, Binding, PackKind
from pledges.documents.papers_archive import Issue
from pledges.documents.papers_archive import write as write_archive
from pledges.documents.signed_papers import SignedPapers, gather


def ask(
    session: Session, campaign: Campaign, found: SignedPapers, issue: Issue, *, by: Actor, asked: Asked
) -> PrintJob:
    """Ask for the archive, which the log knows as handed out by the entry of `issue`; the caller commits."""
    entry = PackEntry(
        kind=PackKind.COMMITMENTS,
        binding=Binding.ZIP,
        asked=asked,
        name=found.name,
        total=len(found.papers),
    )
    return operations.ask(session, campaign, entry, by=by, at=issue.at)


def write(
    source: Source, files: Path, fonts: Path | None, into: BinaryIO, told: Callable[[int], None]
) -> int:
    """Write the archive; how many papers there are."""
    campaign, asked = source.campaign, source.asked
    found = gather(source.session, campaign, source.actor, asked.today, source.public_address)
    entry = source.session.scalars(select(LogEntry).where(LogEntry.number == asked.signed)).one()
    by = ", ".join(filter(None, (entry.actor_name, entry.actor_post)))
    write_archive(found, Issue(by, entry.at, entry.number, entry.hash), files, fonts, into, told)
    return len(found.papers)
