"""What a new commitment begins with: who signs for a unit, and in whose name."""

import pytest

from pledges.accounts.models import Account, Appointment
from pledges.commitments.operations import SignatoryEntry
from pledges.commitments.proposals import CELL, FRONT, body_of, signatories_for
from pledges.units.models import Unit
from pledges.units.rules import UnitKind


def unit(kind: UnitKind, name: str = "Khu phố 1", head: str = "") -> Unit:
    return Unit(kind=kind, name=name, head_position=head)


def held(number: int, post: str, name: str = "Phạm Văn Đức") -> Appointment:
    return Appointment(account_id=number, account=Account(id=number, name=name), post=post)


@pytest.mark.parametrize(
    ("kind", "name", "body"),
    [
        (
            UnitKind.FRONT,
            "Ủy ban Mặt trận Tổ quốc Việt Nam phường Hà Khánh",
            "Ban Thường trực Ủy ban MTTQ Việt Nam phường Hà Khánh",
        ),
        (UnitKind.UNION, "Hội Nông dân phường", "Ban Thường vụ Hội Nông dân phường"),
        (UnitKind.PEOPLE_COMMITTEE, "Ủy ban nhân dân phường", "Ủy ban nhân dân phường"),
        (UnitKind.NEIGHBOURHOOD, "Khu phố 1", ""),
        (UnitKind.SCHOOL, "Trường Tiểu học", ""),
        (UnitKind.OFFICE, "Bộ phận Văn phòng", ""),
    ],
)
def test_who_is_signed_for(kind: UnitKind, name: str, body: str):
    assert body_of(unit(kind, name)) == body


def test_a_neighbourhood_is_signed_for_by_its_three_posts_in_order():
    khu, heads = (
        unit(UnitKind.NEIGHBOURHOOD, head="Khu trưởng"),
        [held(1, FRONT), held(2, "Khu trưởng khu 1")],
    )
    assert signatories_for(khu, heads) == [
        SignatoryEntry("", CELL),
        SignatoryEntry("Phạm Văn Đức", "Khu trưởng khu 1", 2),
        SignatoryEntry("Phạm Văn Đức", FRONT, 1),
    ]


@pytest.mark.parametrize("head", ["", "Bí thư chi bộ, Khu trưởng"])
def test_posts_that_nobody_holds_are_blanks_to_fill(head: str):
    posts = [one.post for one in signatories_for(unit(UnitKind.NEIGHBOURHOOD, head=head), [])]
    assert posts == [CELL, "Khu trưởng", FRONT]


def test_who_holds_two_of_the_posts_signs_once_and_other_heads_come_last():
    both, other = held(1, "Bí thư chi bộ, Khu trưởng"), held(2, "Chi hội trưởng Phụ nữ", "Bà Hoa")
    found = signatories_for(unit(UnitKind.NEIGHBOURHOOD, head="Khu trưởng"), [other, both, both])
    assert [(one.post, one.account_id) for one in found] == [(both.post, 1), (FRONT, None), (other.post, 2)]


def test_a_head_signs_for_the_body_of_the_unit():
    front = unit(UnitKind.FRONT, "Ủy ban MTTQ phường", "Chủ tịch")
    body = "Ban Thường trực Ủy ban MTTQ phường"
    assert signatories_for(front, [held(4, "Chủ tịch", "Lê Văn Bình")]) == [
        SignatoryEntry("Lê Văn Bình", "Chủ tịch", 4, body)
    ]
    assert signatories_for(front, []) == [SignatoryEntry("", "Chủ tịch", None, body)]


def test_nobody_is_proposed_where_nothing_is_known():
    assert signatories_for(unit(UnitKind.SCHOOL), []) == []


def test_an_account_that_is_named_by_its_post_gives_no_name():
    found = signatories_for(unit(UnitKind.HEALTH), [held(5, "Trưởng trạm Y tế", "Trưởng trạm Y tế phường")])
    assert found == [SignatoryEntry("", "Trưởng trạm Y tế", 5)]
