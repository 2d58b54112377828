"""What else waits: before and after the lock, explanations, what is followed up, what one supervises."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from pledges.accounts.queries import appointments_of
from pledges.core import clock
from pledges.followups.models import FollowUp
from pledges.followups.operations import FollowUpEntry, make
from pledges.followups.rules import FollowUpSource
from pledges.progress.exceptions.operations import ExceptionEntry, grant
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.operations import Question, answer, ask
from pledges.tasks.assigning.operations import AssignmentEntry, assign
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.page import has_class
from tests.support.queries import Count
from tests.support.ward import Ward
from tests.web.site.waiting import NOTHING, press, said, waits

Freeze = Callable[[date], None]


@pytest.fixture
def road(ward: Ward) -> Task:
    """A task of KP1 that owes September alone."""
    return ward.task("KP1", title="Bê tông hóa ngõ tổ 3", start_on=date(2024, 9, 1))


def lock(ward: Ward, last_day: date, grace_until: date | None = None) -> None:
    """September locks after the day."""
    period = ward.period("2024-09")
    period.grace_until, period.locks_after = grace_until or period.due_on, last_day
    ward.session.commit()


def of_september(ward: Ward, sign_in: SignIn) -> str:
    return next(line for line in said(sign_in("officer_kp1").get("/")) if "tháng 9/2024" in line)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 9, 25), "Hạn hôm nay đến hạn 25/9/2024, hôm nay là ngày cuối"),
        (date(2024, 9, 27), "Hạn hôm nay hạn 25/9/2024, gia hạn đến 28/9/2024, còn 1 ngày"),
        (date(2024, 9, 29), "Quá hạn hạn 25/9/2024, quá 4 ngày Báo cáo"),
        (
            date(2024, 10, 10),
            "Sắp khóa hạn 25/9/2024, quá 15 ngày; khóa sau ngày 20/10/2024, còn 10 ngày Báo cáo",
        ),
        (date(2024, 10, 20), "khóa sau ngày 20/10/2024, hôm nay là ngày cuối"),
        (date(2024, 10, 21), "Đã khóa kỳ sau ngày 20/10/2024; lãnh đạo hoặc văn thư phường"),
    ],
)
def test_a_report_is_told_by_what_can_still_be_done(
    ward: Ward, sign_in: SignIn, freeze: Freeze, road: Task, day: date, words: str
):
    lock(ward, date(2024, 10, 20), grace_until=date(2024, 9, 28))
    freeze(day)
    assert words in of_september(ward, sign_in)


def test_an_exception_opens_the_lock_until_its_day(ward: Ward, sign_in: SignIn, road: Task):
    lock(ward, date(2024, 10, 5))
    assert of_september(ward, sign_in).startswith("Đã khóa kỳ")
    entry = ExceptionEntry(
        ward.unit("KP1"), ExceptionKind.UNLOCKED, "Mất điện cả tuần.", until=date(2024, 10, 18)
    )
    grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert "Sắp khóa" in of_september(ward, sign_in)
    assert "khóa sau ngày 18/10/2024, còn 3 ngày" in of_september(ward, sign_in)


def test_who_is_excused_is_not_asked(ward: Ward, sign_in: SignIn, road: Task):
    entry = ExceptionEntry(ward.unit("KP1"), ExceptionKind.EXCUSED, "Mới bàn giao.")
    grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert not any("tháng 9/2024" in line for line in said(sign_in("officer_kp1").get("/")))


def test_what_was_returned_may_be_sent_after_the_lock(ward: Ward, sign_in: SignIn, road: Task):
    ward.report(road, "2024-09", [5, 31], "returned")
    lock(ward, date(2024, 10, 5))
    line = of_september(ward, sign_in)
    assert line.startswith("Bị trả lại")
    assert "Số liệu chưa khớp minh chứng." in line


def asked(ward: Ward, task: Task, answer_by: date) -> ExplanationRequest:
    question = Question("Vì sao tháng 9 không tăng?", answer_by)
    made = ask(ward.session, task.indicators[0], question, by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    return made


def test_an_explanation_waits_for_the_unit_then_for_the_leader(
    ward: Ward, sign_in: SignIn, freeze: Freeze, road: Task
):
    ward.report(road, "2024-09", [5, 31])
    request = asked(ward, road, date(2024, 10, 18))
    officer = sign_in("officer_kp1")
    (line, *_others) = said(officer.get("/"))
    assert line.startswith("Chờ giải trình đến hạn 18/10/2024, còn 3 ngày Giải trình chỉ tiêu Đường ngõ")
    assert "Vì sao tháng 9 không tăng?" in line
    assert "Trần Quốc Hưng hỏi" in line
    officer.get(press(officer.get("/")))
    assert not any("giải trình" in one for one in said(sign_in("officer_kp2").get("/")))
    freeze(date(2024, 10, 19))
    assert said(officer.get("/"))[0].startswith("Quá hạn giải trình hạn 18/10/2024, quá 1 ngày")
    answer(ward.session, request, "Mưa bão số 3.", by=ward.actor("officer_kp1"), at=ward.now)
    ward.session.commit()
    assert not any("giải trình" in one.lower() for one in said(officer.get("/")))
    leader = sign_in("leader")
    assert any(one.startswith("Đã giải trình 1 giải trình chờ xem") for one in said(leader.get("/")))
    leader.get(press(leader.get("/"), -1))


def follow(
    ward: Ward, due_on: date | None, owner: str | None = "leader", unit: str | None = None
) -> FollowUp:
    entry = FollowUpEntry(
        campaign=ward.campaign,
        source=FollowUpSource.OWN,
        text="Cấp xi măng cho Khu phố 1",
        due_on=due_on,
        owner=ward.account(owner) if owner else None,
        unit=ward.unit(unit) if unit else None,
    )
    made = make(ward.session, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return made


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (11, None),
        (10, "Việc theo dõi đến hạn 25/10/2024, còn 10 ngày Cấp xi măng"),
        (0, "Việc theo dõi đến hạn 15/10/2024, hôm nay là ngày cuối"),
        (None, "Việc theo dõi Cấp xi măng"),
    ],
)
def test_what_one_answers_for_comes_near(ward: Ward, sign_in: SignIn, days: int | None, words: str | None):
    made = follow(ward, None if days is None else ward.day + timedelta(days=days))
    page = sign_in("leader").get("/")
    if words is None:
        assert NOTHING in page.text
        return
    assert said(page)[0].startswith(words)
    assert "Vũ Thị Thư ghi" in said(page)[0]
    assert press(page) == f"/viec-can-theo-doi/{made.id}/ket-thuc"
    sign_in("leader").get(press(page))
    assert NOTHING in sign_in("leader2").get("/").text


def test_what_one_did_not_do_in_time_is_grave(ward: Ward, sign_in: SignIn, freeze: Freeze):
    follow(ward, ward.day)
    freeze(ward.day + timedelta(days=2))
    page = sign_in("leader").get("/")
    assert said(page)[0].startswith("Quá hẹn hạn 15/10/2024, quá 2 ngày")
    assert has_class(waits(page)[0], "hot")


def test_what_lies_with_a_unit_waits_for_who_reports_there(ward: Ward, sign_in: SignIn):
    made = follow(ward, ward.day, owner=None, unit="KP1")
    for name in ("officer_kp1", "mate_kp1"):
        page = sign_in(name).get("/")
        assert press(page) == f"/viec-can-theo-doi/{made.id}"
        sign_in(name).get(press(page))
    assert NOTHING in sign_in("officer_kp2").get("/").text


def test_a_leader_sees_the_obstacles_of_own_tasks_apart_and_first(ward: Ward, sign_in: SignIn):
    for number, unit in enumerate(("KP2", "KP3")):
        task = ward.task(unit, title=f"Phần việc {unit}", start_on=date(2024, 9, 1))
        at = clock.at(date(2024, 9, 20 + number), 9)
        ward.report(task, "2024-09", [5, 30], at=at, obstacle=f"Vướng ở {unit}", next_step="")
        if unit == "KP3":
            post = next(iter(_posts(ward, "leader")))
            entry = AssignmentEntry(Duty.SUPERVISING, post, date(2024, 9, 1))
            assign(ward.session, task, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    own, others = [line for line in said(sign_in("leader").get("/")) if line.startswith("Chờ quyết định")]
    assert "1 vướng mắc của phần việc đồng chí theo dõi" in own
    assert "Vướng ở KP3" in own
    assert "Vướng ở KP2" in others
    (together,) = [line for line in said(sign_in("leader2").get("/")) if line.startswith("Chờ quyết định")]
    assert together.index("Vướng ở KP2") < together.index("Vướng ở KP3"), "the oldest first"


def _posts(ward: Ward, name: str):
    return ward.session.scalars(appointments_of(ward.account(name).id))


def test_a_concluded_campaign_asks_for_nothing(ward: Ward, sign_in: SignIn, road: Task):
    ward.report(road, "2024-10", [5, 31], "submitted", obstacle="Thiếu người")
    asked(ward, road, date(2024, 10, 18))
    follow(ward, ward.day)
    follow(ward, ward.day, owner=None, unit="KP1")
    ward.task("KP2", "submitted")
    ward.campaign.status = "concluded"
    ward.session.commit()
    for name in ("officer_kp1", "head_kp1", "leader", "clerk"):
        assert NOTHING in sign_in(name).get("/").text, name


@pytest.mark.parametrize("who", ["officer_kp1", "leader", "clerk"])
def test_a_page_costs_the_same_however_much_is_asked_and_followed(
    ward: Ward,
    sign_in: SignIn,
    road: Task,
    count_queries: Callable[[], AbstractContextManager[Count]],
    who: str,
):
    def fill(times: int) -> None:
        for _time in range(times):
            asked(ward, road, date(2024, 10, 18))
            made = asked(ward, road, date(2024, 10, 20))
            answer(ward.session, made, "Mưa bão.", by=ward.actor("officer_kp1"), at=ward.now)
            follow(ward, ward.day, owner=who)
            follow(ward, ward.day, owner=None, unit="KP1")
            late = ward.task("KP3", title="Chậm", start_on=date(2024, 9, 1))
            assert late.id

    fill(1)
    critic = sign_in(who)
    critic.get("/")
    with count_queries() as few:
        critic.get("/")
    fill(4)
    with count_queries() as many:
        critic.get("/")
    assert len(many) == len(few)
