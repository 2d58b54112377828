"""Phân công: who answers for tasks and who supervises them, for many at once and for one."""

from collections.abc import Callable
from datetime import date

import pytest

from pledges.accounts import operations as accounts
from pledges.accounts.models import Appointment
from pledges.tasks.assigning import operations
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.operations import AssignmentEntry
from pledges.tasks.assigning.queries import of_tasks
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward

LIST = "/phan-viec/phan-cong"
MAY = date(2024, 5, 1)


def post_of(ward: Ward, name: str) -> Appointment:
    return ward.session.query(Appointment).filter_by(account_id=ward.account(name).id).one()


def given(ward: Ward, task: Task, name: str, duty: Duty = Duty.RESPONSIBLE) -> None:
    entry = AssignmentEntry(duty, post_of(ward, name), MAY)
    operations.assign(ward.session, task, entry, by=ward.actor("clerk"), at=ward.now)
    ward.settle()


def told(ward: Ward, task: Task) -> list[tuple[str, str, date | None]]:
    ward.settle()
    return [(one.duty.value, one.name, one.until_on) for one in ward.session.scalars(of_tasks([task.id]))]


@pytest.mark.parametrize(
    ("name", "many", "one"),
    [
        ("clerk", 200, 200),
        ("leader", 200, 200),
        ("officer_kp1", 200, 200),
        ("mate_kp1", 200, 200),
        ("officer_kp2", 200, 404),
        ("outsider", 200, 404),
        ("admin", 403, 403),
        ("nobody", 302, 302),
    ],
)
def test_who_assigns(ward: Ward, sign_in: SignIn, name: str, many: int, one: int):
    task = ward.task("KP1")
    page = sign_in(name).get(LIST, status=many)
    if many == 200:
        assert (task.title in page.text) is (one == 200)
    sign_in(name).get(f"/phan-viec/{task.id}/phan-cong", status=one)


def test_a_cooperating_unit_sees_the_task_and_assigns_nobody(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", cooperating=["KP2"])
    sign_in("officer_kp2").get(f"/phan-viec/{task.id}/phan-cong", status=403)


def test_many_at_once_and_one_leader_for_all(ward: Ward, sign_in: SignIn):
    first, second = ward.task("KP1"), ward.task("KP2", title="Trồng cây dọc ngõ 12")
    given(ward, first, "officer_kp1")
    yen = str(post_of(ward, "leader2").id)
    sign_in("clerk").send(
        LIST,
        {
            "from_on": "1/10/2024",
            "everybody": yen,
            "rows-0-responsible": str(post_of(ward, "mate_kp1").id),
            "rows-1-responsible": str(post_of(ward, "officer_kp2").id),
        },
    )
    october = date(2024, 10, 1)
    assert told(ward, first) == [
        ("responsible", "Lê Văn Bình", None),
        ("responsible", "Nguyễn Thị Lan", october),
        ("supervising", "Đỗ Hải Yến", None),
    ]
    assert told(ward, second) == [("responsible", "Hoàng Thị Ánh", None), ("supervising", "Đỗ Hải Yến", None)]
    page = sign_in("clerk").get(LIST, thieu="responsible")
    assert "Không có phần việc nào như đồng chí tìm" in page.text


def test_a_unit_names_who_is_responsible_and_nobody_who_supervises(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    given(ward, task, "leader", Duty.SUPERVISING)
    head = sign_in("head_kp1")
    address = f"/phan-viec/{task.id}/phan-cong"
    form = head.get(address).form()
    assert "rows-0-supervising" not in form.names
    sent = {"rows-0-responsible": str(post_of(ward, "mate_kp1").id), "rows-0-supervising": ""}
    head.send(address, sent, forge=True)
    assert told(ward, task) == [("responsible", "Lê Văn Bình", None), ("supervising", "Trần Quốc Hưng", None)]


def test_nobody_of_another_unit_is_offered(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    form = sign_in("clerk").get(f"/phan-viec/{task.id}/phan-cong").form()
    names = {str(post_of(ward, name).id) for name in ("officer_kp1", "mate_kp1", "head_kp1")}
    assert set(form.offered["rows-0-responsible"]) == {"", *names}
    assert set(form.offered["rows-0-supervising"]) == {
        "",
        *(str(post_of(ward, name).id) for name in ("leader", "leader2")),
    }


def test_who_left_the_post_stays_named_until_somebody_else_is_chosen(
    ward: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    task = ward.task("KP1")
    given(ward, task, "officer_kp1")
    post = post_of(ward, "officer_kp1")
    accounts.end_appointment(ward.session, post, on=date(2024, 10, 20), by=ward.actor("admin"), at=ward.now)
    ward.settle()
    freeze(date(2024, 11, 4))
    clerk, address = sign_in("clerk"), f"/phan-viec/{task.id}/phan-cong"
    page = clerk.get(address)
    assert "đã thôi giữ chức vụ" in page.text
    assert page.form().fields["rows-0-responsible"] == ["giu"]
    ward.task("KP2", title="Trồng cây dọc ngõ 12")
    vacated = clerk.get(LIST, thieu="da-thoi")
    assert "01 phần việc có người đã thôi giữ chức vụ" in vacated.text
    assert task.title in vacated.text
    assert "Trồng cây dọc ngõ 12" not in vacated.text
    clerk.send(address)
    assert told(ward, task) == [("responsible", "Nguyễn Thị Lan", None)]
    clerk.send(address, {"rows-0-responsible": str(post_of(ward, "mate_kp1").id)})
    assert told(ward, task)[0] == ("responsible", "Lê Văn Bình", None)
    assert "đã thôi giữ chức vụ" not in clerk.get(LIST).text.split("Chưa có")[0]


def test_what_another_assigned_meanwhile_is_left_and_said(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    clerk = sign_in("clerk")
    form = clerk.get(LIST).form()
    given(ward, task, "officer_kp1")
    page = clerk.send_form(form, {"rows-0-responsible": str(post_of(ward, "mate_kp1").id)}, follow=True)
    assert "Phần việc 1 vừa được người khác phân công" in page.text
    assert told(ward, task) == [("responsible", "Nguyễn Thị Lan", None)]


def test_a_refusal_is_said_and_nothing_is_written(ward: Ward, sign_in: SignIn):
    first, second = ward.task("KP1"), ward.task("KP2")
    given(ward, second, "officer_kp2")
    sent = {
        "from_on": "1/4/2024",
        "rows-0-responsible": str(post_of(ward, "mate_kp1").id),
        "rows-1-responsible": "",
    }
    page = sign_in("clerk").send(LIST, sent, status=200)
    assert "từ ngày được phân công (1/5/2024)" in page.text
    assert told(ward, first) == []
    assert ward.session.query(Assignment).count() == 1


def test_the_number_of_questions_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    given(ward, ward.task("KP1"), "officer_kp1")
    clerk = sign_in("clerk")
    clerk.get(LIST)
    with count_queries() as few:
        clerk.get(LIST)
    for unit in ("KP1", "KP2", "KP3"):
        ward.task(unit, title=f"Trồng cây ở {unit}")
    with count_queries() as many:
        clerk.get(LIST)
    assert len(many) == len(few)
