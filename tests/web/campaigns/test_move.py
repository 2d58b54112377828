"""Taking a campaign to its next step."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from pledges.campaigns.models import Campaign, CampaignStep
from pledges.campaigns.rules import MOVES, CampaignStatus
from pledges.progress.models import Period
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another


def url(campaign: Campaign) -> str:
    return f"/phong-trao/{campaign.id}/chuyen-buoc"


@pytest.mark.parametrize("name", ["leader", "clerk"])
def test_the_launch_opens_the_periods_and_says_so_before(ward: Ward, sign_in: SignIn, name: str):
    campaign = create_another(ward, "MOI")
    page = sign_in(name).get(url(campaign))
    assert "các kỳ báo cáo được lập" in page.text
    fields = {"on": "14/10/2024", "note": "Hội nghị phát động"}
    page = sign_in(name).send(url(campaign), fields, button="Chuyển sang “đã phát động”", follow=True)
    assert page.said == "Phong trào đã chuyển sang bước “đã phát động”."
    ward.settle()
    assert campaign.status is CampaignStatus.LAUNCHED
    assert campaign.launched_on == date(2024, 10, 14)
    due = ward.session.scalars(
        select(Period.due_on).where(Period.campaign_id == campaign.id).order_by(Period.due_on)
    )
    assert [f"{day:%d/%m/%Y}" for day in due] == [
        "25/11/2024",
        "25/12/2024",
        "25/01/2025",
        "25/02/2025",
        "25/03/2025",
    ]
    (step,) = ward.session.scalars(select(CampaignStep).where(CampaignStep.campaign_id == campaign.id))
    assert (step.on, step.note, step.by_name) == (
        date(2024, 10, 14),
        "Hội nghị phát động",
        ward.account(name).name,
    )


def test_only_steps_that_follow_are_offered(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.campaign))
    assert page.form().offered["to"] == {"interim_review", "concluded"}
    refused = sign_in("leader").send(url(ward.campaign), {"to": "archived"}, status=200, forge=True)
    assert refused.errors == ["Bước tiếp theo: Lựa chọn này không còn trong danh sách."]
    ward.settle()
    assert ward.campaign.status is CampaignStatus.RUNNING


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("16/10/2024", "Ngày này chưa đến."),
        ("14/4/2024", "Ngày: Trước ngày của bước vừa rồi (15/4/2024)."),
        ("", "Nhập ngày."),
    ],
)
def test_the_day_lies_between_the_last_step_and_today(ward: Ward, sign_in: SignIn, on: str, words: str):
    page = sign_in("leader").send(url(ward.campaign), {"on": on, "note": "Giữ lại"}, status=200)
    assert page.errors == [words]
    assert page.form().fields["note"] == ["Giữ lại"]


def test_the_whole_way_can_be_gone(ward: Ward, sign_in: SignIn, freeze: Callable[[date], None]):
    campaign = create_another(ward, "MOI")
    leader = sign_in("leader")
    for status in (
        CampaignStatus.LAUNCHED,
        CampaignStatus.REGISTERING,
        CampaignStatus.LIST_CLOSED,
        CampaignStatus.RUNNING,
        CampaignStatus.INTERIM_REVIEW,
        CampaignStatus.CONCLUDED,
        CampaignStatus.ARCHIVED,
    ):
        leader.send(url(campaign), {"to": status.value})
        ward.settle()
        assert campaign.status is status
    page = leader.get(url(campaign))
    assert "Phong trào đã ở bước cuối" in page.text
    assert page.forms == []


def test_two_people_at_once_take_one_step(ward: Ward, sign_in: SignIn):
    first, second = sign_in("leader"), sign_in("clerk")
    late = second.get(url(ward.campaign)).form()
    first.send(url(ward.campaign), {"to": "interim_review"})
    page = second.send_form(late, status=200)
    assert page.errors
    ward.settle()
    assert ward.campaign.status is CampaignStatus.INTERIM_REVIEW


def test_every_step_says_what_follows():
    following = {step for steps in MOVES.values() for step in steps}
    assert all(step.meaning for step in following)


def test_others_may_not_move_it(ward: Ward, sign_in: SignIn):
    for name in ("officer_kp1", "mate_kp1", "officer_kp2", "head_kp1", "admin", "ended", "outsider"):
        sign_in(name).get(url(ward.campaign), status=403)
    assert sign_in("nobody").get(url(ward.campaign), status=302).location.startswith("/dang-nhap")
