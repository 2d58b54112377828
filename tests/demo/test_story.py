"""The demo tells the story of the files: through the operations, by the persons, on the days."""

import stat
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from pledges.accounts.models import Account
from pledges.accounts.queries import by_username
from pledges.accounts.sessions import actor_today
from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.audit.queries import all_entries
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment, Signature
from pledges.commitments.rules import SigningWay
from pledges.core.clock import day_of
from pledges.core.database import db
from pledges.documents.issuing.kept import print_of
from pledges.documents.models import Document
from pledges.documents.rules import DocumentStatus
from pledges.documents.sheets.record import read
from pledges.files.serving import folder
from pledges.followups.models import Meeting
from pledges.followups.queries import of_meeting
from pledges.followups.rules import FollowUpEnd
from pledges.instance import ACCOUNTS_FILE
from pledges.overview.reading import of_campaign
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.assigning.queries import standing
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.campaign_files import hand, share


@pytest.fixture
def board(demo):
    def of(day: str):
        with demo.app_context():
            leader = actor_today(db.session.scalars(by_username("chutich")).one())
            campaign = db.session.scalars(select(Campaign)).one()
            return of_campaign(db.session(), campaign, leader, date.fromisoformat(day))

    return of


@pytest.mark.parametrize("day", ["2024-10-15", "2024-07-31"])
def test_the_board_agrees_with_the_hand_table(board, day):
    found = {row.card.number: row for row in board(day).rows}
    wanted = hand("table", day)
    assert len(wanted) == len(found) == 24
    for line in wanted:
        row = found[int(line["task"])]
        assert row.state == line["state"], line["task"]
        assert row.standing.progress == share(line, "progress")
        assert row.standing.expected == share(line, "expected")
        tentative = row.tentative.state if row.tentative else row.state
        assert tentative == (line["tentative_state"] or line["state"])


def test_reports_obstacles_and_signatures_are_counted(board):
    today = board("2024-10-15")
    assert (today.registered, today.expected_tasks) == (24, 24)
    assert (len(today.signed_units), len(today.pledging_units)) == (23, 23)
    assert (len(today.obstacles), today.oldest_days) == (8, 54)
    counted = {f"{one.period.start_on:%Y-%m}": one.counts for one in today.disciplines}
    for line in hand("reporting", "2024-10-15"):
        found = counted[line["period"]]
        wanted = (int(line["expected"]), int(line["received"]), int(line["on_time"]))
        assert (found.expected, found.received, found.on_time) == wanted


def test_numbers_are_those_of_the_files_and_all_tasks_are_committed(demo):
    with demo.app_context():
        tasks = list(db.session.scalars(select(Task).order_by(Task.number)))
        assert [task.number for task in tasks] == list(range(1, 25))
        assert {task.status for task in tasks} == {TaskStatus.COMMITTED}
        assert db.session.scalar(select(func.count(Commitment.id))) == 23
        days = set(db.session.scalars(select(Signature.signed_on)))
        assert days == {date(2024, 3, 29)}
        assert db.session.scalar(select(func.count(Report.id))) == 131
        assert db.session.scalar(select(func.count(Obstacle.id)).where(Obstacle.decision.is_(None))) == 8


def test_the_log_is_whole_and_runs_in_the_order_of_time(demo):
    with demo.app_context():
        assert verify(db.session()) is None
        moments = [entry.at for entry in db.session.scalars(all_entries())]
        assert moments == sorted(moments)
        assert day_of(moments[0]) == date(2024, 3, 13)
        assert day_of(moments[-1]) == date(2024, 10, 10)


def test_one_report_was_issued_and_one_is_being_written(demo):
    with demo.app_context():
        issued, draft = db.session.scalars(select(Document).order_by(Document.id))
        assert (issued.status, issued.number, issued.issued_on) == (
            DocumentStatus.ISSUED,
            1,
            date(2024, 9, 5),
        )
        assert (issued.as_of, draft.as_of) == (date(2024, 8, 31), date(2024, 9, 30))
        assert draft.status is DocumentStatus.DRAFT
        assert read(issued.paper).foot.illustrative
        assert print_of(issued, folder()).startswith(b"%PDF")


def test_everybody_acts_in_an_own_post(demo):
    with demo.app_context():
        acts = Counter(
            db.session.execute(
                select(LogEntry.actor_name, LogEntry.action).where(LogEntry.action.startswith("report."))
            )
        )
        accepted = {name for name, action in acts if action == "report.accepted"}
        assert accepted == {"Chủ tịch UBND phường"}
        assert ("Bí thư chi bộ, Khu trưởng khu phố 1", "report.submitted") in acts
        nameless = select(LogEntry.number).where(
            LogEntry.action == "report.submitted", LogEntry.actor_post == ""
        )
        assert db.session.scalars(nameless).all() == []


def test_nobody_can_guess_a_password_and_only_the_owner_reads_them(demo):
    path = demo.config["INSTANCE"] / ACCOUNTS_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    passwords = [line.split("\t")[1] for line in lines]
    with demo.app_context():
        assert len(lines) == db.session.scalar(select(func.count(Account.id)))
    assert len(set(passwords)) == len(passwords)
    assert all(len(password) >= 12 for password in passwords)


def test_most_sign_on_paper_in_the_hall_and_some_in_the_app(demo):
    with demo.app_context():
        held = db.session.scalars(select(Ceremony)).one()
        assert (held.held_on, held.place) == (date(2024, 3, 29), "Hội trường UBND phường Hà Khánh")
        assert not held.open
        given = list(db.session.scalars(select(Signature)))
        assert Counter(one.way for one in given) == {SigningWay.PAPER: 30, SigningWay.IN_APP: 3}
        assert {one.ceremony_id for one in given if one.way is SigningWay.PAPER} == {held.id}
        signed = db.session.scalars(select(Commitment).order_by(Commitment.id)).all()
        posts = {one.unit.code: [place.post for place in one.signatories] for one in signed}
        assert posts["KP3"] == ["Bí thư chi bộ", "Khu trưởng", "Trưởng ban công tác Mặt trận"]
        assert {code for code, of in posts.items() if len(of) == 3} == {"KP1", "KP2", "KP3", "KP4", "KP5"}
        assert not any(place.name for one in signed for place in one.signatories)


def test_heads_answer_for_their_tasks_and_a_meeting_followed_them_up(demo):
    with demo.app_context():
        held = list(db.session.scalars(standing(date(2024, 10, 15))))
        assert Counter(one.duty for one in held) == {Duty.RESPONSIBLE: 24, Duty.SUPERVISING: 24}
        supervising = {one.name for one in held if one.duty is Duty.SUPERVISING}
        assert supervising == {"Chủ tịch UBND phường", "Phó Chủ tịch UBND phường"}
        met = db.session.scalars(select(Meeting)).one()
        assert (met.held_on, met.open) == (date(2024, 8, 30), False)
        decided = db.session.scalars(of_meeting(met.id)).all()
        known = {one.task.number: (one.ended_as, one.days_overdue(date(2024, 10, 15))) for one in decided}
        assert known == {21: (FollowUpEnd.DONE, 0), 19: (None, 35)}
