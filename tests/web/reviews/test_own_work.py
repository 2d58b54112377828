"""Nobody decides on what one wrote oneself, whoever wrote more and whoever sent it in the end."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.access.roles import NOBODY, Role
from pledges.accounts import operations as accounts
from pledges.progress.models import Report
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.files import png, upload
from tests.support.ward import Ward
from tests.web.progress.sheets import field, url

FOR_THE_UNIT = {"on_behalf_of": "Bà Lan", "from_paper": "Phiếu ngày 5/4/2024"}
OWN = "không tự duyệt nội dung do chính mình lập"


@pytest.fixture
def clerk_too(ward: Ward) -> Ward:
    """The leader holds the clerk's post beside the own one, so that the same person may write and decide."""
    leader, office = ward.account("leader"), ward.unit("UBND")
    accounts.appoint(
        ward.session,
        leader,
        office,
        Role.CLERK,
        "Kiêm văn thư",
        since=date(2024, 1, 1),
        by=NOBODY,
        at=ward.now,
    )
    ward.session.commit()
    return ward


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_who_rewrote_a_task_does_not_approve_it(clerk_too: Ward, sign_in: SignIn, status: str):
    task = clerk_too.task(status=status)
    leader, officer = sign_in("leader"), sign_in("officer_kp1")
    leader.send(
        f"/phan-viec/{task.id}/sua", {"title": "Đắp lại toàn bộ mặt đê"} | FOR_THE_UNIT, button="Lưu nháp"
    )
    officer.send(f"/phan-viec/{task.id}/sua", {"product": "Mặt đê phẳng"}, button="Lưu nháp")
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    assert OWN in leader.get(f"/phan-viec/{task.id}/duyet", status=403).text
    assert "Đắp lại toàn bộ mặt đê" not in leader.get("/duyet").text
    assert "Đắp lại toàn bộ mặt đê" in sign_in("leader2").get("/duyet").text
    sign_in("leader2").send(f"/phan-viec/{task.id}/duyet")
    clerk_too.settle()
    assert task.status is TaskStatus.APPROVED


def test_the_story_tells_of_edits_and_the_reason_of_the_return_stays(clerk_too: Ward, sign_in: SignIn):
    task = clerk_too.task(status="returned")
    for title in ("Tên một", "Tên hai"):
        sign_in("leader").send(
            f"/phan-viec/{task.id}/sua", {"title": title} | FOR_THE_UNIT, button="Lưu nháp"
        )
    text = sign_in("officer_kp1").get(f"/phan-viec/{task.id}").text
    assert text.count("Đã sửa phần việc") == 1, "edits in a row are told once"
    assert text.count("Chưa rõ sản phẩm.") == 2, "above the facts and in the story"
    clerk_too.settle()
    assert task.status is TaskStatus.RETURNED


@pytest.mark.parametrize("part", ["figures", "file"])
def test_who_wrote_into_a_report_does_not_accept_it(clerk_too: Ward, sign_in: SignIn, part: str):
    task = clerk_too.task()
    page, leader, officer = url(clerk_too, task, "2024-09"), sign_in("leader"), sign_in("officer_kp1")
    own = {field(task): "30"} if part == "figures" else {"evidence": upload(png(3), "Ảnh.png")}
    leader.send(page, own, button="Lưu nháp")
    officer.send(
        page, {field(task): "30", field(task, 1): "40", "narrative": "Đã làm", "obstacle": "Thiếu cát"}
    )
    officer.send(f"{page}/gui")
    report = clerk_too.session.scalars(select(Report)).one()
    assert OWN in leader.get(f"/bao-cao/{report.id}/duyet", status=403).text
    for place in ("/duyet", "/"):
        assert f"/bao-cao/{report.id}/duyet" not in [link.url for link in leader.get(place).links]
        assert "Thiếu cát" not in leader.get(place).text
    assert "Thiếu cát" in sign_in("leader2").get("/duyet").text
    sign_in("leader2").send(f"/bao-cao/{report.id}/duyet")
