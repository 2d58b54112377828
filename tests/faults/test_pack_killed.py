"""The process that draws packs is killed: nothing hangs, the page says so, and asking again gives the pack."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from pledges.core.beside import NICENESS
from pledges.core.database import db
from pledges.documents.packs import beside, operations
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.operations import PackEntry
from pledges.documents.packs.rules import Asked, Binding, JobStatus, PackKind
from pledges.documents.packs.shelf import shelf_of
from tests.support.critic import Critic
from tests.support.ward import Ward

MANY = 20_000
"""So many forms that nobody draws them before the process is ended."""
PATIENCE = 180
pause = threading.Event().wait


@pytest.fixture
def asked(ward: Ward) -> Iterator[int]:
    """A very large pack that waits."""
    unit = ward.unit("KP1").id
    many = Asked(today=ward.day, items=(unit,) * MANY, blank=True)
    entry = PackEntry(
        kind=PackKind.REPORT_FORMS, binding=Binding.ZIP, asked=many, name="Phiếu trống", total=MANY
    )
    job = operations.ask(ward.session, ward.campaign, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    number = job.id
    ward.settle()
    yield number
    beside.of(ward.app).end()


def wake(ward: Ward) -> None:
    with ward.app.app_context():
        beside.wake(anew=True)
        db.session.remove()


def until(ward: Ward, number: int, told: Callable[[PrintJob], bool]) -> PrintJob:
    """Look at the row until it says so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ward.settle()
        job = ward.session.get_one(PrintJob, number)
        ward.session.refresh(job)
        if told(job):
            ward.settle()
            return job
        ward.settle()
        pause(0.05)
    raise AssertionError(f"the pack is still {job.status}")


def drawing(ward: Ward, number: int) -> None:
    """Have it drawn, and wait until it has come some way."""
    wake(ward)
    until(ward, number, lambda job: job.status is JobStatus.DRAWING and job.done > 0)


def fewer(ward: Ward, number: int) -> None:
    """Let the same pack be one that can be drawn."""
    job = ward.session.get_one(PrintJob, number)
    job.asked = Asked(today=ward.day, items=Asked.read(job.asked).items[:2], blank=True).written()
    job.done, job.total = 0, 2
    ward.session.commit()


def test_killed_it_is_missed_and_can_be_asked_for_again(ward: Ward, asked: int):
    drawing(ward, asked)
    (process,) = beside.of(ward.app).processes
    later = os.getpriority(os.PRIO_PROCESS, process.pid) - os.getpriority(os.PRIO_PROCESS, 0)
    assert later == NICENESS, "whoever looks at a page comes first"
    process.kill()
    process.wait()
    clerk, page = Critic(ward, "clerk"), f"/van-ban/tap/{asked}"
    assert "Tập bị ngắt giữa chừng" in clerk.get(page).text  # and the look itself began the next process
    until(ward, asked, lambda job: job.status is JobStatus.FAILED)
    assert "Đồng chí bấm “Lập lại”" in clerk.get(page).text
    assert not list(shelf_of(ward.app.config["INSTANCE"]).folder.glob("*.part"))
    fewer(ward, asked)
    clerk.send(page, action=f"{page}/lap-lai")
    until(ward, asked, lambda job: job.status is JobStatus.DONE)
    assert clerk.get(f"{page}/tep").bytes.startswith(b"PK")


def test_ended_with_the_program_it_goes_on_at_the_next_start(ward: Ward, asked: int):
    drawing(ward, asked)
    (process,) = beside.of(ward.app).processes
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=PATIENCE)
    until(ward, asked, lambda job: job.status is JobStatus.WAITING)
    fewer(ward, asked)
    beside.wake_if_needed(ward.app)
    until(ward, asked, lambda job: job.status is JobStatus.DONE)
