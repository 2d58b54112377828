"""Reading a report through before it is sent, and sending it."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report, ReportEvent
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import Task
from tests.support.clock import Hands
from tests.support.critic import SignIn
from tests.support.ward import Ward

SEND = "Gửi báo cáo tháng 10/2024"


def url(ward: Ward, task: Task, month: str = "2024-10"):
    return f"/phan-viec/{task.id}/bao-cao/{ward.period(month).id}/gui"


def drafted(ward: Ward, month: str = "2024-10", **words: str) -> Task:
    task = ward.task()
    ward.report(task, month, [30, 60], status="draft", **words)
    return task


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_sends_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    task = drafted(ward)
    sign_in(name).get(url(ward, task), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward, drafted(ward)), status=302).location


def test_everything_is_read_through_first(ward: Ward, sign_in: SignIn):
    task = drafted(ward, narrative="Đổ 30 m", obstacle="Thiếu đá", next_step="Xin đá")
    ward.report(task, "2024-09", [74, 55])
    page = sign_in("officer_kp1").get(url(ward, task))
    assert page.table()[1][1:] == ["450", "74", "+30", "104", "23%"]
    assert page.table()[2][1:] == ["80", "55", "60", "60", "67%"]
    for words in ("Đổ 30 m", "Thiếu đá", "Xin đá", "Không kèm tệp nào."):
        assert words in page.text


def test_sending_leads_to_a_receipt(ward: Ward, sign_in: SignIn):
    task = drafted(ward, obstacle="Thiếu đá", next_step="Xin đá")
    page = sign_in("officer_kp1").send(url(ward, task), button=SEND, follow=True)
    assert page.h1 == "Đã gửi báo cáo tháng 10/2024"
    ward.settle()
    event = ward.session.scalars(select(ReportEvent)).one()
    assert (event.kind, event.by_name) == (ReportEventKind.SUBMITTED, "Nguyễn Thị Lan")
    obstacle = ward.session.scalars(select(Obstacle)).one()
    assert (obstacle.text, obstacle.request) == ("Thiếu đá", "Xin đá")


def test_three_clicks_send_once(ward: Ward, sign_in: SignIn):
    task = drafted(ward)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    assert len({officer.send_form(form).location for _click in range(3)}) == 1
    ward.settle()
    assert len(ward.session.scalars(select(ReportEvent)).all()) == 1


def test_what_a_colleague_changed_is_read_first(ward: Ward, sign_in: SignIn):
    task = drafted(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task).removesuffix("/gui"), {"narrative": "Số khác"}, button="Lưu nháp")
    page = mine.send_form(form, status=200)
    assert "Nội dung vừa được người khác sửa." in page.errors[0]
    assert "Số khác" in page.text
    mine.send_form(page.form())
    ward.settle()
    assert ward.session.scalars(select(ReportEvent)).one().kind is ReportEventKind.SUBMITTED


def test_a_colleague_sent_it_meanwhile(ward: Ward, sign_in: SignIn):
    task = drafted(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward, task)).form()
    mate.send(url(ward, task))
    page = mine.send_form(form, status=200)
    page = mine.send_form(page.form(), status=200)
    assert "Báo cáo kỳ này đã gửi; chỉ sửa được khi lãnh đạo trả lại." in page.errors
    ward.settle()
    assert len(ward.session.scalars(select(ReportEvent)).all()) == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [([-46, 60], "giảm so với kỳ trước"), ([30, None], "chưa có số liệu"), ([None, None], "chưa có số liệu")],
)
def test_what_lacks_its_words_is_not_sent(ward: Ward, sign_in: SignIn, values: list[int | None], words: str):
    task = ward.task()
    ward.report(task, "2024-10", values, status="draft", narrative="")
    page = sign_in("officer_kp1").send(url(ward, task), status=200)
    assert words in page.errors[0]
    ward.settle()
    assert not ward.session.scalars(select(ReportEvent)).all()


def test_blanks_are_named_as_not_reported(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-10", [30, None], status="draft", narrative="Chưa điều tra.")
    page = sign_in("officer_kp1").get(url(ward, task))
    assert "01 chỉ tiêu để trống: được ghi là “chưa báo cáo”, không phải là 0." in page.text
    assert page.table()[2][3] == "chưa báo cáo"


def test_a_late_report_says_so_before_it_is_sent(ward: Ward, sign_in: SignIn):
    task = drafted(ward, "2024-09")
    assert "Báo cáo sẽ được ghi là gửi muộn" in sign_in("officer_kp1").get(url(ward, task, "2024-09")).text


def test_the_last_minute_of_the_due_day_is_in_time(ward: Ward, sign_in: SignIn):
    task = drafted(ward)
    hands: Hands = ward.hands
    hands.put(date(2024, 10, 25))
    page = sign_in("officer_kp1").get(url(ward, task))
    assert "hôm nay là ngày cuối" in page.text
    assert "gửi muộn" not in page.text


def test_without_a_draft_it_leads_to_the_form(ward: Ward, sign_in: SignIn):
    task = ward.task()
    form = url(ward, task).removesuffix("/gui")
    assert sign_in("officer_kp1").get(url(ward, task), status=302).location == form
    ward.report(task, "2024-10", [30, 60], status="submitted")
    assert sign_in("officer_kp1").get(url(ward, task), status=302).location == form


def test_an_ended_session_sends_after_signing_in_again(ward: Ward, sign_in: SignIn):
    task = drafted(ward)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    with officer.client.session_transaction() as cookie:
        cookie["seen"] = 0
    asked = officer.send_form(form, status=401)
    who = {"username": "officer_kp1", "password": "con đường hoa số 5"}
    page = officer.send_form(asked.form("/dang-nhap"), who, follow=True)
    assert page.h1 == "Xem lại báo cáo tháng 10/2024"
    officer.send_form(page.form())
    ward.settle()
    assert ward.session.scalars(select(Report)).one().last_round.submitted_at is not None  # type: ignore[union-attr]
