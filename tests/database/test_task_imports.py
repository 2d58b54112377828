"""An uploaded list on both kinds of database: kept, planned, written in one transaction, cleared away."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.core.refusal import Refused
from pledges.tasks.importing import operations
from pledges.tasks.importing.models import KEPT_FOR, ImportStatus, TaskImport
from pledges.tasks.importing.plan import Plan
from pledges.tasks.importing.planner import plan_of
from pledges.tasks.importing.reading import read_file
from pledges.tasks.models import Task
from tests.support.databases import Database
from tests.support.task_sheets import LINES, changed, xlsx
from tests.support.ward import Ward

NAME = "danh mục.xlsx"


def begun(ward: Ward, data: bytes) -> TaskImport:
    officer, at = ward.actor("officer_kp1"), ward.now
    sheets = read_file(NAME, data)
    upload = operations.begin(ward.session, ward.campaign, NAME, sheets, by=officer, at=at)
    ward.session.commit()
    return upload


def planned(ward: Ward, upload: TaskImport) -> Plan:
    return plan_of(ward.session, upload, ward.actor("officer_kp1"))


def write(ward: Ward, upload: TaskImport, plan: Plan) -> None:
    operations.write(ward.session, upload, plan, by=ward.actor("officer_kp1"), at=ward.now)


def test_a_list_is_written_once_and_remembers_what_it_made(database: Database):
    ward = database.ward()
    upload = begun(ward, xlsx(LINES))
    write(ward, upload, planned(ward, upload))
    ward.session.commit()
    made = list(ward.session.scalars(select(Task.id).order_by(Task.id)))
    assert operations.outcome(upload) == (made, [])
    assert (upload.status, upload.content) == (ImportStatus.WRITTEN, "[]"), "what the file said is gone"
    with pytest.raises(Refused, match="đã được ghi"):
        write(ward, upload, planned(ward, upload))


def test_a_list_with_a_fault_is_refused_whole(database: Database):
    ward = database.ward()
    upload = begun(ward, xlsx(changed(LINES, 2, title="")))
    with pytest.raises(Refused, match="còn lỗi"):
        write(ward, upload, planned(ward, upload))
    ward.session.rollback()
    assert ward.session.scalar(select(func.count()).select_from(Task)) == 0


def test_another_state_of_the_tasks_is_another_plan(database: Database):
    ward = database.ward()
    task = ward.task("KP1", "draft")
    upload = begun(ward, xlsx(changed(LINES, 1, code=Decimal(task.id))))
    plan = planned(ward, upload)
    assert planned(ward, upload).digest == plan.digest
    task.product = "Sản phẩm khác"
    ward.session.commit()
    assert planned(ward, upload).digest != plan.digest


def test_answers_are_another_plan_too(database: Database):
    ward = database.ward()
    upload = begun(ward, xlsx(changed(LINES, 1, target="1.234")))
    (asked,) = planned(ward, upload).asked
    digests = set()
    for choice in asked.choices:
        operations.decide(upload, sheet=None, converted=None, answers={asked.key: choice.value})
        ward.session.commit()
        digests.add(planned(ward, upload).digest)
    assert len(digests) == len(asked.choices) == 2


def test_lists_of_long_ago_are_cleared_away_whoever_brought_them(database: Database):
    ward = database.ward()
    old, young = begun(ward, xlsx(LINES)), begun(ward, xlsx(LINES))
    old.uploaded_at = ward.now - KEPT_FOR - timedelta(seconds=1)
    young.uploaded_at = ward.now - KEPT_FOR + timedelta(seconds=1)
    ward.session.commit()
    kept = [young.id, begun(ward, xlsx(LINES)).id]
    assert list(ward.session.scalars(select(TaskImport.id).order_by(TaskImport.uploaded_at))) == kept


def test_the_number_of_a_list_is_never_given_again(database: Database):
    ward = database.ward()
    gone = begun(ward, xlsx(LINES))
    number = gone.id
    ward.session.delete(gone)
    ward.session.commit()
    assert begun(ward, xlsx(LINES)).id > number, "the log may speak of it"
