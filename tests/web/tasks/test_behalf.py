"""Nhập thay: who enters for another unit says for whom and from which paper; nobody else is asked."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.core.refusal import Refused
from pledges.tasks import operations
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.models import Task
from pledges.tasks.rows.writing import entry_of
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.ward import Ward

URL = "/phan-viec/dang-ky"
QUESTIONS = {"on_behalf_of", "from_paper"}
PAPER = {"on_behalf_of": "Ông Trần Văn Hòa, Khu trưởng", "from_paper": "Phiếu đăng ký ngày 4/10/2024"}
SAID = "Nhập thay Ông Trần Văn Hòa, Khu trưởng, theo Phiếu đăng ký ngày 4/10/2024."


def typed(ward: Ward, unit: str = "KP3") -> dict[str, Any]:
    return {"title": "Trồng cây xanh", "lead_unit": str(ward.unit(unit).id), "due_on": "30/11/2024"}


def entered(ward: Ward) -> Task:
    ward.settle()
    return ward.session.scalars(select(Task)).one()


def test_who_enters_for_the_own_unit_is_not_asked(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    assert officer.get(URL).form().names.isdisjoint(QUESTIONS)
    officer.send(URL, {"title": "Trồng cây xanh", "due_on": "30/11/2024"}, button="Lưu nháp")
    task = entered(ward)
    assert (task.on_behalf_of, task.from_paper, task.events[0].reason) == ("", "", "")


def test_who_enters_for_another_unit_answers_both(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(URL, typed(ward), button="Lưu nháp", status=200)
    assert page.errors == [
        "Nhập người của đơn vị đã khai: đồng chí đang nhập thay.",
        "Nhập theo giấy tờ nào, ví dụ Phiếu đăng ký ngày 20/3/2024.",
    ]
    clerk.send_form(page.form(), PAPER, button="Lưu nháp")
    task = entered(ward)
    assert {name: getattr(task, name) for name in QUESTIONS} == PAPER
    entry = ward.session.scalars(select(LogEntry).where(LogEntry.action == "task.drafted")).one()
    assert {name: json.loads(entry.after)[name] for name in QUESTIONS} == PAPER


@pytest.mark.parametrize("page", ["", "/gui-duyet"])
def test_its_pages_say_so(ward: Ward, sign_in: SignIn, page: str):
    task = ward.task("KP1", "draft", by="clerk", **PAPER)
    shown = sign_in("officer_kp1").get(f"/phan-viec/{task.id}{page}").text
    assert "Nhập thay Ông Trần Văn Hòa, Khu trưởng" in shown
    assert "Theo Phiếu đăng ký ngày 4/10/2024" in shown


def test_receipt_and_timeline_say_so(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "submitted", by="clerk", **PAPER)
    officer = sign_in("officer_kp1")
    assert "Nhập thay Ông Trần Văn Hòa" in officer.get(f"/phan-viec/{task.id}/bien-nhan").text
    story = officer.get(f"/phan-viec/{task.id}").text
    assert SAID in story
    assert "Vũ Thị Thư, Văn thư UBND phường" in story


def test_the_unit_s_own_edit_leaves_the_note(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", by="clerk", **PAPER)
    officer = sign_in("officer_kp1")
    path = f"/phan-viec/{task.id}/sua"
    assert officer.get(path).form().names.isdisjoint(QUESTIONS)
    officer.send(path, {"title": "Tên mới"}, button="Lưu nháp")
    ward.settle()
    assert (task.title, task.on_behalf_of) == ("Tên mới", PAPER["on_behalf_of"])
    assert task.events[-1].reason == ""


def test_a_correction_of_the_unit_s_own_entry_needs_no_paper_sending_it_does(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft")
    clerk, path = sign_in("clerk"), f"/phan-viec/{task.id}/sua"
    clerk.send(path, {"title": "Tên mới"}, button="Lưu nháp")
    ward.settle()
    assert (task.title, task.on_behalf_of, task.events[-1].reason) == ("Tên mới", "", "")
    lacking = "Đồng chí gửi thay Khu phố 1: ghi người của đơn vị đã khai"
    assert lacking in clerk.get(f"/phan-viec/{task.id}/gui-duyet").text
    several = clerk.get("/phan-viec/gui-duyet-nhieu")
    assert lacking in several.text
    assert "chosen" not in several.form().names
    with pytest.raises(Refused, match=lacking):
        operations.submit(ward.session, task, by=ward.actor("clerk"), at=ward.now)
    page = clerk.send(path, button="Xem lại trước khi gửi", status=200)
    assert len(page.errors) == 2
    page = clerk.send_form(page.form(), PAPER, button="Xem lại trước khi gửi", follow=True)
    clerk.send_form(page.form(), button="Gửi duyệt")
    ward.settle()
    assert (task.status, task.from_paper) == (TaskStatus.SUBMITTED, PAPER["from_paper"])
    assert SAID in [event.reason for event in task.events]


def test_the_unit_sends_what_the_clerk_corrected(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft")
    sign_in("clerk").send(f"/phan-viec/{task.id}/sua", {"title": "Tên mới"}, button="Lưu nháp")
    officer = sign_in("officer_kp1")
    officer.send_form(officer.get(f"/phan-viec/{task.id}/gui-duyet").form(), button="Gửi duyệt")
    ward.settle()
    assert (task.status, task.on_behalf_of) == (TaskStatus.SUBMITTED, "")


@pytest.mark.parametrize("half", [False, True])
def test_giving_it_to_another_unit_and_half_an_answer_are_asked(ward: Ward, sign_in: SignIn, *, half: bool):
    task = ward.task("KP1", "draft")
    change = {"from_paper": "Phiếu số 1"} if half else {"lead_unit": str(ward.unit("KP3").id)}
    page = sign_in("clerk").send(f"/phan-viec/{task.id}/sua", change, button="Lưu nháp", status=200)
    assert page.errors[0] == "Nhập người của đơn vị đã khai: đồng chí đang nhập thay."


def test_a_note_on_another_unit_s_paper_does_not_go_along_to_an_own_unit(ward: Ward):
    task, officer = ward.task("KP2", "draft", by="clerk", **PAPER), ward.actor("officer_kp1")
    moved = replace(entry_of(task), lead_unit=ward.unit("KP1"), on_behalf_of="", from_paper="")
    operations.edit(ward.session, task, moved, by=officer, at=ward.now)
    assert (task.on_behalf_of, task.from_paper) == ("", "")


@pytest.mark.parametrize("lacking", sorted(QUESTIONS))
def test_the_operation_refuses_in_words_whatever_page_asks(ward: Ward, lacking: str):
    task, clerk = ward.task("KP3", "draft"), ward.actor("clerk")
    entry = replace(entry_of(task), **PAPER | {lacking: ""})
    with pytest.raises(Refused, match="Khu phố 3: Nhập"):
        operations.draft(ward.session, ward.campaign, entry, by=clerk, at=ward.now)
    with pytest.raises(Refused, match="Khu phố 3: Nhập"):
        operations.edit(ward.session, task, entry, by=clerk, at=ward.now)


def test_a_post_above_the_unit_enters_for_it_as_its_own(ward: Ward):
    office, committee, kp1 = ward.unit("VPTK"), ward.unit("UBND"), ward.unit("KP1")
    officer, clerk = ward.actor("officer_kp1"), ward.actor("clerk")
    above = replace(officer, holdings=(replace(officer.holdings[0], unit_path=committee.path),))
    assert not enters_for_another(above, office)
    assert enters_for_another(above, kp1)
    assert not enters_for_another(officer, kp1)
    assert enters_for_another(clerk, committee), "a clerk enters for the committee too from its paper"
