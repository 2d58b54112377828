"""Việc của tôi, below what waits: what I did lately, in words, with the way to each record that I may still see."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.page import elements, words
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]


@pytest.fixture
def road(ward: Ward) -> Task:
    """A task of KP1 with every report up to September accepted."""
    task = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    for month in ("2024-04", "2024-05", "2024-06", "2024-07", "2024-08", "2024-09"):
        ward.report(task, month, [10, 30])
    return task


def test_what_i_did_lately_leads_to_the_records(ward: Ward, sign_in: SignIn, road: Task):
    report = ward.report(road, "2024-10", [5, 31], "submitted")
    reviews.accept(ward.session, report, by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = sign_in("officer_kp1").get("/")
    lately = [words(one) for one in elements(page.of_class("timeline")[0], "li")]
    assert lately[0] == "Đã gửi báo cáo: tháng 10/2024, Bê tông hóa ngõ tổ 3 09:30 ngày 15/10/2024"
    assert len(lately) == 8
    assert len(set(lately)) == 8, "begun, written and sent is one line"
    assert sign_in("officer_kp1").get(page.link("tháng 10/2024, Bê tông")).h1 == "Báo cáo tháng 10/2024"
    leader = sign_in("leader").get("/")
    assert "Đã duyệt báo cáo: tháng 10/2024" in leader.text
    assert "đăng nhập" not in page.text


def test_what_i_may_no_longer_see_is_told_without_a_way_there(ward: Ward, sign_in: SignIn, road: Task):
    account = ward.account("officer_kp1")
    ward.session.execute(
        sa.text("UPDATE appointment SET valid_to = '2024-10-01' WHERE account_id = :id"), {"id": account.id}
    )
    ward.session.commit()
    page = sign_in("officer_kp1").get("/")
    lately = [words(one) for one in elements(page.of_class("timeline")[0], "li")]
    assert lately[0].startswith("Đã gửi báo cáo 09:00")
    assert "Bê tông hóa" not in page.text
