"""Ngày ký: how the units of the demo signed at the launch, most on paper in the hall, some in the app."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.campaigns.models import Campaign
from pledges.commitments import operations as commitments
from pledges.commitments import signatures
from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from pledges.core import clock
from pledges.demo import rules as files
from pledges.units.models import Unit
from pledges.units.rules import UnitKind


class SigningDay:
    """The commitments of one campaign, and the ceremony at which they are signed."""

    def __init__(
        self, session: Session, actors: Mapping[str, Actor], accounts: Mapping[str, Account]
    ) -> None:
        """Know the people, who are made before anything happens."""
        self.session, self.actors, self.accounts = session, actors, accounts
        self.commitments: dict[str, Commitment] = {}
        self.ceremony: Ceremony

    def prepare(self, campaign: Campaign, unit: Unit, launched: date, at: datetime) -> None:
        """The clerk writes and freezes a unit's commitment."""
        clerk = self.actors[files.CLERK]
        entry = commitments.CommitmentEntry(
            place="Hà Khánh",
            dated_on=launched,
            terms=campaign.terms,
            copies=2,
            witness=campaign.presider,
            witness_post=campaign.presider_post,
            signatories=self._signatories(unit),
        )
        made = commitments.prepare(self.session, campaign, unit, entry, by=clerk, at=at)
        commitments.freeze(self.session, made, by=clerk, at=at)
        self.commitments[unit.code] = made

    def _signatories(self, unit: Unit) -> tuple[commitments.SignatoryEntry, ...]:
        """The head; for a khu phố those three who sign for it, in their order. Nobody is named but by the post.

        As on the form, an account signs in one place: a head who holds two of the posts, in the first of them.
        """
        posts: tuple[str, ...] = (unit.head_position,)
        if unit.kind is UnitKind.NEIGHBOURHOOD:
            posts = files.SIGN_FOR_A_NEIGHBOURHOOD
        own = next(post for post in posts if post in unit.head_position)
        account = self.accounts[unit.code.lower()]
        return tuple(
            commitments.SignatoryEntry(name="", post=post, account_id=account.id if post == own else None)
            for post in posts
        )

    def open(self, campaign: Campaign, at: datetime) -> None:
        """The clerk opens the ceremony; of what its minutes say besides, nothing is known."""
        clerk = self.actors[files.CLERK]
        entry = ceremonies.CeremonyEntry(
            held_on=clock.day_of(at),
            place=campaign.launch_place,
            certified_by=clerk.name,
            chair=campaign.presider,
            chair_post=campaign.presider_post,
        )
        self.ceremony = ceremonies.open_ceremony(self.session, campaign, entry, by=clerk, at=at)

    def sign(self, unit: str, at: datetime) -> None:
        """A unit signs: its head in the app, or everybody named on paper while the clerk ticks."""
        places = list(self.commitments[unit].signatories)
        if unit not in files.SIGN_IN_THE_APP:
            ceremonies.tick(self.session, self.ceremony, places, by=self.actors[files.CLERK], at=at)
            return
        for place in places:
            head = self.actors[unit.lower()]
            signatures.sign_in_app(self.session, place, by=head, at=at, on=clock.day_of(at))

    def close(self, at: datetime) -> None:
        """The clerk closes the ceremony."""
        ceremonies.close(self.session, self.ceremony, by=self.actors[files.CLERK], at=at)
