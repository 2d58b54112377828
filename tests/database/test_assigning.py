"""Who answers for a task, on both kinds of database: from a day on, with what was before kept."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.accounts import operations as accounts
from pledges.accounts.models import Appointment
from pledges.core.refusal import Refused
from pledges.tasks.assigning import operations
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.operations import AssignmentEntry
from pledges.tasks.assigning.queries import candidates, of_tasks, standing, tasks_of, unassigned, vacated
from pledges.tasks.assigning.rules import Duty, fits
from pledges.tasks.assigning.showing import duties_of
from pledges.tasks.models import Task
from tests.support.databases import Database
from tests.support.ward import Ward

MAY, OCTOBER = date(2024, 5, 1), date(2024, 10, 1)


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def held(ward: Ward, name: str) -> Appointment:
    return ward.session.query(Appointment).filter_by(account_id=ward.account(name).id).one()


def give(
    ward: Ward, task: Task, name: str, from_on: date, duty: Duty = Duty.RESPONSIBLE
) -> Assignment | None:
    entry = AssignmentEntry(duty, held(ward, name), from_on)
    return operations.assign(ward.session, task, entry, by=ward.actor("clerk"), at=ward.now)


def on(ward: Ward, day: date) -> list[tuple[str, str]]:
    return [(one.duty, one.name) for one in ward.session.scalars(standing(day))]


def test_the_next_one_relieves_the_last_and_both_stay_known(ward: Ward):
    task = ward.task("KP1")
    give(ward, task, "officer_kp1", MAY)
    give(ward, task, "leader2", MAY, Duty.SUPERVISING)
    give(ward, task, "mate_kp1", OCTOBER)
    assert on(ward, date(2024, 4, 30)) == []
    assert on(ward, MAY) == [("responsible", "Nguyễn Thị Lan"), ("supervising", "Đỗ Hải Yến")]
    assert on(ward, OCTOBER) == [("responsible", "Lê Văn Bình"), ("supervising", "Đỗ Hải Yến")]
    assert [one.name for one in ward.session.scalars(of_tasks([task.id]))] == [
        "Lê Văn Bình",
        "Nguyễn Thị Lan",
        "Đỗ Hải Yến",
    ]
    lan = ward.account("officer_kp1").id
    assert list(ward.session.scalars(tasks_of(lan, Duty.RESPONSIBLE, date(2024, 9, 30)))) == [task.id]
    assert list(ward.session.scalars(tasks_of(lan, Duty.RESPONSIBLE, OCTOBER))) == []


def test_the_same_person_is_not_given_the_same_again(ward: Ward):
    task = ward.task("KP1")
    assert give(ward, task, "officer_kp1", MAY) is not None
    assert give(ward, task, "officer_kp1", OCTOBER) is None
    assert [one.from_on for one in ward.session.scalars(of_tasks([task.id]))] == [MAY]


def test_a_mistake_of_the_same_day_is_put_right_that_day(ward: Ward):
    task = ward.task("KP1")
    give(ward, task, "officer_kp1", OCTOBER)
    give(ward, task, "mate_kp1", OCTOBER)
    assert on(ward, OCTOBER) == [("responsible", "Lê Văn Bình")]


@pytest.mark.parametrize(
    ("name", "duty", "from_on", "words"),
    [
        ("officer_kp2", Duty.RESPONSIBLE, OCTOBER, "phải là người đang giữ chức vụ ở đơn vị chủ trì"),
        ("officer_kp1", Duty.SUPERVISING, OCTOBER, "phải là lãnh đạo của đơn vị tổ chức phong trào"),
        ("clerk", Duty.SUPERVISING, OCTOBER, "phải là lãnh đạo"),
        ("admin", Duty.SUPERVISING, OCTOBER, "phải là lãnh đạo"),
        ("ended", Duty.RESPONSIBLE, OCTOBER, "không giữ chức vụ Khu phó Khu phố 1 vào ngày phân công"),
        ("mate_kp1", Duty.RESPONSIBLE, date(2024, 3, 28), "từ ngày bắt đầu phong trào"),
        ("mate_kp1", Duty.RESPONSIBLE, date(2024, 4, 30), "tính từ ngày 1/5/2024"),
    ],
)
def test_who_is_not_given_a_duty(ward: Ward, name: str, duty: Duty, from_on: date, words: str):
    task = ward.task("KP1")
    give(ward, task, "officer_kp1", MAY)
    with pytest.raises(Refused, match=words):
        give(ward, task, name, from_on, duty)


def test_none_in_a_cancelled_task_and_none_is_ended_twice(ward: Ward):
    with pytest.raises(Refused, match="đã hủy"):
        give(ward, ward.task("KP1", "cancelled"), "officer_kp1", MAY)
    one = give(ward, ward.task("KP1"), "officer_kp1", MAY)
    assert one is not None
    clerk = ward.actor("clerk")
    with pytest.raises(Refused, match="từ ngày được phân công"):
        operations.end(ward.session, one, date(2024, 4, 30), by=clerk, at=ward.now)
    operations.end(ward.session, one, OCTOBER, by=clerk, at=ward.now)
    assert (on(ward, date(2024, 9, 30)), on(ward, OCTOBER)) == ([("responsible", "Nguyễn Thị Lan")], [])
    with pytest.raises(Refused, match="đã kết thúc"):
        operations.end(ward.session, one, OCTOBER, by=clerk, at=ward.now)
    with pytest.raises(Refused, match=r"tính từ ngày 1/10/2024"):
        give(ward, one.task, "mate_kp1", date(2024, 9, 1))


def test_a_post_that_ends_leaves_the_assignment_and_no_candidate(ward: Ward):
    task = ward.task("KP1")
    give(ward, task, "officer_kp1", MAY)
    post = held(ward, "officer_kp1")
    accounts.end_appointment(ward.session, post, on=ward.day, by=ward.actor("admin"), at=ward.now)
    later = date(2024, 11, 1)
    offered = list(ward.session.scalars(candidates([task.lead_unit], ward.campaign, later)))
    fitting = {
        duty: [
            one.account.username
            for one in offered
            if fits(duty, operations.place_of(task), one.role, one.unit.path)
        ]
        for duty in Duty
    }
    assert fitting == {
        Duty.RESPONSIBLE: ["head_kp1", "mate_kp1"],
        Duty.SUPERVISING: ["leader", "leader2"],
    }
    assert on(ward, later) == [("responsible", "Nguyễn Thị Lan")]


def test_who_left_is_the_same_to_the_database_and_to_the_page(ward: Ward):
    """One left the post, one supervises in a post that is none of a leader's any more, one stays."""
    clerk, session, later = ward.actor("clerk"), ward.session, date(2024, 11, 4)
    tasks = [ward.task(unit, title=f"Trồng cây ở {unit}") for unit in ("KP1", "KP2", "KP3")]
    give(ward, tasks[0], "officer_kp1", MAY)
    give(ward, tasks[1], "officer_kp2", MAY)
    give(ward, tasks[1], "leader2", MAY, Duty.SUPERVISING)
    give(ward, tasks[2], "leader", MAY, Duty.SUPERVISING)
    for name in ("officer_kp1", "leader2"):
        accounts.end_appointment(session, held(ward, name), on=date(2024, 10, 20), by=clerk, at=ward.now)
    for day, left in ((ward.day, []), (later, [tasks[0].id, tasks[1].id])):
        asked = select(Task.id).where(vacated(ward.campaign, day)).order_by(Task.id)
        shown = duties_of(session, ward.campaign, tasks, day)
        assert list(session.scalars(asked)) == left
        assert [one.task.id for one in shown if any(duty.left for duty in one.held.values())] == left
    nobodys = select(Task.id).where(unassigned(Duty.RESPONSIBLE, later)).order_by(Task.id)
    assert list(session.scalars(nobodys)) == [tasks[2].id]
