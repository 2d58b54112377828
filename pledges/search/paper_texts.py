"""What is searched of campaigns and of their papers, and where each lies."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.campaigns.models import Basis, Campaign, Movement
from pledges.commitments.models import Commitment, Signatory
from pledges.index.queries import ORGANISES, sign_of_campaign, signs_of_path
from pledges.index.sources import Told
from pledges.search.texts import LAST, Owner, grouped, newest_first
from pledges.units.models import Unit

COMMITMENT_TITLE = "Bản cam kết thi đua"
REPORT_TITLE = "Báo cáo tiến độ"
ANNEX_TITLE = "Phụ lục danh mục phần việc"


def commitments(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """The paper and its unit; who signs it, its campaign. Newest campaign first, by unit, newest edition first."""
    signing = grouped(
        session,
        select(Signatory.commitment_id, Signatory.name, Signatory.post)
        .where(Signatory.commitment_id.in_(ids))
        .order_by(Signatory.commitment_id, Signatory.position),
    )
    for row in session.execute(
        select(
            Commitment.id,
            Commitment.edition,
            Commitment.campaign_id,
            Campaign.title,
            Campaign.starts_on,
            Owner.path.label("owner_path"),
            Unit.name,
            Unit.short_name,
            Unit.code,
            Unit.path,
            Unit.position,
        )
        .join(Commitment.unit)
        .join(Commitment.campaign)
        .join(Owner, Owner.id == Campaign.owner_unit_id)
        .where(Commitment.id.in_(ids))
    ):
        people = [f"{one.name} {one.post}" for one in signing.get(row.id, ())]
        places = (*signs_of_path(row.path), *signs_of_path(row.owner_path, ORGANISES))
        place = f"{max(row.position, 0):07}{LAST - row.edition:07}"
        yield Told(
            row.id,
            f"{COMMITMENT_TITLE} {row.name}",
            (row.short_name, row.code, *people, row.title),
            (sign_of_campaign(row.campaign_id), *places),
            newest_first(row.starts_on) + place,
        )


def _campaigns(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    yield from session.execute(
        select(
            Campaign.id,
            Campaign.code,
            Campaign.title,
            Campaign.theme,
            Campaign.slogan,
            Campaign.starts_on,
            Owner.name.label("owner"),
            Owner.path.label("owner_path"),
        )
        .join(Owner, Owner.id == Campaign.owner_unit_id)
        .where(Campaign.id.in_(ids))
    )


def reports(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """The progress report of a campaign, which is printed whenever it is wanted, and its annex."""
    for row in _campaigns(session, ids):
        yield Told(
            row.id,
            REPORT_TITLE,
            (ANNEX_TITLE, row.title, row.owner),
            (sign_of_campaign(row.id), *signs_of_path(row.owner_path, ORGANISES)),
            newest_first(row.starts_on),
        )


def campaigns(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Title; theme, slogan, code, bases, movements, and who organises. Newest first."""
    bases = grouped(
        session,
        select(Basis.campaign_id, Basis.type, Basis.number, Basis.subject)
        .where(Basis.campaign_id.in_(ids))
        .order_by(Basis.campaign_id, Basis.position),
    )
    movements = grouped(
        session,
        select(Movement.campaign_id, Movement.name)
        .where(Movement.campaign_id.in_(ids))
        .order_by(Movement.campaign_id, Movement.position),
    )
    for row in _campaigns(session, ids):
        rests_on = [f"{one.type} {one.number} {one.subject}" for one in bases.get(row.id, ())]
        linked = [one.name for one in movements.get(row.id, ())]
        yield Told(
            row.id,
            row.title,
            (row.theme, row.slogan, row.code, *rests_on, *linked, row.owner),
            (sign_of_campaign(row.id),),
            newest_first(row.starts_on),
        )
