"""A campaign in which somebody is late."""

from datetime import date

import pytest

from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.operations import CeremonyEntry
from tests.support.ward import Ward


@pytest.fixture
def late(ward: Ward) -> Ward:
    """KP1 owes September and is behind with an obstacle; MTTQ passed its day; KP2 owes nothing."""
    ward.account("officer_kp1").phone = "0203 3825 111"
    owing = ward.task("KP1", "committed", title="Trồng cây", start_on=date(2024, 8, 1))
    ward.report(owing, "2024-08", [5, 1], obstacle="Thiếu cây giống", next_step="Hỗ trợ 50 cây")
    ward.task("MTTQ", title="Sửa nhà Đại đoàn kết", start_on=date(2024, 5, 1), due_on=date(2024, 9, 30))
    ward.report(ward.task("KP2", title="Đường hoa", start_on=date(2024, 9, 1)), "2024-09", [75, 31])
    entry = CeremonyEntry(
        held_on=date(2024, 4, 12),
        place="Nhà văn hóa phường",
        certified_by="Vũ Thị Thư",
        certified_post="Văn thư",
        chair="Trần Quốc Hưng",
        secretary="Đỗ Hải Yến",
    )
    ceremonies.open_ceremony(ward.session, ward.campaign, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return ward
