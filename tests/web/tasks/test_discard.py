"""Giving up a draft that was never sent."""

import json

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.core.forms.unsent import UnsentForm
from pledges.tasks.models import Indicator, Task, TaskEvent
from tests.support.critic import SignIn
from tests.support.databases import Database
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/bo"


def test_the_page_names_what_is_lost_and_the_log_keeps_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", title="Trồng cây xanh")
    officer, number = sign_in("officer_kp1"), task.id
    page = officer.get(officer.get(f"/phan-viec/{number}/sua").link("Bỏ bản nháp này"))
    for words in ("Trồng cây xanh", "Đường ngõ được bê tông hóa", "không lấy lại được"):
        assert words in page.text
    after = officer.send_form(page.form(), follow=True)
    assert (after.h1, after.said) == ("Phần việc", "Đã bỏ bản nháp.")
    assert [
        ward.session.scalar(select(func.count()).select_from(one)) for one in (Task, Indicator, TaskEvent)
    ] == [
        0,
        0,
        0,
    ]
    entry = ward.session.scalars(select(LogEntry).where(LogEntry.action == "task.discarded")).one()
    said = json.loads(entry.before)
    assert (entry.subject_id, entry.actor_name, said["title"]) == (number, "Nguyễn Thị Lan", "Trồng cây xanh")
    assert [one["label"] for one in said["indicators"]] == [
        "Đường ngõ được bê tông hóa",
        "Hộ tham gia phân loại rác",
    ]
    officer.get(f"/phan-viec/{number}", status=404)


def test_its_number_is_never_given_again(database: Database):
    """The log knows a task by its number."""
    ward = database.ward()
    task = ward.task(status="draft")
    number = task.id
    ward.session.delete(task)
    ward.session.commit()
    assert ward.task(status="draft").id > number


def test_what_one_has_begun_on_it_goes_along(ward: Ward, sign_in: SignIn):
    task, other = ward.task(status="draft"), ward.task(status="draft")
    officer = sign_in("officer_kp1")
    for one in (task, other):
        officer.send(f"/phan-viec/{one.id}/sua", {"title": ""}, status=200)
    officer.send(url(task))
    assert ward.session.scalars(select(UnsentForm.path)).all() == [f"/phan-viec/{other.id}/sua"]


@pytest.mark.parametrize("status", ["submitted", "returned", "approved"])
def test_what_was_sent_stays(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task(status=status)
    officer = sign_in("officer_kp1")
    page = officer.get(url(task))
    assert "Phần việc đã gửi nên không bỏ được" in page.text
    assert page.forms == []
    if status == "returned":
        assert "Bỏ bản nháp" not in officer.get(f"/phan-viec/{task.id}/sua").text


def test_what_was_sent_while_the_page_lay_open_stays(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    officer, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = officer.get(url(task)).form()
    mate.send(f"/phan-viec/{task.id}/gui-duyet")
    officer.send_form(form, status=200)
    ward.settle()
    assert task.status == "submitted"


def test_it_is_the_units_draft(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", cooperating=["KP2"])
    sign_in("leader").get(url(task), status=403)
    sign_in("head_kp1").get(url(task), status=403)
    sign_in("officer_kp2").get(url(task), status=403)
    sign_in("outsider").get(url(task), status=404)
    sign_in("ended").get(url(task), status=403)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")
    sign_in("mate_kp1").get(url(task))
