"""A power cut while people send: what was answered is there, nothing is half there, and sending again completes it."""

import sqlite3
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from pledges import instance
from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.core.forms.receipts import FormReceipt
from pledges.settings import DATABASE_FILE
from pledges.tasks.models import Task
from tests.support.apps import KEY
from tests.support.critic import Critic, fill
from tests.support.live import Live
from tests.support.started import started
from tests.support.ward import Ward

FORMS, SENDERS, ANSWERS_BEFORE_THE_CUT = 40, 4, 12
REGISTER = "/phan-viec/dang-ky"


def filled(lan: Critic, number: int) -> dict[str, Any]:
    """The fields of a form of its own."""
    typed = {"title": f"Phần việc {number}", "start_on": "15/10/2024", "due_on": "31/12/2024", "act": "draft"}
    return fill(lan.get(REGISTER).form(), typed, button="Lưu nháp")


def test_what_was_answered_is_there_and_the_rest_can_be_sent_again(ward: Ward, tmp_path: Path):
    folder: Path = ward.app.config["INSTANCE"]
    instance.write_private(folder / instance.SECRET_FILE, KEY)
    lan = Critic(ward, "officer_kp1")
    forms = [filled(lan, number) for number in range(FORMS)]
    ward.settle()
    answered = send_until_cut(folder, tmp_path / "log", forms, lan.cookie)

    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    titles = set(ward.session.scalars(select(Task.title)))
    assert {f"Phần việc {number}" for number in answered} <= titles
    assert len(titles) < FORMS
    assert entries(ward) == len(titles) == receipts(ward)
    assert verify(ward.session) is None

    ward.settle()
    with started(folder, tmp_path / "log") as program:
        live = Live(program.address)
        places = [live.send(REGISTER, form, cookie=lan.cookie).location for form in forms]
    assert len(set(places)) == FORMS
    assert sorted(ward.session.scalars(select(Task.title))) == sorted(f"Phần việc {n}" for n in range(FORMS))
    assert entries(ward) == FORMS == receipts(ward)
    assert verify(ward.session) is None


def send_until_cut(folder: Path, log: Path, forms: list[dict[str, Any]], cookie: str) -> set[int]:
    """Send the forms, some at a time; the power goes while the rest is on its way. The numbers that were answered."""
    answered: set[int] = set()
    with started(folder, log) as program, ThreadPoolExecutor(SENDERS) as senders:
        live = Live(program.address)

        def send(number: int) -> None:
            try:
                answer = live.send(REGISTER, forms[number], cookie=cookie)
            except (urllib.error.URLError, OSError):
                return
            if answer.status == 302:
                answered.add(number)
            if len(answered) >= ANSWERS_BEFORE_THE_CUT:
                program.kill()

        list(senders.map(send, range(FORMS)))
    assert len(answered) >= ANSWERS_BEFORE_THE_CUT
    return answered


def entries(ward: Ward) -> int:
    asked = select(func.count(LogEntry.number)).where(LogEntry.action == "task.drafted")
    return ward.session.scalar(asked) or 0


def receipts(ward: Ward) -> int:
    return ward.session.scalar(select(func.count(FormReceipt.key))) or 0
