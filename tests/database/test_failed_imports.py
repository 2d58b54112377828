"""An import that fails changes nothing, on both kinds of database: not one row of any table, but for what was typed."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

import pledges
from pledges.campaigns.rules import CampaignStatus
from pledges.tasks.importing import operations
from pledges.tasks.importing.models import TaskImport
from pledges.tasks.models import Task
from tests.fuzz.files import content
from tests.fuzz.records import OfPostgres, OfSQLite, Records
from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import KINDS, Database, SQLite
from tests.support.page import Page
from tests.support.task_sheets import LINES, UPLOAD, changed, csv_bytes, upload_list, xlsx
from tests.support.ward import Ward

READERS = {"pledges/tasks/importing/reading.py"}
"""Who reads spreadsheets that somebody sent: the lists of tasks, and nobody else."""
UNREADABLE = (
    "empty", "HTML", "noise", "old Excel", "locked PDF", "zip of bad names", "zip bomb that lies", "entity bomb",
    "broken XML", "book, cut at 4/7", "book with macros", "CSV of NUL", "CSV of quotes", "CSV of lines",
)  # fmt: skip
NO_LISTS = {
    "of no line": xlsx([]),
    "of other headings": xlsx(LINES, headings=("Họ tên", "Năm sinh")),
    "of too many lines": csv_bytes(
        [LINES[0] | {"Tên phần việc": f"Trồng cây đường số {number}"} for number in range(501)]
    ),
}


class World:
    """The small world with a list that was uploaded, and whether anything of it changes."""

    def __init__(self, ward: Ward, records: Records) -> None:
        self.ward, self.records = ward, records
        self.lan = Critic(ward, "officer_kp1")
        ward.task("KP1", "draft")
        self.url = upload_list(self.lan, xlsx(LINES)).url
        ward.settle()

    def unchanged(self, fail: Callable[[], object]) -> bool:
        """Whether all tables but those of what is typed are the same after something failed."""
        before = self.records.digest()
        fail()
        self.ward.session.rollback()
        now = self.records.digest()
        assert {name for name in now if now[name] != before[name]} == set()
        return True


@pytest.fixture(scope="module", params=KINDS)
def world(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = Database(request.param, tmp_path_factory.mktemp("imports"), sqlite, server)
    ward = database.ward()
    records: Records = (
        OfPostgres(apps.engine_of(ward.app)) if server else OfSQLite(ward.app.config["INSTANCE"])
    )
    yield World(ward, records)
    records.close()
    database.close()


def test_lists_of_tasks_are_all_that_is_read_from_spreadsheets():
    """Another import that is built needs its place in these tests."""
    root = Path(pledges.__file__).parent
    found = {
        f"pledges/{file.relative_to(root).as_posix()}"
        for file in root.rglob("*.py")
        if "from pledges.core.workbooks.reading import" in file.read_text(encoding="utf-8")
    }
    assert found == READERS


def refused(world: World, address: str, data: bytes, name: str) -> None:
    page: Page = world.lan.send(address, {"file": (io.BytesIO(data), name)}, status=200, action=address)
    assert page.errors


@pytest.mark.parametrize("mended", [False, True], ids=["a first file", "a mended file"])
def test_a_file_that_is_no_list_changes_nothing(world: World, mended: bool):
    address = f"{world.url}/tep-da-sua" if mended else UPLOAD
    files = {kind: content(kind) for kind in UNREADABLE} | NO_LISTS
    for kind, data in files.items():
        assert world.unchanged(lambda data=data: refused(world, address, data, "danh-muc.xlsx")), kind


def test_a_list_that_is_not_as_it_was_shown_changes_nothing(world: World):
    form = world.lan.get(f"{world.url}/ghi").form()
    form.fields["plan"] = ["0" * 64]
    assert world.unchanged(lambda: world.lan.send_form(form, {}, status=200))


def test_a_database_that_refuses_the_last_row_keeps_none(world: World, monkeypatch: pytest.MonkeyPatch):
    """Tasks are made, an entry of the log is written for each; then the entry of the whole list can't be."""
    made: list[int] = []

    def refuse(session: Session, *_given: Any, **_named: Any) -> None:
        made.append(session.scalar(select(func.count(Task.id))) or 0)
        session.execute(insert(TaskImport.__table__).values(filename="danh-muc.xlsx"))

    monkeypatch.setattr(operations, "record", refuse)
    form = world.lan.get(f"{world.url}/ghi").form()
    assert world.unchanged(lambda: world.lan.send_form(form, {}, status=200))
    assert made == [1 + len(LINES)]


def test_a_campaign_that_takes_no_tasks_any_more_takes_no_list(world: World):
    campaign, form = world.ward.campaign, world.lan.get(f"{world.url}/ghi").form()
    upload = world.lan.get(UPLOAD).form(UPLOAD)
    was, campaign.status = campaign.status, CampaignStatus.CONCLUDED
    world.ward.session.commit()
    try:
        assert world.unchanged(lambda: world.lan.send_form(form, {}, status=302))
        sent = {"file": (io.BytesIO(xlsx(LINES)), "danh-muc.xlsx")}
        assert world.unchanged(lambda: world.lan.send_form(upload, sent, status=200))
    finally:
        campaign = world.ward.campaign
        campaign.status = was
        world.ward.session.commit()


def test_a_list_with_one_bad_line_writes_none_of_the_others(world: World):
    url = upload_list(world.lan, xlsx(LINES)).url
    form = world.lan.get(f"{url}/ghi").form()
    bad = xlsx(changed(LINES, 2, due_on="31/11/2024"))
    mended = {"file": (io.BytesIO(bad), "danh-muc.xlsx")}
    assert world.lan.send(f"{url}/tep-da-sua", mended, follow=True).of_class("import-bad")
    assert world.unchanged(lambda: world.lan.send_form(form, {}, status=302))
