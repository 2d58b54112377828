"""The ward that the benchmarks measure: its units, its people, its campaigns, and rows of tasks."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pledges.access.roles import Role
from pledges.accounts.models import Account, Appointment
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind, CampaignStatus
from pledges.core.database import db
from pledges.core.text import fold, sort_key
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind

MADE_AT = datetime(2024, 3, 27, 2, tzinfo=UTC)
LEADER = "lanh-dao"
BLOCKS = (
    "I. Khối Đảng - chính quyền",
    "II. Mặt trận Tổ quốc và đoàn thể",
    "III. Lực lượng vũ trang",
    "IV. Các khu phố",
)


def add_units(number: int, names: str = "Đơn vị {}", code: str = "DV{}") -> list[Unit]:
    """The ward's committee, and the units below it, by block."""
    common = {"document_style": DocumentStyle.STATE}
    made = [
        Unit(
            code="UBND",
            name="Ủy ban nhân dân phường",
            short_name="UBND",
            kind=UnitKind.WARD,
            position=0,
            path="/1/",
            **common,
        )
    ]
    made += [
        Unit(
            code=code.format(one),
            name=names.format(one),
            short_name=names.format(one),
            kind=UnitKind.NEIGHBOURHOOD,
            position=one,
            path=f"/1/{one + 1}/",
            block=BLOCKS[(one - 1) * len(BLOCKS) // number],
            **common,
        )
        for one in range(1, number + 1)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def add_person(username: str, name: str, unit: Unit, role: Role, post: str) -> Account:
    """Somebody with one post, since the beginning of the year."""
    account = Account(
        username=username,
        name=name,
        password_hash="none",  # noqa: S106 - nobody signs in with it
        must_change_password=False,
        created_at=MADE_AT,
    )
    held = Appointment(
        account=account, unit=unit, role=role, post=post, valid_from=date(2024, 1, 1), valid_to=None
    )
    db.session.add_all([account, held])
    return account


def add_campaign(ward: Unit, code: str, starts_on: date, ends_on: date) -> Campaign:
    """A campaign of the ward that goes on."""
    campaign = Campaign(
        code=code,
        title=f"Phong trào thi đua {code}",
        kind=CampaignKind.THEMATIC,
        status=CampaignStatus.RUNNING,
        owner=ward,
        area=ward,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign


def task_row(number: int, campaign_id: int, unit_id: int, title: str, **facts: Any) -> dict[str, Any]:
    """A signed task, as a row; its numbers are unique in all campaigns."""
    return {
        "id": number,
        "version": 1,
        "campaign_id": campaign_id,
        "number": number,
        "registration_number": number,
        "lead_unit_id": unit_id,
        "title": title,
        "title_fold": fold(title),
        "title_sort": sort_key(title),
        "product": "Sản phẩm",
        "start_on": date(2024, 4, 1),
        "due_on": date(2024, 12, 31),
        "state_funding": Decimal(0),
        "social_funding": Decimal(0),
        "status": TaskStatus.COMMITTED,
        "entered_by_id": 1,
        "entered_by_name": "Cán bộ",
        "entered_at": MADE_AT,
        **facts,
    }


def indicator_row(task_id: int, position: int, label: str, **facts: Any) -> dict[str, Any]:
    """One of a task's two indicators, as a row."""
    return {
        "id": task_id * 2 + position - 2,
        "task_id": task_id,
        "position": position,
        "label": label,
        "baseline": Decimal(0),
        "target": Decimal(120),
        "measure": "m" if position == 1 else "% hộ",
        "direction": "up",
        "accumulates": position == 1,
        "weight": Decimal(position),
        "measured_from": None,
        **facts,
    }
