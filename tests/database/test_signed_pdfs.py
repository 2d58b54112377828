"""One signature of a PDF stands for one signatory, on both databases, whoever records first."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pledges.commitments import operations as commitments
from pledges.commitments.copies.outside import matching, operations
from pledges.commitments.copies.outside.matching import Match
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus, StepRefused
from pledges.commitments.signatures import Seen, record_outside
from pledges.commitments.signing_rules import Way
from pledges.files import operations as files
from pledges.files.signed.rules import Coverage, Findings, Integrity, Later, PdfSignature, Sameness, Trust
from tests.support import apps
from tests.support.databases import Database
from tests.support.files import PDF
from tests.support.ward import Ward
from tests.web.commitments import people

MARK = "5" * 64


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.fixture
def frozen(ward: Ward) -> Commitment:
    return people.of_three(ward)


def found(ward: Ward) -> Findings:
    good = PdfSignature(
        mark=MARK, name=ward.account("head_kp1").name, said_at=ward.now, integrity=Integrity.WHOLE,
        coverage=Coverage.FILE, later=Later.NOTHING, trust=Trust.KNOWN,
    )  # fmt: skip
    return Findings(
        checked_at=ward.now, pages=1, sameness=Sameness.DIGEST, roots=1,
        signatures=(good, replace(good, mark="6" * 64, name="Con dấu")),
    )  # fmt: skip


@pytest.fixture
def copy(ward: Ward, frozen: Commitment) -> SignedCopy:
    clerk = ward.actor("clerk")
    stored = files.store(ward.session, ward.app.config["INSTANCE"] / "files", PDF, by=clerk, at=ward.now)
    made = operations.file_pdf(ward.session, frozen, stored, "ký.pdf", found(ward), by=clerk, at=ward.now)
    ward.session.commit()
    return made


def record(ward: Ward, copy: SignedCopy, position: int, number: int = 0, *, vouched: bool = True) -> None:
    match = Match(found(ward).signatures[number], Way(copy.commitment.signatories[position]))
    operations.record_matches(
        ward.session, copy, [match], compared=False, vouched=vouched, by=ward.actor("clerk"), at=ward.now
    )


def test_a_signature_counts_for_one_signatory(ward: Ward, copy: SignedCopy):
    record(ward, copy, 0, vouched=False)
    with pytest.raises(StepRefused, match="đã được ghi nhận rồi"):
        record(ward, copy, 1)
    with pytest.raises(StepRefused, match="đã ký bản cam kết này rồi"):
        record(ward, copy, 0, 1)


def test_the_database_says_so_too(ward: Ward, copy: SignedCopy):
    """Two that looked at the same moment: the second is refused by the index."""
    record(ward, copy, 0)
    seen = Seen(on=ward.day, certified_by="Vũ Thị Thư", copy=copy, mark=MARK)
    with pytest.raises(IntegrityError):
        record_outside(
            ward.session, copy.commitment.signatories[1], seen, by=ward.actor("clerk"), at=ward.now
        )
    ward.session.rollback()


@pytest.mark.parametrize("mark", ["short", None])
def test_a_mark_is_a_hash_of_a_signature_in_a_pdf(ward: Ward, copy: SignedCopy, mark: str | None):
    way, mark = ("outside", mark) if mark else ("paper", MARK)
    row = sa.insert(Signature).values(
        signatory_id=copy.commitment.signatories[0].id, way=way, signer_name="", signer_post="", capacity="own",
        signed_on=ward.day, place="Hội trường", certified_by="Vũ Thị Thư", digest="a" * 64, mark=mark,
        copy_id=copy.id if way == "outside" else None, at=ward.now, by_id=1, by_name="", by_post="",
        undone_because="", undone_by_name="",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="mark"):
        ward.session.execute(row)
    ward.session.rollback()


def test_nobody_vouched_for_another_name(ward: Ward, copy: SignedCopy):
    with pytest.raises(StepRefused, match="Chứng thư đứng tên Con dấu"):
        record(ward, copy, 1, 1, vouched=False)


def test_a_text_taken_back_meanwhile_is_not_signed(ward: Ward, copy: SignedCopy):
    clerk, number = ward.actor("clerk"), copy.commitment_id
    ward.settle()
    with Session(apps.engine_of(ward.app)) as other:
        taken = other.get_one(Commitment, number)
        commitments.withdraw(other, taken, "Sai tên đơn vị.", by=clerk, at=ward.now)
        other.commit()
    with pytest.raises(StepRefused, match="đã thu hồi"):
        record(ward, copy, 0)
    assert copy.commitment.status is CommitmentStatus.WITHDRAWN


def test_findings_never_change(ward: Ward, copy: SignedCopy):
    assert matching.refusals(copy.commitment, found(ward)) == {}
    late = replace(found(ward), checked_at=ward.now + timedelta(days=3))
    again = operations.file_pdf(
        ward.session, copy.commitment, copy.file, "lần hai.pdf", late, by=ward.actor("clerk"), at=ward.now
    )
    assert again is copy
    assert copy.filename == "ký.pdf"
