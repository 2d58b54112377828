"""A count is a whole number that the database can hold, on both kinds of it."""

import pytest

from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.mark.parametrize("typed", ["100001", "3000000000", "99999999999999"])
@pytest.mark.parametrize(
    ("who", "name"), [("leader", "expected_task_count"), ("admin", "position"), ("clerk", "copies")]
)
def test_more_than_anybody_counts_is_refused_beside_the_field(ward: Ward, who: str, name: str, typed: str):
    paths = {
        "expected_task_count": f"/phong-trao/{ward.campaign.id}/sua",
        "position": f"/quan-tri/don-vi/{ward.unit('KP1').id}/sua",
        "copies": f"/cam-ket/{ward.commitment('KP1').id}/sua",
    }
    page = Critic(ward, who).send(paths[name], {name: typed}, status=200)
    assert "Không được quá 100.000." in page.text
    assert page.form().fields[name] == [typed]


def test_the_largest_count_is_taken(ward: Ward):
    unit = ward.unit("KP1")
    Critic(ward, "admin").send(f"/quan-tri/don-vi/{unit.id}/sua", {"position": "100000"})
    assert unit.position == 100_000
