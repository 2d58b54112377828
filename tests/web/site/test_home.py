"""Việc của tôi: what waits for each role, gravest first and one press from done; then what I did lately."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from pledges.accounts.models import Account
from pledges.core import clock
from pledges.progress import operations as progress
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.page import has_class
from tests.support.queries import Count
from tests.support.ward import Ward
from tests.web.site.waiting import NOTHING, press, said, waits

SignIn = Callable[[str], Critic]


@pytest.fixture
def road(ward: Ward) -> Task:
    """A task of KP1 with every report up to September accepted."""
    task = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    for month in ("2024-04", "2024-05", "2024-06", "2024-07", "2024-08", "2024-09"):
        ward.report(task, month, [10, 30])
    return task


@pytest.mark.parametrize("who", ["officer_kp1", "mate_kp1"])
def test_a_report_that_comes_due_is_one_press_away(ward: Ward, sign_in: SignIn, road: Task, who: str):
    page = sign_in(who).get("/")
    assert page.h1 == "Việc của tôi"
    assert len(waits(page)) == 1
    assert (
        "Đến hạn đến hạn 25/10/2024, còn 10 ngày Báo cáo tháng 10/2024: Bê tông hóa ngõ tổ 3" in said(page)[0]
    )
    assert sign_in(who).get(press(page)).h1 == "Báo cáo tháng 10/2024"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2024, 10, 14), None),
        (date(2024, 10, 15), "còn 10 ngày"),
        (date(2024, 10, 25), "hôm nay là ngày cuối"),
        (date(2024, 10, 26), "hạn 25/10/2024, quá 1 ngày"),
    ],
)
def test_when_a_report_is_asked_for(
    ward: Ward, sign_in: SignIn, road: Task, freeze: Callable[[date], None], day: date, due: str | None
):
    freeze(day)
    page = sign_in("officer_kp1").get("/")
    if due is None:
        assert NOTHING in page.text
    else:
        assert due in said(page)[0]
        assert has_class(waits(page)[0], "hot") is (day >= date(2024, 10, 25))


def test_the_gravest_comes_first(ward: Ward, sign_in: SignIn, road: Task):
    ward.task("KP1", "returned", title="Vườn hoa ngõ 5")
    ward.task("KP1", "draft", title="Sân chơi thiếu nhi")
    late = ward.task("KP1", title="Lắp đèn ngõ 7", start_on=date(2024, 9, 1))
    back = ward.task("KP1", title="Dọn điểm rác", start_on=date(2024, 9, 1))
    ward.report(back, "2024-09", [1, 21], "returned")
    page = sign_in("officer_kp1").get("/")
    assert [text.split(" ", 2)[:2] for text in said(page)] == [
        ["Bị", "trả"],
        ["Bị", "trả"],
        ["Quá", "hạn"],
        ["Đến", "hạn"],
        ["Đến", "hạn"],
        ["Đến", "hạn"],
        ["Chưa", "có"],
        ["Bản", "nháp"],
    ]
    task, report, overdue = said(page)[:3]
    assert "Vườn hoa ngõ 5 Chưa rõ sản phẩm." in task
    assert "Trần Quốc Hưng, 09:00 ngày 6/4/2024" in task
    assert "Báo cáo tháng 9/2024: Dọn điểm rác Số liệu chưa khớp minh chứng." in report
    assert "Trần Quốc Hưng, 09:00 ngày 23/9/2024" in report
    assert "hạn 25/9/2024, quá 20 ngày Báo cáo tháng 9/2024: Lắp đèn ngõ 7" in overdue
    assert press(page, 0).endswith("/sua")
    assert sign_in("officer_kp1").get(press(page, 1)).h1 == "Báo cáo tháng 9/2024"
    assert press(page, 2) == f"/phan-viec/{late.id}/bao-cao/{ward.period('2024-09').id}"
    assert "8 việc đang chờ đồng chí" in page.text


def test_a_draft_is_gone_on_with(ward: Ward, sign_in: SignIn, road: Task):
    ward.report(road, "2024-10", [5, 31], "draft")
    page = sign_in("officer_kp1").get("/")
    assert "Viết tiếp" in said(page)[0]


def test_what_was_sent_again_waits_no_more(ward: Ward, sign_in: SignIn, road: Task):
    report = ward.report(road, "2024-10", [5, 31], "returned")
    assert "Bị trả lại" in said(sign_in("officer_kp1").get("/"))[0]
    officer = ward.actor("officer_kp1")
    progress.begin(ward.session, road, ward.period("2024-10"), by=officer, at=ward.now)
    ward.session.commit()
    begun = said(sign_in("officer_kp1").get("/"))[0]
    assert "Bị trả lại" in begun
    assert "Số liệu chưa khớp minh chứng." in begun
    progress.submit(ward.session, report, by=officer, at=ward.now)
    ward.session.commit()
    assert NOTHING in sign_in("officer_kp1").get("/").text


def test_a_task_that_another_unit_leads_asks_nothing_of_helpers(ward: Ward, sign_in: SignIn):
    ward.task("KP2", "committed", cooperating=("KP1",))
    assert NOTHING in sign_in("officer_kp1").get("/").text
    assert said(sign_in("officer_kp2").get("/")) != []


@pytest.mark.parametrize("who", ["outsider", "leader2"])
def test_another_units_work_is_not_mine(ward: Ward, sign_in: SignIn, road: Task, who: str):
    assert NOTHING in sign_in(who).get("/").text


def test_a_cancelled_task_asks_nothing(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "cancelled")
    assert NOTHING in sign_in("officer_kp1").get("/").text


def test_the_head_signs_from_here(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "frozen")
    page = sign_in("head_kp1").get("/")
    assert "Chờ đồng chí ký Bản cam kết của Khu phố 1" in said(page)[0]
    assert press(page).endswith("/ky")
    sign_in("head_kp1").get(press(page))
    assert "Chờ đồng chí ký" not in sign_in("officer_kp1").get("/").text


def test_the_clerk_sees_what_lacks_a_commitment_or_a_signature(ward: Ward, sign_in: SignIn):
    ward.commitment("KP2", "frozen")
    ward.task("KP1")
    page = sign_in("clerk").get("/")
    late, prepare, signatures = said(page)
    assert late.startswith("Cần gọi đôn đốc 2 đơn vị chậm, cần gọi đôn đốc")
    assert prepare.startswith("Chưa có cam kết Soạn bản cam kết của Khu phố 1")
    assert signatures.startswith("Chờ chữ ký 1 bản cam kết đã chốt, chưa đủ chữ ký Khu phố 2 đã ký 0/1")
    sign_in("clerk").get(press(page, 1))
    ward.task("KP3")
    bundle = said(sign_in("clerk").get("/"))[1]
    assert "2 đơn vị chưa có bản cam kết" in bundle
    assert "Khu phố 1 Khu phố 3 Xem danh sách" in bundle


@pytest.mark.parametrize(
    ("who", "offered"), [("officer_kp1", True), ("clerk", True), ("leader", False), ("admin", False)]
)
def test_who_enters_tasks_registers_from_here(ward: Ward, sign_in: SignIn, who: str, offered: bool):
    found = [link.url for link in sign_in(who).get("/").links if link.text == "Đăng ký phần việc"]
    assert found == (["/phan-viec/dang-ky"] if offered else [])


def test_nobody_registers_into_a_concluded_campaign(ward: Ward, sign_in: SignIn):
    ward.campaign.status = "concluded"
    ward.session.commit()
    assert "Đăng ký phần việc" not in sign_in("officer_kp1").get("/").text


def test_a_task_approved_after_the_signing_is_said_to_stand_in_no_commitment(ward: Ward, sign_in: SignIn):
    ward.task("KP1", start_on=date(2024, 11, 1))
    ward.commitment("KP1", "signed")
    ward.task("KP1", title="Lắp đèn ngõ 7", start_on=date(2024, 11, 1))
    lines = said(sign_in("clerk").get("/"))
    (line,) = [line for line in lines if "Khu phố 1" in line and "cam kết" in line]
    assert line.startswith("Chưa có trong cam kết Soạn lại bản cam kết của Khu phố 1")
    assert "01 phần việc đã duyệt chưa có trong bản cam kết đã ký" in line
    assert not any(line.startswith("Chưa có cam kết") for line in lines)


def test_an_officer_prepares_the_commitment_of_the_own_unit(ward: Ward, sign_in: SignIn):
    ward.task("KP1", start_on=date(2024, 11, 1))
    ward.task("KP3", start_on=date(2024, 11, 1))
    page = sign_in("officer_kp1").get("/")
    assert said(page)[0].startswith("Chưa có cam kết Soạn bản cam kết của Khu phố 1")
    assert len(waits(page)) == 1


def test_a_leader_decides_reviews_and_approves_the_oldest_first(ward: Ward, sign_in: SignIn, road: Task):
    for number, (unit, day) in enumerate((("KP2", 21), ("KP3", 20), ("MTTQ", 19), ("KP1", 22))):
        task = ward.task(unit, title=f"Phần việc thứ {number}")
        at = clock.at(date(2024, 9, day), 9)
        obstacle = "Thiếu xi măng" if unit == "KP2" else ""
        ward.report(task, "2024-09", [5, 30], "submitted", at=at, obstacle=obstacle, next_step="")
    ward.task("KP2", "submitted", title="Lắp đèn ngõ 9")
    page = sign_in("leader").get("/")
    decide, review, approve = said(page)
    assert "1 vướng mắc chưa có quyết định Thiếu xi măng Khu 2 · nêu 21/9/2024, đã 24 ngày" in decide
    assert review.startswith("Duyệt báo cáo 4 báo cáo chờ duyệt Tháng 9/2024: Phần việc thứ 2")
    assert review.index("thứ 2") < review.index("thứ 1") < review.index("thứ 0")
    assert "thứ 3" not in review
    assert "và 1 việc khác" in review
    assert "1 phần việc chờ duyệt Lắp đèn ngõ 9" in approve
    assert "6 việc đang chờ đồng chí" in page.text
    critic = sign_in("leader")
    for text in ("Thiếu xi măng", "Tháng 9/2024: Phần việc thứ 2", "Lắp đèn ngõ 9"):
        critic.get(page.link(text))
    for number in range(3):
        critic.get(press(page, number))
    assert "chờ duyệt" not in sign_in("clerk").get("/").text


def test_a_leader_is_not_asked_to_judge_an_own_entry(ward: Ward, sign_in: SignIn, road: Task):
    leader = ward.actor("leader")
    report = progress.begin(ward.session, road, ward.period("2024-10"), by=leader, at=ward.now)
    entry = progress.ReportEntry({}, "Chưa có số liệu.", "Thiếu xi măng", "")
    progress.write(ward.session, report, entry, by=leader, at=ward.now)
    progress.submit(ward.session, report, by=leader, at=ward.now)
    ward.session.commit()
    assert NOTHING in sign_in("leader").get("/").text
    assert len(waits(sign_in("leader2").get("/"))) == 2


def test_who_has_no_post_is_told_whom_to_ask(ward: Ward, sign_in: SignIn, road: Task):
    page = sign_in("ended").get("/")
    assert "Đồng chí chưa được giao chức vụ nào" in page.text
    assert "Bùi Minh Quân (Phường Hà Khánh)" in page.text
    assert waits(page) == []
    assert "Bê tông hóa" not in page.text


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert sign_in("nobody").get("/", status=302).location == "/dang-nhap"


def test_a_page_costs_the_same_however_much_waits(
    ward: Ward, sign_in: SignIn, count_queries: Callable[[], AbstractContextManager[Count]]
):
    def fill(times: int) -> None:
        for number in range(times):
            at = datetime.combine(date(2024, 9, 20), datetime.min.time(), clock.ZONE)
            one = ward.task("KP1", title=f"Phần việc {number}", at=clock.at(date(2024, 4, 5), 9))
            ward.report(one, "2024-08", [1, 21], "returned")
            ward.report(one, "2024-09", [1, 21], "submitted", at=at, obstacle="Thiếu người")
            ward.task("KP1", "returned", title=f"Trả lại {number}")
            ward.task("KP1", "submitted", title=f"Chờ {number}")
        ward.session.execute(
            sa.update(Account).where(Account.username == "mate_kp1").values(locked_at=ward.now)
        )
        ward.session.commit()

    def cost(critic: Critic) -> int:
        with count_queries() as asked:
            critic.get("/")
        return len(asked)

    fill(2)
    critics = {who: sign_in(who) for who in ("officer_kp1", "leader", "clerk", "admin")}
    for critic in critics.values():
        critic.get("/")
    few = {who: cost(critic) for who, critic in critics.items()}
    fill(12)
    assert {who: cost(critic) for who, critic in critics.items()} == few
