"""Filling the two wards: of everything that an address names, one record of each place."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from pledges.accounts.authorisations import operations as authorisations
from pledges.accounts.authorisations.operations import AuthorisationEntry
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import AccountSession
from pledges.accounts.notices.operations import make_feed
from pledges.commitments.copies import operations as copies
from pledges.commitments.copies.outside import operations as outside
from pledges.core import clock
from pledges.core.forms.unsent import UnsentForm
from pledges.documents.models import Attachment
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.rules import Asked, Binding, PackKind
from pledges.documents.rules import AttachmentKind
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.rules import EVIDENCE
from pledges.files.signed.rules import Findings, Integrity, PdfSignature, Sameness
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.rules import FollowUpSource
from pledges.progress import operations as progress
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.importing.models import TaskImport
from pledges.tasks.models import CommonTask, Task
from pledges.tasks.operations import IndicatorEntry
from pledges.upkeep.personal.models import DataRequest
from pledges.upkeep.personal.rules import RequestKind
from tests.doors.places import (
    HP,
    KP1,
    KP2,
    MARKS,
    HaKhanh,
    HongPhong,
    Places,
    appointment_of,
    settle_hong_phong,
)
from tests.support import hall, issuing, world
from tests.support.amending import propose
from tests.support.files import PDF, png
from tests.support.ward import Ward

OFFICER = {"KP1": "officer_kp1", "KP2": "officer_kp2"}


def fill(ward: Ward) -> Places:
    """Both wards, filled alike."""
    settle_hong_phong(ward)
    closed = world.add_account(ward.session, "locked", "Tài khoản đã đóng", at=world.MADE_AT)
    closed.closed_at = ward.now
    ward.session.commit()
    places = Places()
    for kind, whose in ((HaKhanh, {KP1: "KP1", KP2: "KP2"}), (HongPhong, {HP: "KP1"})):
        where = kind(ward.app)
        for one, code in whose.items():
            _of_unit(places, where, one, code)
            _of_ward(places, where, one, MARKS[HP] if one == HP else MARKS["hk"])
        where.session.close()
    return places


def fill_one(ward: HaKhanh) -> Places:
    """Khu phố 1 alone, with a record of every kind."""
    places = Places()
    _of_unit(places, ward, KP1, "KP1")
    _of_ward(places, ward, KP1, MARKS["hk"])
    places.note(HP, campaign_id=ward.campaign.id)  # whoever asks plainly asks for the only one there is
    return places


def _said_by(ward: Ward, name: str, prefix: str, *, post: bool = True) -> dict[str, Any]:
    actor = ward.actor(name)
    said = {f"{prefix}_at": ward.now, f"{prefix}_by_id": actor.account_id, f"{prefix}_by_name": actor.name}
    return said | ({f"{prefix}_by_post": actor.post} if post else {})


def _of_unit(places: Places, ward: Ward, whose: str, code: str) -> None:
    mark, officer = MARKS[whose], OFFICER[code]
    unit = ward.unit(code)
    indicators = (IndicatorEntry("Đường ngõ bê tông", Decimal(450), "m"),)
    words = {"product": f"Đường sạch {mark}", "indicators": indicators, "by": officer}
    task = ward.task(code, title=f"Bê tông ngõ {mark}", **words)
    draft = ward.task(code, "draft", title=f"Trồng cây {mark}", **words)
    sent = ward.task(code, "submitted", title=f"Thắp đèn {mark}", **words)
    places.note(
        whose, task_id=task.id, indicator_id=task.indicators[0].id, unit_id=unit.id,
        account_id=ward.account(officer).id, appointment_id=appointment_of(ward, officer),
        **{"task_id.draft": draft.id, "task_id.submitted": sent.id},
    )  # fmt: skip
    _reports(places, ward, whose, task, officer)
    _pledge(places, ward, whose, code)
    _beside(places, ward, whose, task, officer)
    ward.session.commit()


def _reports(places: Places, ward: Ward, whose: str, task: Task, officer: str) -> None:
    mark, session = MARKS[whose], ward.session
    accepted = ward.report(
        task, "2024-08", [100], by=officer, narrative=f"Đã đổ {mark}.", obstacle=f"Mưa {mark}."
    )
    stored = _stored(ward, png(len(whose) + ord(whose[-1])), officer)
    period = ward.period("2024-09")
    report = progress.begin(session, task, period, by=ward.actor(officer), at=ward.now)
    progress.attach(session, report, stored, f"ảnh {mark}.png", by=ward.actor(officer), at=ward.now)
    sent = ward.report(
        task,
        period,
        [40],
        "submitted",
        by=officer,
        at=ward.now,
        narrative=f"Đang làm {mark}.",
        obstacle=f"Thiếu {mark}.",
    )
    asked = ExplanationRequest(
        indicator=task.indicators[0], period=ward.period("2024-08"), question=f"Vì sao chậm {mark}?",
        answer_by=ward.day, asked_by_post="Chủ tịch",
        **{name: value for name, value in _said_by(ward, "leader", "asked").items() if not name.endswith("post")},
    )  # fmt: skip
    session.add(asked)
    session.commit()
    places.note(
        whose, report_id=sent.id, period_id=period.id, obstacle_id=_obstacle_of(ward, sent), request_id=asked.id,
        evidence_id=sent.rounds[-1].evidence[0].id, **{"report_id.accepted": accepted.id},
    )  # fmt: skip


def _obstacle_of(ward: Ward, report: Report) -> int:
    return int(ward.session.scalars(select(Obstacle.id).where(Obstacle.report_id == report.id)).one())


def _stored(ward: Ward, content: bytes, by: str) -> StoredFile:
    folder = ward.app.config["INSTANCE"] / "files"
    return files.store(ward.session, folder, content, by=ward.actor(by), at=ward.now, kinds=EVIDENCE)


def _pledge(places: Places, ward: Ward, whose: str, code: str) -> None:
    mark, session, clerk = MARKS[whose], ward.session, ward.actor("clerk")
    made = ward.commitment(code, "frozen")
    stored = _stored(ward, PDF, "clerk")
    scan = copies.file_scan(session, made, stored, f"quét {mark}.pdf", by=clerk, at=ward.now)
    found = PdfSignature(mark="5" * 64, integrity=Integrity.WHOLE)
    findings = Findings(checked_at=ward.now, pages=1, sameness=Sameness.DIGEST, roots=0, signatures=(found,))
    signed = outside.file_pdf(session, made, stored, f"ký {mark}.pdf", findings, by=clerk, at=ward.now)
    entry = AuthorisationEntry(
        unit=ward.unit(code), principal_post=f"Khu trưởng {mark}", account=ward.account("officer_kp2"),
        post=ward.actor("officer_kp2").post, capacity=Capacity.FOR_HEAD, paper=f"Quyết định {mark}",
        valid_from=ward.day, valid_to=date(2024, 12, 31),
    )  # fmt: skip
    noted = authorisations.note_down(session, entry, by=clerk, at=ward.now)
    session.commit()
    places.note(
        whose, commitment_id=made.id, copy_id=scan.id, signatory_id=made.signatories[0].id, authorisation_id=noted.id,
        **{"copy_id.outside": signed.id},
    )  # fmt: skip


def _beside(places: Places, ward: Ward, whose: str, task: Task, officer: str) -> None:
    mark, session = MARKS[whose], ward.session
    account, clerk = ward.account(officer), ward.actor("clerk")
    follow_up = FollowUp(
        campaign=ward.campaign, source=FollowUpSource.CALL, unit=task.lead_unit, text=f"Bổ sung {mark}.",
        spoke_to=f"Đồng chí {mark}", **_said_by(ward, "clerk", "made"),
    )  # fmt: skip
    exception = PeriodException(
        period=ward.period("2024-07"), unit=task.lead_unit, kind=ExceptionKind.UNLOCKED, until=ward.day,
        reason=f"Mất điện {mark}.", **_said_by(ward, "clerk", "granted"),
    )  # fmt: skip
    assigned = Assignment(
        task=task, duty=Duty.RESPONSIBLE, account=account, name=account.name, post="Cán bộ", from_on=ward.day,
        **_said_by(ward, "clerk", "assigned", post=False),
    )  # fmt: skip
    unsent = UnsentForm(
        key=f"{account.id}.{whose}.seal", account_id=account.id, path="/phan-viec/dang-ky", title=f"Đang soạn {mark}",
        fields="[]", at=ward.now,
    )  # fmt: skip
    upload = TaskImport(
        campaign=ward.campaign, uploaded_by_id=account.id, uploaded_by_name=account.name, uploaded_at=ward.now,
        filename=f"danh mục {mark}.xlsx", content="[]",
    )  # fmt: skip
    signed_in = AccountSession(
        key_digest=whose.rjust(64, "0"), account_id=account.id, started_at=clock.real(), seen_at=clock.real(),
        address="10.0.0.7", browser=f"Firefox {mark}",
    )  # fmt: skip
    wanted = DataRequest(
        account=account, kind=RequestKind.CORRECTION, words=f"Sửa điện thoại {mark}.", received_at=ward.now,
        due_at=ward.now + timedelta(hours=72), entered_by_id=account.id, entered_by_name=account.name,
    )  # fmt: skip
    session.add_all([follow_up, exception, assigned, unsent, upload, signed_in, wanted])
    session.flush()
    secret = make_feed(session, account, by=clerk, at=ward.now)
    amendment = propose(ward, task, by=officer, reason=f"Đường sạt {mark}.", due_on=date(2025, 3, 31))
    places.note(
        whose, follow_up_id=follow_up.id, exception_id=exception.id, unsent_id=unsent.id, import_id=upload.id,
        secret=secret, amendment_id=amendment.id, session_id=signed_in.id,
        data_request_id=wanted.id,
    )  # fmt: skip


def _of_ward(places: Places, ward: Ward, whose: str, mark: str) -> None:
    """What belongs to the organisers, whichever unit of the ward asks."""
    if "campaign_id" in places.of.get(KP1, {}) and whose == KP2:
        shared = (
            "campaign_id",
            "ceremony_id",
            "meeting_id",
            "document_id",
            "document_id.draft",
            "attachment_id",
        )
        places.note(
            KP2, **{name: places.of[KP1][name] for name in (*shared, "job_id", "common_id", "other_id")}
        )
        return
    session, clerk = ward.session, ward.account("clerk")
    made = {**_said_by(ward, "clerk", "made", post=False)}
    meeting = Meeting(campaign=ward.campaign, title=f"Giao ban {mark}", held_on=ward.day, **made)
    common = CommonTask(campaign=ward.campaign, title=f"Việc chung {mark}")
    job = PrintJob(
        account=clerk, campaign=ward.campaign, kind=PackKind.COMMITMENTS, binding=Binding.PDF,
        asked=Asked(today=ward.day, items=()).written(), name=f"Tập {mark}.pdf", total=5, made_at=ward.now,
    )  # fmt: skip
    session.add_all([meeting, common, job])
    session.commit()
    ceremony = hall.opened(ward)
    issued = issuing.issued(ward, abstract=f"kết quả {mark}")
    other = issuing.drafted(ward, abstract=f"dự thảo {mark}")
    attachment = Attachment(
        document=issued, file=_stored(ward, PDF, "clerk"), kind=AttachmentKind.SCAN, name=f"đóng dấu {mark}.pdf",
        added_at=ward.now, added_by_id=clerk.id, added_by_name=clerk.name,
    )  # fmt: skip
    session.add(attachment)
    session.commit()
    places.note(
        whose, campaign_id=ward.campaign.id, ceremony_id=ceremony.id, meeting_id=meeting.id, document_id=issued.id,
        attachment_id=attachment.id, job_id=job.id, common_id=common.id, other_id=other.id,
        **{"document_id.draft": other.id},
    )  # fmt: skip
