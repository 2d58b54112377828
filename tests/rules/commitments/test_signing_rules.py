"""Who may sign now, and why not: the post that was frozen, the turn, the authorisation; and how it is written out."""

from datetime import UTC, date, datetime

import pytest

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import Account, Appointment
from pledges.commitments.models import Commitment, Decline, Signatory, Signature
from pledges.commitments.rules import SigningWay
from pledges.commitments.signature_words import signed_as
from pledges.commitments.signing_rules import (
    SIGNED_ALREADY,
    Person,
    Way,
    left_post,
    not_authorised,
    out_of_date,
    out_of_turn,
    signed_already,
    ways_of,
)
from pledges.units.models import Unit

FROZEN, TODAY = datetime(2024, 10, 1, 2, tzinfo=UTC), date(2024, 10, 15)
DIGEST = "5" * 64
PAPER = "Quyết định số 12/QĐ-UBND ngày 1/3/2024"


def commitment(*posts: str, in_order: bool = True, name: str = "", on_behalf_of: str = "") -> Commitment:
    made = Commitment(unit=Unit(id=7, name="Khu phố 1"), unit_id=7, frozen_at=FROZEN, in_order=in_order)
    made.signatories = [
        Signatory(
            id=number, position=number, name=name, post=post, account_id=number, on_behalf_of=on_behalf_of
        )
        for number, post in enumerate(posts, 1)
    ]
    return made


def post(
    words: str, until: date | None = None, *, since: date = date(2023, 1, 1), unit: int = 7
) -> Appointment:
    return Appointment(unit_id=unit, post=words, valid_from=since, valid_to=until)


def authorisation(principal: str, capacity: Capacity = Capacity.FOR_HEAD, unit: int = 7) -> Authorisation:
    return Authorisation(
        id=5, unit_id=unit, principal_post=principal, account_id=90, post="Khu phó", capacity=capacity, paper=PAPER,
        valid_from=date(2024, 10, 1), valid_to=date(2024, 10, 31), account=Account(name="Lê Văn Bình"),
    )  # fmt: skip


def signature(**said: object) -> Signature:
    facts = {
        "way": SigningWay.IN_APP, "at": datetime(2024, 10, 15, 2, 30, tzinfo=UTC), "digest": DIGEST,
        "signed_on": TODAY, "capacity": Capacity.OWN, "signer_name": "", "signer_post": "", "place": "",
        "certified_by": "",
    }  # fmt: skip
    return Signature(**{**facts, **said})


@pytest.mark.parametrize(
    ("frozen", "posts", "left"),
    [
        ("Khu trưởng", [post("Khu trưởng")], None),
        ("Khu trưởng", [post("khu trưởng")], None),
        ("Khu trưởng", [post("Bí thư chi bộ, Khu trưởng Khu phố 1")], None),
        ("Trưởng khu", [post("Khu trưởng")], None),
        ("Khu trưởng", [post("Khu trưởng", date(2024, 10, 9))], "Từ ngày 10/10/2024"),
        (
            "Khu trưởng",
            [post("Khu trưởng", date(2024, 10, 9)), post("Khu trưởng", since=date(2024, 10, 10))],
            None,
        ),
        (
            "Chủ tịch UBND phường",
            [
                post("Chủ tịch UBND phường", date(2024, 10, 9)),
                post("Phó Chủ tịch UBND phường", since=date(2024, 10, 10)),
            ],
            "Từ ngày 10/10/2024",
        ),
        (
            "Khu trưởng",
            [post("Khu trưởng Khu phố 1", date(2024, 10, 14)), post("Thư ký Khu phố 1")],
            "Từ ngày 15/10/2024",
        ),
        ("Khu trưởng", [post("Khu trưởng", unit=8)], "Tài khoản của đồng chí không giữ chức vụ"),
        ("Khu trưởng", [], "Tài khoản của đồng chí không giữ chức vụ"),
        ("Khu trưởng", [post("Khu trưởng", since=date(2024, 10, 10))], None),
        ("Khu trưởng", [post("Thư ký", since=date(2024, 10, 10))], "Tài khoản của đồng chí không giữ"),
    ],
)
def test_the_post_of_the_frozen_words_must_still_be_held(
    frozen: str, posts: list[Appointment], left: str | None
):
    said = left_post(commitment(frozen).signatories[0], Person(1, posts), TODAY)
    if left is None:
        assert said is None
    else:
        assert said is not None
        assert said.startswith(left)
        assert f"chức vụ {frozen} ở Khu phố 1" in said


def test_those_before_are_waited_for_by_name_where_there_is_an_order():
    made = commitment("Bí thư", "Khu trưởng", "Trưởng ban")
    made.signatories[0].signature = signature()
    made.signatories[1].declines = [Decline(reason="Chưa nhất trí.")]
    assert out_of_turn(made.signatories[1]) is None
    said = out_of_turn(made.signatories[2])
    assert (
        said
        == "Bản cam kết này ký theo thứ tự: Khu trưởng (đã từ chối ký) ký trước rồi mới đến lượt đồng chí."
    )
    made.in_order = False
    assert out_of_turn(made.signatories[2]) is None


def test_own_places_come_first_and_authorisations_open_those_of_their_post_and_unit():
    made = commitment("Bí thư", "Khu trưởng", "Trưởng ban")
    person = Person(
        2,
        authorisations=[authorisation("BÍ THƯ"), authorisation("Trưởng ban", unit=8), authorisation("Khác")],
    )
    ways = ways_of(made, person)
    assert [(way.signatory.position, way.capacity) for way in ways] == [
        (2, Capacity.OWN),
        (1, Capacity.FOR_HEAD),
    ]
    assert [way.key for way in ways] == ["2", "1-5"]
    assert ways_of(made, Person(99)) == []


def test_an_authorisation_for_ones_own_place_is_no_second_way():
    made = commitment("Bí thư")
    assert len(ways_of(made, Person(1, authorisations=[authorisation("Bí thư")]))) == 1


@pytest.mark.parametrize(
    ("until", "words"),
    [(None, None), (date(2024, 10, 14), "Từ ngày 15/10/2024 đồng chí không còn giữ chức vụ Khu phó")],
)
def test_a_deputy_signs_as_long_as_the_own_post_is_held(until: date | None, words: str | None):
    way = Way(commitment("Bí thư").signatories[0], authorisation("Bí thư"))
    said = out_of_date(way, Person(90, [post("Khu phó", until, unit=8)]), TODAY)
    assert said is None if words is None else (said or "").startswith(words)


def test_who_has_signed_is_told_so_and_who_finds_it_signed_is_told_by_whom():
    own = Way(commitment("Bí thư").signatories[0])
    assert signed_already(own) is None
    own.signatory.signature = signature()
    assert signed_already(own) == SIGNED_ALREADY
    own.signatory.signature = signature(
        capacity=Capacity.FOR_HEAD, signer_name="Nguyễn Thị Lan", signer_post="Khu phó"
    )
    assert signed_already(own) == "Nguyễn Thị Lan, Khu phó đã ký KT. ở vị trí Bí thư."


def test_an_own_signature_is_written_with_post_and_name():
    one = commitment("Chủ tịch", name="Lê Văn Bình", on_behalf_of="Ban Thường trực").signatories[0]
    assert signed_as(one).lines == ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")
    assert signed_as(one).given == ""
    one.signature = signature(signer_name="Lê Văn Bình")
    words = signed_as(one)
    assert (words.name, words.given) == (
        "Lê Văn Bình",
        "Xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024",
    )
    assert (
        words.confirmation
        == f"Đã xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024, mã SHA-256 {DIGEST[:16]}…"
    )


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        (Capacity.FOR_HEAD, ("TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Capacity.BY_ORDER, ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Capacity.BY_AUTHORITY, ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_a_deputy_is_written_below_the_principal(capacity: Capacity, lines: tuple[str, ...]):
    one = commitment("Chủ tịch", name="Lê Văn Bình", on_behalf_of="Ban Thường trực").signatories[0]
    one.signature = signature(
        capacity=capacity,
        signer_name="Đỗ Hải Yến",
        signer_post="Phó Chủ tịch",
        authorisation=authorisation("Chủ tịch"),
    )
    words = signed_as(one)
    assert words.lines == lines
    assert (words.name, words.by_paper) == ("Đỗ Hải Yến", PAPER)


@pytest.mark.parametrize(
    ("way", "given", "confirmed"),
    [
        (SigningWay.PAPER, "Ký trên giấy ngày 15/10/2024 tại Hội trường; Vũ Thị Thư chứng nhận", False),
        (
            SigningWay.OUTSIDE,
            "Chữ ký số trên tệp PDF ngày 15/10/2024 tại Hội trường; Vũ Thị Thư kiểm tra, ghi nhận",
            True,
        ),
    ],
)
def test_a_signature_given_elsewhere_says_where_and_who_vouches(way: SigningWay, given: str, confirmed: bool):
    one = commitment("Chủ tịch").signatories[0]
    one.signature = signature(way=way, place="Hội trường", certified_by="Vũ Thị Thư")
    assert signed_as(one).given == given
    assert bool(signed_as(one).confirmation) is confirmed


@pytest.mark.parametrize(
    ("principal", "places"),
    [("", [1, 2]), ("Phạm Văn Đức", [1]), ("PHẠM VĂN ĐỨC", [1]), ("Người đã nghỉ", [1, 2])],
)
def test_of_two_places_with_one_post_the_principal_s_name_says_which(principal: str, places: list[int]):
    made = commitment("Phó Chủ tịch", "Phó Chủ tịch", "Chủ tịch")
    for place, name in zip(made.signatories, ("Phạm Văn Đức", "Đỗ Hải Yến", "Trần Quốc Hưng"), strict=True):
        place.name = name
    paper = authorisation("Phó Chủ tịch")
    paper.principal_name = principal
    assert [way.signatory.id for way in ways_of(made, Person(90, authorisations=[paper]))] == places


def test_elsewhere_an_authorisation_counts_for_its_unit_and_its_days():
    place = commitment("Bí thư").signatories[0]
    other = "ghi theo cách khác trên giấy"
    deputy = Person(90, [post("Khu phó", date(2024, 11, 30), unit=8)])
    assert not_authorised(authorisation(other), place, deputy, TODAY) is None
    late = not_authorised(authorisation("Bí thư"), place, deputy, date(2024, 11, 1))
    assert "đã hết hiệu lực" in (late or "")
    left = Person(90, [post("Khu phó", date(2024, 10, 14), unit=8)])
    assert (not_authorised(authorisation("Bí thư"), place, left, TODAY) or "").startswith(
        "Từ ngày 15/10/2024 Lê Văn Bình không còn giữ chức vụ Khu phó"
    )
    elsewhere = not_authorised(authorisation("Bí thư", unit=8), place, deputy, TODAY)
    assert elsewhere == f"{PAPER} không cho ký thay ở Khu phố 1."
