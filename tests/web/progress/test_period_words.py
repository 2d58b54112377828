"""A period is called by its own words on every page, whatever the cycle."""

import pytest
from sqlalchemy import select

from pledges.campaigns.rules import Cycle
from pledges.core.text import upper_first
from pledges.progress.models import Report
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward

CALLED = [
    (Cycle.MONTHLY, "", "tháng 9/2024", "tháng 9", "T9"),
    (Cycle.QUARTERLY, "", "quý III/2024", "quý III", "QIII"),
    (Cycle.WEEKLY, "", "tuần 1/9/2024 đến 30/9/2024", "tuần 1/9", "1/9"),
    (Cycle.OWN, "đợt cao điểm APEC", "đợt cao điểm APEC", "đợt cao điểm APEC", "K6"),
]


@pytest.mark.parametrize(("cycle", "name", "label", "short", "head"), CALLED, ids=[one[0] for one in CALLED])
def test_every_page_says_the_periods_own_words(
    ward: Ward, sign_in: SignIn, cycle: Cycle, name: str, label: str, short: str, head: str
):
    task = ward.task("KP1")
    september = ward.period("2024-09")
    september.cycle, september.name = cycle, name
    ward.session.commit()
    officer, leader = sign_in("officer_kp1"), sign_in("leader")
    page = officer.get(f"/phan-viec/{task.id}/bao-cao/{september.id}")
    assert page.h1 == f"Báo cáo {label}"
    assert f"Thêm trong {short}" in page.text
    ky = "2024-09" if cycle is Cycle.MONTHLY else "2024-09-01"
    assert f"{upper_first(label)} hạn 25/9/2024" in officer.get(f"/bao-cao?ky={ky}").text
    assert label in officer.get("/").text
    ward.report(task, september, [30, 60], status="submitted")
    assert upper_first(label) in leader.get("/").text
    assert upper_first(label) in leader.get("/duyet").text
    (sent,) = ward.session.scalars(select(Report))
    assert label in leader.get(f"/bao-cao/{sent.id}").h1
    board = leader.get("/theo-doi")
    assert head in [words(one) for one in board.all("th")]
    assert leader.get(f"/theo-doi/ky/{september.id}").h1 == f"Báo cáo {label}"
