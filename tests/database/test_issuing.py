"""Issuing on both kinds of database: a number is used once, what was issued stays, and the log tells of all."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.codes.queries import codes_of
from pledges.documents.issuing import operations, verification
from pledges.documents.issuing.rules import NumberUsed
from pledges.documents.models import Document
from pledges.documents.rules import NUMBERED, DocumentStatus
from pledges.documents.sheets.record import digest_of, read
from pledges.files.operations import load, place
from tests.support import hall, issuing
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.page import Page
from tests.support.ward import Ward

LOOK = "Xem lại trước khi phát hành"


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def acts(ward: Ward, document: Document) -> list[str]:
    asked = select(LogEntry.action).where(
        LogEntry.subject_kind == "document", LogEntry.subject_id == document.id
    )
    return list(ward.session.scalars(asked.order_by(LogEntry.number)))


def test_issuing_freezes_text_print_and_code_with_entries_of_the_log(ward: Ward):
    document = issuing.issued(ward, 5)
    folder = ward.app.config["INSTANCE"] / "files"
    content = load(folder, document.file)
    assert document.status is DocumentStatus.ISSUED
    assert digest_of(document.paper) == document.digest
    assert read(document.paper).heading.number == "Số: 05/BC-UBND"
    assert hashlib.sha256(content).hexdigest() == document.file.sha256
    (code,) = ward.session.scalars(codes_of("document", [document.id]))
    assert code.digest == document.digest
    assert acts(ward, document)[-3:] == ["document.submitted", "document.issued", "document.print_kept"]
    assert verify(ward.session) is None


def test_a_used_number_is_refused_and_nothing_is_written(ward: Ward):
    issuing.issued(ward, 5)
    second = issuing.submitted(ward)
    with pytest.raises(NumberUsed, match=r"Số 05 đã dùng cho Báo cáo số 05/BC-UBND.*Số tiếp theo là 06"):
        issuing.issue(ward, second, 5)
    ward.session.rollback()
    assert second.status is DocumentStatus.SUBMITTED
    assert "document.issued" not in acts(ward, second)


def test_the_numbers_of_another_year_are_free_again(ward: Ward):
    issuing.issued(ward, 5)
    ward.hands.put(ward.day.replace(year=ward.day.year + 1))
    later = issuing.issued(ward, 5)
    assert later.number == 5


def test_two_clerks_who_issue_two_documents_under_one_number_are_told(ward: Ward):
    """The second one's number stands beside its field with what has it, and nothing typed is lost."""
    documents = [issuing.submitted(ward), issuing.submitted(ward, "interim_report")]
    clerks = [Critic(ward, "clerk"), Critic(ward, "clerk")]
    urls = [f"/van-ban/{one.id}/phat-hanh" for one in documents]
    checked = [
        clerk.send(url, {"number": "7", "signer_name": "Lê Thị Hoa"}, button=LOOK, follow=True)
        for clerk, url in zip(clerks, urls, strict=True)
    ]
    ward.settle()

    def press(at: int) -> Page:
        form = checked[at].form()
        button = next(text for text, _name, value in form.buttons if value == "issue")
        return Page(urls[at], clerks[at].client.post(form.action, data=fill(form, {}, button=button)))

    with ThreadPoolExecutor(2) as pool:
        answers = [one.result(60) for one in [pool.submit(press, at) for at in (0, 1)]]
    assert sorted(answer.status for answer in answers) == [200, 302]
    lost = next(answer for answer in answers if answer.status == 200)
    assert "Số 07 đã dùng cho Báo cáo số 07/BC-UBND" in " ".join(lost.errors)
    assert lost.form().fields["signer_name"] == ["Lê Thị Hoa"]
    ward.settle()
    assert sorted(one.status for one in documents) == ["issued", "submitted"]


def test_ten_presses_issue_once(ward: Ward):
    document = issuing.submitted(ward)
    clerk, url = Critic(ward, "clerk"), f"/van-ban/{document.id}/phat-hanh"
    form = clerk.send(url, {"number": "7"}, button=LOOK, follow=True).form()
    button = next(text for text, _name, value in form.buttons if value == "issue")
    sent = fill(form, {}, button=button)
    ward.settle()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _turn: clerk.client.post(url, data=sent), range(10)))
    assert {(one.status_code, one.location) for one in answers} == {(302, f"/van-ban/{document.id}")}
    ward.settle()
    assert acts(ward, document).count("document.issued") == 1


def test_the_document_that_is_replaced_says_so_and_both_stay(ward: Ward):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    assert old.status is DocumentStatus.ISSUED
    issuing.issue(ward, new, 6)
    assert (old.status, new.status) == (DocumentStatus.REPLACED, DocumentStatus.ISSUED)
    assert old.events[-1].reason == "Thay bằng Báo cáo số 06/BC-UBND."
    assert load(ward.app.config["INSTANCE"] / "files", old.file) != load(
        ward.app.config["INSTANCE"] / "files", new.file
    )


def test_one_that_was_withdrawn_meanwhile_stays_withdrawn(ward: Ward):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    operations.withdraw(ward.session, old, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    issuing.issue(ward, new, 6)
    assert old.status is DocumentStatus.WITHDRAWN


@pytest.fixture
def verified(ward: Ward):
    """What the command finds wrong with the issued documents."""
    folder = ward.app.config["INSTANCE"] / "files"

    def verify_now() -> tuple[str, ...]:
        ward.session.expire_all()
        return verification.verify(ward.session, folder).faults

    return verify_now


def test_what_was_issued_replaced_and_withdrawn_is_all_right(ward: Ward, verified):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    operations.withdraw(ward.session, new, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert verified() == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE document SET paper = replace(paper, '05/BC', '06/BC')", "không khớp mã SHA-256"),
        ("UPDATE document SET number = 9", "khác với mục số"),
        ("UPDATE document SET status = 'withdrawn'", "việc thu hồi hoặc thay thế không khớp"),
        ("DELETE FROM check_code", "mất mã kiểm tra"),
        ("UPDATE check_code SET digest = '{0:0>64}'", "khác với mã ghi ở mã kiểm tra"),
        ("UPDATE stored_file SET sha256 = '{0:0>64}'", "khác với mục số"),
    ],
)
def test_each_change_past_the_program_is_found(ward: Ward, verified, change: str, told: str):
    issuing.issued(ward, 5)
    ward.session.execute(text(change.format(1)))
    ward.session.commit()
    assert told in " ".join(verified())


def test_a_document_that_was_taken_out_is_missed(ward: Ward, verified):
    issuing.issued(ward, 5)
    ward.session.execute(text("DELETE FROM document_event"))
    ward.session.execute(text("DELETE FROM prose_piece"))
    ward.session.execute(text("DELETE FROM document"))
    ward.session.commit()
    assert "không còn trong dữ liệu" in " ".join(verified())


def test_a_print_that_is_gone_or_changed_is_found(ward: Ward, verified):
    document = issuing.issued(ward, 5)
    kept = place(ward.app.config["INSTANCE"] / "files", document.file.sha256)
    kept.write_bytes(b"%PDF-1.7")
    assert "nội dung trên máy chủ đã bị thay đổi" in " ".join(verified())
    kept.unlink()
    assert "không còn trên máy chủ" in " ".join(verified())


def test_the_command_counts_documents_and_knows_their_digests(ward: Ward):
    document = issuing.issued(ward, 5)
    runner = ward.app.test_cli_runner()
    ward.settle()
    told = runner.invoke(args=["verify"])
    assert "1 văn bản phát hành: đều khớp." in told.output
    wrong = runner.invoke(args=["verify", "--printed", document.digest])
    assert "mã SHA-256 nội dung Báo cáo số 05/BC-UBND" in wrong.output


def test_a_lost_print_is_noted_while_reading(ward: Ward):
    """On both kinds of database beside the request's own transaction, with nothing else changed."""
    document = issuing.issued(ward, 5)
    place(ward.app.config["INSTANCE"] / "files", document.file.sha256).unlink()
    before, version = len(acts(ward, document)), document.version
    clerk = Critic(ward, "clerk")
    for _turn in range(2):
        assert clerk.get(f"/van-ban/{document.id}.pdf", status=410).h1 == "Không in được văn bản"
    ward.settle()
    assert acts(ward, document)[before:] == ["document.print_refused"]
    assert document.version == version
    assert verify(ward.session) is None


@pytest.mark.parametrize("kind", sorted(NUMBERED))
def test_every_kind_that_bears_a_number_is_issued(ward: Ward, kind: str):
    if kind == "minutes":
        hall.opened(ward)
    document = issuing.issued(ward, 5, kind)
    assert document.status is DocumentStatus.ISSUED
    assert "05" in read(document.paper).heading.number
