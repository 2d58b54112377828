"""What fills itself, whatever the kind of document: each kind has a module of its own that knows how."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.documents import minutes, progress_report, urging_letter
from pledges.documents.drafting.rules import Scope
from pledges.documents.rules import REPORTS, PaperKind
from pledges.documents.sheets.draft import Filled

Filler = Callable[[Session, Campaign, PaperKind, Scope, Actor, date], Filled]
"""What fills a document of a campaign: its kind, what it speaks of, for whom, and on which day."""

FILLERS: Mapping[PaperKind, Filler] = {
    **dict.fromkeys(REPORTS, progress_report.filled),
    PaperKind.URGING_LETTER: urging_letter.filled,
    PaperKind.MINUTES: minutes.filled,
}


def filled_of(
    session: Session, campaign: Campaign, kind: PaperKind, scope: Scope, actor: Actor, today: date
) -> Filled:
    """The document as the figures alone write it, as far as the actor may know them.

    Raises `Refused` where there is nothing to write it of: minutes without a ceremony.
    """
    return FILLERS[kind](session, campaign, kind, scope, actor, today)
