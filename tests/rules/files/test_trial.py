"""A PDF that draws itself for ever is given up in a sentence; one that holds nothing of the kind isn't tried."""

import base64
import zlib

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


DRAWN = b"0 0 m 500 800 l S\n"


def pdf(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A page that draws what the stream says; PDFium finds its objects without a table."""
    return (
        b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
        b"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>\nendobj\n4 0 obj\n"
        b"<</Filter[%s]/Length %d>>stream\n%s\nendstream\nendobj\ntrailer<</Size 5/Root 1 0 R>>\n%%%%%%%%EOF"
    ) % (filters, len(stream), stream)


def test_a_little_file_that_unpacks_to_hours_of_drawing_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "MOST_SECONDS", 1.0)
    bomb = pdf(zlib.compress(DRAWN * (trial.LITTLE // len(DRAWN) * 8)))
    assert len(bomb) < 100_000
    with pytest.raises(FileRefused):
        scanned.read_pages(bomb)


@pytest.mark.parametrize(
    "hidden",
    [
        pdf(zlib.compress(zlib.compress(DRAWN * 300_000)), b"/FlateDecode/FlateDecode"),
        pdf(zlib.compress(DRAWN * 300_000)[:-9]),
        pdf(zlib.compress(DRAWN).hex().encode(), b"/ASCIIHexDecode/FlateDecode"),
        pdf(base64.a85encode(zlib.compress(DRAWN * 300_000)) + b"~>", b"/ASCII85Decode/FlateDecode"),
        pdf(DRAWN, b"").replace(b"/Filter[]", b"/Filter 9 0 R"),
        pdf(DRAWN * 300_000, b""),
    ],
    ids=["packed twice", "cut off", "spelt out", "in letters", "told elsewhere", "not packed"],
)
def test_so_is_one_of_which_that_can_not_be_told(monkeypatch: pytest.MonkeyPatch, hidden: bytes):
    tried: list[bytes] = []

    def run(_command: list[str], *, input: bytes, **_more: object):  # noqa: A002 - as it is called there
        tried.append(input)
        return trial.subprocess.CompletedProcess([], trial._NO_MEMORY)

    monkeypatch.setattr(trial.subprocess, "run", run)
    with pytest.raises(FileRefused):
        trial.try_out(hidden, 10)
    assert tried == [hidden]


def test_a_page_in_small_words_and_a_photograph_are_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial.subprocess, "run", None)
    trial.try_out(pdf(zlib.compress(DRAWN * 1000)), 10)
    trial.try_out(pdf(b"\xff\xd8\xff" + bytes(2 * trial.LITTLE), b"/DCTDecode"), 10)


def test_a_page_that_can_not_be_read_keeps_no_other_from_being_tried(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "MOST_SECONDS", 1.5)
    kind = content("PDF of a form in itself")
    assert kind.count(b"/Kids [") == 1
    with pytest.raises(FileRefused, match="lồng nhau"):
        trial.try_out(kind.replace(b"/Kids [", b"/Kids [99 0 R ").replace(b"/Count 1", b"/Count 2"), 10)
