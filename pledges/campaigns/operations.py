"""What is done to campaigns."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Basis, Campaign, CampaignStep, Movement
from pledges.campaigns.rules import CampaignStatus, check_move, check_works, weekday_label
from pledges.core.base import touch

FIELDS = (
    "code",
    "title",
    "theme",
    "slogan",
    "kind",
    "starts_on",
    "ends_on",
    "registration_closes_on",
    "expected_task_count",
    "cycle",
    "reporting_due_day",
    "reporting_weekday",
    "grace_days",
    "locks_after_days",
    "launched_on",
    "launch_event",
    "launch_place",
    "presider",
    "presider_post",
    "announcer",
    "announcer_post",
    "terms",
    "illustrative",
)
"""What a user may set of a campaign, beside its units, bases and movements."""

BASIS_FIELDS = ("type", "number", "issued_on", "issuer", "subject")
"""What a user may set of a basis."""


def basis_facts(basis: Basis) -> dict[str, Any]:
    """What a basis says."""
    return {name: getattr(basis, name) for name in BASIS_FIELDS}


def facts(campaign: Campaign) -> dict[str, Any]:
    """The campaign as the log keeps it."""
    return {name: getattr(campaign, name) for name in FIELDS} | {
        "reporting_weekday": weekday_label(campaign.reporting_weekday),
        "owner": campaign.owner.code,
        "area": campaign.area.code,
        "bases": [basis_facts(basis) for basis in campaign.bases],
        "movements": [movement.name for movement in campaign.movements],
        "follows": campaign.follows.code if campaign.follows else None,
    }


def create(session: Session, *, by: Actor, at: datetime, **values: Any) -> Campaign:
    """A new campaign in preparation; `values` are `FIELDS`, `owner`, `area`, and `bases` and `movements` as rows.

    `follows` may be among them: the earlier campaign that this one was begun from.
    """
    bases, movements = values.pop("bases", ()), values.pop("movements", ())
    campaign = Campaign(status=CampaignStatus.DRAFT, **values)
    _set_parts(campaign, bases, movements)
    session.add(campaign)
    session.flush()  # what nobody set has its first value from here on
    record(session, "campaign.created", campaign, by=by, at=at, after=facts(campaign))
    return campaign


def edit(session: Session, campaign: Campaign, *, by: Actor, at: datetime, **values: Any) -> None:
    """Change a campaign's facts, and its bases and movements when they are given; refused once it is concluded."""
    check_works(campaign.status)
    before = facts(campaign)
    bases, movements = values.pop("bases", None), values.pop("movements", None)
    for name, value in values.items():
        setattr(campaign, name, value)
    if bases is not None or movements is not None:
        _set_parts(campaign, bases or (), movements or ())
    was, now = differences(before, facts(campaign))
    if now:
        touch(campaign)
        record(session, "campaign.edited", campaign, by=by, at=at, before=was, after=now)


def _set_parts(campaign: Campaign, bases: Iterable[Mapping[str, Any]], movements: Iterable[str]) -> None:
    _set_bases(campaign, list(bases))
    kept = {movement.name: movement for movement in campaign.movements}
    campaign.movements = []
    for position, name in enumerate(movements, 1):
        movement = kept.get(name) or Movement(name=name)
        movement.position = position
        campaign.movements.append(movement)


def _set_bases(campaign: Campaign, rows: list[Mapping[str, Any]]) -> None:
    """Put the rows in place of the bases, one by one: what stays the same is not written again."""
    del campaign.bases[len(rows) :]
    for position, row in enumerate(rows, 1):
        if position > len(campaign.bases):
            campaign.bases.append(Basis(position=position))
        for name, value in row.items():
            setattr(campaign.bases[position - 1], name, value)


def move(
    session: Session,
    campaign: Campaign,
    to: CampaignStatus,
    *,
    on: date,
    by: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """Take the campaign to its next step; raises `MoveRefused` for one that does not follow."""
    check_move(campaign.status, to)
    before = {"status": campaign.status}
    campaign.status = to
    session.add(
        CampaignStep(
            campaign_id=campaign.id, status=to, on=on, at=at, by_id=by.account_id, by_name=by.name, note=note
        )
    )
    record(
        session,
        "campaign.moved",
        campaign,
        by=by,
        at=at,
        note=note,
        before=before,
        after={"status": to, "on": on},
    )


def carried(campaign: Campaign, before: Iterable[Basis]) -> list[Basis]:
    """Căn cứ cần kiểm tra: in preparation, the bases that are word for word those of the campaign before."""
    if campaign.status is not CampaignStatus.DRAFT:
        return []
    known = [basis_facts(basis) for basis in before]
    return [basis for basis in campaign.bases if basis_facts(basis) in known]
