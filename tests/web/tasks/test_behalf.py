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


def test_an_edit_for_another_unit_tells_its_own_paper(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft")
    clerk, path = sign_in("clerk"), f"/phan-viec/{task.id}/sua"
    assert len(clerk.send(path, {"title": "Tên mới"}, button="Lưu nháp", status=200).errors) == 2
    form = clerk.get(path).form()
    clerk.send_form(form, {"title": "Tên mới", **PAPER}, button="Lưu nháp")
    ward.settle()
    assert (task.title, task.events[-1].reason) == ("Tên mới", SAID)
    assert clerk.get(path).form().fields["from_paper"] == [PAPER["from_paper"]]


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
