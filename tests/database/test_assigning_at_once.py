"""Two who assign the same task at the same moment: one counts, the other is told; on both databases."""

import pytest
from sqlalchemy import select

from pledges.accounts.models import Appointment
from pledges.tasks.assigning.models import Assignment
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.live import at_once
from tests.support.page import Page
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def opened(ward: Ward, who: str, path: str, chosen: str) -> tuple[Critic, dict[str, object]]:
    """Somebody's browser with the page open and a person of the unit chosen."""
    held = select(Appointment.id).where(Appointment.account_id == ward.account(chosen).id)
    person = Critic(ward, who)
    said = {"rows-0-responsible": str(ward.session.scalar(held))}
    return person, fill(person.get(path).form(), said)


@pytest.mark.parametrize("named_before", [False, True])
def test_of_two_who_assign_at_once_one_counts_and_the_other_is_told(ward: Ward, *, named_before: bool):
    for turn in range(3):
        path = f"/phan-viec/{ward.task('KP1', title=f'Trồng cây đợt {turn}').id}/phan-cong"
        if named_before:
            person, said = opened(ward, "leader", path, "head_kp1")
            person.client.post(path, data=said)
        both = [opened(ward, "leader", path, "officer_kp1"), opened(ward, "leader2", path, "mate_kp1")]
        ward.settle()
        pages = at_once(
            2, lambda at, both=both, path=path: Page(path, both[at][0].client.post(path, data=both[at][1]))
        )
        assert [page.status for page in pages] == [302, 302]
        ward.settle()
        after = [person.get(path.removesuffix("/phan-cong")) for person, _said in both]
        assert sorted("vừa được người khác phân công" in page.text for page in after) == [False, True]
    standing = list(ward.session.scalars(select(Assignment).where(Assignment.until_on.is_(None))))
    ever = list(ward.session.scalars(select(Assignment)))
    assert (len(standing), len(ever)) == (3, 6 if named_before else 3)
