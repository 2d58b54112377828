"""A double click, a resend, a page sent again from the history: one record, and the answer of the first."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.core.forms.receipts import KEPT_FOR, FormReceipt
from pledges.tasks.models import Task
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.live import Answer, at_once, serving
from tests.support.ward import Ward
from tests.support.world import PASSWORD

REGISTER = "/phan-viec/dang-ky"
TYPED = {
    "title": "Trồng cây xanh dọc đường Hà Khánh",
    "start_on": "15/10/2024",
    "due_on": "31/12/2024",
    "act": "draft",
}
SENDERS = 10


def tasks(ward: Ward) -> int:
    return ward.session.scalar(select(func.count(Task.id))) or 0


def drafted(ward: Ward) -> int:
    entries = select(func.count(LogEntry.number)).where(LogEntry.action == "task.drafted")
    return ward.session.scalar(entries) or 0


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.fixture
def lan(ward: Ward) -> Critic:
    return Critic(ward, "officer_kp1")


def test_a_resend_makes_nothing_new_and_gets_the_same_answer(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    first = lan.send_form(form, TYPED, button="Lưu nháp")
    again = lan.send_form(form, TYPED, button="Lưu nháp")
    assert again.location == first.location
    assert (tasks(ward), drafted(ward)) == (1, 1)


def test_what_was_changed_before_the_resend_is_shown_again(ward: Ward, lan: Critic):
    """Neither dropped in silence nor made a second record unasked."""
    form = lan.get(REGISTER).form()
    lan.send_form(form, TYPED, button="Lưu nháp")
    page = lan.send_form(form, {**TYPED, "title": "Tên khác"}, button="Lưu nháp", status=200)
    assert any("đã được ghi một lần với nội dung khác" in line for line in page.errors)
    assert page.form().fields["title"] == ["Tên khác"]
    assert [task.title for task in ward.session.scalars(select(Task))] == [TYPED["title"]]
    lan.send_form(page.form(), button="Lưu nháp")
    assert {task.title for task in ward.session.scalars(select(Task))} == {TYPED["title"], "Tên khác"}


def test_an_edit_that_was_changed_before_the_resend_is_shown_beside_the_first(ward: Ward, lan: Critic):
    task = ward.task(status="draft", title="Tên đầu")
    form = lan.get(f"/phan-viec/{task.id}/sua").form()
    lan.send_form(form, {"title": "Tên hai"}, button="Lưu nháp")
    page = lan.send_form(form, {"title": "Tên ba"}, button="Lưu nháp", status=200)
    assert page.form().fields["title"] == ["Tên ba"]
    both = lan.send_form(page.form(), button="Lưu nháp", status=409)
    assert "Tên hai" in both.text
    lan.send_form(both.form())
    assert task.title == "Tên ba"


def test_another_reason_for_a_step_that_was_taken_is_not_taken(ward: Ward):
    task = ward.task(status="submitted")
    leader = Critic(ward, "leader")
    form = leader.get(f"/phan-viec/{task.id}/tra-lai").form()
    leader.send_form(form, {"reason": "Thiếu sản phẩm."})
    page = leader.send_form(form, {"reason": "Thiếu chỉ tiêu."}, status=200)
    assert task.status == "returned"
    assert task.events[-1].reason == "Thiếu sản phẩm."
    assert any("nội dung khác" in line for line in page.errors) or "Thiếu sản phẩm." in page.text


def test_a_form_that_was_refused_can_be_sent_again(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    page = lan.send_form(form, {**TYPED, "title": ""}, button="Lưu nháp", status=200)
    assert page.errors == ["Nhập tên phần việc."]
    lan.send_form(page.form(), {"title": TYPED["title"]}, button="Lưu nháp")
    assert tasks(ward) == 1


def test_a_page_opened_twice_is_two_forms(ward: Ward, lan: Critic):
    first, second = lan.get(REGISTER).form(), lan.get(REGISTER).form()
    lan.send_form(first, TYPED, button="Lưu nháp")
    lan.send_form(second, TYPED, button="Lưu nháp")
    assert tasks(ward) == 2


def test_the_key_of_another_person_is_not_taken(ward: Ward, lan: Critic):
    """Else one could spend another's key beforehand and send that person's form into nothing."""
    mate = Critic(ward, "mate_kp1")
    theirs = mate.get(REGISTER).form()
    key = theirs.fields["form_key"][0]
    mine = lan.get(REGISTER).form()
    lan.send_form(mine, {**TYPED, "form_key": key}, button="Lưu nháp")
    assert ward.session.get(FormReceipt, key) is None
    mate.send_form(theirs, TYPED, button="Lưu nháp")
    assert tasks(ward) == 2


@pytest.mark.parametrize("key", ["", "1.abc.def", "không phải khóa", "26.0123456789abcdef01234567.0000"])
def test_a_key_that_was_not_made_here_is_replaced(ward: Ward, lan: Critic, key: str):
    lan.send_form(lan.get(REGISTER).form(), {**TYPED, "form_key": key}, button="Lưu nháp")
    assert tasks(ward) == 1
    assert ward.session.get(FormReceipt, key) is None


def test_ten_at_once_make_one_record_and_get_one_answer(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    fields, cookie = fill(form, TYPED, button="Lưu nháp"), lan.cookie
    before = drafted(ward)
    ward.settle()
    with serving(ward.app) as live:
        answers: list[Answer] = at_once(SENDERS, lambda _: live.send(form.action, fields, cookie=cookie))
    number = ward.session.scalars(select(Task.id)).one()
    assert {(answer.status, answer.location) for answer in answers} == {(302, f"/phan-viec/{number}/sua")}
    assert drafted(ward) == before + 1
    assert verify(ward.session) is None


def test_ten_edits_at_once_are_one_edit(ward: Ward, lan: Critic):
    task = ward.task(status="draft")
    form = lan.get(f"/phan-viec/{task.id}/sua").form()
    fields = fill(form, {"title": "Tên mới", "act": "draft"}, button="Lưu nháp")
    cookie, seen = lan.cookie, task.version
    ward.settle()
    with serving(ward.app) as live:
        answers: list[Answer] = at_once(SENDERS, lambda _: live.send(form.action, fields, cookie=cookie))
    assert {(answer.status, answer.location) for answer in answers} == {(302, f"/phan-viec/{task.id}/sua")}
    assert (task.title, task.version) == ("Tên mới", seen + 1)


def test_ten_people_at_once_lose_nothing(ward: Ward):
    """Different forms: each makes its own record, one after the other."""
    critics = [Critic(ward, name) for name in ("officer_kp1", "mate_kp1", "officer_kp2", "clerk")]
    forms = [critic.get(REGISTER).form() for critic in critics]
    units = {name: str(ward.unit(name).id) for name in ("KP1", "KP2", "KP3")}
    leads = [units["KP1"], units["KP1"], units["KP2"], units["KP3"]]
    paper = {"on_behalf_of": "Khu trưởng", "from_paper": "Phiếu đăng ký"}
    filled = [
        fill(
            form,
            {**TYPED, "lead_unit": lead, **(paper if "from_paper" in form.names else {})},
            button="Lưu nháp",
        )
        for form, lead in zip(forms, leads, strict=True)
    ]
    cookies = [critic.cookie for critic in critics]
    ward.settle()
    with serving(ward.app) as live:
        answers = at_once(len(critics), lambda turn: live.send(REGISTER, filled[turn], cookie=cookies[turn]))
    assert [answer.status for answer in answers] == [302] * len(critics)
    assert tasks(ward) == len(critics)
    assert verify(ward.session) is None


def test_receipts_are_forgotten_when_no_form_can_be_sent_again(ward: Ward, lan: Critic):
    lan.send_form(lan.get(REGISTER).form(), TYPED, button="Lưu nháp")
    own = ward.session.scalars(select(FormReceipt.key)).one()
    old, young = (ward.now - KEPT_FOR - timedelta(minutes=1), ward.now - KEPT_FOR + timedelta(minutes=1))
    ward.session.add_all([FormReceipt(key="old", at=old), FormReceipt(key="young", at=young)])
    ward.session.commit()
    Critic(ward).send("/dang-nhap", {"username": "officer_kp2", "password": PASSWORD})
    keys = set(ward.session.scalars(select(FormReceipt.key)))
    assert "old" not in keys
    assert {"young", own} <= keys
