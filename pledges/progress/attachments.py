"""Files that come with a report: kept at once, so that a wrong figure never costs a photo."""

from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage

from pledges.access.roles import Actor
from pledges.core.database import db, note_checked
from pledges.core.forms.receipts import FormReceipt
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.files import operations as files
from pledges.files.serving import folder
from pledges.progress import operations
from pledges.progress.forms import ReportForm
from pledges.progress.models import Period, Report
from pledges.tasks.models import Task

REMOVE = "remove"
LONGEST_NAME = 200
_UNKNOWN = "Tệp chưa ghi được vì báo cáo vừa thay đổi; đồng chí chọn lại tệp rồi gửi."


def keep(form: ReportForm, task: Task, period: Period, *, by: Actor, at: datetime) -> None:
    """Before anything else is judged: store the files that came, take off the one that is to go, and commit.

    A file that is not taken is named beside the field; the others stay. Only a form that was rendered for this very
    person is believed (its key says so); one that was carried out before is left to its receipt.
    """
    uploads = [one for one in form.evidence.data or () if isinstance(one, FileStorage) and one.filename]
    goes = request.form.get(REMOVE, type=int)
    if request.method != "POST" or not (uploads or goes) or not form.form_key.data or _carried_out(form):
        return
    seen = form.version.data == str(form.record.version)  # type: ignore[attr-defined]
    try:
        report = _begun(form, task, period, by=by, at=at)
        for upload in uploads:
            _attach(form, report, upload, by=by, at=at)
        if goes is not None:
            operations.detach(db.session(), report, goes, by=by, at=at)
        db.session.commit()
    except (Refused, IntegrityError, StaleDataError) as error:
        db.session.rollback()
        form.evidence.process_errors.append(str(error) if isinstance(error, Refused) else _UNKNOWN)
        return
    form.record = report
    if seen:
        form.version.data = str(report.version)


def _begun(form: ReportForm, task: Task, period: Period, *, by: Actor, at: datetime) -> Report:
    """The report with a round to write; a file more or less contradicts nobody's edit, so no version is asked."""
    note_checked(db.session(), form.record)
    return operations.begin(db.session(), task, period, by=by, at=at)


def _attach(form: ReportForm, report: Report, upload: FileStorage, *, by: Actor, at: datetime) -> None:
    name = clean_line(upload.filename or "")[-LONGEST_NAME:]
    try:
        stored = files.store(db.session(), folder(), upload.stream.read(), by=by, at=at)
    except Refused as refused:
        form.evidence.process_errors.append(f"{name}: {refused}")
        return
    operations.attach(db.session(), report, stored, name, by=by, at=at)


def _carried_out(form: Any) -> bool:
    done = select(FormReceipt.location).where(FormReceipt.key == form.form_key.data)
    return db.session.scalar(done) is not None
