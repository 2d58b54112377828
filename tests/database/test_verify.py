"""What was changed past the program is found: in a text, a signature, a status, a file, and at the end of the log."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from pledges.audit.models import LogEntry
from pledges.audit.queries import head, history
from pledges.audit.rules import canonical
from pledges.commitments import operations as commitments
from pledges.commitments import signatures
from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.operations import CeremonyEntry
from pledges.commitments.copies import operations as copies
from pledges.commitments.models import Commitment
from pledges.files import operations as files
from pledges.files.operations import place
from tests.support import apps
from tests.support.databases import Database
from tests.support.files import png
from tests.support.ward import Ward
from tests.web.commitments import people


@pytest.fixture
def ward(database: Database) -> Ward:
    """Three units in three states."""
    return database.ward_with("three_commitments", three_commitments)


def three_commitments(ward: Ward) -> None:
    """One signed on paper with its scan, one frozen with a tick that was taken back, and one withdrawn."""
    session, clerk = ward.session, ward.actor("clerk")
    signed = ward.commitment("KP1", "signed")
    stored = files.store(session, ward.app.config["INSTANCE"] / "files", png(), by=clerk, at=ward.now)
    copies.file_scan(session, signed, stored, "ảnh.png", by=clerk, at=ward.now)
    waiting = ward.commitment("KP2", "frozen")
    said = CeremonyEntry(held_on=ward.day, place="Nhà văn hóa", certified_by="Vũ Thị Thư")
    held = ceremonies.open_ceremony(session, ward.campaign, said, by=clerk, at=ward.now)
    for _twice in range(2):
        ceremonies.tick(session, held, waiting.signatories, by=clerk, at=ward.now)
        ceremonies.untick(session, held, waiting.signatories[0], by=clerk, at=ward.now)
    commitments.withdraw(session, ward.commitment("KP3", "frozen"), "Soạn lại.", by=clerk, at=ward.now)
    ward.settle()


@contextmanager
def unguarded(connection: sa.Connection) -> Iterator[None]:
    """The database without what refuses, as somebody has it who holds its password."""
    tables = ("commitment", "signature", "log_entry", "check_code", "decline")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "SET session_replication_role = replica"
        )  # neither triggers nor references
        yield
        connection.exec_driver_sql("SET session_replication_role = DEFAULT")
        return
    asked = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :of")
    made = [row for table in tables for row in connection.execute(asked, {"of": table})]
    for name, _ in made:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in made:
        connection.exec_driver_sql(statement)


def by_hand(ward: Ward, statement: str) -> None:
    """Change the database past the program; KP1, KP2, KP3 in a statement are the units."""
    for code in ("KP1", "KP2", "KP3"):
        statement = statement.replace(f"= {code}", f"= (SELECT id FROM unit WHERE code = '{code}')")  # noqa: S608
    with apps.engine_of(ward.app).begin() as connection, unguarded(connection):
        assert connection.exec_driver_sql(statement).rowcount > 0


def verify(ward: Ward, *arguments: str) -> tuple[int, str]:
    told = ward.app.test_cli_runner().invoke(args=["verify", *arguments])
    return told.exit_code, told.output


def test_untouched_everything_agrees(ward: Ward):
    code, told = verify(ward)
    assert code == 0, told
    assert "Nhật ký toàn vẹn" in told
    assert "Đối chiếu 3 bản cam kết đã chốt, 3 chữ ký, 1 tệp bản đã ký: đều khớp." in told


PAST = {
    "one byte of a text": (
        "UPDATE commitment SET content = replace(content, '450', '451') WHERE unit_id = KP1",
        "Bản cam kết của Khu phố 1, lần 1: nội dung đang lưu không khớp mã SHA-256",
    ),
    "a digest": (
        "UPDATE commitment SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE unit_id = KP2",
        "Khu phố 2, lần 1: mã SHA-256 khác với mã ghi ở mục số",
    ),
    "the digest of a code": (
        "UPDATE check_code SET digest = replace(digest, substr(digest, 1, 1), 'x')",
        "mã SHA-256 khác với mã ghi ở mã kiểm tra",
    ),
    "a code": ("DELETE FROM check_code", "Khu phố 1, lần 1: mất mã kiểm tra"),
    "a whole commitment": (
        "UPDATE commitment SET content = NULL, digest = NULL, status = 'draft' WHERE unit_id = KP2",
        "không còn trong dữ liệu",
    ),
    "a signature": (
        "DELETE FROM signature WHERE undone_at IS NULL",
        "Khu phố 1, lần 1: mất chữ ký của Phạm Văn Đức, ",
    ),
    "the status without it": (
        "DELETE FROM signature WHERE undone_at IS NULL",
        "đang ghi là “Đã ký” nhưng theo các chữ ký thì là “Đã chốt, chờ ký”",
    ),
    "the way of a signature": (
        "UPDATE signature SET way = 'in_app', place = '' WHERE undone_at IS NULL",
        " khác với mục số",
    ),
    "what was signed": (
        "UPDATE signature SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE undone_at IS NULL",
        "là trên một nội dung khác",
    ),
    "an undone one that counts": (
        "UPDATE signature SET undone_at = NULL, undone_because = '' WHERE undone_at IS NOT NULL AND id > 2",
        "vẫn được tính dù đã bỏ theo mục số",
    ),
    "one undone in silence": (
        "UPDATE signature SET undone_at = at, undone_because = 'x' WHERE undone_at IS NULL",
        "bị bỏ mà nhật ký không ghi",
    ),
    "the day of completion": (
        "UPDATE commitment SET signed_on = '2024-04-09' WHERE unit_id = KP1",
        "ngày ký đủ không khớp với các chữ ký",
    ),
    "a withdrawal": (
        "UPDATE commitment SET status = 'signed', withdrawn_at = NULL, withdrawn_because = '' WHERE unit_id = KP3",
        "Khu phố 3, lần 1: việc thu hồi không khớp giữa dữ liệu và nhật ký",
    ),
}


def demand_named(ward: Ward, statement: str, words: str) -> None:
    """Change something by hand: it is told in these words, while the log itself is whole."""
    by_hand(ward, statement)
    code, told = verify(ward)
    assert code == 1
    assert words in told
    assert "Nhật ký toàn vẹn" in told


@pytest.mark.parametrize("past", PAST)
def test_what_is_changed_by_hand_is_named(ward: Ward, past: str):
    demand_named(ward, *PAST[past])


def test_a_signature_that_nobody_logged_is_named(ward: Ward):
    columns = ", ".join(
        column.name for column in sa.inspect(Commitment).registry.metadata.tables["signature"].columns
        if column.name not in {"id", "undone_at", "undone_because", "signatory_id"}
    )  # fmt: skip
    waiting = "(SELECT s.id FROM signatory s JOIN commitment c ON c.id = s.commitment_id AND c.unit_id = KP2)"
    insert = (
        "INSERT INTO signature (id, signatory_id, undone_because, COLUMNS) SELECT 99, (WAITING), '', COLUMNS "
    )
    insert += "FROM signature WHERE undone_at IS NULL"
    by_hand(ward, insert.replace("COLUMNS", columns).replace("WAITING", waiting))
    code, told = verify(ward)
    assert code == 1
    assert "Khu phố 2, lần 1: có 1 chữ ký mà nhật ký không ghi." in told


def test_signatures_of_the_first_release_are_held_against_the_log_by_their_number(ward: Ward):
    """Their entries name no row; such a log is made by writing the chain anew without the names."""
    _without_names(ward)
    code, told = verify(ward)
    assert code == 0, told
    by_hand(ward, "DELETE FROM signature WHERE undone_at IS NULL")
    code, told = verify(ward)
    assert code == 1
    assert "Khu phố 1, lần 1: mất 1 chữ ký đã ghi trong nhật ký." in told


def _without_names(ward: Ward) -> None:
    entries = list(ward.session.scalars(sa.select(LogEntry).order_by(LogEntry.number)))
    ward.session.expunge_all()
    ward.settle()
    previous = entries[0].previous
    with apps.engine_of(ward.app).begin() as connection, unguarded(connection):
        for entry in entries:
            said = json.loads(entry.after)
            if entry.action == "commitment.signed":
                said.pop("signature", None)
            entry.after = canonical(said)
            entry.previous = previous
            previous = entry.hash = entry.sealed().digest()
            new = {"after": entry.after, "previous": entry.previous, "hash": entry.hash}
            connection.execute(sa.update(LogEntry).where(LogEntry.number == entry.number).values(new))


@pytest.mark.parametrize("gone", [True, False])
def test_a_filed_copy_without_its_bytes_is_named(ward: Ward, gone: bool):
    signed = ward.session.scalars(sa.select(Commitment).where(Commitment.status == "signed")).one()
    sha256 = signed.filed[0].file.sha256
    path = place(ward.app.config["INSTANCE"] / "files", sha256)
    ward.settle()
    path.unlink() if gone else path.write_bytes(png(7))
    code, told = verify(ward)
    assert code == 1
    why = "không còn trên máy chủ" if gone else "nội dung trên máy chủ đã bị thay đổi"
    assert f"Bản đã ký của Khu phố 1, tệp {sha256}: {why}." in told


def test_a_log_that_was_cut_off_is_told_by_a_paper_alone(ward: Ward):
    signed = ward.session.scalars(sa.select(Commitment).where(Commitment.status == "signed")).one()
    paper = list(ward.session.scalars(history("commitment", signed.id)))[-2]
    newest = ward.session.scalars(head()).one()
    assert paper.action == "commitment.completed"
    witness, last, number = paper.hash, newest.hash, newest.number
    ward.settle()
    code, told = verify(ward, "--printed", witness, "--printed", f"{last[:16].upper()}…")
    assert code == 0, told
    assert "bản cam kết đã đủ chữ ký" in told
    assert f"Mã {last[:16]} là của mục số {number}: Vũ Thị Thư đã thu hồi bản chốt" in told
    by_hand(ward, f"DELETE FROM log_entry WHERE number > {number - 3}")  # noqa: S608
    assert "Nhật ký toàn vẹn" in verify(ward)[1]
    code, told = verify(ward, "--printed", last[:16], "--printed", witness)
    assert code == 1
    assert f"Không mục nào của nhật ký mang mã {last[:16]}: nhật ký đã bị cắt hoặc bị thay." in told
    assert "bản cam kết đã đủ chữ ký" in told


@pytest.mark.parametrize("typed", ["abc", "không phải mã", "0" * 65, "%" * 20])
def test_what_is_no_hash_is_refused(ward: Ward, typed: str):
    code, told = verify(ward, "--printed", typed)
    assert code == 1
    assert "không phải mã niêm phong" in told


def test_the_hash_of_a_text_is_told_from_one_of_the_log(ward: Ward):
    signed = ward.session.scalars(sa.select(Commitment).where(Commitment.status == "signed")).one()
    assert signed.digest is not None
    beginning = signed.digest[:20]
    ward.settle()
    code, told = verify(ward, "--printed", beginning)
    assert code == 1
    assert "là mã SHA-256 nội dung bản cam kết của Khu phố 1" in told
    assert "bị cắt" not in told


def test_a_refusal_that_is_gone_is_named(ward: Ward):
    waiting = people.frozen(ward, [("Bí thư chi bộ, Khu trưởng", "head_kp1")])
    by = ward.actor("head_kp1")
    signatures.decline(ward.session, waiting.signatories[0], "Chưa sát.", by=by, at=ward.now)
    ward.session.commit()
    code, told = verify(ward)
    assert code == 0, told
    by_hand(ward, "DELETE FROM decline")
    code, told = verify(ward)
    assert code == 1
    assert "dữ liệu giữ 0 lần từ chối ký, nhật ký ghi 1 lần" in told


def test_an_entry_past_reading_stops_nothing(ward: Ward):
    by_hand(ward, "UPDATE log_entry SET after = '[x' WHERE action = 'commitment.signed'")
    code, told = verify(ward)
    assert code == 1
    assert "Nhật ký bị hỏng từ mục số" in told
    assert "3 chữ ký, 1 tệp bản đã ký: đều khớp" in told


def test_the_chain_is_walked_too(ward: Ward):
    by_hand(ward, "UPDATE log_entry SET note = 'x' WHERE number = 9")
    code, told = verify(ward)
    assert code == 1
    assert "Nhật ký bị hỏng từ mục số 9" in told
    assert "đều khớp" in told
