"""The work on a pack: from a job that waits to a file, in whatever process; how far it came is told now and then.

The row and the file agree by this order: the sign of who is at work is taken first, the row says "drawing" after that,
the file gets its name when it is whole, and the row says "done" last. A row that says "drawing" while nobody holds the
sign tells of one who died.
"""

import errno
import logging
import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.accounts.queries import actor_of, appointments_of
from pledges.commitments.rules import BrokenSeal
from pledges.core import clock
from pledges.core.database import db, only_reading
from pledges.documents.packs import queries
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.papers import Source
from pledges.documents.packs.rules import TELLING, Asked, JobStatus
from pledges.documents.packs.shelf import PackShelf, shelf_of
from pledges.documents.packs.writing import Order, Unprintable, write
from pledges.documents.pdf.faces import FacesUnfitError

log = logging.getLogger(__name__)

KILLED = "Việc lập tập bị ngắt giữa chừng (máy chủ dừng hoặc khởi động lại). Đồng chí bấm “Lập lại”."
FULL = "Đĩa của máy chủ đã đầy nên không ghi được tập. Đồng chí báo quản trị, rồi bấm “Lập lại”."
DISK = "Máy chủ không ghi được tập vào đĩa. Đồng chí báo quản trị, rồi bấm “Lập lại”."
NOTHING = "Không còn văn bản nào để đưa vào tập: số liệu đã thay đổi từ khi đồng chí yêu cầu."
BROKEN = "Có bản cam kết mà nội dung đang lưu không khớp mã SHA-256 nên không in được; đồng chí báo quản trị."
FAULT = "Chương trình gặp lỗi khi lập tập này; lỗi đã ghi ở máy chủ. Đồng chí báo quản trị."


class Stopped(Exception):
    """Somebody cancelled the pack."""


def draw_waiting() -> int:
    """Draw what waits, one after the other, the first asked for first; how many were drawn by this process.

    Only one process of an instance does this at a time; another finds that nothing is left for it. Whoever asks
    while the last one is being finished is served too: after the turn is given back, the question is asked again.
    """
    shelf, drawn = shelf_of(current_app.config["INSTANCE"]), 0
    while True:
        with shelf.turn() as mine:
            if not mine:
                return drawn
            fail_deserted(shelf)
            tried: set[int] = set()
            while (number := _next(tried)) is not None:
                if draw(number):
                    drawn += 1
                else:
                    tried.add(number)  # another is at work on it, who asks again when that is over
            shelf.tidy()
        if _next(tried) is None:
            return drawn


def _next(tried: set[int]) -> int | None:
    with only_reading() as session:
        return next((number for number in session.scalars(queries.waiting()) if number not in tried), None)


def fail_deserted(shelf: PackShelf) -> None:
    """Say of packs whose drawer died that they failed."""
    with only_reading() as session:
        begun = list(session.scalars(queries.begun()))
    for number in begun:
        if shelf.deserted(number):
            shelf.sweep(number)
            _end(number, JobStatus.FAILED, KILLED)


def draw(job_id: int) -> bool:
    """Draw a pack that waits; False where it does not, or another draws it. What fails is said in its row.

    One that was given up may have been asked for again before its drawer noticed: whoever was woken for it found this
    one at work. So it is tried once more after the sign is given back.
    """
    shelf, drawn = shelf_of(current_app.config["INSTANCE"]), False
    while True:
        taken, given_up = _attempt(job_id, shelf)
        drawn = drawn or taken
        if not given_up:
            return drawn


def _attempt(job_id: int, shelf: PackShelf) -> tuple[bool, bool]:
    """Draw a pack if it waits and nobody else does: whether it did, and whether somebody gave it up meanwhile."""
    with shelf.at_work(job_id) as mine:
        if not mine or not _move(
            job_id, JobStatus.WAITING, status=JobStatus.DRAWING, started_at=clock.now(), done=0
        ):
            return False, False
        try:
            _draw(job_id, shelf)
        except Stopped:
            log.info("pack %s was cancelled", job_id)
            return True, True
        except (KeyboardInterrupt, SystemExit):
            _move(job_id, JobStatus.DRAWING, status=JobStatus.WAITING, started_at=None, done=0)
            raise
        except Exception as error:
            log.exception("pack %s could not be drawn", job_id)
            return True, not _end(job_id, JobStatus.FAILED, _sentence(error))
    return True, False


def _draw(job_id: int, shelf: PackShelf) -> None:
    with only_reading() as session:
        job = session.get_one(PrintJob, job_id)
        order = _order(session, job)
        session.expunge(job)
        with shelf.fresh(job) as file:
            if not write(order, file, _telling(job_id)):
                raise Unprintable(NOTHING)
    if not _end(job_id, JobStatus.DONE):
        shelf.forget(job)
        raise Stopped


def _order(session: Session, job: PrintJob) -> Order:
    settings = current_app.config
    asked = Asked.read(job.asked)
    actor = _actor(session, job.account_id, asked)
    source = Source(session, job.campaign_id, actor, asked, settings["PUBLIC_ADDRESS"] or "")
    files = settings["INSTANCE"] / "files"
    return Order(job.kind, job.binding, job.name, source, files, settings["FONT_FOLDER"])


def _actor(session: Session, account_id: int, asked: Asked) -> Actor:
    """Who asked, with the posts held on that day."""
    account = session.get_one(Account, account_id)
    day = asked.today
    held = [
        one for one in session.scalars(appointments_of(account_id)) if one.alive(day) and one.unit.alive(day)
    ]
    return actor_of(account, held)


def _telling(job_id: int) -> Callable[[int], None]:
    """What writes how far the work has come, seldom; raises `Stopped` when nobody wants it any more."""
    last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < TELLING:
            return
        last = time.monotonic()
        try:
            wanted = _move(job_id, JobStatus.DRAWING, done=done)
        except OperationalError:  # others write for long: it is told the next time
            log.warning("pack %s could not tell how far it is", job_id, exc_info=True)
            return
        if not wanted:
            raise Stopped

    return tell


def _end(job_id: int, status: JobStatus, sentence: str = "") -> bool:
    values = {"done": PrintJob.total} if status is JobStatus.DONE else {}
    return _move(job_id, JobStatus.DRAWING, status=status, sentence=sentence, ended_at=clock.now(), **values)


def _move(job_id: int, was: JobStatus, **values: object) -> bool:
    """Write into the row, in a transaction of its own; False where the job does not stand as it did."""
    change = sa.update(PrintJob).where(PrintJob.id == job_id, PrintJob.status == was).values(**values)
    with Session(db.engine) as session:
        changed = session.execute(change.execution_options(synchronize_session=False))
        session.commit()
        return bool(changed.rowcount)  # type: ignore[attr-defined]


def _sentence(error: Exception) -> str:
    """What people are told of a failure."""
    if isinstance(error, (Unprintable, FacesUnfitError)):
        return str(error)
    if isinstance(error, BrokenSeal):
        return BROKEN
    if isinstance(error, OSError):
        return FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else DISK
    return FAULT
