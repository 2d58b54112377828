"""Two clerks who freeze, or prepare, the same commitments at the same moment: each once, the other is told."""

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.live import at_once
from tests.support.page import Page
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def both_send(ward: Ward, path: str, names: tuple[str, str]) -> list[Page]:
    """Both open the page, and send it at the same moment."""
    opened = []
    for name in names:
        person = Critic(ward, name)
        opened.append((person, fill(person.get(path).form(), {})))
    ward.settle()

    def send(turn: int) -> Page:
        person, fields = opened[turn]
        return Page(path, person.client.post(path, data=fields))

    return at_once(2, send)


def acts(ward: Ward, action: str) -> list[int]:
    ward.settle()
    found = ward.session.scalars(select(LogEntry).where(LogEntry.action == action).order_by(LogEntry.number))
    return sorted(entry.subject_id for entry in found)


def test_of_two_who_freeze_at_once_one_freezes_and_the_other_is_told(ward: Ward):
    made = [ward.commitment("KP1"), ward.commitment("KP2")]
    marks = "&".join(f"muc={one.id}" for one in made)
    path = f"/cam-ket/chot-nhieu/{ward.campaign.id}/xem-lai?{marks}"
    pages = both_send(ward, path, ("clerk", "clerk"))
    assert sorted(page.status for page in pages) == [200, 302]
    told = next(page for page in pages if page.status == 200)
    assert "Khu phố 1: Bản cam kết đã chốt, chờ ký." in told.errors[0]
    assert acts(ward, "commitment.frozen") == [one.id for one in made]
    assert {one.status for one in made} == {CommitmentStatus.FROZEN}


def test_an_officer_and_the_clerk_who_freeze_at_once_freeze_each_text_once(ward: Ward):
    """The officer has the own unit alone: whoever comes first, the other unit's is frozen by the clerk."""
    made = [ward.commitment("KP1"), ward.commitment("KP2")]
    marks = "&".join(f"muc={one.id}" for one in made)
    path = f"/cam-ket/chot-nhieu/{ward.campaign.id}/xem-lai?{marks}"
    pages = both_send(ward, path, ("officer_kp1", "clerk"))
    assert pages[1].status == 302
    assert acts(ward, "commitment.frozen") == [one.id for one in made]


def test_two_who_prepare_at_once_make_one_draft_of_each_unit(ward: Ward):
    ward.task("KP1")
    ward.task("KP2")
    pages = both_send(ward, f"/cam-ket/soan-tat-ca/{ward.campaign.id}", ("clerk", "clerk"))
    assert sorted(page.status for page in pages) == [200, 302]
    told = next(page for page in pages if page.status == 200)
    assert "Khu phố 1 đã có bản cam kết đang soạn." in told.errors[0]
    assert len(acts(ward, "commitment.prepared")) == 2
    assert len(ward.session.scalars(select(Commitment)).all()) == 2
