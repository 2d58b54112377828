"""Saves that come at the same moment, on both kinds of database: nothing is doubled, nothing is lost."""

import pytest
from sqlalchemy import select

from pledges.core.forms.unsent import UnsentForm
from pledges.tasks.models import Task
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.live import Answer, at_once, serving
from tests.support.ward import Ward

REGISTER, KEEP = "/phan-viec/dang-ky", "/luu-tam"
SENDERS = 8


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.fixture
def lan(ward: Ward) -> Critic:
    return Critic(ward, "officer_kp1")


def titles(ward: Ward) -> list[str]:
    ward.settle()
    return sorted(ward.session.scalars(select(UnsentForm.title)))


def test_one_text_saved_at_once_is_kept_once(ward: Ward, lan: Critic):
    fields = fill(lan.get(REGISTER).form(), {"title": "Trồng cây"})
    cookie = lan.cookie
    ward.settle()
    with serving(ward.app) as live:
        answers: list[Answer] = at_once(SENDERS, lambda _: live.send(KEEP, fields, cookie=cookie))
    assert {answer.status for answer in answers} == {200}
    assert titles(ward) == ["Trồng cây"]


def test_texts_of_several_windows_saved_at_once_are_all_kept(ward: Ward, lan: Critic):
    form, cookie = lan.get(REGISTER).form(), lan.cookie
    typed = [
        fill(form, {"title": f"Việc {number}", "unsent_seen": f"0 {number}"}) for number in range(SENDERS)
    ]
    ward.settle()
    with serving(ward.app) as live:
        answers = at_once(SENDERS, lambda turn: live.send(KEEP, typed[turn], cookie=cookie))
    assert {answer.status for answer in answers} == {200}
    assert titles(ward) == [f"Việc {number}" for number in range(SENDERS)]


def test_saving_and_sending_at_once_leaves_the_record_alone(ward: Ward, lan: Critic):
    form, cookie = lan.get(REGISTER).form(), lan.cookie
    typed = fill(
        form, {"title": "Trồng cây", "due_on": "31/12/2024", "unsent_seen": "0 a"}, button="Lưu nháp"
    )
    ward.settle()
    with serving(ward.app) as live:
        answers = at_once(
            SENDERS, lambda turn: live.send(KEEP if turn % 2 else REGISTER, typed, cookie=cookie)
        )
    assert {answer.status for answer in answers[::2]} == {302}
    assert [task.title for task in ward.session.scalars(select(Task))] == ["Trồng cây"]
    assert titles(ward) == []
