"""Papers that were drawn last: another paper is drawn anew, however alike it is to Python."""

from dataclasses import replace
from pathlib import Path

import pytest

from pledges.documents import pictures
from pledges.documents.pictures import Drawn
from pledges.documents.sheets.paper import Paper, Paragraph, Ready
from pledges.documents.sheets.red import Red
from tests.documents import samples


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """What was really drawn."""
    papers: list[Paper] = []

    def draw(sheet: Ready, _fonts: Path | None) -> bytes:
        papers.append(sheet.paper())
        return str(len(papers)).encode()

    monkeypatch.setattr(pictures, "draw", draw)
    return papers


def test_a_paper_is_drawn_once_and_one_in_red_or_other_faces_anew(drawn: list[Paper], tmp_path: Path):
    known, sheet = Drawn(), samples.commitment()
    plain = replace(sheet.paper(), body=(Paragraph("Đã sửa"),))
    red = replace(plain, body=(Paragraph(Red("Đã sửa")),))
    assert [known.of(Ready(one), fonts) for one in (plain, red) for fonts in (None, tmp_path) * 2] == [
        b"1", b"2", b"1", b"2", b"3", b"4", b"3", b"4",
    ]  # fmt: skip


def test_the_oldest_are_forgotten(drawn: list[Paper]):
    known, paper = Drawn(), samples.commitment().paper()
    for number in (*range(pictures.REMEMBERED + 1), 0):
        known.of(Ready(replace(paper, body=(Paragraph(f"Lần {number}"),))), None)
    assert len(drawn) == pictures.REMEMBERED + 2
