"""What is done to an uploaded list: begun, mended by another file, decided on, written as a whole, or dropped."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import takes_tasks
from pledges.core.refusal import Refused
from pledges.core.workbooks.sheets import Sheet
from pledges.tasks import operations as tasks
from pledges.tasks.behalf import with_paper
from pledges.tasks.entries import TaskEntry
from pledges.tasks.importing.content import packed
from pledges.tasks.importing.models import KEPT_FOR, ImportStatus, TaskImport
from pledges.tasks.importing.plan import Plan, PlannedLine

OVER = "Danh sách này đã được ghi hoặc đã bỏ nên không làm gì thêm được."
NOT_READY = "Danh sách còn lỗi hoặc câu hỏi chưa trả lời nên chưa ghi được."


def begin(
    session: Session, campaign: Campaign, filename: str, sheets: Sequence[Sheet], *, by: Actor, at: datetime
) -> TaskImport:
    """Keep what a file said, to be decided on; lists that nobody will come back to are cleared away."""
    check_open(campaign)
    session.execute(delete(TaskImport).where(TaskImport.uploaded_at < at - KEPT_FOR))
    upload = TaskImport(
        campaign=campaign,
        uploaded_by_id=by.account_id,
        uploaded_by_name=by.name,
        uploaded_at=at,
        filename=filename,
        content=packed(sheets),
    )
    session.add(upload)
    session.flush()
    return upload


def check_open(campaign: Campaign) -> None:
    """Accept lists for the campaign, or raise `Refused`."""
    if not takes_tasks(campaign.status):
        raise Refused(tasks.CLOSED)


def replace(upload: TaskImport, filename: str, sheets: Sequence[Sheet], *, at: datetime) -> None:
    """Take the mended file instead of the first one; what was answered stays answered."""
    _check_waiting(upload)
    upload.filename, upload.content, upload.uploaded_at = filename, packed(sheets), at
    if upload.sheet not in {sheet.name for sheet in sheets}:
        upload.sheet = None


def decide(
    upload: TaskImport, *, sheet: str | None, converted: bool | None, answers: Mapping[str, str]
) -> None:
    """Keep what was decided so far: the sheet, whether old fonts are converted, and the answers by their keys."""
    _check_waiting(upload)
    upload.sheet, upload.converted = sheet, converted
    upload.answers = json.dumps(dict(sorted(answers.items())), ensure_ascii=False)


def write(
    session: Session,
    upload: TaskImport,
    plan: Plan,
    *,
    by: Actor,
    at: datetime,
    on_behalf_of: str = "",
    from_paper: str = "",
) -> None:
    """Make the new tasks and change the others, all in this transaction; raises `Refused` for an unfinished list.

    `on_behalf_of` and `from_paper` are noted at the tasks that the actor enters for another unit (nhập thay).
    """
    _check_waiting(upload)
    check_open(upload.campaign)
    if not plan.ready:
        raise Refused(NOT_READY)

    def entry_of(line: PlannedLine) -> TaskEntry:
        assert line.entry is not None  # noqa: S101 - what is new or changed could be read
        return with_paper(line.entry, line.task, by, on_behalf_of=on_behalf_of, from_paper=from_paper)

    made = tasks.draft_all(session, upload.campaign, map(entry_of, plan.new), by=by, at=at)
    known = [(line.task, entry_of(line)) for line in plan.changed if line.task is not None]
    tasks.edit_all(session, known, by=by, at=at)
    upload.outcome = json.dumps(
        {"new": [task.id for task in made], "changed": [task.id for task, _ in known]}
    )
    _end(upload, ImportStatus.WRITTEN, by, at)
    after = {"filename": upload.filename, "new_tasks": len(made), "changed_tasks": len(known)}
    record(session, "task_import.written", upload, by=by, at=at, after=after)


def drop(upload: TaskImport, *, by: Actor, at: datetime) -> None:
    """Forget what the file said; nothing of it was written."""
    _check_waiting(upload)
    _end(upload, ImportStatus.DROPPED, by, at)


def outcome(upload: TaskImport) -> tuple[list[int], list[int]]:
    """The numbers of the tasks that were made, and of those that were changed."""
    said = json.loads(upload.outcome)
    return said.get("new", []), said.get("changed", [])


def _end(upload: TaskImport, status: ImportStatus, by: Actor, at: datetime) -> None:
    """Nothing more is done to it: what the file said is not kept any longer."""
    upload.content, upload.answers = "[]", "{}"
    upload.status, upload.ended_at = status, at
    upload.ended_by_id, upload.ended_by_name = by.account_id, by.name


def _check_waiting(upload: TaskImport) -> None:
    if upload.status is not ImportStatus.OPEN:
        raise Refused(OVER)
