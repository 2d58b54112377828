"""A PDF that draws itself for ever is given up in a sentence; one that holds nothing of the kind isn't tried."""

import pytest

from pledges.files import scanned, trial
from pledges.files.rules import FileRefused
from tests.fuzz.files import content


def test_what_draws_itself_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "MOST_SECONDS", 1.0)
    with pytest.raises(FileRefused, match="lồng nhau"):
        scanned.read_pages(content("PDF of a form in itself"))


def test_a_form_that_ends_is_read_once_it_was_tried(monkeypatch: pytest.MonkeyPatch):
    kind = content("PDF of a form in itself").replace(b"/A Do /A Do", b"           ")
    assert [page.blank for page in scanned.read_pages(kind)] == [True]
    monkeypatch.setattr(trial.subprocess, "run", None)
    assert scanned.picture_of(kind, 1, 100)[:4] == b"\x89PNG"


def test_a_plain_scan_starts_no_process(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial.subprocess, "run", None)
    assert len(scanned.read_pages(content("PDF"))) == 1


@pytest.mark.parametrize(
    "hidden", [b"/Subtype /F#6frm", b"/Type /ObjStm", b"/PatternType 1 /Type /Pattern", b"/Subtype /Type3"]
)
def test_what_may_hide_such_is_tried(monkeypatch: pytest.MonkeyPatch, hidden: bytes):
    tried: list[bytes] = []

    def run(_command: list[str], *, input: bytes, **_more: object):  # noqa: A002 - as it is called there
        tried.append(input)
        return trial.subprocess.CompletedProcess([], -11)

    monkeypatch.setattr(trial.subprocess, "run", run)
    with pytest.raises(FileRefused):
        trial.try_out(b"%PDF-1.7 <<" + hidden + b">>", 10)
    assert tried
