"""A ceremony on both kinds of database: what is ticked, undone and closed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.queries import appointments_of
from pledges.campaigns.rules import CampaignStatus
from pledges.commitments import operations as commitments
from pledges.commitments.ceremonies import operations, roll
from pledges.commitments.models import Signature
from pledges.commitments.rules import CommitmentStatus, StepRefused
from pledges.commitments.signatures import Signer
from pledges.core import clock
from pledges.core.refusal import Refused
from pledges.tasks.queries import of_unit_in_campaign
from pledges.tasks.rules import TaskStatus
from tests.support import hall
from tests.support.databases import Database
from tests.support.ward import Ward
from tests.web.commitments import people


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def standing(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(Signature.id)).where(Signature.undone_at.is_(None))) or 0


def statuses(ward: Ward, unit: str) -> set[TaskStatus]:
    return {
        one.status for one in ward.session.scalars(of_unit_in_campaign(ward.campaign.id, ward.unit(unit).id))
    }


def test_one_at_a_time_in_a_campaign(ward: Ward):
    held = hall.opened(ward)
    with pytest.raises(StepRefused, match="đang có một lễ ký chưa kết thúc"):
        hall.opened(ward)
    ward.session.rollback()
    hall.close(ward, held)
    assert hall.opened(ward).open


def test_a_unit_of_three_is_signed_after_the_third_and_waits_again_when_it_is_undone(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, held, *made.signatories[:2])
    assert made.status is CommitmentStatus.FROZEN
    hall.tick(ward, held, *made.signatories)
    assert (made.status, made.signed_on) == (CommitmentStatus.SIGNED, ward.day)
    assert statuses(ward, "KP1") == {TaskStatus.COMMITTED}
    assert standing(ward) == 3
    assert hall.untick(ward, held, made.signatories[2])
    assert (made.status, made.signed_on) == (CommitmentStatus.FROZEN, None)
    assert statuses(ward, "KP1") == {TaskStatus.APPROVED}
    assert hall.signed(made) == [True, True, False]
    hall.tick(ward, held, made.signatories[2])
    assert made.status is CommitmentStatus.SIGNED
    assert standing(ward) == 3
    assert ward.session.scalar(select(func.count(Signature.id))) == 4, "the undone one stays"


def test_what_was_ticked_carries_the_hall(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, held, made.signatories[0])
    given = made.signatories[0].signature
    assert given is not None
    assert (given.place, given.certified_by, given.signed_on) == (
        hall.PLACE,
        "Vũ Thị Thư, Văn thư",
        ward.day,
    )
    assert given.ceremony_id == held.id


def test_ticking_twice_and_undoing_twice_are_nothing(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, held, made.signatories[0])
    hall.tick(ward, held, made.signatories[0])
    assert standing(ward) == 1
    assert hall.untick(ward, held, made.signatories[0])
    assert not hall.untick(ward, held, made.signatories[0])
    assert standing(ward) == 0


def test_after_closing_nothing_is_ticked_nor_undone(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, held, made.signatories[0])
    hall.close(ward, held)
    with pytest.raises(StepRefused, match="Lễ ký đã kết thúc"):
        hall.tick(ward, held, made.signatories[1])
    with pytest.raises(StepRefused, match="Lễ ký đã kết thúc"):
        hall.untick(ward, held, made.signatories[0])
    with pytest.raises(StepRefused, match="đã kết thúc trước đó"):
        hall.close(ward, held)
    assert hall.signed(made) == [True, False, False]


def test_a_signature_of_before_is_not_undone_at_the_next_ceremony(ward: Ward):
    made, first = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, first, made.signatories[0])
    hall.close(ward, first)
    second = hall.opened(ward)
    with pytest.raises(StepRefused, match="Chỉ bỏ được chữ ký vừa đánh dấu"):
        hall.untick(ward, second, made.signatories[0])


def test_what_was_withdrawn_is_not_ticked(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    commitments.withdraw(ward.session, made, "Sai tên.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    with pytest.raises(StepRefused, match="đã thu hồi"):
        hall.tick(ward, held, made.signatories[0])
    assert standing(ward) == 0


def test_a_concluded_campaign_keeps_its_signatures(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    hall.tick(ward, held, *made.signatories)
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    with pytest.raises(Refused, match="đã tổng kết"):
        hall.untick(ward, held, made.signatories[2])
    ward.session.rollback()
    assert (made.status, standing(ward)) == (CommitmentStatus.SIGNED, 3)
    assert statuses(ward, "KP1") == {TaskStatus.COMMITTED}


def test_the_place_of_another_campaign_is_not_touched(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    held.campaign_id = held.campaign_id + 1000
    with ward.session.no_autoflush:
        assert (
            operations.tick(ward.session, held, made.signatories, by=ward.actor("clerk"), at=ward.now) == []
        )
    ward.session.rollback()


def test_a_text_frozen_after_the_day_is_not_signed_on_it(ward: Ward):
    made = people.of_three(ward)
    held = hall.opened(ward, held_on=ward.day - timedelta(days=1))
    with pytest.raises(StepRefused, match="sau ngày lễ ký 14/10/2024"):
        hall.tick(ward, held, made.signatories[0])


def test_day_and_place_stay_once_somebody_signed(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    clerk = ward.actor("clerk")
    operations.edit(ward.session, held, hall.entry(ward, place="Nhà văn hóa"), by=clerk, at=ward.now)
    hall.tick(ward, held, made.signatories[0])
    with pytest.raises(StepRefused, match="ngày và địa điểm giữ nguyên"):
        operations.edit(ward.session, held, hall.entry(ward), by=clerk, at=ward.now)
    said = hall.entry(ward, place="Nhà văn hóa", attendees=45, proceedings="Trang trọng.")
    hall.close(ward, held)
    operations.edit(ward.session, held, said, by=clerk, at=ward.now)
    assert (held.attendees, held.proceedings) == (45, "Trang trọng.")


def test_the_roll_of_a_ceremony_stays_as_it_was_when_it_was_closed(ward: Ward):
    made, waiting = people.of_three(ward), ward.commitment("KP2", "frozen")
    held = hall.opened(ward)
    hall.tick(ward, held, *made.signatories)
    before = roll.of_ceremony(ward.session, held)
    assert (before.units_signed, len(before.called), before.people_signed, before.people) == (1, 2, 3, 4)
    hall.close(ward, held)
    ward.hands.put(clock.at(ward.day + timedelta(days=2), 9))
    later = hall.opened(ward)
    hall.tick(ward, later, waiting.signatories[0])
    commitments.prepare(
        ward.session,
        ward.campaign,
        ward.unit("KP1"),
        people.entry(ward, ()),
        by=ward.actor("clerk"),
        at=ward.now,
    )
    ward.session.commit()
    after = roll.of_ceremony(ward.session, held)
    assert [(one.name, one.signed, one.status) for one in after.units] == [
        (one.name, one.signed, one.status) for one in before.called
    ]
    assert (after.units_signed, [one.name for one in after.waiting]) == (1, [ward.unit("KP2").name])
    assert roll.of_campaign(ward.session, ward.campaign).units_signed == 2


@pytest.fixture
def paper(ward: Ward) -> Authorisation:
    """By which the deputy of the head of Khu phố 1 signs in October."""
    made = Authorisation(
        unit_id=ward.unit("KP1").id, principal_post="Khu trưởng", account_id=ward.account("mate_kp1").id,
        post="Thư ký Khu phố 1", capacity=Capacity.FOR_HEAD, paper="Giấy ủy quyền số 03/GUQ",
        valid_from=date(2024, 10, 1), valid_to=date(2024, 10, 31), recorded_at=ward.now, recorded_by_id=1,
        recorded_by_name="Vũ Thị Thư",
    )  # fmt: skip
    ward.session.add(made)
    ward.session.commit()
    return made


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_from": date(2024, 10, 16)}, "không có hiệu lực vào ngày ký 15/10/2024"),
        ({"valid_to": date(2024, 10, 14)}, "không có hiệu lực vào ngày ký 15/10/2024"),
        ({"unit": "KP2"}, "không phải của Khu phố 1"),
        (
            {
                "ended_on": date(2024, 10, 10),
                "ended_because": "Đã về.",
                "ended_at": clock.at(date(2024, 10, 11)),
            },
            "không có hiệu lực",
        ),
    ],
    ids=["too early", "too late", "of another unit", "ended"],
)
def test_a_deputy_out_of_date_or_place_is_refused(
    ward: Ward, paper: Authorisation, change: dict[str, Any], words: str
):
    made, held = people.of_three(ward), hall.opened(ward)
    for name, value in change.items():
        setattr(paper, name, ward.unit(value) if name == "unit" else value)
    ward.session.commit()
    signer = Signer(name="Phó", post=paper.post, authorisation=paper)
    with pytest.raises(StepRefused, match=words):
        operations.tick(
            ward.session, held, made.signatories[:1], by=ward.actor("clerk"), at=ward.now, signer=signer
        )
    ward.session.rollback()
    assert standing(ward) == 0


def test_a_deputy_who_left_the_own_post_is_refused_on_paper_too(ward: Ward, paper: Authorisation):
    made, held = people.of_three(ward), hall.opened(ward)
    (post,) = ward.session.scalars(appointments_of(paper.account_id))
    post.valid_to = ward.day - timedelta(days=1)
    ward.session.commit()
    signer = Signer(name=paper.account.name, post=paper.post, authorisation=paper)
    with pytest.raises(StepRefused, match="Từ ngày 15/10/2024 Lê Văn Bình không còn giữ chức vụ Thư ký"):
        operations.tick(
            ward.session, held, made.signatories[:1], by=ward.actor("clerk"), at=ward.now, signer=signer
        )
    ward.session.rollback()
    assert standing(ward) == 0


def test_another_name_than_the_frozen_one_needs_a_paper(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    with pytest.raises(StepRefused, match="ghi người ký là Phạm Văn Đức, Bí thư chi bộ"):
        operations.tick(
            ward.session, held, made.signatories[:1], by=ward.actor("clerk"), at=ward.now,
            signer=Signer(name="Người Lạ"),
        )  # fmt: skip
    ward.session.rollback()
    assert standing(ward) == 0


def test_a_deputy_in_time_is_on_the_roll(ward: Ward, paper: Authorisation):
    made, held = people.of_three(ward), hall.opened(ward)
    signer = Signer(name="Lê Văn Phó", post=paper.post, authorisation=paper)
    operations.tick(
        ward.session, held, made.signatories[:1], by=ward.actor("clerk"), at=ward.now, signer=signer
    )
    ward.session.commit()
    ((unit, place, given),) = roll.of_campaign(ward.session, ward.campaign).newest(5)
    assert (unit.name, place.label) == ("Khu phố 1", made.signatories[0].label)
    assert (given.name, given.post, given.capacity) == ("Lê Văn Phó", "Thư ký Khu phố 1", Capacity.FOR_HEAD)
    assert given.authorised_by == "Giấy ủy quyền số 03/GUQ"


def test_the_launch_day_is_the_day_of_old_signatures(ward: Ward):
    """What was frozen on the day of the launch is signed as of that day, whenever the clerk ticks it."""
    made = ward.commitment("KP2", "frozen", at=clock.at(date(2024, 4, 10), 9))
    held = hall.opened(ward, held_on=date(2024, 4, 12))
    hall.tick(ward, held, *made.signatories)
    assert made.signed_on == date(2024, 4, 12)
