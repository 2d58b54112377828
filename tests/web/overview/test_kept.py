"""What is kept of the overview says what the tables say, whoever writes meanwhile, gives up, or is cut off."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from unittest.mock import patch

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts import operations as accounts
from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.core.database import db
from pledges.core.shelf import Shelf
from pledges.overview import reading
from pledges.overview.board import Board
from tests.house.sources import ROOT
from tests.support import apps
from tests.support.changing import PEOPLE, Changer
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward

URL = "/theo-doi"
READERS = ("leader", "officer_kp1", "officer_kp2")
SignIn = Callable[[str], Critic]


@contextmanager
def request(ward: Ward) -> Iterator[tuple[Session, Campaign]]:
    """A request that only reads, and the campaign."""
    with ward.app.test_request_context(URL):
        session = db.session()
        yield session, session.scalars(select(Campaign).where(Campaign.code == "HK-2024")).one()


def shown(ward: Ward, actor: Actor, day: date) -> Board:
    """The board as a page would show it."""
    with request(ward) as (session, campaign):
        return reading.of_campaign(session, campaign, actor, day)


def agree(ward: Ward, people: list[Actor], day: date) -> None:
    """Hold what is kept, standings too, against the tables."""
    for actor in people:
        with request(ward) as (session, campaign):
            board = reading.of_campaign(session, campaign, actor, day)
            with patch.object(reading, "recall", lambda ledger: ledger):
                assert board == reading.anew(session, campaign, actor, day)
        assert shown(ward, actor, day) is board, "what has not changed is kept"


@contextmanager
def two_at_work(ward: Ward, seed: int) -> Iterator[list[Changer]]:
    """Two people who change things, each in a session of their own."""
    random = Random(seed)  # noqa: S311 - chance, no secret
    people = {name: ward.actor(name) for name in PEOPLE}
    ward.settle()
    sessions = [Session(apps.engine_of(ward.app)) for _ in range(2)]
    try:
        yield [Changer(session, people, random, ward.now) for session in sessions]
    finally:
        for session in sessions:
            session.close()


def tasks_with_reports(ward: Ward) -> None:
    for number in range(4):
        task = ward.task("KP1" if number else "KP2", cooperating=["KP2"] if number == 1 else [])
        ward.report(task, "2024-08", [5, 30], obstacle="Thiếu người" if number == 2 else "", next_step="Làm")
    ward.settle()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_interleaving_it_equals_the_tables(ward: Ward, seed: int):
    tasks_with_reports(ward)
    people, day = [ward.actor(name) for name in READERS], ward.day
    with two_at_work(ward, seed) as changers:
        dice = changers[0].random
        for _turn in range(8):
            changer = dice.choice(changers)
            for _act in range(dice.randint(1, 3)):
                changer.change()
            agree(ward, people[:1], day)  # while it is written, and nobody knows whether it will stay
            changer.session.commit() if dice.random() < 2 / 3 else changer.session.rollback()
            agree(ward, people, day - timedelta(days=dice.randint(0, 40)))


def test_on_both_databases(database: Database):
    ward = database.ward()
    tasks_with_reports(ward)
    people, day = [ward.actor(name) for name in READERS], ward.day
    with two_at_work(ward, 7) as (changer, _other):
        for turn in range(5):
            changer.change()
            agree(ward, people[:1], day)
            changer.session.rollback() if turn == 3 else changer.session.commit()
            agree(ward, people, day)


def test_what_changed_while_it_was_read_is_not_kept(database: Database, monkeypatch: pytest.MonkeyPatch):
    """On PostgreSQL each question sees what was committed before it: such a board would be of two moments."""
    ward = database.ward()
    tasks_with_reports(ward)
    leader, day, whole = ward.actor("leader"), ward.day, reading.anew
    ward.settle()
    with two_at_work(ward, 1) as (changer, _other):

        def write() -> None:
            changer.rename()
            changer.session.commit()

        def interrupted(*asked: object) -> Board:
            writer = Thread(target=write)
            writer.start()
            writer.join()
            return whole(*asked)

        monkeypatch.setattr(reading, "anew", interrupted)
        shown(ward, leader, day)
        monkeypatch.setattr(reading, "anew", whole)
    agree(ward, [leader], day)


CUT_OFF = """
import sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from pledges import create_app
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.progress.models import Report
from pledges.reviews import operations
app = create_app({"INSTANCE": Path(sys.argv[1]), "SECRET_KEY": sys.argv[3]})
with app.app_context(), Session(create_engine(app.config["SQLALCHEMY_DATABASE_URI"])) as session:
    report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
    operations.accept(session, report, by=Actor(1, "Ai đó"), at=datetime.fromisoformat(sys.argv[2]))
    session.flush()
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_writer_who_is_cut_off_leaves_nothing(ward: Ward):
    ward.report(ward.task(), "2024-08", [5, 30], status="submitted")
    people, day = [ward.actor("leader")], ward.day
    ward.settle()
    agree(ward, people, day)
    before = shown(ward, people[0], day)
    folder = Path(ward.app.config["INSTANCE"])
    command = [sys.executable, "-c", CUT_OFF, str(folder), ward.now.isoformat(), apps.KEY]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        agree(ward, people, day)
        writer.kill()
        writer.wait()
    agree(ward, people, day)
    assert shown(ward, people[0], day) is before


def test_who_loses_a_right_sees_nothing_of_before(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Phần việc của khu phố khác")
    critic = sign_in("officer_kp1")
    first = critic.get(URL)
    assert "Phần việc của khu phố khác" in first.text
    held = ward.session.scalars(
        select(Appointment).where(Appointment.account_id == ward.account("officer_kp1").id)
    )
    for one in held.all():
        accounts.end_appointment(
            ward.session, one, on=ward.day - timedelta(days=1), by=ward.actor("admin"), at=ward.now
        )
    ward.session.commit()
    tag = first.headers["ETag"]
    answer = critic.client.get(URL, headers={"If-None-Match": tag})
    assert answer.status_code == 403
    assert "Phần việc của khu phố khác" not in answer.text


def test_an_unchanged_page_is_not_sent_again(ward: Ward, sign_in: SignIn):
    task = ward.task()
    critic = sign_in("leader")
    critic.get(URL)
    tag = critic.get(URL).headers["ETag"]
    again = critic.client.get(URL, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    other = sign_in("leader2").client.get(URL, headers={"If-None-Match": tag})
    assert other.status_code == 200, "a tag is good for one session"
    filtered = critic.client.get(f"{URL}?tinh-trang=cham", headers={"If-None-Match": tag})
    assert filtered.status_code == 200
    ward.report(task, "2024-08", [5, 30], status="submitted")
    assert critic.client.get(URL, headers={"If-None-Match": tag}).status_code == 200


def test_who_only_asks_for_news_does_not_keep_the_session_awake(ward: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    tag = critic.get(URL).headers["ETag"]
    before = critic.cookie
    critic.client.get(URL, headers={"If-None-Match": tag})
    assert critic.cookie == before


def test_words_after_an_act_are_said_once(ward: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    critic.get(URL)
    with critic.client.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "Đã ghi.")]
    assert "Đã ghi." in critic.get(URL).text
    assert "Đã ghi." not in critic.get(URL).text


def test_the_shelf_holds_no_more_than_it_should():
    shelf: Shelf[str] = Shelf(10)
    for number in range(6):
        shelf.put(number, str(number), 3)
        shelf.get(0)
    assert len(shelf) == 3
    assert shelf.weight == 9
    assert shelf.get(0) == "0", "what was asked for last stays"
    assert shelf.get(1) is None
    shelf.put("large", "?", 11)
    assert shelf.get("large") is None
    assert len(shelf) == 3
    shelf.put(0, "anew", 1)
    assert (shelf.get(0), shelf.weight) == ("anew", 7)
