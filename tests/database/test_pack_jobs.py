"""A pack is drawn by another process: what it writes into the row, this one reads, on both kinds of database."""

from pledges.documents.packs import beside, operations
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.operations import PackEntry
from pledges.documents.packs.rules import Asked, Binding, JobStatus, PackKind
from pledges.documents.packs.shelf import shelf_of
from tests.support.databases import Database


def test_another_process_draws_what_waits_in_its_order(database: Database):
    ward = database.ward()
    made = [ward.commitment(code, "frozen").id for code in ("KP1", "VPTK")]
    numbers = []
    for binding in Binding:
        entry = PackEntry(
            kind=PackKind.COMMITMENTS,
            binding=binding,
            asked=Asked(today=ward.day, items=tuple(made)),
            name="Bản cam kết",
            total=len(made),
        )
        job = operations.ask(ward.session, ward.campaign, entry, by=ward.actor("clerk"), at=ward.now)
        ward.session.flush()
        numbers.append(job.id)
    ward.session.commit()
    with ward.app.app_context():
        beside.wake(anew=True)
        (process,) = beside.of(ward.app).processes
        assert process.wait(timeout=180) == 0
    ward.settle()
    jobs = [ward.session.get_one(PrintJob, number) for number in numbers]
    assert [(job.status, job.done, job.sentence) for job in jobs] == [(JobStatus.DONE, 2, "")] * 2
    shelf = shelf_of(ward.app.config["INSTANCE"])
    pdf, archive = (shelf.file(job).read_bytes() for job in jobs)
    assert pdf.startswith(b"%PDF-")
    assert archive.startswith(b"PK")
    first, second = (job.started_at for job in jobs)
    assert first is not None
    assert second is not None
    assert first < second
