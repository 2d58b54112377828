"""Việc của tôi, for who registers: what came back with its remarks, what was decided, what lies with the leaders."""

from datetime import date, timedelta

import pytest

from pledges.campaigns.rules import CampaignStatus
from pledges.core import clock
from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.remarks import Remark
from pledges.tasks.rules import TaskPart
from tests.support.critic import Critic, SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward

RECENT = clock.at(date(2024, 10, 8), 9)


def sheet(page: Page, name: str) -> str:
    return words(page.by_id(name))


def has(page: Page, name: str) -> bool:
    return any(one.get("id") == name for one in page.all("section"))


def kinds(page: Page) -> list[str]:
    return [words(one) for one in page.of_class("status")]


def test_what_came_back_shows_reason_and_remarks_by_part(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted", title="Vườn hoa ngõ 5")
    remarks = [
        Remark(TaskPart.PRODUCT, "Bao nhiêu mét vuông?"),
        Remark(TaskPart.INDICATORS, "Sai đơn vị.", 2),
    ]
    leader = ward.actor("leader")
    operations.send_back(ward.session, task, "Chưa đủ.", by=leader, at=RECENT, remarks=remarks)
    ward.session.commit()
    for name in ("officer_kp1", "mate_kp1"):
        page = sign_in(name).get("/")
        assert (
            "Phần việc: Vườn hoa ngõ 5 Chưa đủ. Sản phẩm Bao nhiêu mét vuông? Chỉ tiêu 2 Sai đơn vị."
            in page.text
        )
    assert "Vườn hoa" not in sign_in("officer_kp2").get("/").text


def test_remarks_that_are_the_reason_are_said_once(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    remarks = [Remark(TaskPart.PRODUCT, "Bao nhiêu mét vuông?")]
    operations.send_back(ward.session, task, "", by=ward.actor("leader"), at=RECENT, remarks=remarks)
    ward.session.commit()
    assert sign_in("officer_kp1").get("/").text.count("Bao nhiêu mét vuông?") == 1
    assert sign_in("officer_kp1").get(f"/phan-viec/{task.id}").text.count("Bao nhiêu mét vuông?") == 2, (
        "above the facts and in the story"
    )


def test_what_was_approved_is_told_with_its_number(ward: Ward, sign_in: SignIn):
    task = ward.task(title="Lắp đèn ngõ 7", at=RECENT)
    ward.task(title="Việc cũ", at=clock.at(date(2024, 9, 1), 9))
    page = sign_in("officer_kp1").get("/")
    told = sheet(page, "ket-qua")
    assert "Được duyệt, số 1 trong danh mục: Lắp đèn ngõ 7" in told
    assert "Trần Quốc Hưng · 09:00 ngày 9/10/2024" in told
    assert "Việc cũ" not in told, "longer ago than two weeks"
    assert page.link("Lắp đèn ngõ 7") == f"/phan-viec/{task.id}"
    assert not has(sign_in("officer_kp2").get("/"), "ket-qua")
    assert not has(sign_in("leader").get("/"), "ket-qua")


def test_what_was_cancelled_is_told_with_the_reason(ward: Ward, sign_in: SignIn):
    ward.task(status="cancelled", title="Lắp đèn ngõ 7", at=RECENT)
    told = sheet(sign_in("officer_kp1").get("/"), "ket-qua")
    assert "Đã hủy: Lắp đèn ngõ 7 Trùng với phần việc của thành phố." in told


def test_what_lies_with_the_leaders_is_no_work_of_mine(ward: Ward, sign_in: SignIn):
    ward.task(status="submitted", title="Dọn rác", at=clock.at(date(2024, 10, 5), 9))
    ward.task(status="submitted", title="Trồng cây", at=clock.at(date(2024, 10, 15), 7))
    page = sign_in("officer_kp1").get("/")
    assert "Không có việc nào đang chờ đồng chí" in page.text
    assert sheet(page, "da-gui") == (
        "Đã gửi, đang chờ lãnh đạo duyệt "
        "Dọn rác số đăng ký 1, Khu 1, gửi 5/10/2024, đã 10 ngày "
        "Trồng cây số đăng ký 2, Khu 1, gửi hôm nay"
    )


def test_one_draft_is_gone_on_with_and_several_are_sent_together(ward: Ward, sign_in: SignIn):
    ward.task(status="draft", title="Sân chơi")
    officer = sign_in("officer_kp1")
    assert "Phần việc: Sân chơi" in officer.get("/").text
    for number in range(4):
        ward.task(status="draft", title=f"Việc {number}")
    page = officer.get("/")
    assert "5 bản nháp phần việc chưa gửi" in page.text
    assert "và 2 việc khác" in page.text
    assert officer.get(page.link("Xem, gửi duyệt")).h1 == "Gửi duyệt nhiều phần việc"


def entered_by_clerk(ward: Ward, status: str) -> Task:
    return ward.task("KP2", status, title="Việc nhập thay", by="clerk", at=RECENT)


def test_what_the_clerk_entered_for_a_unit_comes_back_to_both(ward: Ward, sign_in: SignIn):
    entered_by_clerk(ward, "returned")
    for name in ("clerk", "officer_kp2"):
        assert kinds(sign_in(name).get("/"))[0] == "Bị trả lại"
        assert "Việc nhập thay" in sign_in(name).get("/").text
    assert "Việc nhập thay" not in sign_in("officer_kp1").get("/").text


@pytest.mark.parametrize(("status", "name"), [("submitted", "da-gui"), ("approved", "ket-qua")])
def test_the_clerk_sees_what_became_of_it(ward: Ward, sign_in: SignIn, status: str, name: str):
    entered_by_clerk(ward, status)
    ward.task("KP1", status, title="Việc của khu", at=RECENT)
    told = sheet(sign_in("clerk").get("/"), name)
    assert "Việc nhập thay" in told
    assert "Việc của khu" not in told, "what units entered themselves is theirs"


def test_a_concluded_campaign_asks_for_nothing(ward: Ward, sign_in: SignIn):
    ward.task(status="draft")
    ward.task(status="submitted")
    ward.task(status="returned")
    ward.report(ward.task("KP2"), "2024-09", [1, 21], "submitted", obstacle="Thiếu người")
    ward.commitment("KP1", "frozen")
    people = ("officer_kp1", "head_kp1", "leader", "clerk")
    before = [sign_in(name).get("/") for name in people]
    assert all("việc đang chờ đồng chí, gấp nhất đứng đầu" in page.text for page in before)
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    for name in people:
        page = sign_in(name).get("/")
        assert "Không có việc nào đang chờ đồng chí" in page.text, name
        assert not has(page, "da-gui")


def test_a_commitment_with_a_cancelled_task_is_not_asked_for(ward: Ward, sign_in: SignIn):
    task = ward.task(title="Lắp đèn ngõ 7")
    ward.task(title="Trồng cây")
    ward.commitment("KP1", "frozen")
    head, clerk = sign_in("head_kp1"), sign_in("clerk")
    assert "Chờ đồng chí ký" in kinds(head.get("/"))
    assert "Chờ chữ ký" in kinds(clerk.get("/"))
    operations.cancel(ward.session, task, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    assert "Chờ đồng chí ký" not in kinds(head.get("/"))
    page = clerk.get("/")
    assert "Chờ chữ ký" not in kinds(page)
    assert "1 bản cam kết phải thu hồi để chốt lại" in page.text


def test_a_unit_whose_only_task_was_cancelled_needs_no_commitment(ward: Ward, sign_in: SignIn):
    task = ward.task()
    officer = sign_in("officer_kp1")
    assert "Chưa có cam kết" in kinds(officer.get("/"))
    operations.cancel(ward.session, task, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    assert "Chưa có cam kết" not in kinds(officer.get("/"))


def filled(ward: Ward, times: int) -> None:
    for number in range(times):
        for status in ("draft", "submitted", "returned", "approved", "cancelled"):
            ward.task(status=status, title=f"{status} {number}", at=RECENT)
        entered_by_clerk(ward, "submitted")
        returned = ward.task("KP2", "submitted", by="clerk", title=f"Thay {number}", at=RECENT)
        remarks = [Remark(part, "Sửa") for part in (TaskPart.TITLE, TaskPart.PRODUCT)]
        leader = ward.actor("leader")
        operations.send_back(ward.session, returned, "", by=leader, at=RECENT + timedelta(1), remarks=remarks)
        ward.session.commit()


@pytest.mark.parametrize("name", ["officer_kp1", "clerk", "leader"])
def test_a_page_costs_the_same_however_much_there_is(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries, name: str
):
    filled(ward, 2)
    critic: Critic = sign_in(name)
    critic.get("/")
    with count_queries() as few:
        critic.get("/")
    filled(ward, 6)
    with count_queries() as many:
        critic.get("/")
    assert len(many) == len(few)
