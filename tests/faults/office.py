"""An office for simulated users: units with an officer each, leaders, clerks, and a campaign that runs today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY, Actor, Role
from pledges.accounts import operations as accounts
from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignKind, CampaignStatus
from pledges.core import clock
from pledges.progress.models import Period
from pledges.progress.periods import open_periods
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind
from tests.support.world import PASSWORD, add_account

__all__ = ["PASSWORD", "Office", "build"]
STEPS = (
    CampaignStatus.LAUNCHED,
    CampaignStatus.REGISTERING,
    CampaignStatus.LIST_CLOSED,
    CampaignStatus.RUNNING,
)


@dataclass(frozen=True)
class Office:
    """Who works there, by the name to sign in with; the campaign, and its period of today."""

    officers: tuple[str, ...]
    leaders: tuple[str, ...]
    clerks: tuple[str, ...]
    campaign_id: int
    period_id: int
    today: date

    @property
    def people(self) -> int:
        """How many they are."""
        return len(self.officers) + len(self.leaders) + len(self.clerks)


def build(session: Session, officers: int, leaders: int, clerks: int) -> Office:
    """Make it and commit it."""
    today = clock.today()
    begun = today - timedelta(days=40)
    at = clock.at(begun, 8)
    ward = _unit(session, "T", None, UnitKind.WARD, at)
    committee = _unit(session, "T-UB", ward, UnitKind.PEOPLE_COMMITTEE, at)
    below = [_unit(session, f"T-{n}", ward, UnitKind.NEIGHBOURHOOD, at) for n in range(1, officers + 1)]
    names: dict[Role, list[str]] = {Role.OFFICER: [], Role.LEADER: [], Role.CLERK: []}
    for number, unit in enumerate(below, 1):
        names[Role.OFFICER].append(_person(session, f"can-bo-{number}", Role.OFFICER, unit, at)[0])
    heads = [_person(session, f"lanh-dao-{n}", Role.LEADER, committee, at) for n in range(1, leaders + 1)]
    names[Role.LEADER] = [name for name, _ in heads]
    for number in range(1, clerks + 1):
        names[Role.CLERK].append(_person(session, f"van-thu-{number}", Role.CLERK, committee, at)[0])
    head = Actor(heads[0][1], heads[0][0])
    campaign = campaigns.create(
        session,
        by=head,
        at=at,
        code="THU",
        title="Phong trào thi đua chịu tải",
        theme="Không mất một chữ",
        kind=CampaignKind.THEMATIC,
        starts_on=begun,
        ends_on=today + timedelta(days=300),
        registration_closes_on=begun + timedelta(days=10),
        reporting_due_day=25,
        launched_on=begun,
        launch_place="Hội trường",
        terms="Thực hiện đúng nội dung đã đăng ký.",
        owner=committee,
        area=ward,
    )
    for status in STEPS:
        campaigns.move(session, campaign, status, on=begun, by=head, at=at)
    open_periods(session, campaign, by=head, at=at)
    session.commit()
    now = (Period.start_on <= today) & (Period.end_on >= today)
    period = session.scalars(select(Period.id).where(Period.campaign_id == campaign.id, now)).one()
    return Office(*(tuple(each) for each in names.values()), campaign.id, period, today)


def _unit(session: Session, code: str, parent: Unit | None, kind: UnitKind, at: datetime) -> Unit:
    return units.create(
        session, code=code, name=f"Đơn vị {code}", short_name=code, kind=kind, by=NOBODY, at=at, parent=parent,
        document_style=DocumentStyle.STATE, block="IV. Các khu phố", head_position="Trưởng", position=1,
    )  # fmt: skip


def _person(session: Session, username: str, role: Role, unit: Unit, at: datetime) -> tuple[str, int]:
    account = add_account(session, username, username.replace("-", " ").capitalize(), at=at)
    accounts.appoint(
        session, account, unit, role, role.label, since=date(2023, 1, 1), until=None, by=NOBODY, at=at
    )
    return username, account.id
