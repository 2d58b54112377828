"""Which backups stay, and what is said of a name and a head."""

from datetime import UTC, datetime, timedelta

import pytest

from pledges.upkeep.rules import (
    BackupError,
    BackupKind,
    Head,
    Keep,
    Manifest,
    Member,
    Name,
    megabytes,
    read_head,
    read_manifest,
    to_remove,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HEAD = Head(1, "0.1.0", "sqlite", ("0008",), "2026-11-24T03:00:00+00:00")


def nightly(days_ago: float, kind: BackupKind = BackupKind.NIGHTLY) -> Name:
    return Name((NOW - timedelta(days=days_ago)).replace(microsecond=0), kind)


def left(names: list[Name], keep: Keep, good: Name | None = None) -> list[Name]:
    gone = to_remove(names, keep, NOW, good)
    return [one for one in names if one not in gone]


def test_two_years_of_nights_leave_the_days_weeks_and_months_that_were_asked_for():
    nights = [nightly(days) for days in range(730)]
    stay = left(nights, Keep())
    assert stay[:7] == nights[:7]
    months = {one.at.strftime("%Y-%m") for one in stay}
    assert len(months) == 12
    assert 7 + 2 + 10 <= len(stay) <= 7 + 4 + 12  # the last day of a week or month may be one of the seven
    assert nightly(400) not in stay


def test_what_is_gone_once_more_leaves_nothing_more():
    nights = [nightly(days) for days in range(100)]
    stay = left(nights, Keep(3, 2, 2))
    assert left(stay, Keep(3, 2, 2)) == stay


def test_two_of_one_day_both_stay_while_they_are_young():
    two = [nightly(0.1, BackupKind.BY_HAND), nightly(0.2)]
    assert left(two, Keep(1, 0, 0)) == two
    old = [nightly(5.1, BackupKind.BY_HAND), nightly(5.2)]
    assert left(old, Keep(1, 0, 0)) == old[:1]


def test_the_last_good_one_stays_however_old():
    nights = [nightly(days) for days in (3, 4, 5, 300)]
    assert left(nights, Keep(1, 0, 0), good=nights[-1]) == [nights[0], nights[-1]]


def test_three_of_those_before_updates_stay():
    updates = [nightly(days, BackupKind.BEFORE_UPDATE) for days in (30, 60, 90, 120)]
    assert left([nightly(3), *updates], Keep(1, 0, 0)) == [nightly(3), *updates[:3]]


def test_a_name_says_when_by_the_office_and_what_for():
    name = Name(NOW, BackupKind.BEFORE_UPDATE)
    assert str(name) == "sao-luu-20261124-100000-cap-nhat.tar"
    assert Name.read(str(name)) == name


@pytest.mark.parametrize(
    "text",
    ["", "sao-luu-20261124-100000-tay.tar.json", ".sao-luu-20261124-100000-tay.tar.part", "../x",
     "sao-luu-20261324-100000-tay.tar", "sao-luu-20261124-100000-khac.tar"],
)  # fmt: skip
def test_other_names_are_none_of_ours(text: str):
    assert Name.read(text) is None


def test_a_manifest_comes_back_as_it_went_in():
    made = Manifest(
        HEAD, "tay", {"unit": 3}, 7, "ab", (Member("files/ab", "ab", 2),), {"unit": ["id"]}, {"s": 4}, ("cd",)
    )
    assert read_manifest(made.text()) == made
    assert read_head(HEAD.text()) == HEAD
    assert (made.rows, made.files) == (3, 1)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"format": "x"}', b'{"format": 1}', b"\xff"])
def test_a_head_that_is_none_is_refused(text: bytes):
    with pytest.raises(BackupError):
        read_head(text)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"head": 1}'])
def test_a_manifest_that_is_none_is_refused(text: bytes):
    with pytest.raises(BackupError, match="Bản kê"):
        read_manifest(text)


def test_a_newer_form_is_refused_by_its_name():
    text = HEAD.text().replace(b'"format": 1', b'"format": 2').replace(b"0.1.0", b"3.0")
    with pytest.raises(BackupError, match=r"bản mới hơn của chương trình \(3\.0\)"):
        read_head(text)


def test_sizes_in_words():
    said = [megabytes(size) for size in (0, 99_999, 12_440_000, 3_100_000_000)]
    assert said == ["dưới 0,1 MB", "dưới 0,1 MB", "12,4 MB", "3,1 GB"]
