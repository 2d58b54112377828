"""The small world of most tests, made through the operations: two wards, eleven people, one campaign."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyotp
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from pledges.access.roles import NOBODY, Actor, Role
from pledges.accounts import operations as accounts
from pledges.accounts.models import Account
from pledges.accounts.second_factor import sealing
from pledges.accounts.second_factor.models import SecondFactor
from pledges.audit.operations import record
from pledges.campaigns import operations as campaigns
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind, CampaignStatus
from pledges.core import clock
from pledges.progress.periods import open_periods
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind
from tests.support.apps import KEY

DAY = date(2024, 10, 15)
MADE_AT = clock.at(date(2024, 3, 1), 8)
PASSWORD = "con đường hoa số 5"
CHEAP_HASH = generate_password_hash(PASSWORD, method="scrypt:128:1:1")
"""Of everybody's password: real hashing is what signing in is tested with, not what every test waits for."""

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the phones of those who administer make their codes from."""

STATE = "I. Khối Đảng - chính quyền"
FRONT = "II. Mặt trận Tổ quốc và đoàn thể"
NEIGHBOURHOODS = "IV. Các khu phố"

STYLES = {UnitKind.PARTY_COMMITTEE: DocumentStyle.PARTY, UnitKind.FRONT: DocumentStyle.FRONT}
UNITS = (
    ("HL", None, UnitKind.CITY, "Thành phố Hạ Long", "TP Hạ Long", "", ""),
    ("HK", "HL", UnitKind.WARD, "Phường Hà Khánh", "P. Hà Khánh", "", ""),
    ("DU", "HK", UnitKind.PARTY_COMMITTEE, "Đảng ủy phường Hà Khánh", "Đảng ủy", STATE, "Bí thư"),
    (
        "UBND",
        "HK",
        UnitKind.PEOPLE_COMMITTEE,
        "Ủy ban nhân dân phường Hà Khánh",
        "UBND",
        STATE,
        "Chủ tịch UBND",
    ),
    ("VPTK", "UBND", UnitKind.OFFICE, "Bộ phận Văn phòng - Thống kê", "VP - TK", STATE, "Công chức VP - TK"),
    ("MTTQ", "HK", UnitKind.FRONT, "Ủy ban Mặt trận Tổ quốc phường", "UBMTTQ", FRONT, "Chủ tịch UBMTTQ"),
    ("KP1", "HK", UnitKind.NEIGHBOURHOOD, "Khu phố 1", "Khu 1", NEIGHBOURHOODS, "Khu trưởng"),
    ("KP2", "HK", UnitKind.NEIGHBOURHOOD, "Khu phố 2", "Khu 2", NEIGHBOURHOODS, "Khu trưởng"),
    ("KP3", "HK", UnitKind.NEIGHBOURHOOD, "Khu phố 3", "Khu 3", NEIGHBOURHOODS, "Khu trưởng"),
    ("HP", "HL", UnitKind.WARD, "Phường Hồng Phong", "P. Hồng Phong", "", ""),
    (
        "HP-KP1",
        "HP",
        UnitKind.NEIGHBOURHOOD,
        "Khu phố 1 Hồng Phong",
        "Khu 1 HP",
        NEIGHBOURHOODS,
        "Khu trưởng",
    ),
)


@dataclass(frozen=True)
class Person:
    """Somebody of the world: the name to sign in with, and the one post."""

    username: str
    name: str
    role: Role
    unit: str
    post: str
    until: date | None = None


PEOPLE = (
    Person("officer_kp1", "Nguyễn Thị Lan", Role.OFFICER, "KP1", "Khu phó Khu phố 1"),
    Person("mate_kp1", "Lê Văn Bình", Role.OFFICER, "KP1", "Thư ký Khu phố 1"),
    Person("head_kp1", "Phạm Văn Đức", Role.LEADER, "KP1", "Bí thư chi bộ, Khu trưởng Khu phố 1"),
    Person("officer_kp2", "Hoàng Thị Ánh", Role.OFFICER, "KP2", "Khu phó Khu phố 2"),
    Person("leader", "Trần Quốc Hưng", Role.LEADER, "UBND", "Chủ tịch UBND phường"),
    Person("leader2", "Đỗ Hải Yến", Role.LEADER, "UBND", "Phó Chủ tịch UBND phường"),
    Person("clerk", "Vũ Thị Thư", Role.CLERK, "UBND", "Văn thư UBND phường"),
    Person("admin", "Bùi Minh Quân", Role.ADMINISTRATOR, "HK", "Quản trị hệ thống"),
    Person("outsider", "Ngô Văn Ngoài", Role.OFFICER, "HP-KP1", "Khu phó Khu phố 1"),
    Person("ended", "Đinh Văn Nghỉ", Role.OFFICER, "KP1", "Khu phó Khu phố 1", until=date(2024, 9, 30)),
)

STEPS = (
    (CampaignStatus.LAUNCHED, date(2024, 3, 29)),
    (CampaignStatus.REGISTERING, date(2024, 3, 30)),
    (CampaignStatus.LIST_CLOSED, date(2024, 4, 13)),
    (CampaignStatus.RUNNING, date(2024, 4, 15)),
)


def build(session: Session) -> None:
    """Make the world and commit it."""
    made = _units(session)
    people = {person.username: _person(session, person, made[person.unit]) for person in PEOPLE}
    leader = Actor(people["leader"].id, people["leader"].name)
    campaign = _campaign(session, made, leader)
    open_periods(session, campaign, by=leader, at=MADE_AT)
    session.commit()


def _units(session: Session) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for position, (code, parent, kind, name, short, block, head) in enumerate(UNITS, 1):
        made[code] = units.create(
            session, code=code, name=name, short_name=short, kind=kind, by=NOBODY, at=MADE_AT,
            parent=made[parent] if parent else None, document_style=STYLES.get(kind, DocumentStyle.STATE),
            block=block, head_position=head,
            position=position,
        )  # fmt: skip
    return made


def _person(session: Session, person: Person, unit: Unit) -> Account:
    account = add_account(session, person.username, person.name, at=MADE_AT)
    if person.role is Role.ADMINISTRATOR:
        give_second_factor(session, account)
    accounts.appoint(
        session, account, unit, person.role, person.post,
        since=date(2023, 1, 1), until=person.until, by=NOBODY, at=MADE_AT,
    )  # fmt: skip
    return account


def add_account(session: Session, username: str, name: str, *, at: datetime) -> Account:
    """As `accounts.operations.create` makes it, but for the price of the hash and the change at first use."""
    account = Account(
        username=username,
        name=name,
        password_hash=CHEAP_HASH,
        must_change_password=False,
        created_at=at,
    )
    session.add(account)
    record(session, "account.created", account, by=NOBODY, at=at, after=accounts.facts(account))
    return account


def give_second_factor(session: Session, account: Account) -> None:
    """What who administers must have before anything else."""
    sealed = sealing.seal(KEY, account.id, SECRET)
    session.add(SecondFactor(account_id=account.id, sealed=sealed, last_step=0, set_at=MADE_AT))


def code(steps: int = 0) -> str:
    """What the phone of such a person shows now, or some steps later."""
    return str(pyotp.TOTP(SECRET).at(clock.real(), counter_offset=steps))


def _campaign(session: Session, made: dict[str, Unit], leader: Actor) -> Campaign:
    facts: dict[str, Any] = {
        "code": "HK-2024",
        "title": "Phong trào thi đua chào mừng Đại hội Đảng các cấp",
        "theme": "Thi đua hoàn thành các mục tiêu nhiệm kỳ",
        "kind": CampaignKind.THEMATIC,
        "starts_on": date(2024, 3, 29),
        "ends_on": date(2025, 6, 30),
        "registration_closes_on": date(2024, 4, 12),
        "expected_task_count": 6,
        "reporting_due_day": 25,
        "launched_on": date(2024, 3, 29),
        "launch_place": "Hội trường UBND phường",
        "terms": "Thực hiện đúng nội dung đã đăng ký.",
        "owner": made["UBND"],
        "area": made["HK"],
        "bases": [
            {
                "type": "Kế hoạch",
                "number": "133/KH-UBND",
                "issued_on": date(2024, 3, 13),
                "issuer": "Ủy ban nhân dân thành phố Hạ Long",
                "subject": "Tổ chức phong trào thi đua",
            }
        ],
        "movements": ["Toàn dân đoàn kết xây dựng đô thị văn minh", "Toàn dân bảo vệ an ninh Tổ quốc"],
    }
    campaign = campaigns.create(session, by=leader, at=MADE_AT, **facts)
    for status, on in STEPS:
        campaigns.move(session, campaign, status, on=on, by=leader, at=clock.at(on, 10))
    return campaign
