"""A newer program over an older office's data: backed up, brought up to date; or everything as it was, and said."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from pledges import paths
from pledges.preparation import existing, prepare
from pledges.settings import DATABASE_FILE
from pledges.troubles import Refusal
from pledges.upkeep import shelf
from pledges.upkeep.databases import Facts, address_of, engine_at, facts_of, one_moment
from pledges.upkeep.migrating import bring, heads
from pledges.upkeep.restoring import restore
from pledges.upkeep.rules import BackupKind
from tests.database import test_from_first_release, test_from_signing
from tests.support.apps import KEY
from tests.support.backups import place_of
from tests.support.databases import Database

PREVIOUS = "0008"
"""The release before this one."""
(HEAD,) = heads()


@dataclass
class Office:
    """An office that worked with the previous release."""

    instance: Path
    address: str

    @property
    def settings(self) -> dict[str, object]:
        return {"INSTANCE": self.instance, "DATABASE_URL": self.address}

    @property
    def engine(self) -> sa.Engine:
        return engine_at(self.address.replace("postgresql://", "postgresql+psycopg://"))

    def facts(self) -> Facts:
        with one_moment(self.engine) as connection:
            return facts_of(connection)

    def backups(self) -> list[shelf.Kept]:
        return shelf.listed(self.instance / "backups")

    def prepare(self) -> str:
        """What the program says when it may not go on; nothing when it may."""
        said: list[str] = []
        try:
            prepare(self.settings, demo=False, tell=said.append)
        except Refusal as refusal:
            return str(refusal)
        return ""


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    instance = tmp_path / "office"
    instance.mkdir()
    made = Office(
        instance, address_of(instance / DATABASE_FILE) if database.kind == "sqlite" else database.empty()
    )
    for revision, fill in (("0001", test_from_first_release.fill), ("0006", test_from_signing.report)):
        with made.engine.connect() as connection:
            bring(connection, revision)
        fill(made.engine)
    with made.engine.connect() as connection:
        bring(connection, PREVIOUS)
    return made


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's migrations, and room for one more: where it is to be written."""
    folder = tmp_path / "migrations"
    shutil.copytree(paths.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paths, "MIGRATIONS", folder)
    return folder / "versions" / "9999_later.py"


def migration(body: str) -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return (
        f"from alembic import op\n\nrevision, down_revision = '9999', {HEAD!r}\n\n\ndef upgrade():\n{lines}\n"
    )


def test_the_previous_release_is_backed_up_and_brought_up_to_date(office: Office):
    before = office.facts()
    with pytest.raises(Refusal, match="chạy lệnh prepare"):
        existing({**office.settings, "SECRET_KEY": KEY})
    assert office.prepare() == ""
    after = office.facts()
    assert after.revisions == heads() != before.revisions == (PREVIOUS,)
    assert all(after.counts[name] >= count for name, count in before.counts.items() if count)
    assert sum(before.counts.values()) > 20
    (kept,) = office.backups()
    assert (kept.name.kind, kept.good, kept.rows) == (
        BackupKind.BEFORE_UPDATE,
        True,
        sum(before.counts.values()),
    )
    assert office.prepare() == ""
    assert len(office.backups()) == 1, "what is up to date is left alone"
    if office.engine.dialect.name == "sqlite":
        app = prepare(office.settings, demo=False)
        restore(place_of(app), kept.path, None, replace=True)
        assert office.facts() == before
        assert office.prepare() == ""
        assert office.facts().revisions == heads()


def test_a_migration_that_fails_or_loses_rows_leaves_everything_as_it_was(office: Office, later: Path):
    later.write_text(
        migration("op.execute(\"DELETE FROM figure\")\nop.execute('SELECT * FROM nowhere')"), "utf-8"
    )
    before = office.facts()
    said = office.prepare()
    assert said.startswith("Không nâng cấp được cơ sở dữ liệu (")
    assert "nowhere" in said
    (kept,) = office.backups()
    assert said.endswith(f"dữ liệu cũ còn nguyên như trước khi nâng cấp, bản sao lưu ở {kept.path}.")
    assert office.facts() == before
    vanishing = migration('op.execute("DELETE FROM figure")')
    later.write_text(vanishing, "utf-8")
    assert "bảng figure từ 3 dòng còn 0" in office.prepare()
    assert office.facts() == before
    later.write_text(f"shrinks = {{'figure'}}\n{vanishing}", "utf-8")
    assert office.prepare() == ""
    assert office.facts().counts["figure"] == 0
    later.unlink()
    assert "bản mới hơn" in office.prepare()
    with pytest.raises(Refusal, match="bản mới hơn"):
        existing({**office.settings, "SECRET_KEY": KEY})


def test_what_commits_by_itself_is_put_back_from_the_backup(tmp_path: Path, later: Path):
    office = Office(tmp_path / "office", address_of(tmp_path / "office" / DATABASE_FILE))
    office.instance.mkdir()
    with office.engine.connect() as connection:
        bring(connection, PREVIOUS)
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO form_receipt (key, digest, location, window, at) VALUES ('a', '', '', '', '2024-01-01')"
        )
    later.write_text(
        migration(
            "op.execute('DELETE FROM form_receipt')\nop.execute('COMMIT')\nraise RuntimeError('mất điện')"
        ),
        "utf-8",
    )
    before = office.facts()
    said = office.prepare()
    assert "đã đặt lại dữ liệu cũ từ bản sao lưu" in said
    assert office.facts() == before
    (aside,) = office.instance.glob("aside-*")
    assert str(aside) in said
    assert (aside / DATABASE_FILE).is_file()


def test_without_room_for_a_backup_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    office = Office(tmp_path / "office", address_of(tmp_path / "office" / DATABASE_FILE))
    office.instance.mkdir()
    with office.engine.connect() as connection:
        bring(connection, "0001")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    said = office.prepare()
    assert said.startswith("Chưa nâng cấp vì chưa sao lưu được: Không đủ chỗ để sao lưu")
    assert office.facts().revisions == ("0001",)
