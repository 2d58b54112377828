"""Returning a task to its unit, with the reason."""

from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/tra-lai"


def test_a_reason_is_demanded(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    page = sign_in("leader").send(url(task), {"reason": "  "}, status=200)
    assert page.errors == ["Nhập lý do: đơn vị cần biết phải sửa gì."]
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED


def test_the_unit_gets_it_back_with_the_reason(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    reason = "Chỉ tiêu 450 m chưa khớp kế hoạch.\nGhi rõ từng ngõ."
    page = sign_in("leader").send(url(task), {"reason": reason}, button="Trả lại cho Khu 1", follow=True)
    assert page.said == "Đã trả lại cho Khu phố 1 kèm lý do."
    ward.settle()
    assert task.status is TaskStatus.RETURNED
    assert task.events[-1].reason == reason
    assert "Ghi rõ từng ngõ." in sign_in("officer_kp1").get(f"/phan-viec/{task.id}/sua").text


def test_every_round_stays_in_sight(ward: Ward, sign_in: SignIn):
    task = ward.task(status="returned")
    officer, leader = sign_in("officer_kp1"), sign_in("leader")
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    leader.send(url(task), {"reason": "Vẫn chưa đếm được."})
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    page = leader.get(f"/phan-viec/{task.id}/duyet")
    assert "Vẫn chưa đếm được." in page.text
    assert "Chưa rõ sản phẩm." in page.text
    assert page.text.index("Vẫn chưa đếm được.") < page.text.index("Chưa rõ sản phẩm."), "newest first"


def test_an_approved_task_is_not_returned(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task()))
    assert "Phần việc đang ở bước “đã duyệt”" in page.text
    assert page.forms == []


def test_nobody_returns_an_own_entry(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    task.entered_by_id = ward.account("leader").id
    ward.session.commit()
    sign_in("leader").get(url(task), status=403)


def test_others_may_not_return_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk", "officer_kp2", "outsider", "ended"):
        sign_in(name).get(url(task), status=403)
    sign_in("head_kp1").get(url(ward.task("KP2", status="submitted")), status=404)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")
