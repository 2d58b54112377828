"""Cancelling a task by decision, with the reason."""

import pytest

from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/huy"


def test_the_page_names_what_follows(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task(status="committed")))
    assert "Hủy rồi thì không mở lại được" in page.text
    assert "Số 1 không cấp cho phần việc khác." in page.text
    assert "bản đã ký vẫn giữ nguyên" in page.text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "approved", "committed"])
def test_a_leader_cancels_with_a_reason(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task(status=status)
    number = task.number
    page = sign_in("leader").send(url(task), {"reason": "Trùng việc của thành phố"}, follow=True)
    assert page.said == "Đã hủy phần việc."
    ward.settle()
    assert (task.status, task.number) == (TaskStatus.CANCELLED, number)
    assert task.events[-1].reason == "Trùng việc của thành phố"


def test_a_reason_is_demanded(ward: Ward, sign_in: SignIn):
    task = ward.task()
    assert sign_in("leader").send(url(task), status=200).errors == ["Nhập lý do hủy."]
    ward.settle()
    assert task.status is TaskStatus.APPROVED


def test_what_is_cancelled_stays_so(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task(status="cancelled")))
    assert page.forms == []


def test_others_may_not_cancel_it(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk", "officer_kp2", "outsider", "ended"):
        sign_in(name).get(url(task), status=403)
    sign_in("head_kp1").get(url(ward.task("KP2")), status=404)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")
