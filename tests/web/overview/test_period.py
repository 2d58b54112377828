"""The reports of one period: five numbers, who came late, who never came, who was excused and why."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.core import clock
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.operations import ExceptionEntry, grant, revoke
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from pledges.units import operations as units
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.ward import Ward

DUE = date(2024, 9, 25)


@pytest.fixture
def four(ward: Ward) -> Ward:
    """September: KP1 reported once in time and once late, KP2 owes two. It is 15/10/2024."""
    in_time, late, _camera, _garden = (
        ward.task(unit, title=title)
        for unit, title in (
            ("KP1", "Đường hoa"),
            ("KP1", "Nhà văn hóa"),
            ("KP2", "Camera an ninh"),
            ("KP2", "Vườn rau sạch"),
        )
    )
    ward.report(in_time, "2024-09", [30, 60], at=clock.end_of(DUE))
    ward.report(late, "2024-09", [30, 60], at=clock.at(date(2024, 9, 26)))
    return ward


def url(ward: Ward, day: str = "") -> str:
    return f"/theo-doi/ky/{ward.period('2024-09').id}" + (f"?den-ngay={day}" if day else "")


def figures(page: Page) -> list[str]:
    """The five numbers as the page shows them: expected, received, rate, on time, rate on time."""
    return [words(one) for one in page.of_class("kpi-number")]


def named(ward: Ward, title: str) -> Task:
    return ward.session.scalars(select(Task).where(Task.title == title)).one()


def excuse(ward: Ward, title: str = "", on: date = date(2024, 10, 3), unit: str = "KP2") -> PeriodException:
    task = named(ward, title) if title else None
    entry = ExceptionEntry(ward.unit(unit), ExceptionKind.EXCUSED, "Kiện toàn ban điều hành khu phố", task)
    made = grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("leader"), at=clock.at(on, 9))
    ward.session.commit()
    return made


def test_the_five_numbers_with_their_formulas(four: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["4", "2", "50%", "1", "25%"]
    assert "2 đã nhận / 4 phải báo cáo" in page.text
    assert "1 đúng hạn / 4 phải báo cáo" in page.text
    assert "gửi lần đầu đến hết 25/9/2024" in page.text
    assert "không ai được miễn" in page.text
    assert "muộn 1 ngày" in page.text
    assert "quá hạn 20 ngày" in page.text


def test_who_is_excused_is_named_with_the_reason_and_not_counted(four: Ward, sign_in: SignIn):
    excuse(four, "Camera an ninh")
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["3", "2", "67%", "1", "33%"]
    assert "đã trừ 1 được miễn" in page.text
    (table,) = [one for one in page.all() if one.get("id") == "duoc-mien"]
    assert "3. Camera an ninh" in words(table)
    assert "Kiện toàn ban điều hành khu phố" in words(table)
    assert "không gửi" in words(table)
    assert "Vườn rau sạch" not in words(table)


def test_the_days_before_the_excuse_stay_what_they_were(four: Ward, sign_in: SignIn):
    before = figures(sign_in("leader").get(url(four, "2024-10-02")))
    one = excuse(four)
    leader = sign_in("leader")
    assert figures(leader.get(url(four, "2024-10-02"))) == before == ["4", "2", "50%", "1", "25%"]
    assert figures(leader.get(url(four, "2024-10-03"))) == ["2", "2", "100%", "1", "50%"]
    revoke(four.session, one, by=four.actor("leader"), at=clock.at(date(2024, 10, 10), 9))
    four.session.commit()
    assert figures(leader.get(url(four, "2024-10-09"))) == ["2", "2", "100%", "1", "50%"]
    assert figures(leader.get(url(four))) == before


def test_who_reports_although_excused_is_named_as_such(four: Ward, sign_in: SignIn):
    excuse(four, "Nhà văn hóa", unit="KP1")
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["3", "1", "33%", "1", "33%"]
    assert "Vẫn gửi ngày 26/9/2024" in page.text


def test_the_days_of_grace_are_on_time(four: Ward, sign_in: SignIn):
    period = four.period("2024-09")
    period.grace_until, period.locks_after = date(2024, 9, 26), date(2024, 9, 30)
    four.session.commit()
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["4", "2", "50%", "2", "50%"]
    assert "ân hạn đến 26/9/2024, khóa sau 30/9/2024" in page.text
    within = sign_in("leader").get(url(four, "2024-09-26"))
    assert "còn trong ân hạn" in within.text
    assert "quá hạn" not in within.text


def test_only_what_was_alive_on_the_due_day_is_expected(four: Ward, sign_in: SignIn):
    leader = four.actor("leader")
    tasks.cancel(four.session, named(four, "Camera an ninh"), "Trùng.", by=leader, at=clock.at(DUE, 9))
    four.session.commit()
    four.task("KP1", title="Đăng ký sau", at=clock.at(DUE, 9))
    assert figures(sign_in("leader").get(url(four)))[0] == "3"
    unit = four.unit("KP2")
    last_day = date(2024, 9, 24)
    units.edit(four.session, unit, by=leader, at=four.now, parent=unit.parent, valid_to=last_day)
    four.session.commit()
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["2", "2", "100%", "1", "50%"]
    assert "Vườn rau sạch" not in page.text


def test_nothing_is_a_share_of_nobody(four: Ward, sign_in: SignIn):
    excuse(four)
    excuse(four, unit="KP1")
    page = sign_in("leader").get(url(four))
    assert figures(page) == ["0", "0", "–", "0", "–"]
    assert "Kỳ này không phần việc nào phải báo cáo" in page.text


def test_a_unit_sees_its_own_numbers(four: Ward, sign_in: SignIn):
    excuse(four, "Camera an ninh")
    page = sign_in("officer_kp1").get(url(four))
    assert figures(page) == ["2", "2", "100%", "1", "50%"]
    assert "Camera an ninh" not in page.text
