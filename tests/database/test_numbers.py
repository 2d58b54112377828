"""Numbers in the list are given once and never again: to leaders at once, to what is cancelled, after a failure."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.core.refusal import Refused
from pledges.tasks import operations
from pledges.tasks.models import Task
from tests.support import apps
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.ward import Ward

WORKERS, TASKS = 6, 24
LONGEST = 120


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield pool


def submitted(ward: Ward, count: int) -> list[int]:
    return [ward.task("KP2", "submitted", title=f"Việc {number}").id for number in range(count)]


def at_once(pool: ThreadPoolExecutor, *acts: Callable[[], object]) -> list[object]:
    """Let all begin at the same moment."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        gate.wait(LONGEST)
        return act()

    return [future.result(LONGEST) for future in [pool.submit(begin, act) for act in acts]]


def given(ward: Ward) -> list[int]:
    """Every number that the log says was given, in the order of giving."""
    ward.settle()
    entries = ward.session.scalars(
        select(LogEntry).where(LogEntry.action == "task.approved").order_by(LogEntry.number)
    )
    return [int(entry.after.partition('"number":')[2].partition(",")[0]) for entry in entries]


def test_leaders_who_approve_at_once_give_each_number_once(ward: Ward, aside: ThreadPoolExecutor):
    tasks = submitted(ward, TASKS)
    leaders = [ward.actor(name) for name in ("leader", "leader2")]
    engine, now = apps.engine_of(ward.app), ward.now
    ward.settle()

    def approve(worker: int) -> None:
        for task_id in tasks[worker::WORKERS]:
            with Session(engine) as session:
                task = session.get_one(Task, task_id)
                operations.approve(session, task, by=leaders[worker % 2], at=now)
                session.commit()

    at_once(aside, *[lambda worker=worker: approve(worker) for worker in range(WORKERS)])
    assert given(ward) == list(range(1, TASKS + 1))
    numbers = ward.session.scalars(select(Task.number).where(Task.id.in_(tasks)))
    assert sorted(filter(None, numbers)) == list(range(1, TASKS + 1))
    assert ward.campaign.last_task_number == TASKS


def test_an_approval_that_was_undone_gives_no_number_away(ward: Ward):
    first, second = submitted(ward, 2)
    leader, session = ward.actor("leader"), ward.session
    assert operations.approve(session, session.get_one(Task, first), by=leader, at=ward.now) == 1
    session.rollback()
    assert session.get_one(Task, first).number is None
    assert operations.approve(session, session.get_one(Task, second), by=leader, at=ward.now) == 1
    session.commit()
    assert operations.approve(session, session.get_one(Task, first), by=leader, at=ward.now) == 2
    session.commit()
    assert given(ward) == [1, 2]


def test_undone_and_kept_approvals_at_once_leave_no_gap_and_no_double(ward: Ward, aside: ThreadPoolExecutor):
    tasks = submitted(ward, TASKS)
    leader, engine, now = ward.actor("leader"), apps.engine_of(ward.app), ward.now
    ward.settle()

    def approve(worker: int) -> None:
        for position, task_id in enumerate(tasks[worker::WORKERS]):
            with Session(engine) as session:
                operations.approve(session, session.get_one(Task, task_id), by=leader, at=now)
                if (worker + position) % 3:
                    session.commit()
                else:
                    session.rollback()

    at_once(aside, *[lambda worker=worker: approve(worker) for worker in range(WORKERS)])
    numbers = given(ward)
    assert numbers == list(range(1, len(numbers) + 1))
    assert 0 < len(numbers) < TASKS
    assert ward.campaign.last_task_number == len(numbers)


def test_a_cancelled_task_keeps_its_number_for_ever(ward: Ward):
    leader, session = ward.actor("leader"), ward.session
    for task_id in submitted(ward, 3):
        task = session.get_one(Task, task_id)
        operations.approve(session, task, by=leader, at=ward.now)
        operations.cancel(session, task, "Trùng.", by=leader, at=ward.now)
    session.commit()
    (last,) = submitted(ward, 1)
    assert operations.approve(session, session.get_one(Task, last), by=leader, at=ward.now) == 4
    session.commit()
    assert given(ward) == [1, 2, 3, 4]
    kept = session.scalars(select(Task.number).where(Task.number.is_not(None)).order_by(Task.number))
    assert list(kept) == [1, 2, 3, 4]


def test_a_refused_approval_takes_no_number(ward: Ward):
    (task_id,) = submitted(ward, 1)
    session, leader = ward.session, ward.actor("leader")
    task = session.get_one(Task, task_id)
    task.product = ""
    session.commit()
    with pytest.raises(Refused):
        operations.approve(session, task, by=leader, at=ward.now)
    session.commit()
    assert (task.number, ward.campaign.last_task_number, given(ward)) == (None, 0, [])


def pressed_at_once(
    ward: Ward, aside: ThreadPoolExecutor, pages: list[tuple[str, str, dict[str, str]]]
) -> list[object]:
    """People open their pages (name, address, what they fill in), then all send at once; how they were answered."""

    def opened(name: str, url: str, filled: dict[str, str]) -> Callable[[], int]:
        person = Critic(ward, name)
        form = person.get(url).form()
        fields = fill(form, filled)
        return lambda: person.client.post(form.action, data=fields).status_code

    acts = [opened(*page) for page in pages]
    ward.settle()
    return at_once(aside, *acts)


def test_two_leaders_who_approve_the_same_several_at_once(ward: Ward, aside: ThreadPoolExecutor):
    """One of them comes first; the other's page leads to a result that says what was left."""
    tasks = submitted(ward, 8)
    forward = "&".join(f"muc={task_id}" for task_id in tasks)
    pages = [(name, f"/phan-viec/duyet-nhieu?{forward}", {}) for name in ("leader", "leader2")]
    assert pressed_at_once(ward, aside, pages) == [302, 302]
    assert given(ward) == list(range(1, 9))
    by_number = ward.session.scalars(select(Task.id).where(Task.id.in_(tasks)).order_by(Task.number))
    assert list(by_number) == tasks, "in the order shown, whoever came first"


def test_several_are_approved_while_another_leader_returns_one_of_them(ward: Ward, aside: ThreadPoolExecutor):
    """Whoever comes first has decided on it: it is in the list, or returned, never both."""
    tasks = submitted(ward, 4)
    marked = "&".join(f"muc={task_id}" for task_id in tasks)
    approving = ("leader", f"/phan-viec/duyet-nhieu?{marked}", {})
    returning = ("leader2", f"/phan-viec/{tasks[1]}/tra-lai", {"reason": "Chưa rõ sản phẩm."})
    codes = pressed_at_once(ward, aside, [approving, returning])
    assert codes[0] == 302
    ward.settle()
    disputed = ward.session.get_one(Task, tasks[1])
    decisions = [event.kind.value for event in disputed.events][2:]
    assert decisions in (["approved"], ["returned"])
    assert (disputed.number is None) == (decisions == ["returned"]) == (codes[1] == 302)
    assert given(ward) == list(range(1, 5 if decisions == ["approved"] else 4))
