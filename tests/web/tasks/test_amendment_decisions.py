"""An amendment after it was proposed: seen, withdrawn, approved, returned."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.tasks.amending import operations
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.operations import Grounds
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskEventKind, TaskStatus
from tests.support.amending import WHY, propose, row_of
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward


@pytest.fixture
def task(ward: Ward) -> Task:
    """A task that stands in a signed commitment."""
    made = ward.task()
    ward.commitment("KP1", "signed")
    return made


@pytest.fixture
def proposal(ward: Ward, task: Task) -> Amendment:
    """Less of the first indicator, and three months more."""
    indicators = (row_of(task, 1, target=Decimal(400)), row_of(task, 2))
    return propose(ward, task, indicators=indicators, due_on=date(2025, 3, 31))


def url(proposal: Amendment, act: str = "") -> str:
    return f"/dieu-chinh/{proposal.id}{act}"


def test_the_page_says_what_changes_and_why(sign_in: SignIn, proposal: Amendment):
    page = sign_in("leader").get(url(proposal))
    assert "Lùi ngày Ngày hoàn thành 31/12/2024 → thành 31/3/2025" in page.text
    assert "Hạ yêu cầu Đường ngõ được bê tông hóa: phải đạt 450 m → thành 400 m" in page.text
    assert WHY in page.text
    assert {"Không đồng ý", "Duyệt điều chỉnh"} <= {link.text for link in page.links}


def test_once_approved_the_task_says_it(ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment):
    row = task.indicators[0].id
    page = sign_in("leader").send(url(proposal, "/duyet"), {"note": "Đồng ý."}, follow=True)
    assert "Đã duyệt điều chỉnh" in page.said
    assert page.h1 == "Chờ đồng chí duyệt"
    ward.settle()
    assert (task.status, task.due_on, task.indicators[0].target, task.indicators[0].id) == (
        TaskStatus.APPROVED,
        date(2025, 3, 31),
        Decimal(400),
        row,
    )
    event = task.events[-1]
    assert (event.kind, event.reason, event.by_name) == (
        TaskEventKind.AMENDED,
        WHY,
        ward.account("leader").name,
    )
    assert (proposal.status, proposal.decision) == (AmendmentStatus.APPROVED, "Đồng ý.")


def test_figures_stay_with_their_indicator(ward: Ward, sign_in: SignIn, task: Task):
    """The first is dropped, a new one comes behind: the second keeps what was reported of it."""
    ward.report(task, "2024-09", {task.indicators[1].id: Decimal(40)})
    kept = task.indicators[1].id
    new = row_of(task, 1, label="Cây xanh", measure="cây", target=Decimal(30))
    made = propose(ward, task, rows=[2, None], indicators=(row_of(task, 2), new))
    sign_in("leader").send(url(made, "/duyet"))
    ward.settle()
    assert [(one.position, one.label) for one in task.indicators] == [
        (1, "Hộ tham gia phân loại rác"),
        (2, "Cây xanh"),
    ]
    assert task.indicators[0].id == kept
    assert "40" in sign_in("officer_kp1").get(f"/phan-viec/{task.id}").text


def test_a_refusal_leaves_the_task_as_it_was(ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment):
    leader = sign_in("leader")
    assert leader.send(url(proposal, "/khong-dong-y"), status=200).errors == ["Nhập lý do không đồng ý."]
    leader.send(url(proposal, "/khong-dong-y"), {"reason": "Giữ như đã cam kết."})
    ward.settle()
    assert (task.status, task.due_on) == (TaskStatus.COMMITTED, date(2024, 12, 31))
    assert "Giữ như đã cam kết." in sign_in("officer_kp1").get(url(proposal)).text
    assert propose(ward, task, due_on=date(2025, 1, 31)).waits


def test_the_unit_takes_it_back(ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment):
    sign_in("mate_kp1").send(url(proposal, "/rut"))
    ward.settle()
    assert (proposal.status, task.status) == (AmendmentStatus.WITHDRAWN, TaskStatus.COMMITTED)
    assert "đã kết thúc" in sign_in("leader").get(url(proposal, "/duyet")).text
    assert sign_in("mate_kp1").get(url(proposal, "/rut")).forms == []


def test_a_dropped_task_is_cancelled_with_the_reason(ward: Ward, sign_in: SignIn, task: Task):
    officer = ward.actor("officer_kp1")
    made = operations.propose_dropping(ward.session, task, Grounds("Thành phố làm."), by=officer, at=ward.now)
    ward.settle()
    assert "Đã bỏ phần việc theo đề nghị" in sign_in("leader").send(url(made, "/duyet"), follow=True).said
    ward.settle()
    assert (task.status, task.events[-1].reason) == (TaskStatus.CANCELLED, "Thành phố làm.")


def test_what_changed_since_is_not_approved(ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment):
    form = sign_in("leader").get(url(proposal, "/duyet")).form()
    task.product = "Sản phẩm khác"
    ward.settle()
    page = sign_in("leader").send_form(form, status=200)
    assert "Phần việc đã thay đổi sau khi đơn vị đề nghị" in page.text
    ward.settle()
    assert proposal.waits
    assert "Ghi chú cho đơn vị" not in page.text


def test_what_left_the_list_since_is_not_approved(
    ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment
):
    sign_in("leader2").send(f"/phan-viec/{task.id}/huy", {"reason": "Thành phố làm."})
    page = sign_in("leader").send(url(proposal, "/duyet"), status=200)
    assert "không còn trong danh mục" in page.errors[0]


def test_the_queue_holds_it_until_it_is_decided(ward: Ward, sign_in: SignIn, proposal: Amendment):
    leader = sign_in("leader")
    page = leader.get("/duyet")
    assert "01 đề nghị điều chỉnh" in page.text
    assert url(proposal, "/duyet") in {link.url for link in page.links}
    assert WHY in leader.get("/duyet", loai="dieu-chinh").text
    assert WHY not in leader.get("/duyet", loai="bao-cao").text
    home = leader.get("/")
    assert "1 đề nghị điều chỉnh chờ duyệt" in home.text
    leader.send(url(proposal, "/duyet"))
    assert "đề nghị điều chỉnh chờ duyệt" not in leader.get("/").text


def test_one_proposal_leads_to_the_next(ward: Ward, sign_in: SignIn, proposal: Amendment):
    other = propose(ward, ward.task(title="Việc thứ hai"), due_on=date(2025, 1, 31))
    leader = sign_in("leader")
    page = leader.get(url(proposal, "/duyet"))
    assert "1/2 đề nghị điều chỉnh chờ duyệt" in page.text
    sent = leader.send_form(page.form())
    assert sent.location == url(other, "/duyet")
    assert "Còn 1 đề nghị điều chỉnh đang chờ." in leader.follow(sent).said


def test_the_officer_sees_the_decision_at_home(ward: Ward, sign_in: SignIn, proposal: Amendment):
    officer = sign_in("mate_kp1")
    assert "đề nghị điều chỉnh, Khu 1, gửi hôm nay" in officer.get("/").text
    sign_in("leader").send(url(proposal, "/khong-dong-y"), {"reason": "Giữ như đã cam kết."})
    home = officer.get("/")
    assert "Không đồng ý điều chỉnh" in home.text
    assert "Giữ như đã cam kết." in home.text


def test_the_page_of_the_task_tells_of_it(ward: Ward, sign_in: SignIn, task: Task):
    officer, page = sign_in("officer_kp1"), f"/phan-viec/{task.id}"
    assert "Đề nghị điều chỉnh" in {link.text for link in officer.get(page).links}
    assert "Đề nghị điều chỉnh" not in {link.text for link in sign_in("leader").get(page).links}
    proposal = propose(ward, task, due_on=date(2025, 3, 31))
    shown = officer.get(page)
    assert "Đề nghị điều chỉnh, chờ duyệt" in shown.text
    assert "Đề nghị điều chỉnh" not in {link.text for link in shown.links}
    sign_in("leader").send(url(proposal, "/duyet"))
    assert "Đã duyệt điều chỉnh phần việc" in officer.get(page).text


def test_more_time_granted_without_a_day_leads_to_a_proposal(ward: Ward, sign_in: SignIn, task: Task):
    """So were decisions kept before one asked for the new day."""
    report = ward.report(task, "2024-09", [100, 40], obstacle="Mưa nhiều.")
    obstacle = ward.session.scalars(select(Obstacle).where(Obstacle.report_id == report.id)).one()
    leader = ward.account("leader")
    obstacle.decision, obstacle.reason = Decision.EXTEND, "Cho đến hết tháng 3 năm 2025."
    obstacle.decided_at, obstacle.decided_by_id, obstacle.decided_by_name = ward.now, leader.id, leader.name
    ward.session.commit()
    page = sign_in("officer_kp1").get(f"/phan-viec/{task.id}")
    assert "Cho đến hết tháng 3 năm 2025." in page.text
    assert f"/phan-viec/{task.id}/dieu-chinh#due_on" in {link.url for link in page.links}
    propose(ward, task, due_on=date(2025, 3, 31))
    assert "Lãnh đạo cho gia hạn" not in sign_in("officer_kp1").get(f"/phan-viec/{task.id}").text


def test_the_queue_asks_no_more_for_more(
    ward: Ward, sign_in: SignIn, proposal: Amendment, count_queries: CountQueries
):
    leader = sign_in("leader")
    leader.get("/duyet")
    with count_queries() as few:
        leader.get("/duyet")
    for number in range(4):
        propose(ward, ward.task(title=f"Việc {number}"), due_on=date(2025, 1, 31))
    with count_queries() as many:
        leader.get("/duyet")
    assert len(many) == len(few)


def test_nobody_decides_on_an_own_proposal(ward: Ward, sign_in: SignIn, task: Task):
    proposal = propose(ward, task, by="clerk", due_on=date(2025, 3, 31))
    proposal.proposed_by_id = ward.account("leader").id
    ward.settle()
    for act in ("/duyet", "/khong-dong-y"):
        sign_in("leader").get(url(proposal, act), status=403)
    sign_in("leader2").get(url(proposal, "/duyet"))


def test_who_sees_it_and_who_decides(ward: Ward, sign_in: SignIn, task: Task, proposal: Amendment):
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk", "leader", "leader2"):
        sign_in(name).get(url(proposal))
    sign_in("officer_kp2").get(url(proposal), status=404)
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk"):
        for act in ("/duyet", "/khong-dong-y"):
            sign_in(name).get(url(proposal, act), status=403)
    for name in ("head_kp1", "leader"):
        sign_in(name).get(url(proposal, "/rut"), status=403)
    for act in ("", "/duyet", "/khong-dong-y", "/rut"):
        assert sign_in("nobody").get(url(proposal, act), status=302).location.startswith("/dang-nhap")
