"""The world before which the doors stand: two wards alike, with a record of every kind that an address can name.

What is written in a record holds a marker, a word that stands nowhere else: the marker of its unit, or that of its
ward. Whoever reads it in an answer has seen that record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY, Actor, Role
from pledges.accounts import operations as accounts
from pledges.accounts.models import Account, Appointment
from pledges.campaigns import operations as campaigns
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind
from pledges.core import clock
from pledges.core.base import Base
from pledges.progress.periods import open_periods
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.rules import UnitKind
from tests.support import world
from tests.support.ward import Ward

KP1, KP2, HP = "kp1", "kp2", "hp"
MARKS = {KP1: "zqkhumot", KP2: "zqkhuhai", "hk": "zqhakhanh", HP: "zqhongphong"}
"""Whose record a word betrays: of either unit of Hà Khánh, of that ward as a whole, of Hồng Phong."""

OTHER_CODES = {
    "UBND": "HP-UBND", "KP1": "HP-KP1", "KP2": "HP-KP2", "KP3": "HP-KP3", "MTTQ": "HP-MTTQ", "HK": "HP",
}  # fmt: skip
OTHER_PEOPLE = {
    "officer_kp1": "outsider", "officer_kp2": "hp_officer2", "mate_kp1": "hp_mate", "head_kp1": "hp_head",
    "leader": "hp_leader", "clerk": "hp_clerk", "admin": "hp_admin",
}  # fmt: skip
OTHER_POSTS = (
    ("hp_officer2", Role.OFFICER, "HP-KP2"),
    ("hp_mate", Role.OFFICER, "HP-KP1"),
    ("hp_head", Role.LEADER, "HP-KP1"),
    ("hp_leader", Role.LEADER, "HP-UBND"),
    ("hp_clerk", Role.CLERK, "HP-UBND"),
    ("hp_admin", Role.ADMINISTRATOR, "HP"),
)
NEW_UNITS = (
    ("HP-UBND", "HP", UnitKind.PEOPLE_COMMITTEE, "Ủy ban nhân dân", world.STATE, "Chủ tịch UBND"),
    ("HP-MTTQ", "HP", UnitKind.FRONT, "Ủy ban Mặt trận Tổ quốc", world.FRONT, "Chủ tịch UBMTTQ"),
    ("HP-KP2", "HP", UnitKind.NEIGHBOURHOOD, "Khu phố 2", world.NEIGHBOURHOODS, "Khu trưởng"),
    ("HP-KP3", "HP", UnitKind.NEIGHBOURHOOD, "Khu phố 3", world.NEIGHBOURHOODS, "Khu trưởng"),
)


class HongPhong(Ward):
    """The neighbouring ward, spoken to as if it were Hà Khánh: its units and people answer to those names."""

    @property
    def campaign(self) -> Campaign:
        """The campaign of the ward Hồng Phong."""
        return self.session.scalars(select(Campaign).where(Campaign.code == "HP-2024")).one()

    @property
    def periods(self) -> list[Any]:
        """The months of its campaign."""
        return [one for one in super().periods if one.campaign_id == self.campaign.id]

    def unit(self, code: str) -> Unit:
        """The unit that is there what the unit of this code is in Hà Khánh."""
        return super().unit(OTHER_CODES.get(code, code))

    def account(self, username: str) -> Account:
        """The person who is there what this one is in Hà Khánh."""
        return super().account(OTHER_PEOPLE.get(username, username))


class HaKhanh(Ward):
    """The ward of the small world, when its campaign isn't the only one."""

    @property
    def periods(self) -> list[Any]:
        """The months of its campaign."""
        return [one for one in super().periods if one.campaign_id == self.campaign.id]


@dataclass
class Places:
    """Which numbers the addresses name, by whose they are: `of[KP2]["task_id"]`."""

    of: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note(self, whose: str, **numbers: Any) -> None:
        """Keep what an address of somebody's records says."""
        self.of.setdefault(whose, {}).update(numbers)


def settle_hong_phong(ward: Ward) -> None:
    """Units, people and a campaign for the ward that the small world only names."""
    session, at = ward.session, world.MADE_AT
    made = {code: ward.unit(code) for code in ("HP", "HP-KP1")}
    for position, (code, parent, kind, name, block, head) in enumerate(NEW_UNITS, 20):
        made[code] = units.create(
            session, code=code, name=f"{name} {MARKS[HP]}", short_name=code, kind=kind, by=NOBODY, at=at,
            parent=made[parent], block=block, head_position=head, position=position,
        )  # fmt: skip
    for username, role, code in OTHER_POSTS:
        _appointed(session, username, role, made[code])
    _campaign_of(session, made)
    session.commit()


def _appointed(session: Session, username: str, role: Role, unit: Unit) -> None:
    account = world.add_account(session, username, f"{username} {MARKS[HP]}", at=world.MADE_AT)
    if role is Role.ADMINISTRATOR:
        world.give_second_factor(session, account)
    accounts.appoint(
        session, account, unit, role, f"{role.label} {MARKS[HP]}",
        since=date(2023, 1, 1), by=NOBODY, at=world.MADE_AT,
    )  # fmt: skip


def _campaign_of(session: Session, made: Mapping[str, Unit]) -> None:
    found = session.scalars(select(Account).where(Account.username == "hp_leader")).one()
    leader = Actor(found.id, found.name)
    facts: dict[str, Any] = {
        "code": "HP-2024", "title": f"Phong trào {MARKS[HP]}", "theme": "Thi đua", "kind": CampaignKind.THEMATIC,
        "starts_on": date(2024, 3, 29), "ends_on": date(2025, 6, 30), "registration_closes_on": date(2024, 4, 12),
        "expected_task_count": 6, "reporting_due_day": 25, "launched_on": date(2024, 3, 29),
        "launch_place": "Hội trường", "terms": "Thực hiện đúng.", "owner": made["HP-UBND"], "area": made["HP"],
        "bases": [], "movements": ["Toàn dân đoàn kết"],
    }  # fmt: skip
    campaign = campaigns.create(session, by=leader, at=world.MADE_AT, **facts)
    for status, on in world.STEPS:
        campaigns.move(session, campaign, status, on=on, by=leader, at=clock.at(on, 10))
    open_periods(session, campaign, by=leader, at=world.MADE_AT)


def newest(session: Session, kind: type[Base]) -> int:
    """The number of the record that was made last."""
    session.flush()
    number = session.scalar(select(func.max(kind.id)))  # type: ignore[attr-defined]
    assert number is not None, f"no {kind.__name__} was made"
    return int(number)


def appointment_of(ward: Ward, username: str) -> int:
    """The number of somebody's first post."""
    chosen = select(Appointment.id).where(Appointment.account_id == ward.account(username).id)
    return ward.session.scalars(chosen.order_by(Appointment.id)).first() or 0
