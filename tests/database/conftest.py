"""A world in which every table has a row, made once for each kind of database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pledges.accounts.authorisations import operations as authorisations
from pledges.accounts.authorisations.operations import AuthorisationEntry
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import AccountSession, SignInAttempt, SignInProof
from pledges.accounts.notices.models import CalendarFeed, SentDigest
from pledges.accounts.second_factor.models import RecoveryCode, SecondFactor
from pledges.commitments import signatures
from pledges.commitments.copies import operations as copies
from pledges.commitments.copies.operations import Pages
from pledges.commitments.copies.outside import operations as outside
from pledges.commitments.models import Decline
from pledges.core import clock
from pledges.core.forms.receipts import FormReceipt
from pledges.core.forms.unsent import UnsentForm
from pledges.documents.models import Attachment, Document, DocumentEvent, ProsePiece
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import Binding, PackKind
from pledges.documents.rules import AttachmentKind, DocumentEventKind, DocumentStatus, PaperKind
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.signed.rules import Findings, Integrity, PdfSignature, Sameness
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.progress import operations as progress
from pledges.progress.calendar import ReportEventKind
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.models import Report, ReportEvent, ReportRemark
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.rules import ProofKind
from pledges.reviews import operations as reviews
from pledges.tasks.amending import operations as amending
from pledges.tasks.amending.models import Amendment
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.importing.models import ImportStatus, TaskImport
from pledges.tasks.models import CommonTask, TaskRemark
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rules import TaskPart
from pledges.upkeep.personal import operations as personal
from pledges.upkeep.personal.operations import RequestEntry
from pledges.upkeep.personal.rules import RequestKind, RequestOutcome
from tests.support import hall
from tests.support.amending import propose
from tests.support.databases import KINDS, Database, SQLite
from tests.support.ward import INDICATORS, Ward
from tests.web.commitments import people

PDF = b"%PDF-1.7 a scan"


@pytest.fixture(scope="module", params=KINDS)
def filled(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ward]:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = Database(request.param, tmp_path_factory.mktemp("filled"), sqlite, server)
    ward = database.ward()
    fill(ward)
    yield ward
    database.close()


def fill(ward: Ward) -> None:
    """Make something of everything."""
    marked = IndicatorEntry(
        "Cây xanh", Decimal(300), "cây", milestones=((date(2024, 9, 1), Decimal(100)),), weight=Decimal(2)
    )
    movement = ward.campaign.movements[0]
    task = ward.task(indicators=(*INDICATORS, marked), movement=movement, cooperating=["MTTQ", "KP2"])
    ward.task("KP2", "draft").follows_id = task.id
    returned = ward.task("KP2", "returned")
    returned.events[-1].remarks = [
        TaskRemark(part=TaskPart.TITLE, words="Ghi rõ tuyến đường."),
        TaskRemark(part=TaskPart.INDICATORS, indicator=1, words="Đo bằng mét."),
    ]
    ward.commitment("KP1", "signed")
    _signed_for_another(ward)
    report = ward.report(task, "2024-09", [100, 40, 20], obstacle="Thiếu kinh phí.")
    ward.report(task, "2024-08", [50, 30], "returned")
    undecided = ward.report(task, "2024-07", [50, 30], "submitted", obstacle="Mưa nhiều.")
    session, leader, officer = ward.session, ward.actor("leader"), ward.actor("officer_kp1")
    obstacle = session.query(Obstacle).filter_by(report_id=report.id).one()
    reviews.decide(session, obstacle, Decision.HELP, "Phường hỗ trợ xi măng.", by=leader, at=ward.now)
    assert session.query(Obstacle).filter_by(report_id=undecided.id).one().decision is None
    draft = progress.begin(session, task, ward.period("2024-10"), by=officer, at=ward.now)
    stored = files.store(session, ward.app.config["INSTANCE"] / "files", PDF, by=officer, at=ward.now)
    progress.attach(session, draft, stored, "biên bản.pdf", by=officer, at=ward.now)
    uploaded = {"campaign": ward.campaign, "uploaded_by_id": 1, "uploaded_by_name": "Vũ Thị Thư"}
    uploaded |= {"uploaded_at": ward.now, "filename": "danh mục.xlsx", "content": "[]"}
    session.add(TaskImport(**uploaded))
    session.add(TaskImport(**uploaded, status=ImportStatus.WRITTEN, ended_at=ward.now))
    session.add(FormReceipt(key="a key", at=ward.now))
    _signed_in(ward)
    _asked_about_data(ward)
    session.add(SignInAttempt(username="ai đó", address="10.0.0.1", at=clock.end_of(ward.day)))
    lan = ward.account("officer_kp1").id
    session.add(UnsentForm(key="begun", account_id=lan, path="/", fields="[]", at=ward.now))
    refused = propose(ward, task, title="Bê tông hóa đường ngõ")
    amending.send_back(session, refused, "Giữ như đã cam kết.", by=leader, at=ward.now)
    propose(ward, task, due_on=date(2025, 3, 31))
    session.commit()
    _in_the_hall(ward, stored)
    _signed_elsewhere(ward, stored)
    _followed(ward, report)
    _issued(ward, report)


def _signed_in(ward: Ward) -> None:
    """Somebody at a browser, somebody between the two steps, and somebody's second factor."""
    number, now = ward.account("officer_kp1").id, ward.now
    for digit in "ab":
        ward.session.add(
            AccountSession(key_digest=digit * 64, account_id=number, started_at=now, seen_at=now)
        )
        ward.session.add(SignInProof(key_digest=digit * 64, account_id=number, at=now))
        ward.session.add(RecoveryCode(account_id=number, digest=digit * 64))
    ward.session.add(SecondFactor(account_id=number, sealed="sealed", last_step=1, set_at=now))


def _asked_about_data(ward: Ward) -> None:
    """A request that waits, and one that was answered."""
    session, account, now = ward.session, ward.account("officer_kp1"), ward.now
    entry = RequestEntry(kind=RequestKind.CORRECTION, words="Sửa điện thoại.", received_at=now)
    personal.ask(session, account, entry, by=ward.actor("officer_kp1"), at=now)
    asked = personal.ask(session, account, replace(entry, from_paper="Đơn"), by=ward.actor("admin"), at=now)
    personal.answer(session, asked, RequestOutcome.DONE, "Đã sửa.", by=ward.actor("admin"), at=now)


def _signed_for_another(ward: Ward) -> None:
    """A frozen text that was refused, another that a deputy began to sign, and an authorisation that ended."""
    clerk, session, at = ward.actor("clerk"), ward.session, ward.now
    refused = ward.commitment("KP2", "frozen").signatories[0]
    told = {"by_id": clerk.account_id, "by_name": clerk.name, "by_post": clerk.post}
    refused.declines.append(Decline(reason="Chưa nhất trí.", at=at, **told))
    head, until = "Khu trưởng", date(2024, 12, 31)
    entries = [
        AuthorisationEntry(
            unit=ward.unit("KP3"), principal_post=head, account=ward.account(name), post=post,
            capacity=Capacity.FOR_HEAD, paper="Quyết định số 12/QĐ-UBND", valid_from=ward.day, valid_to=until,
        )
        for name, post in (("officer_kp2", "Khu phó Khu phố 2"), ("mate_kp1", "Thư ký Khu phố 1"))
    ]  # fmt: skip
    deputy, ended = [authorisations.note_down(session, one, by=clerk, at=at) for one in entries]
    authorisations.end(session, ended, "Đã về.", on=ward.day, by=clerk, at=at)
    seen = signatures.Seen(on=ward.day, place="Hội trường", certified_by=clerk.name)
    signer = signatures.Signer(name="Hoàng Thị Ánh", post="Khu phó Khu phố 2", authorisation=deputy)
    places = [(head, None), ("Trưởng ban công tác Mặt trận", None)]
    first = people.frozen(ward, places, unit="KP3").signatories[0]
    signatures.record_on_paper(session, first, seen, by=clerk, at=at, signer=signer)
    session.commit()


def _in_the_hall(ward: Ward, stored: StoredFile) -> None:
    """A ceremony that goes on, a tick, and two pages of a pile, one of them put aside."""
    made, clerk = ward.commitment("MTTQ", "frozen"), ward.actor("clerk")
    hall.tick(ward, hall.opened(ward), *made.signatories)
    pages = [Pages(stored, number, number) for number in (1, 2)]
    first, _second = [
        copies.file_scan(ward.session, made, stored, "quét.pdf", by=clerk, at=ward.now, pages=one)
        for one in pages
    ]
    copies.put_aside(ward.session, first, "Quét mờ.", by=clerk, at=ward.now)
    ward.session.commit()


def _signed_elsewhere(ward: Ward, stored: StoredFile) -> None:
    """A PDF that was signed with a certificate, with its one signature recorded."""
    made, clerk = ward.commitment("UBND", "frozen"), ward.actor("clerk")
    found = PdfSignature(mark="5" * 64, integrity=Integrity.WHOLE)
    findings = Findings(checked_at=ward.now, pages=1, sameness=Sameness.DIGEST, roots=0, signatures=(found,))
    copy = outside.file_pdf(ward.session, made, stored, "ký.pdf", findings, by=clerk, at=ward.now)
    ward.session.flush()
    seen = signatures.Seen(on=ward.day, certified_by=clerk.name, copy=copy, mark=found.mark)
    signatures.record_outside(ward.session, made.signatories[0], seen, by=clerk, at=ward.now)
    ward.session.commit()


def _followed(ward: Ward, report: Report) -> None:
    """A meeting with its decision, a call, an assignment, and everything that is asked about a report."""
    task, period, lan = report.task, report.period, ward.account("officer_kp1")
    now, session = ward.now, ward.session
    said = {"asked_by_id": 1, "asked_by_name": "Trần Quốc Hưng", "asked_by_post": "Chủ tịch", "asked_at": now}
    made = {"made_at": now, "made_by_id": 1, "made_by_name": "Vũ Thị Thư"}
    granted = {
        "granted_at": now,
        "granted_by_id": 1,
        "granted_by_name": "Vũ Thị Thư",
        "granted_by_post": "Văn thư",
    }
    assigned = {"assigned_at": now, "assigned_by_id": 1, "assigned_by_name": "Vũ Thị Thư"}
    meeting = Meeting(campaign=ward.campaign, title="Giao ban tháng 10", held_on=ward.day, **made)
    follow_up = {"campaign": ward.campaign, "text": "Bổ sung xi măng.", "made_by_post": "Văn thư", **made}
    ended = {"ended_at": now, "ended_as": FollowUpEnd.DROPPED, "outcome": "Không còn cần."}
    unit, indicator = task.lead_unit, task.indicators[0]
    extended = Obstacle(
        report=report, text="Mưa bão.", raised_at=now, decision=Decision.EXTEND, reason="Đồng ý."
    )
    extended.decided_at, extended.amendment = now, session.query(Amendment).first()
    task.common = CommonTask(campaign=ward.campaign, title="Đường ngõ sạch")
    session.add_all(
        [
            extended,
            FollowUp(source=FollowUpSource.MEETING, meeting=meeting, **follow_up),
            FollowUp(source=FollowUpSource.CALL, unit=unit, spoke_to="Đồng chí Lan", **follow_up, **ended),
            Assignment(
                task=task, duty=Duty.RESPONSIBLE, account=lan, name=lan.name, post="Cán bộ", from_on=ward.day,
                **assigned,
            ),
            PeriodException(
                period=period, unit=unit, kind=ExceptionKind.UNLOCKED, until=ward.day, reason="Mất điện.", **granted
            ),
            PeriodException(period=period, unit=unit, kind=ExceptionKind.EXCUSED, reason="Nghỉ hè.", **granted),
            ProofRule(task=task, position=1, kind=ProofKind.PHOTO, number=2, label="Trước và sau"),
            ExplanationRequest(
                indicator=indicator, period=period, question="Vì sao giảm?", answer_by=ward.day, **said
            ),
            SentDigest(account_id=lan.id, day=ward.day, sent_at=now, items=2),
            CalendarFeed(account=lan, secret_digest="6" * 64, made_at=now),
        ]
    )  # fmt: skip
    returned = next(event for event in session.query(ReportEvent) if event.kind is ReportEventKind.RETURNED)
    returned.remarks = [ReportRemark(indicator=indicator, words="Ghi rõ số mét.")]
    session.commit()


def _issued(ward: Ward, report: Report) -> None:
    """An issued report with its scan, the draft that is to replace it, and a pack that somebody asked for."""
    now, session, clerk = ward.now, ward.session, ward.account("clerk")
    stored = session.query(StoredFile).first()
    made = {"made_at": now, "made_by_id": clerk.id, "made_by_name": clerk.name}
    said = {
        "campaign": ward.campaign, "issuer": ward.campaign.owner, "kind": PaperKind.PROGRESS_REPORT,
        "abstract": "Kết quả tháng 10", "as_of": ward.day, "filled": "{}", "refreshed_at": now, **made,
    }  # fmt: skip
    issued = Document(
        status=DocumentStatus.ISSUED, number=5, symbol="BC-UBND", series="1:BC-UBND:2024", issued_on=ward.day,
        issued_at=now, paper="{}", digest="7" * 64, file=stored, pages=3, period=report.period, **said,
    )  # fmt: skip
    issued.events = [DocumentEvent(kind=DocumentEventKind.ISSUED, at=now, by_id=clerk.id, by_name=clerk.name)]
    issued.attachments = [
        Attachment(
            file=stored, kind=AttachmentKind.SCAN, name="bản đóng dấu.pdf", added_at=now, added_by_id=clerk.id,
            added_by_name=clerk.name,
        )
    ]  # fmt: skip
    draft = Document(replaces=issued, unit=report.task.lead_unit, **said)
    draft.prose = [ProsePiece(slot="guidance", text="Ban Chỉ đạo đã họp.")]
    job = PrintJob(
        account=clerk, campaign=ward.campaign, kind=PackKind.COMMITMENTS, binding=Binding.PDF, asked="{}",
        name="Bản cam kết.pdf", total=5, made_at=now,
    )  # fmt: skip
    session.add_all([issued, draft, job])
    session.commit()
