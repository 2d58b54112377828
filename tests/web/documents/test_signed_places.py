"""Who signed stands on the paper as the law writes it: capacity, post, name; words where no hand signed."""

from datetime import date

import pytest

from pledges.access.roles import Role
from pledges.accounts import operations as accounts
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.commitments import operations
from pledges.commitments.copies.outside import operations as outside
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from pledges.commitments.signatures import Seen, Signer, record_on_paper, record_outside
from pledges.files import operations as files
from pledges.files.signed.rules import Findings, Integrity, PdfSignature, Sameness
from tests.documents.measure import pages

DAY = date(2024, 4, 12)


@pytest.fixture
def front(ward):
    """A commitment of the Front, signed for its standing board."""
    ward.task("MTTQ")
    entry = CommitmentEntry(
        place="Hà Khánh",
        dated_on=DAY,
        terms="Thực hiện đúng.",
        copies=2,
        witness="",
        witness_post="",
        signatories=(SignatoryEntry("Đặng Văn Mặt", "Chủ tịch", None, "Ban Thường trực"),),
    )
    clerk = ward.actor("clerk")
    made = operations.prepare(ward.session, ward.campaign, ward.unit("MTTQ"), entry, by=clerk, at=ward.now)
    operations.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    return made


def signing_lines(sign_in, made) -> list[str]:
    """The lines below "ĐƠN VỊ CAM KẾT"."""
    page = pages(sign_in("clerk").get(f"/van-ban/cam-ket/{made.id}.pdf").bytes)[-1]
    title = page.line("ĐƠN VỊ CAM KẾT")
    below = [line for line in page.body if line.top > title.top and line.x0 > 100]
    return [line.text for line in sorted(below, key=lambda line: line.top)]


def test_a_collective_body_stands_above_the_post(sign_in, front):
    assert signing_lines(sign_in, front) == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Đặng Văn Mặt"]


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        (Capacity.FOR_HEAD, ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Lan"]),
        (Capacity.BY_ORDER, ["TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Lan"]),
        (Capacity.BY_AUTHORITY, ["TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Lan"]),
    ],
)
def test_a_deputy_signs_below_the_right_principal(ward, sign_in, front, capacity, lines):
    account = ward.account("officer_kp1")
    accounts.appoint(
        ward.session, account, front.unit, Role.LEADER, "Phó Chủ tịch",
        since=DAY, by=ward.actor("admin"), at=ward.now,
    )  # fmt: skip
    paper = Authorisation(
        unit=front.unit,
        principal_post="Chủ tịch",
        account=account,
        post="Phó Chủ tịch",
        capacity=capacity,
        paper="Giấy ủy quyền số 01/GUQ-MTTQ",
        valid_from=DAY,
        valid_to=ward.day,
        recorded_at=ward.now,
        recorded_by_id=1,
        recorded_by_name="Vũ Thị Thư",
    )
    ward.session.add(paper)
    signer = Signer(name=account.name, post="Phó Chủ tịch", authorisation=paper)
    seen = Seen(on=DAY, place="Hội trường", certified_by="Vũ Thị Thư")
    record_on_paper(
        ward.session, front.signatories[0], seen, by=ward.actor("clerk"), at=ward.now, signer=signer
    )
    ward.session.commit()
    assert signing_lines(sign_in, front) == lines


def test_what_was_signed_in_a_pdf_is_said_in_words(ward, sign_in, front):
    clerk = ward.actor("clerk")
    folder = ward.app.config["INSTANCE"] / "files"
    stored = files.store(ward.session, folder, b"%PDF-1.7\n%%EOF\n", by=clerk, at=ward.now)
    found = PdfSignature(mark="5" * 64, integrity=Integrity.WHOLE)
    findings = Findings(checked_at=ward.now, pages=1, sameness=Sameness.DIGEST, roots=0, signatures=(found,))
    copy = outside.file_pdf(ward.session, front, stored, "ký.pdf", findings, by=clerk, at=ward.now)
    ward.session.flush()
    seen = Seen(on=DAY, certified_by=clerk.name, copy=copy, mark=found.mark)
    record_outside(ward.session, front.signatories[0], seen, by=clerk, at=ward.now)
    ward.session.commit()
    *above, name = signing_lines(sign_in, front)
    assert above[:2] == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]
    assert " ".join(above[2:]) == (
        "Đã ký số trên tệp PDF ngày 12/4/2024, chữ ký số nằm trong tệp đã lưu, "
        f"mã SHA-256 {front.digest[:16]}…"
    )
    assert name == "Đặng Văn Mặt"
