"""Amendments on both kinds of database: two at once, decided twice, by whom, and taken back with a signature."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from pledges.core.database import crossed
from pledges.core.references import pointed_at
from pledges.progress import reading
from pledges.tasks.amending import operations
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.operations import Grounds
from pledges.tasks.amending.queries import awaiting
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Indicator, Task
from pledges.tasks.rules import StepRefused, TaskStatus
from tests.support import apps
from tests.support.amending import WHY, amend, entry_of, propose, row_of
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.hall import opened, tick, untick
from tests.support.ward import Ward

LATER = date(2025, 3, 31)
PEOPLE = (
    "officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "leader", "leader2", "clerk", "admin", "outsider", "ended",
)  # fmt: skip


@pytest.fixture
def ward(database: Database) -> Iterator[Ward]:
    yield database.ward()
    database.close()


@pytest.fixture
def task(ward: Ward) -> Task:
    """A task that stands in a signed commitment."""
    made = ward.task()
    ward.commitment("KP1", "signed")
    return made


def test_the_database_keeps_one_proposal_of_a_task(ward: Ward, task: Task):
    waiting = propose(ward, task, due_on=LATER)
    values = {column.name: getattr(waiting, column.name) for column in Amendment.__table__.columns}
    ward.settle()
    with Session(apps.engine_of(ward.app)) as other:
        other.add(Amendment(**{name: value for name, value in values.items() if name != "id"}))
        with pytest.raises(DBAPIError) as told:
            other.flush()
    assert crossed(told.value), "the form answers that somebody else was faster"


def test_the_second_of_two_proposals_is_refused_in_words(ward: Ward, task: Task):
    first, second = Critic(ward, "officer_kp1"), Critic(ward, "mate_kp1")
    url = f"/phan-viec/{task.id}/dieu-chinh"
    pages = [one.send(url, {"reason": WHY, "due_on": "31/3/2025"}, status=200) for one in (first, second)]
    first.send_form(pages[0].form(), button="Gửi đề nghị")
    page = second.send_form(pages[1].form(), button="Gửi đề nghị", status=409)
    assert "mỗi lúc chỉ có một đề nghị" in page.text
    ward.settle()
    assert len(list(ward.session.scalars(select(Amendment)))) == 1


def test_what_two_leaders_decide_is_decided_once(ward: Ward, task: Task):
    proposal = propose(ward, task, due_on=LATER)
    first, second = Critic(ward, "leader"), Critic(ward, "leader2")
    pages = [one.get(f"/dieu-chinh/{proposal.id}/duyet") for one in (first, second)]
    first.send_form(pages[0].form())
    page = second.send_form(pages[1].form(), status=200)
    assert "vừa được người khác sửa" in page.errors[0]
    ward.settle()
    assert [event.kind for event in task.events].count("amended") == 1
    with pytest.raises(StepRefused, match="đã kết thúc"):
        operations.approve(ward.session, proposal, by=ward.actor("leader2"), at=ward.now)


def test_who_proposed_it_does_not_decide(ward: Ward, task: Task):
    proposal = propose(ward, task, due_on=LATER)
    officer = ward.actor("officer_kp1")
    with pytest.raises(StepRefused, match="không tự quyết định"):
        operations.approve(ward.session, proposal, by=officer, at=ward.now)
    with pytest.raises(StepRefused, match="không tự quyết định"):
        operations.send_back(ward.session, proposal, "Không.", by=officer, at=ward.now)
    assert proposal.waits


def test_what_is_withdrawn_is_not_approved(ward: Ward, task: Task):
    proposal = propose(ward, task, due_on=LATER)
    operations.withdraw(ward.session, proposal, by=ward.actor("officer_kp1"), at=ward.now)
    with pytest.raises(StepRefused, match="đã kết thúc"):
        operations.approve(ward.session, proposal, by=ward.actor("leader"), at=ward.now)
    assert (proposal.status, task.due_on) == (AmendmentStatus.WITHDRAWN, date(2024, 12, 31))


def test_a_task_cancelled_meanwhile_stays_cancelled(ward: Ward, task: Task):
    proposal = propose(ward, task, due_on=LATER)
    leader = Critic(ward, "leader")
    page = leader.get(f"/dieu-chinh/{proposal.id}/duyet")
    Critic(ward, "leader2").send(f"/phan-viec/{task.id}/huy", {"reason": "Thành phố làm."})
    answer = leader.send_form(page.form(), status=200)
    assert "không còn trong danh mục" in answer.errors[0]
    ward.settle()
    assert (task.status, task.due_on, proposal.waits) == (
        TaskStatus.CANCELLED,
        date(2024, 12, 31),
        True,
    )


def test_indicators_move_up_and_keep_their_rows(ward: Ward, task: Task):
    three = (row_of(task, 1), row_of(task, 2), row_of(task, 1, label="Cây xanh", measure="cây"))
    amend(ward, task, rows=[1, 2, None], indicators=three)
    ids = {one.label: one.id for one in task.indicators}
    left = (row_of(task, 2), row_of(task, 3), row_of(task, 1, label="Ghế đá", measure="ghế"))
    amend(ward, task, rows=[2, 3, None], indicators=left)
    assert [(one.position, one.label) for one in task.indicators] == [
        (1, "Hộ tham gia phân loại rác"),
        (2, "Cây xanh"),
        (3, "Ghế đá"),
    ]
    assert [one.id for one in task.indicators[:2]] == [ids["Hộ tham gia phân loại rác"], ids["Cây xanh"]]


def test_figures_are_never_left_without_their_indicator(ward: Ward, task: Task):
    ward.report(task, "2024-09", {task.indicators[0].id: Decimal(100)})
    officer = ward.actor("officer_kp1")
    entry = entry_of(task, indicators=(row_of(task, 2),))
    with pytest.raises(StepRefused, match="hạ mức phải đạt"):
        operations.propose(ward.session, task, entry, [2], Grounds(WHY), by=officer, at=ward.now)
    ward.session.rollback()
    ids = [one.id for one in task.indicators]
    assert pointed_at(ward.session, Indicator, ids) == {ids[0]}
    amend(ward, task, rows=[1], indicators=(row_of(task, 1, target=Decimal(400)),))
    assert [one.id for one in task.indicators] == ids[:1]


def test_figures_that_come_after_the_proposal_are_kept_too(ward: Ward, task: Task):
    proposal = propose(ward, task, rows=[2], indicators=(row_of(task, 2),))
    ward.report(task, "2024-09", {task.indicators[0].id: Decimal(100)}, "submitted")
    with pytest.raises(StepRefused, match="hạ mức phải đạt"):
        operations.approve(ward.session, proposal, by=ward.actor("leader"), at=ward.now)
    ward.session.rollback()
    assert len(task.indicators) == 2


def test_undoing_the_last_signature_gives_back_the_text_before(ward: Ward, task: Task):
    """The amended task waits to be committed to again; what both texts pledge alike stays committed."""
    same = ward.task(title="Trồng cây dọc tuyến đường")
    first = ward.session.scalars(select(Commitment)).one()
    second = ward.commitment("KP1", "signed")
    amend(ward, task, due_on=LATER)
    third = ward.commitment("KP1", "frozen")
    ceremony = opened(ward)
    tick(ward, ceremony, third.signatories[0])
    assert [one.status for one in (first, second, third)] == [
        CommitmentStatus.SUPERSEDED,
        CommitmentStatus.SUPERSEDED,
        CommitmentStatus.SIGNED,
    ]
    assert (task.status, same.status) == (TaskStatus.COMMITTED, TaskStatus.COMMITTED)
    untick(ward, ceremony, third.signatories[0])
    assert (second.status, third.status) == (CommitmentStatus.SIGNED, CommitmentStatus.FROZEN)
    assert (task.status, same.status) == (TaskStatus.APPROVED, TaskStatus.COMMITTED)


def test_each_day_is_reckoned_by_what_was_pledged_then(ward: Ward, task: Task):
    """An indicator that came, one that went, and a target that was halved, on three days."""
    ward.report(task, "2024-09", {task.indicators[1].id: Decimal(50)})
    trees = row_of(task, 1, label="Cây xanh", measure="cây", target=Decimal(30))
    kept = task.indicators[1].id
    ward.hands.put(date(2024, 10, 16))
    amend(ward, task, rows=[2, None], indicators=(row_of(task, 2), trees))
    ward.hands.put(date(2024, 10, 18))
    amend(ward, task, due_on=LATER, indicators=(row_of(task, 1, target=Decimal(60)), row_of(task, 2)))
    ledger = reading.of_task(ward.session, task)
    told = {
        day: [
            (one.plan.label, one.plan.target, one.value) for one in ledger.standing(task.id, day).indicators
        ]
        for day in (date(2024, 10, day) for day in (15, 16, 18))
    }
    sorting = "Hộ tham gia phân loại rác"
    assert list(told.values()) == [
        [("Đường ngõ được bê tông hóa", Decimal(450), None), (sorting, Decimal(80), Decimal(50))],
        [(sorting, Decimal(80), Decimal(50)), ("Cây xanh", Decimal(30), None)],
        [(sorting, Decimal(60), Decimal(50)), ("Cây xanh", Decimal(30), None)],
    ]
    assert [one.plan.due_on for one in ledger.tasks[task.id].earlier] == [date(2024, 12, 31)] * 2
    assert ledger.tasks[task.id].indicator_ids[0] == kept


def test_the_queue_asks_the_same_of_the_database_as_of_the_permissions(ward: Ward, task: Task):
    propose(ward, task, due_on=LATER)
    propose(ward, ward.task("KP2"), by="clerk", due_on=LATER)
    own = propose(ward, ward.task("KP2", title="Việc của lãnh đạo đề nghị"), due_on=LATER)
    own.proposed_by_id = ward.account("leader").id
    ward.settle()
    everything = list(ward.session.scalars(select(Amendment).order_by(Amendment.id)))
    found = {}
    for name in PEOPLE:
        actor = ward.actor(name)
        listed = {one.id for one in ward.session.scalars(awaiting(actor))}
        assert listed == {one.id for one in everything if may(actor, Permission.DECIDE_TASK, one.subject())}
        found[name] = len(listed)
    assert (found["leader"], found["leader2"], found["clerk"], found["officer_kp1"]) == (2, 3, 0, 0)
