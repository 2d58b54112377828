"""Lists longer than a database takes parameters: of a whole campaign, or out of a browser."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from pledges.core.among import FEW, among
from pledges.core.forms.several import MOST, seen_in
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward

MORE_THAN_ANY_TAKES = 70_000


@pytest.mark.parametrize("many", [0, FEW, MORE_THAN_ANY_TAKES])
def test_those_among_many_numbers_are_found(database: Database, many: int):
    ward = database.ward()
    mine, other = ward.task().id, ward.task("KP2").id
    numbers = [mine, *range(1_000_000, 1_000_000 + many)]
    assert ward.session.scalars(select(Task.id).where(among(Task.id, numbers))).all() == [mine]
    assert ward.session.scalars(select(Task.id).where(~among(Task.id, numbers))).all() == [other]


def test_a_page_of_several_takes_as_many_as_a_page_shows(ward: Ward, sign_in: Callable[[str], Critic]):
    task = ward.task(status="submitted")
    leader = sign_in("leader")
    form = leader.get("/phan-viec/duyet-nhieu").form()
    pairs = [f"{task.id}.{task.version}", *(f"{number}.1" for number in range(10_000, 80_000))]
    page = leader.send_form(form, {"seen": " ".join(pairs)}, status=None)
    assert page.status < 500
    assert len(seen_in(" ".join(pairs))) == MOST
