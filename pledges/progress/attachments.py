"""Files that come with a report: kept at once, so that a wrong figure never costs a photo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import flash, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage

from pledges.access.roles import Actor
from pledges.core.database import db, note_checked, take_turn
from pledges.core.forms.receipts import FormReceipt
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.files import operations as files
from pledges.files.rules import EVIDENCE
from pledges.files.serving import folder
from pledges.progress import operations, queries
from pledges.progress.forms import ReportForm
from pledges.progress.models import Period, Report
from pledges.tasks.models import Task

REMOVE = "remove"
UPLOADS = "evidence"
LONGEST_NAME = 200
MOST_FILES = 100
"""So many files one report shows at most: whoever reviews it looks at them."""
FULL = "{}: báo cáo đã có {} tệp, không thêm được nữa; đồng chí gộp ảnh vào một tệp PDF."
AGAIN = "Tệp “{}” đã có trong báo cáo này, không thêm lần nữa."
_UNKNOWN = "Tệp chưa ghi được vì báo cáo vừa thay đổi; đồng chí chọn lại tệp rồi gửi."


@dataclass
class Brought:
    """What a request brings to the evidence of a report: files that come, and the one that goes."""

    uploads: Sequence[FileStorage]
    goes: int | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.uploads) or self.goes is not None


@dataclass
class Taken:
    """What became of it: the report with its files, its version before, and why others were not taken, in words."""

    report: Report | None
    before: int = 0
    refused: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Names of files that the report had already: they are tied once."""


def keep(form: ReportForm, task: Task, period: Period, *, by: Actor, at: datetime) -> None:
    """Before anything else is judged: store the files that came, take off the one that is to go, and commit.

    A file that is not taken is named beside the field; the others stay. Only a form that was rendered for this very
    person is believed (its key says so); one that was carried out before is left to its receipt.
    """
    uploads = [one for one in form.evidence.data or () if isinstance(one, FileStorage) and one.filename]
    brought = Brought(uploads, request.form.get(REMOVE, type=int))
    if request.method != "POST" or not brought or not form.form_key.data or _carried_out(form):
        return
    taken = take(task, period, brought, by=by, at=at)
    form.evidence.process_errors.extend(taken.refused)
    for name in taken.again:
        flash(AGAIN.format(name), "info")
    if taken.report is None:
        return
    form.record = taken.report
    if form.version.data == str(taken.before):
        form.version.data = str(taken.report.version)


def read_uploads() -> Brought:
    """What a script sends of its own accord: one file or several, or the number of the one that goes."""
    uploads = [one for one in request.files.getlist(UPLOADS) if one.filename]
    return Brought(uploads, request.form.get(REMOVE, type=int))


def take(task: Task, period: Period, brought: Brought, *, by: Actor, at: datetime) -> Taken:
    """Tie the files to the open round of the report, which is begun where it must be, and commit.

    A file more or less contradicts nobody's edit, so no version is asked, and of several who bring files at the same
    moment each waits for the one before. Nothing is written where the rules are in the way.
    """
    taken = Taken(None)
    try:
        taken.before = _version_now(task, period)
        report = operations.begin(db.session(), task, period, by=by, at=at)
        for upload in brought.uploads:
            _attach(taken, report, upload, by=by, at=at)
        if brought.goes is not None:
            operations.detach(db.session(), report, brought.goes, by=by, at=at)
        db.session.commit()
        taken.report = report
    except (Refused, IntegrityError, StaleDataError) as error:
        db.session.rollback()
        taken.refused.append(str(error) if isinstance(error, Refused) else _UNKNOWN)
    return taken


def _version_now(task: Task, period: Period) -> int:
    """The version of the report, which nobody else changes or begins until the transaction ends; 0 for none."""
    session = db.session()
    take_turn(session)
    session.expire_all()  # what was read before may have been changed while this request waited
    known = session.scalars(queries.of_task_in_period(task.id, period.id)).first()
    if known is None:
        return 0
    note_checked(session, known)
    return known.version


def _attach(taken: Taken, report: Report, upload: FileStorage, *, by: Actor, at: datetime) -> None:
    name = clean_line(upload.filename or "")[-LONGEST_NAME:]
    one = report.last_round
    if one is not None and len(one.evidence) >= MOST_FILES:
        taken.refused.append(FULL.format(name, MOST_FILES))
        return
    try:
        stored = files.store(db.session(), folder(), upload.stream.read(), by=by, at=at, kinds=EVIDENCE)
    except Refused as refused:
        taken.refused.append(f"{name}: {refused}")
        return
    if not operations.attach(db.session(), report, stored, name, by=by, at=at):
        taken.again.append(name)


def _carried_out(form: Any) -> bool:
    done = select(FormReceipt.location).where(FormReceipt.key == form.form_key.data)
    return db.session.scalar(done) is not None
