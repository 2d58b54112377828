"""Approving a task: it gets its number."""

from datetime import date

import pytest

from pledges.core import clock
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
    assert page.said.startswith("Đã duyệt phần việc số 2 trong danh mục: Bê tông hóa")
    assert page.said.endswith("Không còn phần việc nào chờ duyệt.")
    assert page.h1 == "Chờ đồng chí duyệt"
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


def waiting(ward: Ward, *titles: str) -> list[Task]:
    """Tasks that were sent one day after the other."""
    return [
        ward.task("KP2", "submitted", title=title, at=clock.at(date(2024, 4, 5 + day), 9))
        for day, title in enumerate(titles)
    ]


def test_a_decision_leads_to_the_next_that_waits(ward: Ward, sign_in: SignIn):
    first, second, third = waiting(ward, "Trồng cây", "Lắp đèn", "Dọn rác")
    leader = sign_in("leader")
    page = leader.get(url(second))
    assert "2/3 phần việc chờ duyệt" in page.text
    assert (page.link("Mục trước"), page.link("Mục sau")) == (url(first), url(third))
    page = leader.send(url(second), follow=True)
    assert page.said == "Đã duyệt phần việc số 1 trong danh mục: Lắp đèn. Còn 2 phần việc chờ duyệt."
    assert "Dọn rác" in page.text, "the one after it"
    page = leader.send(url(third), follow=True)
    assert "Trồng cây" in page.text, "after the last the first"
    assert "1/1 phần việc chờ duyệt" in page.text


def test_a_filtered_queue_is_gone_through_as_it_was_filtered(ward: Ward, sign_in: SignIn):
    first, _second, third = waiting(ward, "Trồng cây ngõ 1", "Lắp đèn", "Trồng cây ngõ 2")
    leader = sign_in("leader")
    page = leader.get(f"{url(first)}?q=trong+cay")
    assert "1/2 phần việc chờ duyệt" in page.text
    assert page.link("Mục sau") == f"{url(third)}?q=trong+cay"
    sent = leader.send_form(page.form())
    assert sent.location == f"{url(third)}?q=trong+cay"


def test_who_registered_it_and_from_which_paper_is_told(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted", by="clerk")
    task.on_behalf_of, task.from_paper = "Khu phố 1", "Phiếu đăng ký ngày 4/4/2024"
    ward.session.commit()
    for page in (url(task), f"/phan-viec/{task.id}/tra-lai"):
        text = sign_in("leader").get(page).text
        assert "Người lập Vũ Thị Thư" in text
        assert text.count("Theo Phiếu đăng ký ngày 4/4/2024") == 1


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
        ward.task("KP2", status="submitted")
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
