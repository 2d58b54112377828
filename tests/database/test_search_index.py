"""The index of the search says what the records say: after every change, on both kinds of database."""

from collections.abc import Callable
from datetime import date

import pytest
from alembic import command
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY, Role
from pledges.accounts import operations as accounts
from pledges.accounts.models import Appointment
from pledges.campaigns import operations as campaigns
from pledges.index.models import EntryKind, SearchEntry
from pledges.index.operations import rebuild
from pledges.index.queries import records
from pledges.index.rules import Asked
from pledges.tasks.models import Task
from pledges.units import operations as units
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def found(ward: Ward, kind: EntryKind, words: str) -> list[int]:
    return sorted(ward.session.scalars(records(Asked.read(words), kind)))


def wrong(ward: Ward) -> int:
    """How many entries differ from their records."""
    differing = sum(rebuild(ward.session).values())
    ward.session.rollback()
    return differing


def test_everything_has_its_entry(filled: Ward):
    assert wrong(filled) == 0
    kinds = filled.session.execute(select(SearchEntry.kind, func.count()).group_by(SearchEntry.kind))
    assert {kind for kind, number in kinds if number} == set(EntryKind)


def renamed_unit(ward: Ward, task: Task) -> None:
    ward.unit("KP2").short_name = "Khu Cầu Trắng"


def unit_of_another_code(ward: Ward, task: Task) -> None:
    ward.unit("KP1").code = "TRANG-1"


def moved_unit(ward: Ward, task: Task) -> None:
    unit = ward.unit("KP1")
    facts = {name: getattr(unit, name) for name in units.FIELDS}
    units.edit(ward.session, unit, by=NOBODY, at=ward.now, parent=ward.unit("MTTQ"), **facts)


def other_title(ward: Ward, task: Task) -> None:
    task.title = "Trồng tre ven sông"


def other_product(ward: Ward, task: Task) -> None:
    task.product = "Kè đá"


def other_indicator(ward: Ward, task: Task) -> None:
    task.indicators[0].label = "Bụi tre"


def one_indicator_less(ward: Ward, task: Task) -> None:
    del task.indicators[1]


def other_partner(ward: Ward, task: Task) -> None:
    task.cooperating = [ward.unit("MTTQ")]


def other_lead(ward: Ward, task: Task) -> None:
    task.lead_unit = ward.unit("KP3")


def removed_task(ward: Ward, task: Task) -> None:
    ward.session.delete(task)


def renamed_person(ward: Ward, task: Task) -> None:
    accounts.edit(ward.session, ward.account("head_kp1"), by=NOBODY, at=ward.now, name="Phạm Thị Nhài")


def new_post(ward: Ward, task: Task) -> None:
    accounts.appoint(
        ward.session, ward.account("clerk"), ward.unit("MTTQ"), Role.OFFICER, "Thủ quỹ",
        since=date(2024, 5, 1), by=NOBODY, at=ward.now,
    )  # fmt: skip


def other_campaign(ward: Ward, task: Task) -> None:
    campaigns.edit(
        ward.session, ward.campaign, by=NOBODY, at=ward.now, title="Phong trào Ba sạch",
        starts_on=date(2024, 3, 30), movements=["Xanh sạch đẹp"],
    )  # fmt: skip


def other_organiser(ward: Ward, task: Task) -> None:
    ward.campaign.owner = ward.unit("MTTQ")


CHANGES: tuple[Callable[[Ward, Task], None], ...] = (
    renamed_unit, unit_of_another_code, moved_unit, other_title, other_product, other_indicator, one_indicator_less,
    other_partner, other_lead, removed_task, renamed_person, new_post, other_campaign, other_organiser,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_searched_from_its_commit_on(ward: Ward, change: Callable[[Ward, Task], None]):
    """Whatever changes, the entries are those of a rebuilt index: and no entry that should have changed is left."""
    task = ward.task("KP1", "draft" if change is removed_task else "approved", cooperating=["KP2"])
    if change is not removed_task:
        ward.commitment("KP1")
    before = {(one.kind, one.record_id): one for one in plain(ward)}
    change(ward, task)
    ward.session.commit()
    assert wrong(ward) == 0
    assert {(one.kind, one.record_id): one for one in plain(ward)} != before, "the change changes no entry"


def plain(ward: Ward) -> list[object]:
    table = SearchEntry.__table__
    return list(ward.session.execute(select(table).order_by(table.c.id)))


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (renamed_unit, EntryKind.UNIT, "cau trang"),
        (renamed_unit, EntryKind.TASK, "Cầu Trắng"),
        (renamed_unit, EntryKind.APPOINTMENT, "cau trang"),
        (unit_of_another_code, EntryKind.COMMITMENT, "trang 1"),
        (other_title, EntryKind.TASK, "ven sông"),
        (other_product, EntryKind.TASK, "ke da"),
        (other_indicator, EntryKind.TASK, "bụi tre"),
        (other_partner, EntryKind.TASK, "UBMTTQ"),
        (renamed_person, EntryKind.APPOINTMENT, "nhai"),
        (renamed_person, EntryKind.ACCOUNT, "Nhài"),
        (new_post, EntryKind.APPOINTMENT, "thu quy"),
        (other_campaign, EntryKind.CAMPAIGN, "ba sạch"),
        (other_campaign, EntryKind.CAMPAIGN, "sach dep"),
        (other_campaign, EntryKind.COMMITMENT, "ba sach"),
        (other_campaign, EntryKind.REPORT, "bao cao tien do ba sach"),
    ],
)
def test_what_changed_is_found(ward: Ward, change: Callable[[Ward, Task], None], kind: EntryKind, words: str):
    task = ward.task("KP1", cooperating=["KP2"])
    ward.commitment("KP1")
    assert found(ward, kind, words) == []
    change(ward, task)
    ward.session.commit()
    assert found(ward, kind, words) != []


def test_what_is_gone_is_not_found(ward: Ward):
    task = ward.task("KP1", "draft", title="Trồng tre ven sông")
    assert found(ward, EntryKind.TASK, "ven song") == [task.id]
    ward.session.delete(task)
    ward.session.commit()
    assert found(ward, EntryKind.TASK, "ven song") == []


def test_what_is_not_committed_is_not_searched(ward: Ward):
    task = ward.task("KP1", "draft")
    task.title = "Trồng tre ven sông"
    ward.session.flush()
    ward.session.rollback()
    assert found(ward, EntryKind.TASK, "ven song") == []
    assert wrong(ward) == 0


def test_a_savepoint_that_is_given_up_leaves_the_rest_to_be_searched(ward: Ward):
    task = ward.task("KP1", "draft")
    task.title = "Trồng tre ven sông"
    ward.session.flush()
    with ward.session.begin_nested() as inner:
        task.product = "Kè đá"
        ward.session.flush()
        inner.rollback()
    ward.session.commit()
    assert found(ward, EntryKind.TASK, "ven song") == [task.id]
    assert found(ward, EntryKind.TASK, "ke da") == []


def spoil(session: Session) -> None:
    """An entry gone, one that says something else, and one of nothing."""
    session.execute(delete(SearchEntry).where(SearchEntry.kind == EntryKind.UNIT, SearchEntry.record_id == 1))
    changed = update(SearchEntry).where(SearchEntry.kind == EntryKind.TASK)
    session.execute(changed.values(title="khac", title_fold="khac"))
    texts = dict.fromkeys(("title", "title_fold", "body", "body_fold", "sort"), "ma")
    session.add(SearchEntry(kind=EntryKind.CAMPAIGN, record_id=999, scope="kcampaign", **texts))
    session.commit()


def test_the_command_tells_what_differs_and_rights_it(ward: Ward):
    task = ward.task("KP1", title="Trồng tre ven sông")
    run = ward.app.test_cli_runner()
    assert run.invoke(args=["reindex"]).output == "Mục lục tìm kiếm khớp với dữ liệu.\n"
    spoil(ward.session)
    assert found(ward, EntryKind.TASK, "ven song") == []
    ward.settle()
    assert run.invoke(args=["reindex"]).output == (
        "Đã sửa 3 mục tìm kiếm không khớp (phần việc: 1; đơn vị: 1; phong trào: 1).\n"
    )
    ward.settle()
    assert found(ward, EntryKind.TASK, "ven song") == [task.id]
    assert found(ward, EntryKind.CAMPAIGN, "ma") == []


def test_what_stood_there_before_is_searched_after_the_migration(ward: Ward):
    """The migration reads by itself, for it must still do so when the tables have changed: it says the same."""
    ward.task("KP1", title="Trồng tre ven sông", cooperating=["KP2", "MTTQ"])
    ward.task("KP2", "draft")
    ward.commitment("KP2")
    before = {one[1:] for one in plain(ward)}
    ward.settle()
    with ward.app.app_context():
        command.downgrade(migrations_of(ward.app), "0003")
    make_tables(ward.app)
    assert wrong(ward) == 0
    assert {one[1:] for one in plain(ward)} == before
    assert len(found(ward, EntryKind.TASK, "ven song")) == 1


def test_taking_a_post_back_is_told_at_once(ward: Ward):
    held = ward.session.scalars(select(Appointment).where(Appointment.post == "Văn thư UBND phường")).one()
    held.post = "Thủ kho"
    ward.session.commit()
    assert found(ward, EntryKind.APPOINTMENT, "van thu ubnd") == []
    assert found(ward, EntryKind.APPOINTMENT, "thu kho") == [held.id]
