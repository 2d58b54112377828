"""The foot of a printed commitment: what it bears stays the same, whatever happens to the commitment later."""

import io
from dataclasses import dataclass, replace
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.codes.models import CheckCode
from pledges.codes.rules import code_in, shown
from pledges.commitments import operations
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from pledges.commitments.signatures import Seen, record_on_paper
from pledges.documents import layouts
from pledges.documents.layouts import STATE, Type
from pledges.documents.sheets.paper import Style
from tests.documents.codes import codes
from tests.documents.measure import pages


@dataclass
class Foot:
    lines: list[str]
    qr: list[list[str]]
    code: str


@pytest.fixture
def printed(ward, sign_in):
    """The bytes of a commitment's paper."""

    def ask(made) -> bytes:
        return sign_in("clerk").get(f"/van-ban/cam-ket/{made.id}.pdf").bytes

    return ask


def foot_of(ward, made, pdf: bytes) -> Foot:
    code = ward.session.scalars(select(CheckCode.code).where(CheckCode.record_id == made.id)).one()
    lines = [line.text for line in pages(pdf)[-1].lines if line.top > 277]
    return Foot(lines, codes(pdf), code)


def mark(ward, made, action: str) -> str:
    entry = ward.session.scalars(
        select(LogEntry)
        .where(LogEntry.action == action, LogEntry.subject_id == made.id)
        .order_by(LogEntry.number.desc())
    ).first()
    return f"Nhật ký niêm phong đến mục {entry.number}: {entry.hash}"


def test_a_frozen_one_bears_code_digest_and_the_entry_that_froze_it(ward, printed):
    made = ward.commitment("KP1", "frozen")
    pdf = printed(made)
    foot = foot_of(ward, made, pdf)
    assert foot.lines == [
        f"Mã kiểm tra: {shown(foot.code)}",
        f"SHA-256: {made.digest}",
        mark(ward, made, "commitment.frozen"),
    ]
    assert foot.qr
    assert all(page == [shown(foot.code)] for page in foot.qr)


def test_where_the_office_has_an_address_the_qr_leads_to_it(ward, printed):
    ward.app.config["PUBLIC_ADDRESS"] = "https://thidua.haphong.vn"
    made = ward.commitment("KP1", "signed")
    pdf = printed(made)
    foot = foot_of(ward, made, pdf)
    assert foot.lines == [
        f"Mã kiểm tra: {shown(foot.code)}, tra tại https://thidua.haphong.vn/kiem-tra",
        f"SHA-256: {made.digest}",
        mark(ward, made, "commitment.frozen"),
        mark(ward, made, "commitment.completed"),
    ]
    for page in foot.qr:
        assert page == [f"https://thidua.haphong.vn/kiem-tra?ma={foot.code}"]
        assert code_in(page[0]) == foot.code


def test_later_entries_of_the_log_change_nothing(ward, printed):
    made = ward.commitment("KP1", "signed")
    before = printed(made)
    ward.commitment("KP2", "signed")
    ward.hands.moment += timedelta(days=40)
    assert printed(made) == before


def test_a_superseded_one_is_printed_as_before(ward, printed):
    first = ward.commitment("KP1", "signed")
    before = printed(first)
    second = newer(ward, first)
    clerk = ward.actor("clerk")
    seen = Seen(on=ward.day, place="Hội trường", certified_by="Vũ Thị Thư")
    record_on_paper(ward.session, second.signatories[0], seen, by=clerk, at=ward.now)
    ward.session.commit()
    assert first.status.value == "superseded"
    assert printed(first) == before
    assert printed(second) != before


def newer(ward, first):
    """The next edition of a commitment, frozen."""
    ward.task("KP1", title="Trồng cây bóng mát dọc tuyến đường mới mở của khu phố")
    entry = CommitmentEntry(
        place=first.place,
        dated_on=ward.day,
        terms=first.terms,
        copies=2,
        witness=first.witness,
        witness_post=first.witness_post,
        signatories=tuple(SignatoryEntry(one.name, one.post, one.account_id) for one in first.signatories),
    )
    clerk = ward.actor("clerk")
    made = operations.prepare(ward.session, first.campaign, first.unit, entry, by=clerk, at=ward.now)
    operations.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    return made


def test_a_withdrawn_one_keeps_its_code(ward, printed):
    made = ward.commitment("KP1", "frozen")
    operations.withdraw(ward.session, made, "Phần việc đã hủy.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    foot = foot_of(ward, made, printed(made))
    assert foot.lines[0] == f"Bản đã thu hồi, không còn để ký · Mã kiểm tra: {shown(foot.code)}"
    assert foot.lines[2:] == [mark(ward, made, "commitment.frozen")]


def test_a_draft_has_no_code(ward, printed):
    pdf = printed(ward.commitment("KP1", "draft"))
    assert [line.text for line in pages(pdf)[0].lines if line.top > 277] == ["Bản dự thảo, chưa chốt để ký"]
    assert not any(codes(pdf))


def test_a_reader_of_texts_finds_the_digest(ward, printed):
    """What is checked in a PDF that comes back signed."""
    made = ward.commitment("KP1", "frozen")
    with pypdfium2.PdfDocument(io.BytesIO(printed(made))) as document:
        assert all(made.digest in page.get_textpage().get_text_bounded() for page in document)


def test_one_without_a_date_keeps_the_layout_of_the_day_it_was_frozen(ward, printed, monkeypatch):
    """A decree of next year changes what is frozen next year."""
    entry = CommitmentEntry(
        "Hà Khánh", None, "Thực hiện đúng.", 2, "", "", (SignatoryEntry("", "Khu trưởng"),)
    )
    ward.task("KP1")
    clerk = ward.actor("clerk")
    made = operations.prepare(ward.session, ward.campaign, ward.unit("KP1"), entry, by=clerk, at=ward.now)
    operations.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    before = printed(made)
    later = (frozenset(Style), ward.day + timedelta(days=1), replace(STATE, body=Type(13)))
    monkeypatch.setattr(layouts, "LAYOUTS", (*layouts.LAYOUTS, later))
    ward.hands.moment += timedelta(days=30)
    assert printed(made) == before
