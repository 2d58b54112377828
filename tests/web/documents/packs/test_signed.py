"""Hồ sơ cam kết đã ký: more than is drawn in a breath is written beside the program, the same as at once."""

from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.documents import signed_papers_pages
from pledges.documents.packs.rules import JobStatus
from tests.support.archives import Unpacked

URL = "/van-ban/cam-ket-da-ky"


def test_many_are_written_beside_and_are_the_same_as_at_once(
    ward, sign_in, neighbour, monkeypatch, job_of, tmp_path
):
    ward.commitment("KP1", "signed")
    ward.commitment("MTTQ", "signed")
    clerk = sign_in("clerk")
    at_once = Unpacked(clerk.send(URL, status=200).bytes, tmp_path / "at once")
    monkeypatch.setattr(signed_papers_pages, "drawn_at_once", lambda *_size: False)
    place = clerk.send(URL).location
    assert place == f"/van-ban/tap/{job_of().id}"
    assert clerk.get(place).h1 == "Cam kết đã ký HK-2024"
    assert neighbour.called
    assert neighbour.work() == 1
    job = job_of()
    assert (job.status, job.done, job.total, job.sentence) == (JobStatus.DONE, 2, 2, "")
    answer = clerk.get(f"{place}/tep")
    assert 'filename="cam-ket-da-ky-hk-2024.zip"' in answer.headers["Content-Disposition"]
    beside = Unpacked(answer.bytes, tmp_path / "beside")
    beside.check()
    assert sorted(beside.names) == sorted(at_once.names)
    assert beside.manifest["taken"]["by"] == at_once.manifest["taken"]["by"]
    logged = select(LogEntry.number).where(LogEntry.action == "commitment.papers_downloaded")
    assert list(ward.session.scalars(logged.order_by(LogEntry.number))) == [
        at_once.manifest["log"]["number"],
        beside.manifest["log"]["number"],
    ]
