"""Approving a task: it gets its number."""

from datetime import date

import pytest

from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/duyet"


@pytest.mark.parametrize("name", ["leader", "leader2"])
def test_an_approved_task_gets_the_next_number(ward: Ward, sign_in: SignIn, name: str):
    ward.task()
    task = ward.task("KP2", status="submitted")
    page = sign_in(name).get(url(task))
    assert "dự kiến 2" in page.text
    assert "Gửi duyệt" in page.text, "the rounds are in sight"
    page = sign_in(name).send(url(task), {"note": "Làm tốt"}, button="Duyệt vào danh mục", follow=True)
    assert page.said == "Đã duyệt: phần việc số 2 trong danh mục."
    ward.settle()
    assert (task.status, task.number) == (TaskStatus.APPROVED, 2)
    assert task.events[-1].reason == "Làm tốt"


def test_a_number_is_never_given_again(ward: Ward, sign_in: SignIn):
    ward.task(status="cancelled")
    task = ward.task(status="submitted")
    sign_in("leader").send(url(task))
    ward.settle()
    assert task.number == 2


def test_two_clicks_give_one_number(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    leader = sign_in("leader")
    form = leader.get(url(task)).form()
    assert leader.send_form(form).location == leader.send_form(form).location
    ward.settle()
    assert (task.number, ward.campaign.last_task_number) == (1, 1)


def test_two_leaders_at_once_decide_once(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    first, second = sign_in("leader"), sign_in("leader2")
    late = second.get(url(task)).form()
    first.send(f"/phan-viec/{task.id}/tra-lai", {"reason": "Thiếu sản phẩm"})
    page = second.send_form(late, status=200)
    assert "Phần việc đang ở bước “bị trả lại”" in page.text
    ward.settle()
    assert task.status is TaskStatus.RETURNED


def test_nobody_approves_an_own_entry(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    task.entered_by_id = ward.account("leader").id
    ward.session.commit()
    page = sign_in("leader").get(url(task), status=403)
    assert "Đồng chí không tự duyệt nội dung do chính mình lập" in page.text
    sign_in("leader2").get(url(task))


def test_a_draft_can_not_be_approved(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task(status="draft")))
    assert "Phần việc đang ở bước “bản nháp”" in page.text
    assert page.forms == []


def test_others_may_not_approve_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk"):
        page = sign_in(name).get(url(task), status=403)
        assert "chưa có quyền: duyệt, trả lại, hủy phần việc" in page.text
    for name in ("officer_kp2", "outsider", "ended"):
        sign_in(name).get(url(task), status=403)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")


def test_a_leader_elsewhere_knows_nothing_of_it(ward: Ward, sign_in: SignIn):
    task = ward.task("KP2", status="submitted")
    sign_in("head_kp1").get(url(task), status=404)


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    task = ward.task(status="submitted")
    leader = sign_in("leader")
    leader.get(url(task))  # whatever is asked once and kept
    with count_queries() as few:
        leader.get(url(task))
    for _ in range(20):
        ward.task()
    with count_queries() as many:
        leader.get(url(task))
    assert len(many) == len(few)


def test_what_no_longer_fits_the_campaign_is_not_approved(ward: Ward, sign_in: SignIn):
    """The campaign was made shorter while the task waited."""
    task, leader = ward.task(status="submitted"), sign_in("leader")
    opened = leader.get(url(task)).form()
    ward.campaign.ends_on = date(2024, 11, 30)
    ward.session.commit()
    page = leader.send_form(opened, status=200)
    assert page.errors == ["Ngày hoàn thành: Sau ngày kết thúc phong trào (30/11/2024)."]
    assert "Chưa duyệt được" in page.text
    assert "Duyệt vào danh mục" not in [words for words, _name, _value in page.form().buttons]
    ward.settle()
    assert (task.status, task.number) == (TaskStatus.SUBMITTED, None)
