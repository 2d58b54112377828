"""The number in the top bar is that of the queue, whatever waits there."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.campaigns.rules import CampaignStatus
from pledges.progress.explanations.operations import Question, answer, ask
from pledges.progress.obstacles.models import Obstacle
from pledges.reviews.waiting import queue
from pledges.site.navigation import to_review
from tests.support.amending import propose
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def one_of_each(ward: Ward) -> None:
    """A task, an amendment, a report with an obstacle, an answer, and a question that is not answered yet."""
    ward.task(status="submitted")
    propose(ward, ward.task(), title="Đổ đường ngõ 12")
    ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    task = ward.task()
    made = [
        ask(
            ward.session,
            indicator,
            Question("Vì sao không tăng?", date(2024, 10, 18)),
            by=ward.actor("leader"),
            at=ward.now,
        )
        for indicator in task.indicators[:2]
    ]
    answer(ward.session, made[0], "Mưa bão.", by=ward.actor("officer_kp1"), at=ward.now)
    ward.session.commit()


def counted(ward: Ward, who: str) -> tuple[int, int]:
    actor = ward.actor(who)
    with ward.app.test_request_context():
        return to_review(ward.session, actor), queue(ward.session, actor, ward.day).count


def test_the_badge_counts_what_the_queue_shows(ward: Ward, sign_in):
    one_of_each(ward)
    assert counted(ward, "leader") == (5, 5)
    assert counted(ward, "leader2") == (5, 5)
    assert counted(ward, "head_kp1") == (0, 0)
    assert counted(ward, "officer_kp2") == (0, 0)
    assert "đang chờ: </span>5</em>" in sign_in("leader").get("/").bytes.decode()


def test_what_was_decided_withdrawn_or_is_an_own_entry_waits_no_more(ward: Ward):
    one_of_each(ward)
    obstacle = ward.session.scalars(select(Obstacle)).one()
    obstacle.report.rounds[0].entered_by_id = ward.actor("leader2").account_id
    ward.session.commit()
    assert counted(ward, "leader") == (5, 5)
    assert counted(ward, "leader2") == (3, 3), "neither the report nor its obstacle"
    obstacle.withdrawn_at = ward.now
    ward.session.commit()
    assert counted(ward, "leader") == (4, 4)


@pytest.mark.parametrize("status", [CampaignStatus.CONCLUDED, CampaignStatus.ARCHIVED])
def test_a_concluded_campaign_asks_for_nothing(ward: Ward, status: CampaignStatus):
    one_of_each(ward)
    ward.campaign.status = status
    ward.session.commit()
    assert counted(ward, "leader") == (0, 0)


def test_it_is_one_question_to_the_database(ward: Ward, count_queries: CountQueries):
    one_of_each(ward)
    actor = ward.actor("leader")
    with ward.app.test_request_context(), count_queries() as asked:
        to_review(ward.session, actor)
    assert len(asked) == 1
