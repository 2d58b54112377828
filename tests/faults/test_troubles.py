"""What disk and database refuse: a page in words that holds what was typed, a line in the log, nothing half written."""

import errno
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from pledges.audit.operations import verify
from pledges.core import writers
from pledges.core.database import TURN
from pledges.settings import DATABASE_FILE
from pledges.site import frame
from pledges.tasks.models import Task
from pledges.troubles import Trouble, kind_of
from tests.support import apps
from tests.support.clock import Hands
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward
from tests.support.world import DAY

REGISTER = "/phan-viec/dang-ky"
TYPED = {"title": "Trồng cây “xanh”", "product": "Hàng cây\r\nhai bên ngõ", "act": "draft"}
DAYS = {"start_on": "15/10/2024", "due_on": "31/12/2024"}
SignIn = Callable[[str], Critic]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers.Connection.begin_to_write, "__defaults__", (0.1,))
    monkeypatch.setattr(writers, "PATIENCE", 0.1)


@pytest.fixture
def file(ward: Ward) -> Path:
    return Path(ward.app.config["INSTANCE"]) / DATABASE_FILE


def titles(ward: Ward) -> list[str]:
    return list(ward.session.scalars(sa.select(Task.title)))


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_gives_back_what_was_typed_and_it_can_be_sent_from_there(
    ward: Ward, sign_in: SignIn, file: Path, caplog: pytest.LogCaptureFixture
):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # a tool of the database's own, which knows of no row
        page = lan.send_form(form, TYPED | DAYS, button="Lưu nháp", status=503)
    assert page.h1 == "Máy chủ đang bận ghi"
    assert page.headers["Retry-After"] == "10"
    assert "Trồng cây “xanh”" in page.text
    assert "hai bên ngõ" in page.text
    (line,) = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert "(busy) at POST tasks.register of account" in line
    assert f"Cơ sở dữ liệu {file} đang bị chương trình khác giữ." in line
    assert page.text.split("mã ")[-1][:8] in line
    for _time in range(2):
        lan.send_form(page.form(REGISTER), button="Gửi lại")
    assert titles(ward) == ["Trồng cây “xanh”"]
    assert ward.session.scalars(sa.select(Task.product)).one() == "Hàng cây hai bên ngõ"


def test_a_database_that_may_only_be_read_is_read_and_says_so_of_writing(ward: Ward, sign_in: SignIn):
    ward.task()
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    engine = apps.engine_of(ward.app)

    def read_only(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    engine.dispose()
    sa.event.listen(engine, "connect", read_only)
    page = lan.send_form(form, TYPED | DAYS, button="Lưu nháp", status=503)
    assert page.h1 == "Máy chủ chưa ghi được"
    for said in ("Tên phần việc Trồng cây “xanh”", "Ngày bắt đầu 15/10/2024"):
        assert said in page.text
    assert "Bê tông hóa" in lan.get("/phan-viec").text
    sa.event.remove(engine, "connect", read_only)
    engine.dispose()
    lan.send_form(page.form(REGISTER), button="Gửi lại")
    assert "Trồng cây “xanh”" in titles(ward)
    assert verify(ward.session) is None


def test_a_commit_that_fails_leaves_no_good_news_on_the_page(ward: Ward, sign_in: SignIn):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    engine = apps.engine_of(ward.app)

    def full(_connection: object) -> None:
        raise sqlite_error(sqlite3.SQLITE_FULL)

    sa.event.listen(engine, "commit", full)
    page = lan.send_form(form, TYPED | DAYS, button="Lưu nháp", status=507)
    sa.event.remove(engine, "commit", full)
    assert "Đã lưu nháp" not in page.text
    ward.session.rollback()
    assert titles(ward) == []


@pytest.mark.parametrize(("first", "said"), [(0, "không phải là cơ sở dữ liệu"), (4096, "bị hỏng")])
def test_a_broken_database_file(
    ward: Ward, sign_in: SignIn, file: Path, caplog: pytest.LogCaptureFixture, first: int, said: str
):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    ward.close()
    apps.settle(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:first] + b"\xee" * (len(whole) - first))
    page = lan.get("/phan-viec", status=503)
    assert page.h1 == "Kho dữ liệu bị hỏng"
    sent = lan.send_form(form, TYPED | DAYS, button="Lưu nháp", status=503)
    assert "Trồng cây “xanh”" in sent.text
    assert said in caplog.text
    apps.close(ward.app)
    file.write_bytes(whole)
    lan.send_form(sent.form(REGISTER), button="Gửi lại")
    assert titles(ward) == ["Trồng cây “xanh”"]


def test_a_postgresql_that_is_gone(tmp_path: Path):
    nowhere = "postgresql+psycopg://office:secret-word@127.0.0.1:1/office"
    app = apps.make(tmp_path / "run" / "instance", Hands(DAY), DATABASE_URL=nowhere)
    answer = app.test_client().post("/dang-nhap", data={"username": "lan", "password": "đồng hồ quả lắc"})
    assert answer.status_code == 503
    assert "Mất kết nối với kho dữ liệu" in answer.text
    assert 'value="lan"' in answer.text
    assert "Tên đăng nhập" in answer.text
    assert "quả lắc" not in answer.text
    assert "secret-word" not in answer.text
    assert 'type="password"' in answer.text
    told = app.test_client().post("/luu-tam", headers={"Accept": "*/*"})
    assert told.status_code in {401, 503}
    apps.close(app)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_turn_that_does_not_come_on_postgresql(database: Database):
    ward = database.ward()
    lan = Critic(ward, "officer_kp1")
    form = lan.get(REGISTER).form()
    ward.settle()
    engine = apps.engine_of(ward.app)
    engine.dispose()
    with engine.connect() as other:
        other.execute(sa.select(sa.func.pg_advisory_xact_lock(TURN)))
        page = lan.send_form(form, TYPED | DAYS, button="Lưu nháp", status=503)
        other.rollback()
    assert page.h1 == "Máy chủ đang bận ghi"
    lan.send_form(page.form(REGISTER), button="Gửi lại")
    assert titles(ward) == ["Trồng cây “xanh”"]
    ward.settle()
    engine.dispose()


def test_files_are_named_to_be_chosen_again(ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    task = ward.task(status="approved")
    lan = sign_in("officer_kp1")
    url = f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-10').id}"
    form = lan.get(url).form()

    def full(*_told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "files/ab")

    monkeypatch.setattr("pledges.files.operations.write", full)
    fields = {"narrative": "Đã làm.", "evidence": (BytesIO(b"%PDF-1.7 x"), "biên bản.pdf"), "act": "draft"}
    page = lan.send_form(form, fields, button="Lưu nháp", status=507)
    assert page.h1 == "Máy chủ hết chỗ lưu"
    assert "Chọn lại tệp: biên bản.pdf" in page.text
    assert "Đã làm." in page.text
    monkeypatch.undo()
    again = {"evidence": (BytesIO(b"%PDF-1.7 x"), "biên bản.pdf")}
    lan.send_form(page.form(url), again, button="Gửi lại")


def test_a_script_gets_words(ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()

    def full(*_told: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "kho")

    monkeypatch.setattr("pledges.core.forms.unsent.save", full)
    answer = lan.client.post("/luu-tam", data=form.fields, headers={"Accept": "*/*"})
    assert answer.status_code == 507
    assert answer.json["words"].startswith("Máy chủ hết chỗ lưu.")
    assert titles(ward) == []


def test_a_fault_whose_page_fails_too_is_answered_without_its_frame(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    ward.app.config["PROPAGATE_EXCEPTIONS"] = False
    lan = sign_in("officer_kp1")

    def fails(*_told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(frame, "navigation", fails)
    page = lan.get("/phan-viec", status=500)
    assert page.h1 == "Máy chủ gặp lỗi"
    assert "xin kèm mã" in page.text


def sqlite_error(code: int) -> DBAPIError:
    cause = sqlite3.OperationalError("said")
    cause.sqlite_errorcode = code
    return OperationalError("x", None, cause)


def postgresql_error(state: str | None) -> DBAPIError:
    cause = Exception("said")
    cause.sqlstate = state  # type: ignore[attr-defined]
    return OperationalError("x", None, cause)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), Trouble.BUSY),
        (sqlite_error(sqlite3.SQLITE_FULL), Trouble.FULL),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), Trouble.READ_ONLY),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), Trouble.GONE),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), Trouble.FAULTY),
        (sqlite_error(sqlite3.SQLITE_ERROR), None),
        (postgresql_error("55P03"), Trouble.BUSY),
        (postgresql_error("53100"), Trouble.FULL),
        (postgresql_error("25006"), Trouble.READ_ONLY),
        (postgresql_error("XX001"), Trouble.BROKEN),
        (postgresql_error("08006"), Trouble.GONE),
        (postgresql_error("57P01"), Trouble.GONE),
        (postgresql_error(None), Trouble.GONE),
        (postgresql_error("42P01"), None),
        (IntegrityError("x", None, Exception("said")), None),
        (NoConnectionFree("said"), Trouble.BUSY),
        (OSError(errno.EROFS, "said"), Trouble.READ_ONLY),
        (OSError(errno.EIO, "said"), Trouble.FAULTY),
        (FileNotFoundError(errno.ENOENT, "said"), None),
        (ConnectionResetError(errno.ECONNRESET, "said"), None),
        (ValueError("said"), None),
    ],
    ids=repr,
)
def test_each_is_told_by_its_own_code(error: Exception, kind: Trouble | None):
    assert kind_of(error) is kind
