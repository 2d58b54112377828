"""The documents of the demo: a report that was issued, one that is being written; illustrative, like their figures."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.demo import rules as files
from pledges.documents.drafting import operations as drafting
from pledges.documents.drafting.composing import filled_in
from pledges.documents.drafting.operations import DocumentEntry, DraftEntry
from pledges.documents.drafting.rules import Prose
from pledges.documents.drafting.scopes import scope_for
from pledges.documents.issuing import operations as issuing
from pledges.documents.issuing.issue_pages import press_here
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.operations import IssueEntry
from pledges.documents.models import Document
from pledges.documents.rules import PaperKind
from pledges.progress.models import Period


class Papers:
    """What the clerk wrote and issued."""

    def __init__(self, session: Session, actors: Mapping[str, Actor]) -> None:
        """Know the people, who are made before anything happens."""
        self.session, self.clerk_of = session, actors

    def write(self, campaign: Campaign, period: Period, at: datetime) -> Document:
        """The clerk begins the report of a period, and writes a sentence of the office's own into it."""
        clerk = self.clerk_of[files.CLERK]
        scope = scope_for(period.end_on, period=period)
        entry = DocumentEntry(campaign=campaign, kind=PaperKind.PROGRESS_REPORT, scope=scope)
        made = drafting.begin(self.session, entry, by=clerk, at=at)
        guidance = next(slot for slot in filled_in(made).slots if slot.key == "guidance")
        place = (guidance.key, guidance.pieces[-1].key)
        said = DraftEntry(
            abstract=made.abstract,
            addressees=listed_in(made.addressees),
            recipients=listed_in(made.recipients),
            on_behalf=made.on_behalf,
            posts=listed_in(made.posts),
            signer_name=files.SIGNER,
            prose={place: Prose(files.GUIDANCE)},
        )
        drafting.edit(self.session, made, said, by=clerk, at=at)
        return made

    def issue(self, campaign: Campaign, period: Period, at: datetime) -> None:
        """The report of a period, written, submitted and issued under the first number of the year."""
        clerk, made = self.clerk_of[files.CLERK], self.write(campaign, period, at)
        self.session.flush()
        issuing.submit(self.session, made, by=clerk, at=at)
        entry = IssueEntry(
            number=1,
            symbol=made.symbol,
            issued_on=clock.day_of(at),
            on_behalf=made.on_behalf,
            posts=listed_in(made.posts),
            signer_name=made.signer_name,
            recipients=listed_in(made.recipients),
        )
        issuing.issue(self.session, made, entry, press_here(), by=clerk, at=at)
