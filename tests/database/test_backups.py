"""A backup of an instance in which every table has a row: whole, rehearsed, put back; any other file is refused."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pledges.upkeep import opening, shelf
from pledges.upkeep.databases import engine_at, facts_of, one_moment, tables_of
from pledges.upkeep.opening import open_backup
from pledges.upkeep.places import Place
from pledges.upkeep.rehearsing import rehearse
from pledges.upkeep.restoring import restore
from pledges.upkeep.rules import BackupError
from tests.support.backups import backed_up, elsewhere, place_of
from tests.support.ward import Ward

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def taken(filled: Ward) -> Path:
    return backed_up(filled.app)[0]


@pytest.fixture
def empty(filled: Ward, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A machine on which nothing is yet."""
    with elsewhere(filled.app, tmp_path / "instance", request) as place:
        yield place


def rows(place: Place) -> Rows:
    with one_moment(engine_at(place.address)) as connection:
        found = {}
        for name in tables_of(connection):
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            found[name] = sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
        return found


def files(place: Place) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.files.rglob("*") if path.is_file()}


def test_it_holds_every_row_and_file_and_was_put_back_once(filled: Ward, taken: Path):
    place = place_of(filled.app)
    with one_moment(engine_at(place.address)) as connection:
        facts = facts_of(connection)
    assert all(facts.counts.values()), [name for name, count in facts.counts.items() if not count]
    (kept, *_) = shelf.listed(place.backups)
    assert (kept.path, kept.good, kept.rows) == (taken, True, sum(facts.counts.values()))
    assert kept.files == facts.counts["stored_file"] >= 1
    said = json.loads(taken.with_name(taken.name + ".json").read_text(encoding="utf-8"))
    assert (said["counts"], said["seal"]) == (facts.counts, facts.seal)
    assert not taken.stat().st_mode & 0o077
    assert list(place.work.glob("scratch-*")) == []


def test_on_another_machine_everything_is_as_it_was(filled: Ward, taken: Path, empty: Place):
    done = restore(empty, taken, None, replace=False)
    before = place_of(filled.app)
    signed_in: Rows = {"account_session": [], "sign_in_proof": []}
    assert rows(empty) == rows(before) | signed_in, "who was kept out since does not come in again"
    assert files(empty) == files(before) != {}
    assert (empty.instance / "secret-key").read_text(encoding="utf-8").strip() == before.secret
    assert (done.aside, done.notes) == (None, ())


def test_an_instance_that_is_not_empty_is_left_alone_or_put_aside(filled: Ward, taken: Path, empty: Place):
    restore(empty, taken, None, replace=False)
    (empty.instance / "secret-key").write_text("an older key", encoding="utf-8")
    with pytest.raises(BackupError, match=r"--replace|trống"):
        restore(empty, taken, None, replace=False)
    if empty.database is None:
        with pytest.raises(BackupError, match="cơ sở dữ liệu mới, trống"):
            restore(empty, taken, None, replace=True)
        assert (empty.instance / "secret-key").read_text(encoding="utf-8") == "an older key"
        return
    aside = restore(empty, taken, None, replace=True).aside
    assert aside
    assert (aside / "secret-key").read_text(encoding="utf-8") == "an older key"
    assert sorted(path.name for path in aside.iterdir()) == ["files", "pledges.sqlite", "secret-key"]
    assert rows(empty)["log_entry"] == rows(place_of(filled.app))["log_entry"]


def test_a_flipped_byte_is_refused_wherever_it_is(taken: Path, tmp_path: Path):
    content = taken.read_bytes()
    chosen = random.Random(7)  # noqa: S311 - the same places each time
    ends = [0, 1, 511, 512, len(content) - 73, len(content) - 72, len(content) - 2, len(content) - 1]
    damaged = tmp_path / taken.name
    for at in [*ends, *chosen.sample(range(len(content)), 40)]:
        changed = bytearray(content)
        changed[at] ^= 1 << chosen.randrange(8)
        damaged.write_bytes(changed)
        with pytest.raises(BackupError, match="hỏng"):
            open_backup(damaged, None, tmp_path)


def test_a_piece_of_it_or_more_than_it_is_refused(taken: Path, tmp_path: Path):
    content = taken.read_bytes()
    lengths = (0, 1, 72, 1024, len(content) // 2, len(content) - 1)
    for wrong in itertools.chain((content[:length] for length in lengths), [content + b"\n"]):
        cut = tmp_path / taken.name
        cut.write_bytes(wrong)
        with pytest.raises(BackupError, match="hỏng"):
            open_backup(cut, None, tmp_path)


def test_one_of_a_newer_program_is_refused(
    filled: Ward, taken: Path, empty: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(opening, "known", lambda: frozenset({"0001"}))
    with pytest.raises(BackupError, match="bản mới hơn của chương trình"):
        restore(empty, taken, None, replace=False)
    assert not empty.files.exists()


def test_files_that_were_lost_or_altered_before_are_named_and_the_others_go_along(filled: Ward):
    place = place_of(filled.app)
    (path,) = [one for one in place.files.rglob("*") if one.is_file()]
    content = path.read_bytes()
    try:
        path.write_bytes(b"something else")
        altered = backed_up(filled.app)[1].manifest
        path.unlink()
        missing = backed_up(filled.app)[1].manifest
    finally:
        path.write_bytes(content)
    assert altered
    assert missing
    assert altered.absent == missing.absent == (path.name,)
    assert [one.size for one in altered.members if one.name.startswith("altered/")] == [14]
    assert not any(one.name.startswith(("files/", "altered/")) for one in missing.members)


def test_the_rehearsal_finds_rows_that_are_not_what_the_manifest_says(
    filled: Ward, taken: Path, monkeypatch: pytest.MonkeyPatch
):
    told = opening.read_manifest

    def lying(text: bytes) -> object:
        manifest = told(text)
        manifest.counts["unit"] += 1
        object.__setattr__(manifest, "seal", "0" * 64)
        return manifest

    monkeypatch.setattr(opening, "read_manifest", lying)
    found = rehearse(place_of(filled.app), taken)
    assert not found.whole
    assert found.problems == (
        f"bảng unit có {lying_count(found)} dòng, bản kê ghi {lying_count(found) + 1}",
        "mục cuối của nhật ký không khớp bản kê",
    )


def lying_count(found: object) -> int:
    return int(found.manifest.counts["unit"]) - 1  # type: ignore[attr-defined]
