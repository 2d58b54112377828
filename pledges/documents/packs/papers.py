"""The papers of a pack one after the other: each is read when its turn comes, so that a thousand take no more room."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment
from pledges.commitments.queries import seen_by
from pledges.documents import signing_day
from pledges.documents.catalogue import sheet_of
from pledges.documents.drafting.rules import Scope, ScopeUnit
from pledges.documents.packs.rules import Asked, PackKind
from pledges.documents.report_forms import blank_form, forms_of, owed_in
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.pack import Bound
from pledges.progress.models import Period
from pledges.units.models import Unit

R = TypeVar("R", Unit, Commitment)

AT_A_TIME = 25
"""So many records are read together."""


@dataclass(frozen=True)
class Source:
    """From what the papers are made: the figures as one session sees them, and who asked."""

    session: Session
    campaign_id: int
    actor: Actor
    asked: Asked
    public_address: str = ""

    @property
    def campaign(self) -> Campaign:
        """The campaign, read anew after what was read was let go of."""
        return self.session.get_one(Campaign, self.campaign_id)

    @property
    def period(self) -> Period | None:
        """The period that was asked for."""
        return self.session.get_one(Period, self.asked.period_id) if self.asked.period_id else None

    def handfuls(self) -> Iterator[Sequence[int]]:
        """The items some at a time; after each, what was read of them is let go of."""
        items = self.asked.items
        for at in range(0, len(items), AT_A_TIME):
            yield items[at : at + AT_A_TIME]
            self.session.expunge_all()


def papers_of(kind: PackKind, source: Source) -> Iterator[Bound]:
    """The papers of a pack that is drawn, in the order asked for."""
    return _PAPERS[kind](source)


def _commitments(source: Source) -> Iterator[Bound]:
    """Each edition that the reader may see. Raises `BrokenSeal`."""
    for numbers in source.handfuls():
        wanted = seen_by(source.actor).where(Commitment.id.in_(numbers))
        found = _in_order(source.session.scalars(wanted), numbers)
        yield from signing_day.papers_of(source.session, found, source.asked.today, source.public_address)


def _unit_reports(source: Source) -> Iterator[Bound]:
    asked = source.asked
    for unit in _units(source):
        scope = Scope(asked.as_of or asked.today, unit=ScopeUnit(unit.id, unit.name))
        sheet = sheet_of(
            source.session, source.campaign, PaperKind.PROGRESS_REPORT, scope, source.actor, asked.today
        )
        yield Bound(unit.name, sheet)


def _report_forms(source: Source) -> Iterator[Bound]:
    asked, period = source.asked, source.period
    if asked.blank or period is None:
        for unit in _units(source):
            yield Bound(unit.name, blank_form(source.campaign, asked.today, unit, source.period))
        return
    forms = owed_in(source.session, source.campaign, period, source.actor, asked.today)
    yield from forms_of(source.session, forms.only(asked.items), asked.today)


def _units(source: Source) -> Iterator[Unit]:
    for numbers in source.handfuls():
        found = source.session.scalars(select(Unit).where(Unit.id.in_(numbers)))
        yield from _in_order(found, numbers)


def _in_order(found: Iterable[R], numbers: Sequence[int]) -> list[R]:
    """The records in the order asked for; what is not there any more is left out."""
    by_id = {one.id: one for one in found}
    return [by_id[number] for number in numbers if number in by_id]


Papers = Callable[[Source], Iterator[Bound]]
_PAPERS: Mapping[PackKind, Papers] = {
    PackKind.COMMITMENTS: _commitments,
    PackKind.UNIT_REPORTS: _unit_reports,
    PackKind.REPORT_FORMS: _report_forms,
}
