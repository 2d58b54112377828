"""What a clerk types into the form of a campaign, and further campaigns."""

from datetime import date

from pledges.campaigns import operations
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind
from tests.support.ward import Ward


def filled(ward: Ward, **changes: str) -> dict[str, str]:
    """A campaign of the ward's committee, with one basis and one movement."""
    fields = {
        "title": "Phong trào trồng cây đời đời nhớ ơn Bác Hồ",
        "code": "HK-2025-CAY",
        "kind": "thematic",
        "owner": str(ward.unit("UBND").id),
        "area": str(ward.unit("HK").id),
        "starts_on": "01/11/2024",
        "ends_on": "30/4/2025",
        "registration_closes_on": "30/11/2024",
        "expected_task_count": "10",
        "reporting_due_day": "20",
        "bases-0-type": "Kế hoạch",
        "bases-0-number": "05/KH-UBND",
        "bases-0-issued_on": "15/10/2024",
        "bases-0-issuer": "Ủy ban nhân dân phường Hà Khánh",
        "bases-0-subject": "Tổ chức Tết trồng cây",
        "movements-0-name": "Toàn dân đoàn kết xây dựng đô thị văn minh",
    }
    return fields | changes


def create_another(ward: Ward, code: str) -> Campaign:
    """A further campaign of the ward, in preparation."""
    campaign = operations.create(
        ward.session,
        by=ward.actor("leader"),
        at=ward.now,
        code=code,
        title=f"Phong trào {code}",
        kind=CampaignKind.REGULAR,
        starts_on=date(2024, 11, 1),
        ends_on=date(2025, 3, 31),
        owner=ward.unit("UBND"),
        area=ward.unit("HK"),
    )
    ward.session.commit()
    return campaign
