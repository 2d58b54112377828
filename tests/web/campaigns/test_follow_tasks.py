"""Further tasks of the campaign before, into one that follows it: none twice."""

import pytest
from sqlalchemy import select

from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another

CHECK = "Xem lại trước khi chép"


@pytest.fixture
def into(ward: Ward) -> Campaign:
    """A campaign that follows the ward's."""
    made = create_another(ward, "HK-2025")
    made.follows = ward.campaign
    ward.session.commit()
    return made


def url(campaign: Campaign) -> str:
    return f"/phong-trao/{campaign.id}/chep-phan-viec"


def copied(ward: Ward, into: Campaign) -> list[int | None]:
    ward.settle()
    return list(
        ward.session.scalars(select(Task.follows_id).where(Task.campaign_id == into.id).order_by(Task.id))
    )


def test_some_today_and_the_rest_tomorrow(ward: Ward, sign_in: SignIn, into: Campaign):
    first, second = ward.task("KP1", title="Việc một"), ward.task("KP2", title="Việc hai")
    clerk = sign_in("clerk")
    checked = clerk.send(url(into), {"tasks": [str(first.id)]}, button=CHECK, status=200)
    page = clerk.send_form(checked.form(), button="Chép 01 phần việc nháp", follow=True)
    assert "Đã chép 01 phần việc nháp." in page.text
    again = clerk.get(page.link("Chép phần việc năm trước"))
    (row,) = [words(one) for one in again.all("tr") if "Việc một" in words(one)]
    assert "Đã chép: bản nháp" in row
    assert again.form().offered["tasks"] == {str(second.id)}
    checked = clerk.send_form(again.form(), button=CHECK, status=200)
    assert "Việc một: đã chép vào phong trào này" in checked.text
    clerk.send_form(checked.form(), button="Chép 01 phần việc nháp")
    assert copied(ward, into) == [first.id, second.id]
    assert "Không còn phần việc nào để chép" in clerk.get(url(into)).text


def test_two_who_copy_at_once_make_no_double(ward: Ward, sign_in: SignIn, into: Campaign):
    task = ward.task("KP1")
    one, other = sign_in("clerk"), sign_in("clerk")
    pages = [critic.send(url(into), button=CHECK, status=200) for critic in (one, other)]
    one.send_form(pages[0].form(), button="Chép 01 phần việc nháp")
    late = other.send_form(pages[1].form(), button="Chép 01 phần việc nháp", status=200)
    assert "Không còn phần việc nào để chép" in late.text
    assert copied(ward, into) == [task.id]


def test_a_forged_second_copy_is_not_made(ward: Ward, sign_in: SignIn, into: Campaign):
    task, other = ward.task("KP1"), ward.task("KP2")
    clerk = sign_in("clerk")
    checked = clerk.send(url(into), {"tasks": [str(task.id)]}, button=CHECK, status=200)
    clerk.send_form(checked.form(), button="Chép 01 phần việc nháp")
    forged = {"tasks": [str(task.id), str(other.id), "999"]}
    checked = clerk.send_form(clerk.get(url(into)).form(), forged, button=CHECK, status=200, forge=True)
    clerk.send_form(checked.form(), button="Chép 01 phần việc nháp")
    assert copied(ward, into) == [task.id, other.id]


def test_what_was_cancelled_may_be_copied_again(ward: Ward, sign_in: SignIn, into: Campaign):
    task = ward.task("KP1")
    clerk = sign_in("clerk")
    for _time in range(2):
        checked = clerk.send(url(into), button=CHECK, status=200)
        clerk.send_form(checked.form(), button="Chép 01 phần việc nháp")
        ward.settle()
        copy = ward.session.scalars(
            select(Task).where(Task.campaign_id == into.id).order_by(Task.id.desc())
        ).first()
        assert copy is not None
        tasks.cancel(ward.session, copy, "Lập nhầm.", by=ward.actor("leader"), at=ward.now)
        ward.session.commit()
    assert copied(ward, into) == [task.id, task.id]


def test_nothing_ticked_copies_nothing(ward: Ward, sign_in: SignIn, into: Campaign):
    ward.task("KP1")
    page = sign_in("clerk").send(url(into), {"tasks": []}, button=CHECK, status=200)
    assert "Đồng chí chọn ít nhất một phần việc để chép." in page.text


def test_a_campaign_that_follows_none_has_no_such_page(ward: Ward, sign_in: SignIn):
    sign_in("clerk").get(url(ward.campaign), status=404)


def test_a_concluded_campaign_takes_none(ward: Ward, sign_in: SignIn, into: Campaign):
    ward.task("KP1")
    into.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    page = sign_in("clerk").get(url(into))
    assert "Phong trào không nhận đăng ký nữa" in page.text


def test_who_may(ward: Ward, sign_in: SignIn, into: Campaign):
    ward.task("KP1")
    assert "Phần việc do văn thư chép" in sign_in("leader").get(url(into)).text
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "outsider", "admin", "ended"):
        sign_in(name).get(url(into), status=403)
    assert sign_in("nobody").get(url(into), status=302).location.startswith("/dang-nhap")
