"""Phần việc chung: organisers name them and put tasks in; nothing a unit wrote changes."""

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.campaigns.rules import CampaignStatus
from pledges.tasks.models import CommonTask, Task
from tests.support.critic import SignIn
from tests.support.ward import Ward


def listing(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}/phan-viec-chung"


def one(ward: Ward) -> CommonTask:
    ward.settle()
    return ward.session.scalars(select(CommonTask)).one()


@pytest.fixture
def named(ward: Ward, sign_in: SignIn) -> Ward:
    """A common task with a task of KP1; that of KP2 belongs to none."""
    first = ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    ward.task("KP2", title="Bê tông hóa ngõ tổ 5")
    sign_in("clerk").send(
        f"{listing(ward)}/dat", {"title": "Đường ngõ sạch", "tasks": [first.id]}, follow=True
    )
    return ward


def titles(ward: Ward, common: CommonTask) -> list[str]:
    ward.settle()
    return list(
        ward.session.scalars(select(Task.title).where(Task.common_task_id == common.id).order_by(Task.id))
    )


def test_a_name_is_given_and_tasks_are_put_in_and_taken_out(named: Ward, sign_in: SignIn):
    common, clerk = one(named), sign_in("clerk")
    url = f"/phan-viec-chung/{common.id}"
    assert titles(named, common) == ["Bê tông hóa ngõ tổ 3"]
    second = named.session.scalars(select(Task).where(Task.title == "Bê tông hóa ngõ tổ 5")).one()
    versions = list(named.session.scalars(select(Task.version).order_by(Task.id)))
    clerk.send(url, {"joining": [second.id]}, follow=True)
    assert len(titles(named, common)) == 2
    clerk.send(url, {"leaving": [second.id]}, follow=True)
    assert titles(named, common) == ["Bê tông hóa ngõ tổ 3"]
    assert list(named.session.scalars(select(Task.version).order_by(Task.id))) == versions, (
        "units' edits stay good"
    )
    acts = list(named.session.scalars(select(LogEntry.action).where(LogEntry.subject_kind == "common_task")))
    assert acts == ["common_task.named", "common_task.joined", "common_task.joined", "common_task.left"]


def test_nothing_ticked_is_said(named: Ward, sign_in: SignIn):
    page = sign_in("clerk").send(f"/phan-viec-chung/{one(named).id}", {}, status=200)
    assert page.errors == ["Chưa đánh dấu phần việc nào."]


def test_a_task_that_another_took_meanwhile_is_refused(named: Ward, sign_in: SignIn):
    common = one(named)
    clerk, leader = sign_in("clerk"), sign_in("leader")
    second = named.session.scalars(select(Task).where(Task.title == "Bê tông hóa ngõ tổ 5")).one()
    page = clerk.get(f"/phan-viec-chung/{common.id}")
    leader.send(f"{listing(named)}/dat", {"title": "Việc khác", "tasks": [second.id]}, follow=True)
    answer = clerk.send_form(page.form(), {"joining": [second.id]}, status=200)
    assert answer.errors == [
        "Có phần việc vừa được người khác gắn hoặc tách; đồng chí xem lại danh sách rồi bấm lại."
    ]
    assert titles(named, common) == ["Bê tông hóa ngõ tổ 3"]


def test_a_name_is_given_once(named: Ward, sign_in: SignIn):
    page = sign_in("leader").send(f"{listing(named)}/dat", {"title": "đường ngõ SẠCH"}, status=200)
    assert page.errors == ["Phong trào đã có phần việc chung tên này."]
    assert sign_in("leader").send(f"{listing(named)}/dat", {"title": " "}, status=200).errors == ["Nhập tên."]


def test_another_name(named: Ward, sign_in: SignIn):
    common = one(named)
    url = f"/phan-viec-chung/{common.id}/doi-ten"
    page = sign_in("clerk").send(url, {"title": "Ngõ xóm sạch đẹp"}, follow=True)
    assert page.h1 == "Ngõ xóm sạch đẹp"
    sign_in("clerk").send(url, {"title": "Ngõ xóm sạch đẹp"}, follow=True)
    sign_in("leader").send(f"{listing(named)}/dat", {"title": "Việc khác"}, follow=True)
    assert sign_in("clerk").send(url, {"title": "VIỆC KHÁC"}, status=200).errors == [
        "Phong trào đã có phần việc chung tên này."
    ]


def test_removing_asks_first_and_leaves_the_tasks(named: Ward, sign_in: SignIn):
    common = one(named)
    url = f"/phan-viec-chung/{common.id}/bo"
    page = sign_in("leader").get(url)
    assert "giữ nguyên nội dung, số liệu và báo cáo" in page.text
    assert "Bê tông hóa ngõ tổ 3" in page.text
    after = sign_in("leader").send(url, follow=True)
    assert "Chưa có phần việc chung nào" in after.text
    named.settle()
    assert list(named.session.scalars(select(Task.common_task_id))) == [None, None]


def test_a_concluded_campaign_takes_no_more(named: Ward, sign_in: SignIn):
    common = one(named)
    named.campaign.status = CampaignStatus.CONCLUDED
    named.session.commit()
    clerk = sign_in("clerk")
    assert clerk.get(f"/phan-viec-chung/{common.id}").forms == []
    assert clerk.get(f"{listing(named)}/dat").forms == []
    assert clerk.send(f"/phan-viec-chung/{common.id}/bo", status=200).errors


def test_only_tasks_that_leaders_have_seen_are_offered(ward: Ward, sign_in: SignIn):
    for status in ("draft", "submitted", "returned", "approved", "committed", "cancelled"):
        ward.task("KP1", status, title=f"Phần việc {status}")
    form = sign_in("clerk").get(f"{listing(ward)}/dat").form()
    assert len(form.offered["tasks"]) == 3


@pytest.mark.parametrize("path", ["", "/dat"])
def test_who_may(named: Ward, sign_in: SignIn, path: str):
    urls = [listing(named) + path, f"/phan-viec-chung/{one(named).id}"]
    urls += [f"{urls[1]}/doi-ten", f"{urls[1]}/bo"]
    for url in urls:
        for who in ("leader", "leader2", "clerk"):
            sign_in(who).get(url)
        for who in ("officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "outsider", "admin"):
            sign_in(who).get(url, status=403)
        assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")
