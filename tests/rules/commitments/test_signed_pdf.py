"""What counts of a signature in a PDF, what is refused in words, what a clerk has to answer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pledges.commitments.copies.outside.rules import proposals, refusal, same_person
from pledges.files.signed import findings as texts
from pledges.files.signed.rules import (
    DOUBTFUL,
    Coverage,
    Findings,
    Integrity,
    Later,
    PdfSignature,
    Sameness,
    Stamp,
    Trust,
    doubts,
)

FROZEN_ON, FILED_ON = date(2024, 4, 10), date(2024, 4, 12)
AT = datetime(2024, 4, 11, 2, tzinfo=UTC)
GOOD = PdfSignature(
    mark="a" * 64,
    name="Nguyễn Văn An",
    organisation="UBND phường Hà Khánh",
    serial="21A",
    issuer="Tổ chức chứng thực",
    valid_from=datetime(2023, 1, 1, tzinfo=UTC),
    valid_to=datetime(2028, 1, 1, tzinfo=UTC),
    said_at=AT,
    integrity=Integrity.WHOLE,
    coverage=Coverage.FILE,
    later=Later.NOTHING,
    trust=Trust.KNOWN,
    root="Gốc",
)


def said(**changes: object) -> str:
    return refusal(replace(GOOD, **changes), frozen_on=FROZEN_ON, by=FILED_ON)  # type: ignore[arg-type]


def test_a_good_one_counts():
    assert said() == ""
    assert doubts(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"integrity": Integrity.CHANGED}, "Hỏng: nội dung trong tệp không còn như lúc ký."),
        ({"integrity": Integrity.FORGED}, "Hỏng: chữ ký không khớp với chứng thư kèm theo."),
        ({"integrity": Integrity.UNREADABLE}, "Không đọc được chữ ký này."),
        ({"coverage": Coverage.PART}, "Chữ ký chỉ bao trùm một phần của tệp"),
        ({"later": Later.CHANGED}, "Tệp bị sửa: thêm trang, đổi nội dung hoặc chú thích sau khi ký."),
        ({"later": Later.FORBIDDEN}, "Có phần ghi thêm mà người ký không cho phép sau khi ký."),
        ({"trust": Trust.EXPIRED}, "Chứng thư đã hết hạn lúc ký."),
        ({"trust": Trust.SELF_SIGNED}, "Chứng thư tự cấp"),
        ({"trust": Trust.REVOKED}, "Chứng thư đã bị thu hồi"),
        (
            {"said_at": datetime(2024, 4, 9, 16, 59, tzinfo=UTC)},
            "trước ngày bản cam kết được chốt (10/4/2024)",
        ),
        (
            {"said_at": datetime(2024, 4, 12, 17, tzinfo=UTC)},
            "ghi ngày 13/4/2024, sau ngày nộp tệp (12/4/2024)",
        ),
    ],
)
def test_what_does_not_count_is_said(changes: dict[str, object], words: str):
    assert words in said(**changes)


@pytest.mark.parametrize("later", [Later.ARCHIVING, Later.SIGNING])
def test_signatures_of_others_and_archiving_harm_nothing(later: Later):
    assert said(coverage=Coverage.REVISION, later=later) == ""


@pytest.mark.parametrize("trust", list(Trust))
def test_a_certificate_is_known_doubtful_or_refused(trust: Trust):
    refused, doubtful = bool(said(trust=trust)), bool(doubts(replace(GOOD, trust=trust)))
    assert [trust is Trust.KNOWN, doubtful, refused].count(True) == 1
    assert doubtful == (trust in DOUBTFUL)


def test_a_day_is_one_in_viet_nam():
    assert said(said_at=datetime(2024, 4, 9, 17, tzinfo=UTC)) == "", "it was the tenth already"


def test_a_vouched_time_goes_before_what_the_signers_computer_said():
    early = datetime(2020, 1, 1, tzinfo=UTC)
    vouched = Stamp(at=AT, authority="Trung tâm", good=True)
    assert said(said_at=early, stamp=vouched) == ""
    assert "trước ngày bản cam kết được chốt" in said(said_at=early, stamp=replace(vouched, good=False))


def test_a_signature_without_a_time_is_a_doubt():
    words = doubts(replace(GOOD, said_at=None))
    assert words == ["Chữ ký của Nguyễn Văn An không ghi thời điểm ký; lấy ngày nộp tệp làm ngày ký."]
    assert said(said_at=None) == ""


def test_names_are_compared_without_case_and_accents():
    assert same_person("NGUYEN VAN AN", "Nguyễn Văn An")
    assert not same_person("Nguyễn Văn An", "Nguyễn Văn Anh")
    assert not same_person("", ""), "a place without a name is nobody's"


def test_each_place_is_proposed_once():
    holders = {"m1": "Trần Thị Bình", "m2": "Nguyễn Văn An", "m3": "Nguyễn Văn An", "m4": "Con dấu"}
    places = [("7", "Nguyễn Văn An"), ("8", "Trần Thị Bình"), ("9", "")]
    assert proposals(holders, places) == {"m1": "8", "m2": "7"}


def test_findings_are_read_back_as_they_were_written():
    found = Findings(
        checked_at=AT,
        pages=2,
        sameness=Sameness.CODE,
        roots=1,
        signatures=(
            replace(GOOD, stamp=Stamp(at=AT, authority="Trung tâm", good=True)),
            PdfSignature(mark="", integrity=Integrity.UNREADABLE),
        ),
        stamps=(Stamp(at=AT, authority="Lưu trữ", good=False),),
    )
    text = texts.written(found)
    assert texts.read(text) == found
    assert texts.written(texts.read(text)) == text
