"""Packs: what is asked for is kept whole, and a small one is told from a large one."""

import json
from datetime import date

import pytest

from pledges.documents.packs.rules import (
    AT_ONCE,
    AT_ONCE_BYTES,
    Asked,
    Binding,
    JobStatus,
    PackKind,
    drawn_at_once,
    file_name,
)

DAY = date(2024, 10, 15)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(today=DAY, items=(3, 1, 2)),
        Asked(
            today=DAY, items=(), as_of=date(2024, 9, 30), period_id=7, blank=True, accepted=True, duplex=True
        ),
    ],
)
def test_what_was_asked_for_comes_back_as_it_was(asked: Asked):
    assert Asked.read(asked.written()) == asked
    assert asked.written() == Asked.read(asked.written()).written()


def test_what_a_later_release_adds_is_left_aside():
    said = json.loads(Asked(today=DAY, items=(1,)).written()) | {"colour": "blue"}
    assert Asked.read(json.dumps(said)) == Asked(today=DAY, items=(1,))


@pytest.mark.parametrize("kind", [PackKind.COMMITMENTS, PackKind.UNIT_REPORTS, PackKind.REPORT_FORMS])
def test_as_many_papers_as_a_ward_has_units_are_there_at_once(kind: PackKind):
    assert drawn_at_once(kind, AT_ONCE, 0)
    assert not drawn_at_once(kind, AT_ONCE + 1, 0)


@pytest.mark.parametrize("kind", [PackKind.EVIDENCE, PackKind.ISSUED])
def test_files_that_are_only_put_together_are_judged_by_their_size(kind: PackKind):
    assert drawn_at_once(kind, AT_ONCE, AT_ONCE_BYTES)
    assert not drawn_at_once(kind, 1, AT_ONCE_BYTES + 1)
    assert not drawn_at_once(kind, AT_ONCE * 5, 0)


def test_as_many_issued_documents_are_bound_at_once_as_papers_are_drawn():
    assert drawn_at_once(PackKind.ISSUED, AT_ONCE, 0)
    assert not drawn_at_once(PackKind.ISSUED, AT_ONCE + 1, 0)


def test_every_pack_has_an_address_and_words_of_its_own():
    for words in ("label", "path", "about", "when_empty"):
        assert len({getattr(kind, words) for kind in PackKind}) == len(PackKind)
    assert [PackKind.of_path(kind.path) for kind in PackKind] == list(PackKind)
    assert PackKind.of_path("khong-co") is None


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Báo cáo của từng đơn vị đến ngày 5/1/2024", "Báo cáo của từng đơn vị đến ngày 2024-01-05"),
        ("Phiếu báo cáo tháng 10/2024", "Phiếu báo cáo tháng 10-2024"),
        ("Văn bản đã phát hành năm 2024", "Văn bản đã phát hành năm 2024"),
    ],
)
def test_people_read_days_as_they_write_them_and_files_are_sorted_by_them(name: str, file: str):
    assert file_name(name) == file


def test_evidence_is_no_print():
    assert PackKind.EVIDENCE.bindings == (Binding.ZIP,)
    assert all(kind.bindings == tuple(Binding) for kind in PackKind if kind is not PackKind.EVIDENCE)


def test_three_ways_to_end():
    over = {status for status in JobStatus if status.over}
    assert over == {JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED}
