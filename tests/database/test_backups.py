"""A backup of an instance in which every table has a row: whole, rehearsed, of one moment."""

import json
import random
from pathlib import Path

import pytest

from pledges.upkeep import shelf
from pledges.upkeep.databases import engine_at, facts_of, one_moment
from pledges.upkeep.opening import open_backup
from pledges.upkeep.rules import BackupError
from tests.support.backups import backed_up, place_of
from tests.support.ward import Ward


def test_it_holds_every_row_and_file_and_can_be_put_back(filled: Ward):
    place = place_of(filled.app)
    path, rehearsal = backed_up(filled.app)
    assert rehearsal.problems == ()
    manifest = rehearsal.manifest
    assert manifest
    with one_moment(engine_at(place.address)) as connection:
        facts = facts_of(connection)
    assert manifest.counts == facts.counts
    assert all(facts.counts.values()), [name for name, count in facts.counts.items() if not count]
    assert (manifest.sealed, manifest.seal) == (facts.sealed, facts.seal) != (0, "")
    assert manifest.files == facts.counts["stored_file"] >= 1
    assert not path.stat().st_mode & 0o077
    (kept, *_) = shelf.listed(place.backups)
    assert (kept.path, kept.good, kept.rows) == (path, True, manifest.rows)
    said = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    assert said["seal"] == facts.seal


@pytest.fixture(scope="module")
def taken(filled: Ward) -> Path:
    return backed_up(filled.app)[0]


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


def test_a_piece_of_it_is_refused(taken: Path, tmp_path: Path):
    content = taken.read_bytes()
    cut = tmp_path / taken.name
    for length in (0, 1, 72, 1024, len(content) // 2, len(content) - 1):
        cut.write_bytes(content[:length])
        with pytest.raises(BackupError, match="hỏng"):
            open_backup(cut, None, tmp_path)
    cut.write_bytes(content + b"\n")
    with pytest.raises(BackupError, match="hỏng"):
        open_backup(cut, None, tmp_path)
