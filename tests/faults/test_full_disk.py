"""No space is left: nothing is half written, the page says what happened, and with space again the same form goes."""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.core.database import db
from pledges.files.models import StoredFile
from pledges.files.operations import store
from pledges.tasks.models import Task
from tests.support import apps
from tests.support.critic import Critic
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"
TYPED = {"title": "Trồng cây", "start_on": "15/10/2024", "due_on": "31/12/2024", "act": "draft"}
FORMS = 60
PDF = b"%PDF-1.7\n" + b"x" * 200_000


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As on a full disk: the kernel refuses every write beyond so many bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, kept)


@contextmanager
def database_full(ward: Ward) -> Iterator[None]:
    """SQLite may not grow by a page."""
    engine = apps.engine_of(ward.app)

    def limit(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    engine.dispose()
    sa.event.listen(engine, "connect", limit)
    yield
    sa.event.remove(engine, "connect", limit)
    engine.dispose()


@pytest.fixture
def answering(ward: Ward) -> Ward:
    """A fault is answered by its page, as in real life, instead of reaching the test."""
    ward.app.config["PROPAGATE_EXCEPTIONS"] = False
    return ward


def test_a_full_database_writes_nothing_and_says_so(answering: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    forms = [lan.get(REGISTER).form() for _ in range(FORMS)]
    long = {**TYPED, "product": "cây " * 120}
    done = 0
    with database_full(answering):
        for form in forms:
            page = lan.send_form(form, long, button="Lưu nháp", status=None)
            if page.status == 507:
                break
            done += 1
    assert page.h1 == "Máy chủ hết chỗ lưu"
    assert "Không có gì bị ghi dở" in page.text
    assert "Trồng cây" in page.text
    assert tasks(answering) == drafted(answering) == done
    lan.send_form(page.form(REGISTER), button="Gửi lại")
    assert tasks(answering) == drafted(answering) == done + 1
    assert verify(answering.session) is None


def tasks(ward: Ward) -> int:
    return len(ward.session.scalars(select(Task.id)).all())


def drafted(ward: Ward) -> int:
    return ward.session.query(LogEntry).filter_by(action="task.drafted").count()


def test_a_file_that_did_not_fit_leaves_nothing_behind(ward: Ward, tmp_path: Path):
    folder = tmp_path / "files"
    officer = ward.actor("officer_kp1")
    with files_no_larger_than(100_000), pytest.raises(OSError, match="too large"):
        store(ward.session, folder, PDF, by=officer, at=ward.now)
    ward.session.rollback()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert ward.session.scalars(select(StoredFile)).all() == []
    store(ward.session, folder, PDF, by=officer, at=ward.now)
    ward.session.commit()
    assert [path.stat().st_size for path in folder.rglob("*") if path.is_file()] == [len(PDF)]


def test_evidence_that_did_not_fit_can_be_sent_again(answering: Ward, sign_in: Callable[[str], Critic]):
    task = answering.task(status="approved")
    lan = sign_in("officer_kp1")
    url = f"/phan-viec/{task.id}/bao-cao/{answering.period('2024-10').id}"
    form = lan.get(url).form()
    fields = {"narrative": "Đã làm.", "evidence": (BytesIO(PDF), "biên bản.pdf"), "act": "draft"}
    with files_no_larger_than(100_000):
        page = lan.send_form(form, fields, button="Lưu nháp", status=507)
    assert page.h1 == "Máy chủ hết chỗ lưu"
    assert answering.session.scalars(select(StoredFile)).all() == []
    fields["evidence"] = (BytesIO(PDF), "biên bản.pdf")
    lan.send_form(form, fields, button="Lưu nháp")
    assert [one.size for one in answering.session.scalars(select(StoredFile))] == [len(PDF)]
    assert verify(answering.session) is None


def test_reading_goes_on_without_space(answering: Ward, sign_in: Callable[[str], Critic]):
    answering.task(status="approved")
    lan = sign_in("officer_kp1")
    with database_full(answering):
        assert "Bê tông hóa" in lan.get("/phan-viec").text
    with answering.app.app_context():
        assert db.session.scalars(select(Task)).one()
