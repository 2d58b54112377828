"""What waits for a leader."""

from datetime import date

import pytest

from pledges.core import clock
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/duyet"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("leader", 200),
        ("leader2", 200),
        ("head_kp1", 200),
        ("officer_kp1", 403),
        ("clerk", 403),
        ("admin", 403),
    ],
)
def test_who_has_it(sign_in: SignIn, name: str, status: int):
    sign_in(name).get(URL, status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location


def test_nothing_waits_is_said_kindly(sign_in: SignIn):
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text


def test_the_head_of_a_unit_decides_nothing_of_the_wards(ward: Ward, sign_in: SignIn):
    ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    ward.task(status="submitted")
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("head_kp1").get(URL).text


def test_reports_stand_gravest_first_then_oldest(ward: Ward, sign_in: SignIn):
    good = ward.task(title="Việc đúng tiến độ")
    ward.report(good, "2024-09", [440, 78], status="submitted", at=clock.at(date(2024, 9, 1), 9))
    newer = ward.task("KP2", title="Việc chậm, gửi sau")
    ward.report(newer, "2024-09", [10, 25], status="submitted", at=clock.at(date(2024, 9, 20), 9))
    older = ward.task("KP3", title="Việc chậm, gửi trước")
    ward.report(older, "2024-09", [10, 25], status="submitted", at=clock.at(date(2024, 9, 10), 9))
    text = sign_in("leader").get(URL).text
    places = [text.index(one) for one in ("Việc chậm, gửi trước", "Việc chậm, gửi sau", "Việc đúng tiến độ")]
    assert places == sorted(places)
    assert "hiện nay: chậm" in text, "the state that accepting would change is told"


def test_what_was_answered_waits_no_more(ward: Ward, sign_in: SignIn):
    for status in ("accepted", "returned", "draft"):
        ward.report(ward.task(), "2024-09", [30, 60], status=status)
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text


def test_a_late_report_and_a_second_round_are_told(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60], status="returned", at=clock.at(date(2024, 9, 27), 9))
    ward.report(task, "2024-09", [31, 60], status="submitted", at=clock.at(date(2024, 10, 1), 9))
    text = sign_in("leader").get(URL).text
    assert "Tháng 9/2024, lần 2" in text
    assert "gửi lúc 09:00 ngày 1/10/2024, muộn" in text


def test_nobody_is_asked_to_judge_an_own_entry(ward: Ward, sign_in: SignIn):
    task = ward.task()
    report = ward.report(task, "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    report.rounds[0].entered_by_id = ward.account("leader").id
    waiting = ward.task("KP2", status="submitted", title="Việc của lãnh đạo")
    waiting.entered_by_id = ward.account("leader").id
    ward.session.commit()
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text
    page = sign_in("leader2").get(URL)
    assert "Việc của lãnh đạo" in page.text
    assert "01 vướng mắc, 01 báo cáo, 01 phần việc đăng ký" in page.text


def test_each_line_leads_to_its_act(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    waiting = ward.task("KP2", status="submitted")
    urls = {link.url for link in sign_in("leader").get(URL).links}
    assert {
        f"/bao-cao/{report.id}/duyet",
        f"/phan-viec/{waiting.id}/duyet",
        "/vuong-mac/1/quyet-dinh",
    } <= urls


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    ward.task("KP2", status="submitted")
    leader = sign_in("leader")
    leader.get(URL)
    with count_queries() as few:
        leader.get(URL)
    for unit in ("KP2", "KP3", "DU"):
        task = ward.task(unit, cooperating=["KP1"])
        ward.report(task, "2024-09", [30, 60], status="submitted", obstacle="Thiếu giống")
        ward.task(unit, status="submitted")
    with count_queries() as many:
        leader.get(URL)
    assert len(many) == len(few)
